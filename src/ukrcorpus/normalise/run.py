"""The normalise stage: raw articles in, six tables and a quarantine out; only what is stale is made again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from ukrcorpus.core.locks import working
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, sha256, write_text
from ukrcorpus.normalise.article import RawArticle
from ukrcorpus.normalise.duplicates import clusters
from ukrcorpus.normalise.engines import Engine
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.normalise.makers import TABLES, maker_digest
from ukrcorpus.normalise.parts import Part, by_table, commit, group, settle, write_part
from ukrcorpus.normalise.records import Pending, error_of, reason_of
from ukrcorpus.normalise.shards import Made, Shard, Work, cut, make_shard
from ukrcorpus.normalise.sketches import Sketches
from ukrcorpus.normalise.state import NAME, State, stats_of
from ukrcorpus.schema.model import Schema

__all__ = ["STAGE", "TABLES", "NormaliseReport", "run_normalise"]

STAGE: Final = "normalise"
SHARDS: Final = "shards"
_SAVE: Final = 64  # shards made between two notes of what is up to date, at least; later on, an eighth of all


class Progress(Protocol):
    """Is told of articles that are up to date."""

    def __call__(self, n: int, *, made: bool) -> None:
        """Take note of ``n`` articles more, and whether they had to be made."""
        ...


def silent(n: int, *, made: bool) -> None:
    """Take no note."""


@dataclass(frozen=True, slots=True)
class NormaliseReport:
    """What a run did: articles in the tables, how many of them were made anew, and why others were set aside."""

    n_articles: int
    n_new: int
    set_aside: tuple[CorpusError, ...]

    def as_text(self, place: str) -> str:
        """Return the line that says where the tables lie and how many articles were made anew."""
        return f"{self.n_articles:,} articles in {place}; {self.n_new:,} of the corpus were made anew"


def run_normalise(
    project: Project,
    schema: Schema,
    articles: Iterable[Pending | RawArticle],
    engine: Engine | None = None,
    progress: Progress = silent,
) -> NormaliseReport:
    """Bring ``build/normalise/`` up to date; articles come in the order of their ids.

    An article that cannot be used goes to the quarantine with its reason. A run that is killed leaves the last
    tables whole, and the next one goes on from the shards that it had finished.
    """
    with working(project):
        return _run(project, schema, articles, engine or LocalEngine(1), progress)


def _run(
    project: Project,
    schema: Schema,
    articles: Iterable[Pending | RawArticle],
    engine: Engine,
    progress: Progress,
) -> NormaliseReport:
    folder = project.build / STAGE
    settle(folder)
    work = Work(folder / SHARDS, schema, maker_digest(schema))
    state = State.read(folder / NAME)
    state.maker = work.maker
    pending = (one if isinstance(one, Pending) else Pending.of(one) for one in articles)
    with engine as does:
        order = _make_shards(work, state, pending, does, progress)
        shards = [made for made, _ in order]
        _make_parts(work, state, group(order, _clusters(work, state, shards)), does)
    state.write()
    _clear(work, shards)
    set_aside = tuple(_refused(work, shards))
    _write_quarantine(project, set_aside)
    n_articles = sum(made.n_articles for made in shards) - len(set_aside)
    return NormaliseReport(n_articles, sum(made.n_new for made in shards), set_aside)


def quarantine_text(errors: Iterable[CorpusError]) -> str:
    """Return what a quarantine says: one line for each article that was set aside."""
    return "".join(json.dumps(reason_of(error), ensure_ascii=False, sort_keys=True) + "\n" for error in errors)


def _make_shards(
    work: Work, state: State, pending: Iterable[Pending], engine: Engine, progress: Progress
) -> list[tuple[Made, bool]]:
    """Return all shards in order, each with whether it begins a part; those that are stale are made."""
    order: list[tuple[str, bool]] = []
    stale: dict[str, Shard] = {}
    finished: dict[str, Made] = {}

    def tasks() -> Iterator[Shard]:
        for shard in cut(pending):
            order.append((shard.name, shard.begins_part))
            if made := state.fresh(work, shard):
                finished[shard.name] = made
                progress(made.n_articles, made=False)
            else:
                for one in shard.pending:
                    one.check()
                stale[shard.name] = shard
                yield shard

    save_at = _SAVE
    for n, made in enumerate(engine(partial(make_shard, work), tasks()), 1):
        finished[made.name] = made
        state.enter(work, stale.pop(made.name), made)
        progress(made.n_articles, made=True)
        if n >= save_at:
            state.write()
            save_at = n + max(_SAVE, len(state.shards) // 8)
    return [(finished[name], begins) for name, begins in order]


def _make_parts(work: Work, state: State, parts: Sequence[Part], engine: Engine) -> None:
    """Write the parts that are stale, and put them into place."""
    folder = work.folder.parent
    stale = [part for part in parts if state.parts.get(part.name) != _lies(part, folder, work.schema)]
    does = engine if len(stale) > 1 else LocalEngine(1)  # one part is written before another process is there
    for _done in does(partial(write_part, work), by_table(stale)):
        pass
    commit(folder, parts, stale)
    state.parts = {part.name: _lies(part, folder, work.schema) for part in parts}


def _clusters(work: Work, state: State, shards: Sequence[Made]) -> pa.Table:
    """Return the cluster of each article that another one stands for."""
    key = sha256("\n".join(made.signatures for made in shards).encode("utf-8"))
    return state.clusters_of(key, partial(_told, work, shards))


def _told(work: Work, shards: Sequence[Made]) -> pa.Table:
    work.folder.mkdir(parents=True, exist_ok=True)
    sketches = Sketches(work.folder)
    for made in shards:
        sketches.add(read_table(work.path(made.name), ["article_id", "signature"]))
    return clusters(sketches)


def _lies(part: Part, folder: Path, schema: Schema) -> tuple[str, dict[str, str]]:
    """Return what the state says of a part that lies there as it should."""
    return part.key(schema), stats_of(part.files(folder))


def _clear(work: Work, shards: Sequence[Made]) -> None:
    """Take away the records of shards that are no more."""
    kept = {work.path(made.name) for made in shards}
    for path in work.folder.glob("*.parquet"):
        if path not in kept:
            path.unlink()


def _refused(work: Work, shards: Sequence[Made]) -> Iterator[CorpusError]:
    for made in shards:
        if made.n_refused:
            reasons = read_table(work.path(made.name), ["refused"])["refused"]
            yield from (error_of(reason) for reason in reasons.drop_null().to_pylist())


def _write_quarantine(project: Project, errors: Iterable[CorpusError]) -> None:
    path = project.quarantine / f"{STAGE}.jsonl"
    text = quarantine_text(errors)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
