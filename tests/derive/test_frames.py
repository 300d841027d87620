"""Frames: good tables of every kind pass, and each kind of bad cell is found at its row."""

from typing import Any

import polars as pl
import pytest
from pandera.errors import SchemaErrors

from derive.tiny import filled, rows
from ukrcorpus.core.tables import table_of
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.derive.frames import frame_schema
from ukrcorpus.schema.model import Schema


def frame(content: Any) -> pl.DataFrame:
    made = pl.from_arrow(content)
    assert isinstance(made, pl.DataFrame)
    return made


def failures(schema: Schema, name: str, changed: pl.DataFrame) -> set[tuple[str, str]]:
    """Return (column or table, check) of each failure."""
    with pytest.raises(SchemaErrors) as caught:
        frame_schema(schema.table(name), schema).validate(changed, lazy=True)
    return {(row["column"], row["check"]) for row in caught.value.failure_cases.to_dicts()}


def test_good_rows_pass_in_every_table(schema: Schema) -> None:
    for table in schema.tables:
        good = frame(filled(schema, table))
        assert frame_schema(table, schema).validate(good, lazy=True).equals(good)


def test_a_table_without_rows_passes(schema: Schema) -> None:
    for table in schema.tables:
        frame_schema(table, schema).validate(frame(table_of([], arrow_schema(table), table.key)), lazy=True)


@pytest.mark.parametrize(
    ("name", "column", "bad", "check"),
    [
        ("mentions", "mention_id", "two words", r"str_matches('^\S+$')"),
        ("mentions", "mention_id", "line\n", r"str_matches('^\S+$')"),
        ("articles", "article_id", "Sample", "str_matches('^[a-z0-9][a-z0-9-]{0,62}$')"),
        ("claims", "article_id", "a" * 64, "str_matches('^[a-z0-9][a-z0-9-]{0,62}$')"),
        ("articles", "text_sha256", "0" * 63, "str_matches('^[0-9a-f]{64}$')"),
        ("articles", "text_sha256", "0" * 64 + "\n", "str_matches('^[0-9a-f]{64}$')"),
        ("articles", "title", "", r"str_matches('^[\s\S]+$')"),
        ("claims", "voice", "sung", "isin(('stated', 'enacted', 'ascribed', 'author'))"),
        ("claims", "voice", None, "not_nullable"),
        ("claims", "start", -1, "greater_than_or_equal_to(0)"),
        ("claims", "n_agree", -1, "greater_than_or_equal_to(0)"),
        ("stances", "polarity", 3, "in_range(-2, 2)"),
        ("stances", "polarity", -3, "in_range(-2, 2)"),
        ("signals", "value", float("nan"), "the number is finite"),
        ("mentions", "actor_ids", ["per:nobody"], "each item is in the closed list"),
        ("edits", "passes", [""], "no item is null or empty"),
        ("edits", "passes", [None], "no item is null or empty"),
    ],
)
def test_a_bad_cell_is_found(schema: Schema, name: str, column: str, bad: object, check: str) -> None:
    table = schema.table(name)
    good = frame(filled(schema, table))
    cell = pl.Series(column, [bad, *good[column].to_list()[1:]], dtype=good.schema[column])
    assert (column, check) in failures(schema, name, good.with_columns(cell))


@pytest.mark.parametrize(("name", "column"), [("stances", "issue"), ("stances", "actor_id")])
def test_issues_and_actors_are_closed_by_codebook_and_registry(schema: Schema, name: str, column: str) -> None:
    changed = frame(filled(schema, schema.table(name))).with_columns(pl.lit("unheard_of").alias(column))
    assert any(found == column and check.startswith("isin") for found, check in failures(schema, name, changed))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [("claims", "start", "end"), ("edits", "raw_start", "raw_end"), ("statements", "claim_start", "claim_end")],
)
def test_a_span_that_ends_before_it_begins_is_found(schema: Schema, name: str, start: str, end: str) -> None:
    good = frame(filled(schema, schema.table(name)))
    bad = good.with_columns((pl.col(end) + 1).cast(pl.Int32).alias(start))
    assert (name, f"{end} is not before {start}") in failures(schema, name, bad)


def test_a_key_that_stands_twice_is_found(schema: Schema) -> None:
    table = schema.table("stances")
    first = rows(schema, table)[0]
    twice = frame(table_of([first, first], arrow_schema(table), table.key))
    assert ("stances", "multiple_fields_uniqueness") in failures(schema, "stances", twice)


def test_a_key_of_two_columns_may_share_one_of_them(schema: Schema) -> None:
    table = schema.table("claim_issues")
    first, second = rows(schema, table)[:2]
    good = frame(table_of([first, second | {"claim_id": first["claim_id"]}], arrow_schema(table), table.key))
    frame_schema(table, schema).validate(good, lazy=True)


def test_columns_must_be_there_in_order_and_no_others(schema: Schema) -> None:
    table = schema.table("signals")
    good = frame(filled(schema, table))
    assert failures(schema, "signals", good.drop("value"))
    assert failures(schema, "signals", good.with_columns(pl.lit(1).alias("more")))
    assert failures(schema, "signals", good.select(reversed(good.columns)))


def test_a_wrong_type_is_found(schema: Schema) -> None:
    good = frame(filled(schema, schema.table("signals")))
    assert ("value", "dtype('Float64')") in failures(schema, "signals", good.cast({"value": pl.Float32}))
