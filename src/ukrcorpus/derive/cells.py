"""What a cell of each kind must be, as conditions in polars: read in one pass here, given to pandera by ``frames``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import polars as pl

from ukrcorpus.schema.model import Column, Kind, Schema, Table

_ARTICLE_ID = "^[a-z0-9][a-z0-9-]{0,62}$"
# What \s matches: a search for these is several times as fast as the pattern.
_WHITE_SPACE = [*"\t\n\v\f\r \x85\xa0\u1680", *map(chr, range(0x2000, 0x200B)), *"\u2028\u2029\u202f\u205f\u3000"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a cell: false where the cell breaks it, null or true where not.

    ``limits`` are those of pandera's check of this name; without them the condition is one of our own.
    """

    name: str
    holds: Callable[[pl.Expr], pl.Expr]
    limits: Mapping[str, object] = field(default_factory=dict)


def refused(table: Table, schema: Schema) -> dict[str, pl.Expr]:
    """Return by column, and by pair of offsets, an expression that is true where the pandera schema finds a failure.

    pandera asks check by check and reads the whole frame for each; these are asked together, in one pass over a file.
    Uniqueness is left out.
    """
    cells = {column.name: _refused(table, column, schema) for column in table.columns}
    return cells | {f"{start} {end}": pl.col(end) < pl.col(start) for start, end in spans(table)}


def conditions(table: Table, column: Column, schema: Schema) -> Iterator[Condition]:
    """Yield the conditions on a column: those of its kind, the closed list, the form of an article's id."""
    yield from CONDITIONS[column.kind]
    closed = _closed(column, schema)
    if closed is not None:
        yield _among(column.kind, closed)
    if "articles.article_id" in (column.references, f"{table.name}.{column.name}"):
        yield _matches(_ARTICLE_ID)


def spans(table: Table) -> list[tuple[str, str]]:
    """Return the pairs of offset columns whose names differ in ``start`` and ``end``."""
    offsets = [column.name for column in table.columns if column.kind is Kind.OFFSET]
    pairs = [(name, name.removesuffix("start") + "end") for name in offsets if name.endswith("start")]
    return [(start, end) for start, end in pairs if end in offsets]


def _refused(table: Table, column: Column, schema: Schema) -> pl.Expr:
    cell = pl.col(column.name)
    fails = [~one.holds(cell).fill_null(value=True) for one in conditions(table, column, schema)]
    return pl.any_horizontal(cell.is_null() if column.required else pl.lit(value=False), *fails)


def _closed(column: Column, schema: Schema) -> tuple[str, ...] | None:
    """Return the values that the schema allows, or None where it leaves them open."""
    if column.references == "issues.issue":
        return tuple(issue.issue for issue in schema.issues)
    if column.references == "actors.actor_id":
        return tuple(actor.id for actor in schema.actors)
    if column.vocabulary and column.kind is not Kind.POLARITY:
        return schema.vocabulary(column.vocabulary).names
    return None


def _among(kind: Kind, values: tuple[str, ...]) -> Condition:
    if kind in (Kind.IDS, Kind.LABELS):
        return _each(pl.element().is_in(values), "each item is in the closed list")
    return Condition("isin", lambda cell: cell.is_in(values), {"allowed_values": values})


def _each(right: pl.Expr, name: str) -> Condition:
    """Return a condition on the items of a list column."""
    return Condition(name, lambda cell: cell.list.eval(right).list.all())


def _matches(pattern: str, holds: Callable[[pl.Expr], pl.Expr] | None = None) -> Condition:
    """Return the condition that a text matches; ``holds`` says the same faster."""
    return Condition("str_matches", holds or partial(_contains, pattern), {"pattern": pattern})


def _contains(pattern: str, cell: pl.Expr) -> pl.Expr:
    return cell.str.contains(pattern)


_WORD = _matches(r"^\S+$", lambda cell: (cell != "") & ~cell.str.contains_any(_WHITE_SPACE))
_TEXT = _matches(r"^[\s\S]+$", lambda cell: cell != "")
_HASH = _matches("^[0-9a-f]{64}$")
_ITEMS = _each(pl.element().is_not_null() & (pl.element() != ""), "no item is null or empty")
_FINITE = Condition("the number is finite", pl.Expr.is_finite)
_COUNTED = Condition("ge", lambda cell: cell >= 0, {"min_value": 0})
_POLARITY = Condition("in_range", lambda cell: cell.is_between(-2, 2), {"min_value": -2, "max_value": 2})

CONDITIONS: Final[dict[Kind, tuple[Condition, ...]]] = {
    Kind.ID: (_WORD,),
    Kind.TEXT: (_TEXT,),
    Kind.LABEL: (_WORD,),
    Kind.HASH: (_HASH,),
    Kind.FLAG: (),
    Kind.COUNT: (_COUNTED,),
    Kind.OFFSET: (_COUNTED,),
    Kind.POLARITY: (_POLARITY,),
    Kind.SCORE: (_FINITE,),
    Kind.DATE: (),
    Kind.INSTANT: (),
    Kind.IDS: (_ITEMS,),
    Kind.LABELS: (_ITEMS,),
}
