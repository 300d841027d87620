"""The pandera schema of a table: types, nulls, closed lists, patterns, keys and offsets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl
from pandera.polars import Check, Column, DataFrameSchema, PolarsData

from ukrcorpus.schema.model import Column as SchemaColumn
from ukrcorpus.schema.model import Kind, Schema, Table

TYPES: Final[dict[Kind, pl.DataType]] = {
    Kind.ID: pl.String(),
    Kind.TEXT: pl.String(),
    Kind.LABEL: pl.String(),
    Kind.HASH: pl.String(),
    Kind.FLAG: pl.Boolean(),
    Kind.COUNT: pl.Int32(),
    Kind.OFFSET: pl.Int32(),
    Kind.POLARITY: pl.Int8(),
    Kind.SCORE: pl.Float64(),
    Kind.DATE: pl.Date(),
    Kind.INSTANT: pl.Datetime("us", "UTC"),
    Kind.IDS: pl.List(pl.String()),
    Kind.LABELS: pl.List(pl.String()),
}
_ARTICLE_ID = "^[a-z0-9][a-z0-9-]{0,62}$"
# What \s matches: a search for these is several times as fast as the pattern.
_WHITE_SPACE = [*"\t\n\v\f\r \x85\xa0\u1680", *map(chr, range(0x2000, 0x200B)), *"\u2028\u2029\u202f\u205f\u3000"]


def frame_schema(table: Table, schema: Schema) -> DataFrameSchema:
    """Return the schema of the table as a polars frame: exactly its columns, in order, key unique.

    References are checked where the schema itself closes them (issues and actors); those between
    tables need both tables and are not a frame's matter.
    """
    return DataFrameSchema(
        {column.name: _column(table, column, schema) for column in table.columns},
        checks=[_ordered(start, end) for start, end in _spans(table)],
        unique=list(table.key),
        strict=True,
        ordered=True,
        name=table.name,
    )


def refused(table: Table, schema: Schema) -> dict[str, pl.Expr]:
    """Return by column, and by pair of offsets, an expression that is true where ``frame_schema`` finds a failure.

    pandera asks check by check and reads the whole frame for each; these are asked together, in one pass over a file.
    Uniqueness is left out.
    """
    cells = {column.name: _refused(table, column, schema) for column in table.columns}
    return cells | {f"{start} {end}": pl.col(end) < pl.col(start) for start, end in _spans(table)}


def _column(table: Table, column: SchemaColumn, schema: Schema) -> Column:
    checks = [one.check for one in _asked(table, column, schema)]
    return Column(TYPES[column.kind], checks, nullable=not column.required, title=column.name)


def _refused(table: Table, column: SchemaColumn, schema: Schema) -> pl.Expr:
    cell = pl.col(column.name)
    fails = [~one.holds(cell).fill_null(value=True) for one in _asked(table, column, schema)]
    return pl.any_horizontal(cell.is_null() if column.required else pl.lit(value=False), *fails)


def _asked(table: Table, column: SchemaColumn, schema: Schema) -> Iterable["Asked"]:
    """Yield the checks of a column: those of its kind, the closed list, the form of an article's id."""
    yield from CHECKS[column.kind]()
    closed = _closed(column, schema)
    if closed is not None:
        yield _among(column.kind, closed)
    if "articles.article_id" in (column.references, f"{table.name}.{column.name}"):
        yield _matches(_ARTICLE_ID)


def _closed(column: SchemaColumn, schema: Schema) -> tuple[str, ...] | None:
    """Return the values that the schema allows, or None where it leaves them open."""
    if column.references == "issues.issue":
        return tuple(issue.issue for issue in schema.issues)
    if column.references == "actors.actor_id":
        return tuple(actor.id for actor in schema.actors)
    if column.vocabulary and column.kind is not Kind.POLARITY:
        return schema.vocabulary(column.vocabulary).names
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """A check as pandera knows it, and the same as one expression: where it is false, the check fails."""

    check: Check
    holds: Callable[[pl.Expr], pl.Expr]


def _among(kind: Kind, values: tuple[str, ...]) -> Asked:
    if kind in (Kind.IDS, Kind.LABELS):
        return _each(pl.element().is_in(values), "each item is in the closed list")
    return Asked(Check.isin(values), lambda cell: cell.is_in(values))


def _each(right: pl.Expr, name: str) -> Asked:
    """Return a check of the items of a list column."""
    return _own(lambda column: column.list.eval(right).list.all(), name)


def _own(right: Callable[[pl.Expr], pl.Expr], name: str) -> Asked:
    def holds(data: PolarsData) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select(right(pl.col(data.key)).fill_null(value=True))

    return Asked(Check(holds, name=name, error=name), right)


def _matches(pattern: str) -> Asked:
    return Asked(Check.str_matches(pattern), lambda cell: cell.str.contains(pattern))


def _word() -> Iterable[Asked]:
    yield Asked(Check.str_matches(r"^\S+$"), lambda cell: (cell != "") & ~cell.str.contains_any(_WHITE_SPACE))


def _text() -> Iterable[Asked]:
    yield Asked(Check.str_matches(r"^[\s\S]+$"), lambda cell: cell != "")


def _digest() -> Iterable[Asked]:
    yield _matches("^[0-9a-f]{64}$")


def _items() -> Iterable[Asked]:
    yield _each(pl.element().is_not_null() & (pl.element() != ""), "no item is null or empty")


def _finite() -> Iterable[Asked]:
    yield _own(pl.Expr.is_finite, "the number is finite")


def _at_least_zero() -> Iterable[Asked]:
    yield Asked(Check.ge(0), lambda cell: cell >= 0)


def _polarity() -> Iterable[Asked]:
    yield Asked(Check.in_range(-2, 2), lambda cell: cell.is_between(-2, 2))


CHECKS: Final[dict[Kind, Callable[[], Iterable[Asked]]]] = {
    Kind.ID: _word,
    Kind.TEXT: _text,
    Kind.LABEL: _word,
    Kind.HASH: _digest,
    Kind.FLAG: tuple,
    Kind.COUNT: _at_least_zero,
    Kind.OFFSET: _at_least_zero,
    Kind.POLARITY: _polarity,
    Kind.SCORE: _finite,
    Kind.DATE: tuple,
    Kind.INSTANT: tuple,
    Kind.IDS: _items,
    Kind.LABELS: _items,
}


def _spans(table: Table) -> list[tuple[str, str]]:
    """Return the pairs of offset columns whose names differ in ``start`` and ``end``."""
    offsets = [column.name for column in table.columns if column.kind is Kind.OFFSET]
    pairs = [(name, name.removesuffix("start") + "end") for name in offsets if name.endswith("start")]
    return [(start, end) for start, end in pairs if end in offsets]


def _ordered(start: str, end: str) -> Check:
    def holds(data: PolarsData) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select((pl.col(end) >= pl.col(start)).fill_null(value=True))

    name = f"{end} is not before {start}"
    return Check(holds, name=name, error=name)
