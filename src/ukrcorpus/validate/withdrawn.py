"""Rules on withdrawals: what they name exists, and nothing of a withdrawn person or mention still shows."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import polars as pl

from ukrcorpus.annotate.adjudication.ids import NAME, read_ids
from ukrcorpus.core.project import Project
from ukrcorpus.policy.cascade import TYPED
from ukrcorpus.policy.registry import names_of
from ukrcorpus.policy.withdrawals import Kind
from ukrcorpus.schema.model import ActorType, Layer, Schema
from ukrcorpus.schema.model import Kind as ColumnKind
from ukrcorpus.sources.lines import manifest_lines
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

_ACTORS, _MENTIONS, _TOMBSTONES = "actors", "mentions", "withdrawals"
_KEY: Final = "actors.actor_id"


def check_known(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``withdrawn-unknown`` for a tombstone of what never was, or of an article with other raw bytes."""
    tombstones = list(rows(evidence.scan(_TOMBSTONES, "raw_sha256")))
    if not tombstones:
        return
    wanted = {row["withdrawn_id"] for row in tombstones}
    lines = (line for line in manifest_lines(evidence.project) if line.article_id in wanted)
    hashes = {line.article_id: line.entry().sha256 for line in lines}
    persons = {actor.id for actor in evidence.schema.actors if actor.type is ActorType.PERSON}
    mentions = (
        _minted(evidence.project) if any(row["kind"] == Kind.MENTION.value for row in tombstones) else frozenset()
    )
    known = {Kind.ARTICLE: hashes.keys(), Kind.PERSON: persons, Kind.MENTION: mentions}
    for row in tombstones:
        kind, one = Kind(row["kind"]), row["withdrawn_id"]
        if one not in known[kind]:
            yield Broken(address(evidence.subject, row), "an id that nothing has", f"the id of one {kind}")
        elif kind is Kind.ARTICLE and row["raw_sha256"] != hashes[one]:
            where = address(evidence.subject, row, "raw_sha256")
            yield Broken(where, show(row["raw_sha256"]), f"{show(hashes[one])}, as in raw/manifest.jsonl")


def check_persons(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``withdrawn-person`` for each row that names a withdrawn person, by id or in what annotators typed."""
    table, persons = evidence.subject, _withdrawn(evidence, Kind.PERSON)
    if not persons:
        return
    for name in _naming(evidence.schema, table.name):
        column, listed = pl.col(name), table.column(name).kind is ColumnKind.IDS
        hit = column.list.eval(pl.element().is_in(persons)).list.any() if listed else column.is_in(persons)
        for row in rows(evidence.scan(table.name, name).filter(hit)):
            yield Broken(address(table, row, name), show(row[name]), "nobody who was withdrawn")
    names = sorted(name.lower() for name in names_of(evidence.schema, set(persons)))
    for name in (one for one in TYPED if one in table.names and names):
        hit = pl.col(name).str.to_lowercase().str.contains_any(names)
        for row in rows(evidence.scan(table.name, name).filter(hit)):
            yield Broken(address(table, row, name), "a text that names a withdrawn person", "null, or other words")


def check_mentions(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``withdrawn-mention`` for each withdrawn mention that is still there."""
    gone = pl.col("mention_id").is_in(_withdrawn(evidence, Kind.MENTION))
    for row in rows(evidence.scan(_MENTIONS).filter(gone)):
        yield Broken(address(evidence.subject, row), "a row", "none: the mention is withdrawn")


def naming(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give each table that names actors, with the tombstones."""
    return ((table.name, _TOMBSTONES) for table in schema.tables if any(_naming(schema, table.name)))


def _naming(schema: Schema, table: str) -> Iterator[str]:
    """Yield the columns of a table that name actors."""
    referring = (one.name for one in schema.table(table).columns if one.references == _KEY)
    return chain(schema.table(table).key if table == _ACTORS else (), referring)


def _withdrawn(evidence: Evidence, kind: Kind) -> list[str]:
    tombstones = evidence.scan(_TOMBSTONES).filter(pl.col("kind") == kind.value)
    return [row["withdrawn_id"] for row in rows(tombstones)]


def _minted(project: Project) -> frozenset[str]:
    """Return the ids of every mention that was ever minted."""
    path = project.annotations / NAME
    return frozenset(one.id for one in read_ids(path, project.address(path)) if one.layer == Layer.MENTION)


WITHDRAWALS = (
    Rule(
        "withdrawn-unknown",
        Depth.CORPUS,
        reads(_TOMBSTONES),
        check_known,
        "Every tombstone is that of an article of the corpus, a person of the registry, or a minted mention.",
        "Correct the entry in raw/withdrawals.toml; ukrcorpus withdraw writes it with the right hash.",
    ),
    Rule(
        "withdrawn-person",
        Depth.CORPUS,
        naming,
        check_persons,
        "No row names a person who was withdrawn, neither by id nor in what annotators typed.",
        "Build again; withdrawals are listed in raw/withdrawals.toml.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "withdrawn-mention",
        Depth.CORPUS,
        reads(_MENTIONS, _TOMBSTONES),
        check_mentions,
        "No mention that was withdrawn is left.",
        "Build again; withdrawals are listed in raw/withdrawals.toml.",
        alone=Alone.ARTICLE,
    ),
)
