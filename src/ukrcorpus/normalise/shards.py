"""Shards: the articles in the order of their ids, cut where an id's hash says so, each with its records on disk.

Where a shard begins depends on the ids alone, so one article more or less touches one shard, whatever the size of the
corpus. A shard is the unit of work, and what a killed run leaves finished.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.parts import part_name
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import read_table, sha256, write_table
from ukrcorpus.normalise.records import Pending, record_of, record_schema
from ukrcorpus.schema.model import Schema

SHARD: Final = 128  # articles in a shard, on average
PART: Final = 2048  # articles in a part of a table, on average; a part is a whole number of shards
LARGEST: Final = 2 * SHARD  # so that no worker ends long after the others


@dataclass(frozen=True, slots=True)
class Shard:
    """Articles next to each other in the order of their ids."""

    name: str
    pending: tuple[Pending, ...]
    begins_part: bool

    def digest(self, maker: str) -> str:
        """Return the hash of all that decides about the shard's records."""
        return sha256("\n".join([maker, *(f"{one.article_id} {one.digest}" for one in self.pending)]).encode("utf-8"))

    @property
    def stat(self) -> str | None:
        """The hash of the sizes and times of the files behind it; None where one cannot be believed."""
        stats = [one.stat for one in self.pending]
        return None if None in stats else sha256("\n".join(map(str, stats)).encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished shard: hashes of its file and of its signatures; how many articles it has, new ones, set aside."""

    name: str
    sha256: str
    signatures: str
    n_articles: int
    n_new: int
    n_refused: int


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs besides a shard: where records lie, the schema, and the digest of what makes rows."""

    folder: Path
    schema: Schema
    maker: str

    def path(self, name: str) -> Path:
        """Return where a shard's records lie."""
        return self.folder / f"{name}.parquet"


def cut(articles: Iterable[Pending]) -> Iterator[Shard]:
    """Yield the shards of articles that come in the order of their ids."""
    held: list[Pending] = []
    first, last = True, ""
    for one in articles:
        assert last < one.article_id, f"{one.article_id} comes after {last}"
        last = one.article_id
        if held and (_mark(one.article_id) % SHARD == 0 or len(held) == LARGEST):
            yield _shard(held, first=first)
            held, first = [], False
        held.append(one)
    if held:
        yield _shard(held, first=first)


def make_shard(work: Work, shard: Shard) -> Made:
    """Bring a shard's records up to date: sources are read and proved, what is as it was is kept."""
    path = work.path(shard.name)
    old = _old(path, record_schema(work.schema))
    known = dict(zip(old["article_id"].to_pylist(), old["digest"].to_pylist(), strict=True))
    refused = {one for one, is_used in zip(known, old["refused"].is_null().to_pylist(), strict=True) if not is_used}
    kept, new = [], []
    for one in shard.pending:
        digest = record_digest(work, one)
        as_it_was = known.get(one.article_id) == digest and one.article_id not in refused
        record = record_of(one, digest, None if as_it_was else work.schema.repairs)
        if record is None:
            kept.append(one.article_id)
        else:
            new.append(record)
    records = _joined(old, kept, new)
    if not path.is_file() or not records.equals(old):
        write_table(path, records)
    n_refused = len(records) - records["refused"].null_count
    signatures = sha256(repr(records.select(["article_id", "signature"]).to_pydict()).encode("utf-8"))
    return Made(shard.name, file_sha256(path), signatures, len(records), len(new), n_refused)


def record_digest(work: Work, one: Pending) -> str:
    """Return the hash of all that decides about an article's record."""
    return sha256(f"{work.maker} {one.digest}".encode())


def known_digests(work: Work, shard: Shard) -> dict[str, str]:
    """Return the digests of the records that lie there, by article."""
    path = work.path(shard.name)
    if not path.is_file():
        return {}
    return dict(zip(*read_table(path, ["article_id", "digest"]).to_pydict().values(), strict=True))


def is_boundary(article_id: str, size: int) -> bool:
    """Say whether an id begins a new stretch of ``size`` articles on average."""
    return _mark(article_id) % size == 0


def _mark(article_id: str) -> int:
    return int.from_bytes(hashlib.sha256(article_id.encode("utf-8")).digest()[:6], "big")


def _shard(pending: list[Pending], *, first: bool) -> Shard:
    start = pending[0].article_id
    name = part_name(None if first else start)
    return Shard(name, tuple(pending), begins_part=not first and is_boundary(start, PART))


def _old(path: Path, schema: pa.Schema) -> pa.Table:
    """Return the records that lie there, if they have the columns of today."""
    with suppress(pa.ArrowException, FileNotFoundError, CorpusError):  # not there, or damaged: all is made again
        old = read_table(path)
        if old.schema.equals(schema):
            # Parquet has its own name for the items of a list.
            return old.cast(schema)
    return schema.empty_table()


def _joined(old: pa.Table, kept: list[str], new: list[dict[str, object]]) -> pa.Table:
    still = old.filter(pc.is_in(old["article_id"], value_set=pa.array(kept, pa.string())))
    records = pa.concat_tables([still, pa.Table.from_pylist(new, schema=old.schema)])
    return records.sort_by("article_id") if records.num_rows else records
