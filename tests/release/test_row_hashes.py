"""The logical hash is what its definition says, row by row, whatever the columns hold."""

import hashlib
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ukrcorpus.core.known_rows import KnownRows
from ukrcorpus.core.row_hashes import row_hashes
from ukrcorpus.core.tables import logical_hash

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.text('"\\\n\t\r\b\f\x00\x1f\x7f/\u2028é🦊', max_size=8)
MOMENTS = st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.just(UTC))  # noqa: DTZ001
COLUMNS: dict[str, tuple[pa.DataType, st.SearchStrategy[Any]]] = {
    "text": (pa.string(), TEXTS),
    "large": (pa.large_string(), TEXTS),
    "count": (pa.int32(), st.integers(-(2**31), 2**31 - 1)),
    "polarity": (pa.int8(), st.integers(-128, 127)),
    "big": (pa.uint64(), st.integers(0, 2**64 - 1)),
    "flag": (pa.bool_(), st.booleans()),
    "score": (pa.float64(), st.floats()),
    "day": (pa.date32(), st.dates()),
    "moment": (pa.timestamp("us", tz="UTC"), MOMENTS),
    "ids": (pa.list_(pa.string()), st.lists(TEXTS | st.none(), max_size=3)),
    "numbers": (pa.list_(pa.float64()), st.lists(st.floats() | st.none(), max_size=3)),
    "pairs": (pa.struct([("b", pa.int32()), ("a", pa.string())]), st.fixed_dictionaries({"b": st.just(1), "a": TEXTS})),
    'odd "name"\n': (pa.string(), TEXTS),
}


def by_definition(table: pa.Table) -> str:
    """SHA-256 of the sorted SHA-256 of the rows as JSON: sorted keys, no spaces, UTC with microseconds, ISO days."""

    def plain(value: date) -> str:
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        return value.isoformat()

    texts = [
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain)
        for row in table.to_pylist()
    ]
    return hashlib.sha256(b"".join(sorted(hashlib.sha256(text.encode()).digest() for text in texts))).hexdigest()


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True))
    n_rows = draw(st.integers(0, 6))
    made = {}
    for name in names:
        kind, values = COLUMNS[name]
        made[name] = pa.array(draw(st.lists(values | st.none(), min_size=n_rows, max_size=n_rows)), kind)
    table = pa.table(made)
    start = draw(st.integers(0, n_rows))
    return pa.concat_tables([table.slice(start), table.slice(0, start)]).slice(draw(st.integers(0, 1)))


@given(tables())
def test_any_table_has_the_hash_of_the_definition(table: pa.Table) -> None:
    assert logical_hash(table) == by_definition(table)


def test_the_hash_of_long_tables_does_not_depend_on_how_they_are_cut() -> None:
    table = pa.table({"n": range(20_000), "text": [f"line {number % 7}\n" for number in range(20_000)]})
    assert logical_hash(table) == by_definition(table)
    assert logical_hash(pa.concat_tables([table.slice(9_000), table.slice(0, 9_000)])) == by_definition(table)


def test_zeros_of_both_signs_and_repeated_rows_stay_what_they_are() -> None:
    table = pa.table({"score": [0.0, -0.0, 1e400, float("nan"), 1e16, 1e-5, 0.1, 0.1]})
    assert logical_hash(table) == by_definition(table)


@settings(max_examples=25)
@given(tables(), tables())
def test_known_rows_give_the_same_hash_and_what_is_kept_may_be_damaged(one: pa.Table, other: pa.Table) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "rows.arrow"
        for table in (one, other, one):
            known = KnownRows(place)
            assert known.logical_hash(table) == by_definition(table)
            known.keep()
        place.touch()  # nothing is kept of tables without rows
        data = bytearray(place.read_bytes() or b"-")
        data[len(data) // 2] ^= 1
        for damaged in (bytes(data), bytes(data[:100]), b""):
            place.write_bytes(damaged)
            assert KnownRows(place).logical_hash(one) == by_definition(one)


def test_one_changed_row_is_one_stretch_of_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"id": [f"article-{number:06}" for number in range(20_000)], "n": range(20_000)})
    changed = pa.concat_tables([table.slice(0, 9_000), table.slice(9_001)])
    known = KnownRows(tmp_path / "rows.arrow")
    known.logical_hash(table)
    known.keep()
    n_rows = []

    def counted(one: pa.Table) -> bytes:
        n_rows.append(len(one))
        return row_hashes(one)

    monkeypatch.setattr("ukrcorpus.core.known_rows.row_hashes", counted)
    assert KnownRows(tmp_path / "rows.arrow").logical_hash(changed) == logical_hash(changed)
    assert 0 < sum(n_rows) < 4_000
