"""The pandera schema of a table: types, nulls, closed lists, patterns, keys and offsets."""

from typing import Final

import polars as pl
from pandera.polars import Check, Column, DataFrameSchema, PolarsData

from ukrcorpus.derive.cells import Condition, conditions, spans
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


def frame_schema(table: Table, schema: Schema) -> DataFrameSchema:
    """Return the schema of the table as a polars frame: exactly its columns, in order, key unique.

    References are checked where the schema itself closes them (issues and actors); those between
    tables need both tables and are not a frame's matter.
    """
    return DataFrameSchema(
        {column.name: _column(table, column, schema) for column in table.columns},
        checks=[_ordered(start, end) for start, end in spans(table)],
        unique=list(table.key),
        strict=True,
        ordered=True,
        name=table.name,
    )


def _column(table: Table, column: SchemaColumn, schema: Schema) -> Column:
    checks = [_check(one) for one in conditions(table, column, schema)]
    return Column(TYPES[column.kind], checks, nullable=not column.required, title=column.name)


def _check(condition: Condition) -> Check:
    """Return pandera's own check where it has the condition: one that it can write down."""
    if condition.limits:
        return getattr(Check, condition.name)(**condition.limits)

    def holds(data: PolarsData) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select(condition.holds(pl.col(data.key)).fill_null(value=True))

    return Check(holds, name=condition.name, error=condition.name)


def _ordered(start: str, end: str) -> Check:
    def holds(data: PolarsData) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select((pl.col(end) >= pl.col(start)).fill_null(value=True))

    name = f"{end} is not before {start}"
    return Check(holds, name=name, error=name)
