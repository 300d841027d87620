"""Three rows per table of any schema: two full ones, and one in which everything optional is null."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

import pyarrow as pa

from ukrcorpus.core.tables import table_of
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Column, Kind, Schema, SplitBy, Table

EMPTY: Final = ("withdrawals", "votes")
IN_TWO_SPLITS: Final = "claims"
PLAIN: Final[dict[Kind, Callable[[int], object]]] = {
    Kind.ID: lambda n: f"sample-{n}",
    Kind.TEXT: lambda n: f"Нота № {n}: “так”",
    Kind.LABEL: lambda n: f"label{n}",
    Kind.HASH: lambda n: f"{n:064x}",
    Kind.FLAG: lambda n: n > 0,
    Kind.COUNT: lambda n: n,
    Kind.OFFSET: lambda n: n,
    Kind.POLARITY: lambda n: n - 2,
    Kind.SCORE: lambda n: n / 2,
    Kind.DATE: lambda n: date(2026, 1, 1 + n),
    Kind.INSTANT: lambda n: datetime(2026, 1, 1, n, tzinfo=UTC),
    Kind.IDS: lambda n: [f"sample-{n}"],
    Kind.LABELS: lambda n: [f"label{n}", "other"] * n,
}


def rows(schema: Schema, table: Table) -> list[dict[str, object]]:
    """Return the rows; each value is one that the schema allows, and the keys differ."""
    found = [{column.name: _value(schema, table, column, n) for column in table.columns} for n in range(3)]
    found[2] |= {column.name: None for column in table.columns if not column.required}
    return found


def filled(schema: Schema, table: Table) -> pa.Table:
    """Return the rows as Arrow, sorted by key."""
    return table_of(rows(schema, table), arrow_schema(table), table.key)


def parts(schema: Schema, table: Table) -> list[tuple[str, pa.Table]]:
    """Return the rows by split: one table has two splits, two tables have none."""
    if table.name in EMPTY:
        return []
    content = filled(schema, table)
    if table.name == IN_TWO_SPLITS:
        return [("train", content.slice(0, 1)), ("test", content.slice(1))]
    return [("registry" if table.split is SplitBy.REGISTRY else "train", content)]


def _value(schema: Schema, table: Table, column: Column, n: int) -> object:
    home = f"{table.name}.{column.name}"
    if "issues.issue" in (column.references, home):
        return schema.issues[n].issue
    if "actors.actor_id" in (column.references, home):
        return [schema.actors[n].id] if column.kind is Kind.IDS else schema.actors[n].id
    if column.vocabulary:
        return schema.vocabulary(column.vocabulary).names[0]
    return PLAIN[column.kind](n)
