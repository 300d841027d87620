"""Rules across tables: a key names one row, and what is referred to exists."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from ukrcorpus.schema.model import Column, Kind, Schema, Table
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, each_table


def check_key_unique(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``key-unique`` once for each key that several rows have."""
    key, keys = evidence.subject.key, evidence.scan(evidence.subject.name)
    if keys.select(_ascends(key).slice(1).all()).collect(engine="streaming").item():
        return  # as tables are written: sorted by key, and no two neighbours are equal
    for row in rows(keys.group_by(key).len().filter(pl.col("len") > 1)):
        yield Broken(address(evidence.subject, row), f"{row['len']} rows with this key", "one row")


def check_references(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``key-reference`` for each value that names no row of the table it refers to.

    The scope's second table is the one referred to; lists are asked item by item.
    """
    table, parent = evidence.subject, evidence.schema.table(evidence.tables[-1])
    known = evidence.scan(parent.name).select(wanted=pl.col(parent.key[0]))
    for column in _referring(table, parent.name):
        items = evidence.scan(table.name, column.name).with_columns(wanted=pl.col(column.name))
        if column.kind in (Kind.IDS, Kind.LABELS):
            items = items.explode("wanted")
        missing = items.drop_nulls("wanted").join(known, on="wanted", how="anti")
        if missing.select(pl.len()).collect(engine="streaming").item() == 0:
            continue  # most often, and without a look at the key
        for row in rows(missing):
            expected = f"an existing {parent.name}.{parent.key[0]}"
            yield Broken(address(table, row, column.name), show(row["wanted"]), expected)


def references(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give each pair of tables of which the first refers to the second."""
    for table in schema.tables:
        parents = {column.references.split(".")[0] for column in table.columns if column.references}
        yield from ((table.name, parent) for parent in sorted(parents))


def _ascends(key: Sequence[str]) -> pl.Expr:
    """Say of each row whether its key is greater than that of the row before, by its columns in turn."""
    first, *others = key
    now, before = pl.col(first), pl.col(first).shift(1)
    greater = now > before
    if others:
        greater |= (now == before) & _ascends(others)
    return greater.fill_null(value=False)


def _referring(table: Table, parent: str) -> Iterator[Column]:
    return (column for column in table.columns if column.references and column.references.split(".")[0] == parent)


KEYS = (
    Rule(
        "key-unique",
        Depth.KEYS,
        each_table,
        check_key_unique,
        "The key columns of a table name one row.",
        "Find the second input that yields the row; ids are minted once and never reused.",
        alone=Alone.KEY,
    ),
    Rule(
        "key-reference",
        Depth.KEYS,
        references,
        check_references,
        "Every id that names a row of another table finds it there, also inside lists.",
        "Mend the id, or add the row it names: an actor to schema/actors.toml, an issue to schema/issues.toml.",
        alone=Alone.ARTICLE,
    ),
)
