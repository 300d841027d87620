"""Rules on single tables: each cell and row against the pandera schema derived from schema/tables/."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from ukrcorpus.core.problems import near
from ukrcorpus.derive.cells import refused
from ukrcorpus.schema.model import Table
from ukrcorpus.validate.evidence import Evidence, address, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, each_table

if TYPE_CHECKING:
    from pandera.polars import Check, DataFrameSchema

_NULL = "not_nullable"
_UNIQUE = "multiple_fields_uniqueness"  # asked by key-unique, which also says which rows are meant


def check_values(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``frame-value`` for each cell or row that the table's pandera schema refuses."""
    scan = evidence.scan(evidence.subject.name, *evidence.subject.names)
    fails = refused(evidence.subject, evidence.schema)
    told = scan.select(fail.any().alias(name) for name, fail in fails.items()).collect(engine="streaming")
    wrong = [fails[name] for name, any_fails in told.row(0, named=True).items() if any_fails]
    if wrong:
        yield from _cells(
            evidence, scan.filter(pl.any_horizontal(wrong)).select(evidence.subject.names).collect(engine="streaming")
        )


def _cells(evidence: Evidence, frame: pl.DataFrame) -> Iterator[Broken]:
    """Yield what pandera finds in the rows that are to be refused."""
    from pandera.errors import SchemaErrors

    from ukrcorpus.derive.frames import frame_schema

    expected = frame_schema(evidence.subject, evidence.schema)
    try:
        expected.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.filter(pl.col("check") != _UNIQUE)
        yield from (_broken(evidence.subject, expected, frame, case) for case in cases.iter_rows(named=True))


def _broken(table: Table, expected: "DataFrameSchema", frame: pl.DataFrame, case: Mapping[str, Any]) -> Broken:
    row = frame.row(case["index"], named=True)
    if case["schema_context"] == "DataFrameSchema":  # a check of the row: its name says which columns it compares
        got = ", ".join(f"{name}={show(row[name])}" for name in case["check"].split() if name in row)
        return Broken(address(table, row), got, case["check"])
    column = case["column"]
    where = address(table, row, column)
    if case["check"] == _NULL:
        return Broken(where, show(None), "a value: the column is not optional")
    check = expected.columns[column].checks[case["check_number"]]
    return Broken(where, show(row[column]), _wanted(check, row[column]))


def _wanted(check: "Check", value: object) -> str:
    """Return what a check of pandera asks for, in words; checks of our own are named by them."""
    limits = check.statistics or {}
    if "allowed_values" in limits:
        return f"a value of its closed list. {near(str(value), limits['allowed_values'])}"
    if "pattern" in limits:
        return f"a text that matches {limits['pattern']}"
    if "max_value" in limits:
        return f"{limits['min_value']} to {limits['max_value']}"
    return f"{limits['min_value']} or more" if "min_value" in limits else str(check.name)


FRAMES = (
    Rule(
        "frame-value",
        Depth.FRAMES,
        each_table,
        check_values,
        "Every cell has a value of its column's kind, range and vocabulary; only optional columns hold null.",
        "Mend the input the row comes from and build again; the table's definition is in schema/tables/.",
        alone=Alone.ARTICLE,
    ),
)
