"""The final tables: a few shards in a row make a part, and only parts with a changed shard are written again.

A small corpus is one part, and each table one file. A larger one has a folder per table with a file per part. Parts
are written beside the tables and moved into place together, so that a killed run leaves the last tables whole.
"""

import json
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

import pyarrow as pa

from ukrcorpus.core.parts import part_name, part_start
from ukrcorpus.core.tables import WRITER, read_table, sha256, write_json, write_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.makers import TABLES
from ukrcorpus.normalise.records import record_schema, rows_in
from ukrcorpus.normalise.shards import PART, Made, Work
from ukrcorpus.schema.model import Schema

WHOLE: Final = 2 * PART  # a corpus of up to so many articles is one part
_NEXT, _COMMIT = ".next", "commit.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Shards next to each other; ``alone`` says that they are the whole corpus, so that a table is one file.

    ``clusters`` has ``article_id`` and ``duplicate_cluster`` of those articles that another one stands for, by id.
    """

    name: str
    shards: tuple[Made, ...]
    alone: bool
    clusters: pa.Table

    def key(self, schema: Schema) -> str:
        """Return the hash of all that decides about the part's files."""
        columns = [arrow_schema(schema.table(name)).to_string() for name in TABLES]
        about = [
            [one.sha256 for one in self.shards],
            self.clusters.to_pydict(),
            self.alone,
            columns,
            WRITER,
            pa.__version__,
        ]
        return sha256(json.dumps(about, sort_keys=True).encode("utf-8"))

    def files(self, folder: Path) -> dict[str, Path]:
        """Return where each table's rows of this part lie, by table."""
        if self.alone:
            return {name: folder / f"{name}.parquet" for name in TABLES}
        return {name: folder / f"{name}.parquet" / f"{self.name}.parquet" for name in TABLES}


def group(shards: Sequence[tuple[Made, bool]], clusters: pa.Table) -> tuple[Part, ...]:
    """Return the parts of a corpus, from its shards in order, each with whether it begins a part."""
    alone = sum(made.n_articles for made, _ in shards) <= WHOLE
    groups: list[list[Made]] = [[]]
    for made, begins in shards:
        if begins and not alone:
            groups.append([])
        groups[-1].append(made)
    starts = [own[0].name if own else part_name(None) for own in groups]
    bounds = [*map(part_start, starts), None]
    own_clusters = (between(clusters, *ends) for ends in pairwise(bounds))
    return tuple(
        Part(start, tuple(own), alone, its) for start, own, its in zip(starts, groups, own_clusters, strict=True)
    )


def between(clusters: pa.Table, start: str | None, stop: str | None) -> pa.Table:
    """Return the rows of the articles from one id to before another, or to the end."""
    column = clusters["article_id"]
    first, last = (
        default if one is None else bisect_left(range(len(column)), one, key=lambda at: column[at].as_py())
        for one, default in ((start, 0), (stop, len(column)))
    )
    return clusters.slice(first, last - first)


def by_table(parts: Iterable[Part]) -> Iterator[tuple[Part, str]]:
    """Yield parts with the name of each table, as tasks for ``write_part``."""
    for part in parts:
        # A slice would be sent to a worker with all that it was cut from.
        own = part.clusters.take(pa.array(range(len(part.clusters)), pa.int64()))
        yield from ((replace(part, clusters=own), name) for name in TABLES)


def write_part(work: Work, task: tuple[Part, str]) -> None:
    """Write a part's rows of one table beside the tables, by the canonical writer."""
    part, name = task
    empty = record_schema(work.schema).empty_table().select([name])
    records = pa.concat_tables([empty, *(read_table(work.path(one.name), [name]) for one in part.shards)])
    write_table(part.files(work.folder.parent / _NEXT)[name], rows_in(records, name, work.schema, part.clusters))


def commit(folder: Path, parts: Iterable[Part], stale: Iterable[Part]) -> None:
    """Put the new files into place and take away those of no part."""
    kept = {path for part in parts for path in part.files(folder).values()}
    new = [path for part in stale for path in part.files(folder).values()]
    gone = {path for name in TABLES for path in _lying(folder / f"{name}.parquet")} - kept
    if not new and not gone:
        return
    names = {"put": sorted(_names(folder, new)), "gone": sorted(_names(folder, gone))}
    write_json(folder / _NEXT / _COMMIT, names)
    settle(folder)


def settle(folder: Path) -> None:
    """Finish what a killed run had begun to put into place; clear away what it had not."""
    beside = folder / _NEXT
    if (beside / _COMMIT).is_file():
        names = json.loads((beside / _COMMIT).read_text(encoding="utf-8"))
        for name in names["gone"]:
            (folder / name).unlink(missing_ok=True)
        for name in names["put"]:
            if (beside / name).is_file():
                _put(beside / name, folder / name)
        for path in folder.glob("*.parquet"):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
    if beside.exists():
        shutil.rmtree(beside)


def _put(new: Path, place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    if place.parent.is_file():
        place.parent.unlink()
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)


def _lying(table: Path) -> list[Path]:
    return sorted(table.glob("*.parquet")) if table.is_dir() else [table] if table.is_file() else []


def _names(folder: Path, paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]
