"""The pandera schema of a table: types, nulls, closed lists, patterns, keys and offsets."""

from collections.abc import Callable, Iterable
from functools import partial
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


def _column(table: Table, column: SchemaColumn, schema: Schema) -> Column:
    closed = _closed(column, schema)
    checks = [*CHECKS[column.kind](), *([_among(column.kind, closed)] if closed is not None else [])]
    if "articles.article_id" in (column.references, f"{table.name}.{column.name}"):
        checks.append(Check.str_matches(_ARTICLE_ID))
    return Column(TYPES[column.kind], checks, nullable=not column.required, title=column.name)


def _closed(column: SchemaColumn, schema: Schema) -> tuple[str, ...] | None:
    """Return the values that the schema allows, or None where it leaves them open."""
    if column.references == "issues.issue":
        return tuple(issue.issue for issue in schema.issues)
    if column.references == "actors.actor_id":
        return tuple(actor.id for actor in schema.actors)
    if column.vocabulary and column.kind is not Kind.POLARITY:
        return schema.vocabulary(column.vocabulary).names
    return None


def _among(kind: Kind, values: tuple[str, ...]) -> Check:
    if kind in (Kind.IDS, Kind.LABELS):
        return _each(pl.element().is_in(values), "each item is in the closed list")
    return Check.isin(values)


def _each(right: pl.Expr, name: str) -> Check:
    """Return a check of the items of a list column."""
    return _check(lambda column: column.list.eval(right).list.all(), name)


def _check(right: Callable[[pl.Expr], pl.Expr], name: str) -> Check:
    def holds(data: PolarsData) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select(right(pl.col(data.key)).fill_null(value=True))

    return Check(holds, name=name, error=name)


def _items() -> Iterable[Check]:
    yield _each(pl.element().is_not_null() & (pl.element() != ""), "no item is null or empty")


def _finite() -> Iterable[Check]:
    yield _check(pl.Expr.is_finite, "the number is finite")


def _matches(pattern: str) -> Iterable[Check]:
    yield Check.str_matches(pattern)


def _at_least_zero() -> Iterable[Check]:
    yield Check.ge(0)


CHECKS: Final[dict[Kind, Callable[[], Iterable[Check]]]] = {
    Kind.ID: partial(_matches, r"^\S+$"),
    Kind.TEXT: partial(_matches, r"^[\s\S]+$"),
    Kind.LABEL: partial(_matches, r"^\S+$"),
    Kind.HASH: partial(_matches, "^[0-9a-f]{64}$"),
    Kind.FLAG: tuple,
    Kind.COUNT: _at_least_zero,
    Kind.OFFSET: _at_least_zero,
    Kind.POLARITY: lambda: (Check.in_range(-2, 2),),
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
