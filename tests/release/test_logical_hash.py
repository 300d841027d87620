"""The logical hash is what its definition says, whatever the table's encoding, and no two tables share one."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import product
from random import Random
from struct import pack
from typing import Any, Final

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.derive.arrow import TYPES, arrow_schema
from ukrcorpus.schema.model import Kind, Schema

Rows = list[dict[str, Any]]

TEXTS = st.sampled_from(["", "a", "é", "aé", "🦊", "\uffff", "a\x00\n"]) | st.text(max_size=5)
MOMENTS = st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.just(UTC))  # noqa: DTZ001
REALS = st.sampled_from([0.0, -0.0, 1.5, math.inf, -math.inf, math.nan]) | st.floats()
INT64 = st.integers(-(2**63), 2**63 - 1)
LISTS = st.lists(TEXTS | st.none(), max_size=3)
# kind, the types that a column of it may have, values
COLUMNS: Final[dict[str, tuple[str, list[pa.DataType], st.SearchStrategy[Any]]]] = {
    "id": (
        "text",
        [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())],
        st.sampled_from("abé🦊\uffff"),
    ),
    "no": ("integer", [pa.int8(), pa.int16(), pa.int32(), pa.uint64()], st.integers(0, 3)),
    "text": ("text", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.large_string())], TEXTS),
    "big": ("integer", [pa.int64()], INT64),
    "flag": ("flag", [pa.bool_()], st.booleans()),
    "real": ("real", [pa.float64()], REALS),
    "day": ("day", [pa.date32(), pa.date64()], st.dates()),
    "moment": ("instant", [pa.timestamp("us", tz="UTC"), pa.timestamp("us", tz="Europe/Kyiv")], MOMENTS),
    "texts": ("list of text", [pa.list_(pa.string()), pa.large_list(pa.large_string())], LISTS),
    "lists": ("list of list of real", [pa.list_(pa.list_(pa.float64()))], st.lists(st.lists(REALS), max_size=2)),
}
KINDS: Final = {name: kind for name, (kind, _, _) in COLUMNS.items()}


def by_definition(rows: Rows, names: Sequence[str], key: Sequence[str]) -> str:
    """What the module of the hash says, from plain values."""

    def place(row: dict[str, Any]) -> tuple[Any, str]:
        return [(row[name] is None, row[name] or 0) for name in key], by_definition([row], names, [])

    rows = sorted(rows, key=place) if len(rows) > 1 else rows
    columns = [(name, KINDS[name], [row[name] for row in rows]) for name in sorted(names)]
    heads = [f"{name} {kind} {len(rows)}\n".encode() for name, kind, _ in columns]
    return sha256(
        b"".join(sha256(head + cells(kind, own)).digest() for head, (_, kind, own) in zip(heads, columns, strict=True))
    ).hexdigest()


def cells(kind: str, values: list[Any]) -> bytes:
    if kind == "flag":
        return b"".join(pack("<b", -1 if value is None else value) for value in values)
    if kind == "text":
        values = [None if value is None else value.encode() for value in values]
    if kind == "text" or kind.startswith("list"):
        sizes = b"".join(pack("<i", -1 if value is None else len(value)) for value in values)
        held = [item for value in values if value is not None for item in value]
        return sizes + (bytes(held) if kind == "text" else cells(kind.removeprefix("list of "), held))
    form = "<d" if kind == "real" else "<q"
    return bytes(value is not None for value in values) + b"".join(pack(form, number(value)) for value in values)


def number(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    if isinstance(value, date):
        return (value - date(1970, 1, 1)).days
    if value is None:
        return 0
    return math.nan if value != value else value  # noqa: PLR0124


@st.composite
def rows_of(draw: st.DrawFn) -> Rows:
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS.keys() - {"id", "no"})), unique=True))
    row = st.fixed_dictionaries({name: COLUMNS[name][2] | st.none() for name in ("id", "no", *names)})
    return draw(st.lists(row, min_size=1, max_size=6))


def encoded(rows: Rows, random: Random) -> pa.Table:
    """Return rows in another order, each column in one of its types, in chunks that are slices of longer arrays."""
    rows = random.sample(rows, len(rows))
    cut = random.randrange(len(rows) + 1)
    kinds = {name: random.choice(COLUMNS[name][1]) for name in random.sample(sorted(rows[0]), len(rows[0]))}

    def column(name: str, kind: pa.DataType) -> pa.ChunkedArray:
        values = [row[name] for row in rows]
        parts = [pa.array([values[0], *own, values[-1]], _plain(kind)).slice(1, len(own)) for own in _cut(values, cut)]
        return pa.chunked_array(parts).cast(kind) if kind != _plain(kind) else pa.chunked_array(parts)

    return pa.table({name: column(name, kind) for name, kind in kinds.items()})


def _cut(values: list[Any], at: int) -> list[list[Any]]:
    return [values[:at], values[at:]]


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


@settings(max_examples=60)
@given(rows_of(), st.randoms(use_true_random=False))
def test_any_rows_in_any_order_and_encoding_have_the_hash_of_the_definition(rows: Rows, random: Random) -> None:
    expected = by_definition(rows, list(rows[0]), ["id", "no"])
    assert logical_hash(encoded(rows, random), ["id", "no"]) == expected
    assert logical_hash(encoded(rows, random), ["id", "no"]) == expected


def test_long_tables_have_the_hash_of_the_definition_however_they_are_cut() -> None:
    rows = [{"id": f"article-{number // 3}", "no": number % 3, "text": "ab" * (number % 7)} for number in range(9_000)]
    table, key = pa.Table.from_pylist(rows).sort_by([("id", "ascending"), ("no", "ascending")]), ["id", "no"]
    expected = by_definition(rows, ["id", "no", "text"], key)
    assert logical_hash(table, key) == expected
    assert logical_hash(pa.concat_tables([table.slice(5_000), table.slice(0, 5_000)]), key) == expected
    assert logical_hash(pa.Table.from_batches(table.to_batches(max_chunksize=700)), key) == expected
    assert logical_hash(table.slice(1), key) != expected


def test_what_stands_under_a_null_does_not_count() -> None:
    there, buffers = pa.array([None, 1, None]).is_valid().buffers()[1], pa.array([7, 1, 9]).buffers()
    numbers = pa.Array.from_buffers(pa.int64(), 3, [there, buffers[1]])
    texts = pa.Array.from_buffers(pa.string(), 3, [there, *pa.array(["xx", "a", "yy"]).buffers()[1:]])
    table = pa.table({"id": ["a", "b", "c"], "big": numbers, "text": texts})
    assert table.to_pylist()[0] == {"id": "a", "big": None, "text": None}
    assert logical_hash(table, ["id"]) == by_definition(table.to_pylist(), ["id", "big", "text"], ["id"])


def test_every_kind_of_the_schema_has_a_form_and_tables_without_rows_differ_by_their_columns(schema: Schema) -> None:
    empty = [arrow_schema(table).empty_table() for table in schema.tables]
    columns = {tuple(sorted(map(str, one.schema))) for one in empty}
    assert len({logical_hash(table, []) for table in empty}) == len(columns)
    for kind in Kind:
        table = pa.table({"id": ["a"], "value": pa.array([None], TYPES[kind])})
        assert logical_hash(table, ["id"]) != logical_hash(table.slice(1), ["id"])


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.string(), [None, "", "a", "aa"]),
        (pa.list_(pa.string()), [None, [], [None], [""], ["a"], ["a", "a"], ["aa"]]),
        (pa.bool_(), [None, False, True]),
        (pa.int32(), [None, 0, 1, -1, 256]),
        (pa.float64(), [None, 0.0, -0.0, math.nan, math.inf]),
    ],
    ids=str,
)
def test_no_two_tables_share_a_hash_wherever_values_move(kind: pa.DataType, values: list[Any]) -> None:
    """All tables of up to two rows and two columns beside the key."""
    own = list(product(values, repeat=2))
    made = [[*rows] for n_rows in (0, 1, 2) for rows in product(own, repeat=n_rows)]
    hashes = set()
    for rows in made:
        columns = {name: pa.array([row[at] for row in rows], kind) for at, name in enumerate("xy")}
        hashes.add(logical_hash(pa.table({"id": pa.array(range(len(rows)), pa.int32()), **columns}), ["id"]))
    assert len(hashes) == len(made)


def test_names_and_kinds_of_columns_count() -> None:
    one, none = pa.array([1], pa.int32()), pa.array([None], pa.int32())
    others = [{"x": one, "y": none}, {"y": one, "x": none}, {"x": one, "z": none}, {"x": one}]
    others += [{"x": one.cast(kind), "y": none} for kind in (pa.bool_(), pa.float64(), pa.string(), pa.date32())]
    assert len({logical_hash(pa.table({"id": ["a"], **own}), ["id"]) for own in others}) == len(others)


def test_columns_that_no_schema_has_are_refused() -> None:
    with pytest.raises(TypeError, match="no schema has columns of struct"):
        logical_hash(pa.table({"id": ["a"], "pair": [{"a": 1}]}), ["id"])
    with pytest.raises(TypeError, match="no schema has columns of timestamp"):
        logical_hash(pa.table({"id": pa.array([0], pa.timestamp("us"))}), ["id"])
