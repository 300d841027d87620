"""What the last run left: which shards and parts are up to date. Without it a run proves and compares them again."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from ukrcorpus.core.stamps import file_sha256, told_stat
from ukrcorpus.core.tables import read_table, write_table, write_text
from ukrcorpus.normalise.shards import Made, Shard, Work

# Hidden, so that it is neither an input nor an output: it holds times, and losing it costs time only.
NAME, CLUSTERS = ".state.json", ".clusters.parquet"


@dataclass(frozen=True, slots=True)
class Known:
    """A shard as a run left it: what it was made from, and the file."""

    digest: str
    stat: str | None
    file: str
    made: Made


@dataclass(slots=True)
class State:
    """What made the rows; shards and parts by name, parts with their files' sizes and times.

    ``clusters`` is the hash of the signatures that near-duplicates were last told from, and that of the file beside it.
    """

    path: Path
    maker: str = ""
    shards: dict[str, Known] = field(default_factory=dict)
    parts: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    clusters: tuple[str, str] = ("", "")

    @classmethod
    def read(cls, path: Path) -> "State":
        """Return what the last run left; nothing where it was not finished or left by other code."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            shards = {name: Known(**one | {"made": Made(**one["made"])}) for name, one in kept["shards"].items()}
            parts = {name: (key, dict(files)) for name, (key, files) in kept["parts"].items()}
            key, digest = kept["clusters"]
            return cls(path, str(kept["maker"]), shards, parts, (str(key), str(digest)))
        except (FileNotFoundError, ValueError, TypeError, KeyError, IndexError):
            return cls(path)

    def write(self) -> None:
        """Keep the state for the next run."""
        kept = {"shards": {name: asdict(one) for name, one in sorted(self.shards.items())}}
        text = json.dumps(kept | {"maker": self.maker, "parts": self.parts, "clusters": self.clusters}, sort_keys=True)
        write_text(self.path, text + "\n")

    def fresh(self, work: Work, shard: Shard) -> Made | None:
        """Return a shard as it lies there, if nothing that decides about it has changed."""
        known, stat, path = self.shards.get(shard.name), shard.stat, work.path(shard.name)
        if known is None or stat is None or (known.digest, known.stat) != (shard.digest(work.maker), stat):
            return None
        return replace(known.made, n_new=0) if path.is_file() and told_stat(path.stat()) == known.file else None

    def enter(self, work: Work, shard: Shard, made: Made) -> None:
        """Note that a shard is up to date."""
        file = told_stat(work.path(shard.name).stat())
        self.shards[shard.name] = Known(shard.digest(work.maker), shard.stat, file, made)

    def clusters_of(self, key: str, tell: Callable[[], pa.Table]) -> pa.Table:
        """Return the near-duplicates among the signatures of this hash; they are told if they are others than last."""
        path = self.path.with_name(CLUSTERS)
        if self.clusters[0] != key or not path.is_file() or self.clusters[1] != file_sha256(path):
            write_table(path, tell())
            self.clusters = key, file_sha256(path)
        return read_table(path)


def stats_of(paths: Mapping[str, Path]) -> dict[str, str]:
    """Return size, times and number of each file that is there."""
    return {name: told_stat(path.stat()) for name, path in paths.items() if path.is_file()}
