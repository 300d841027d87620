"""What the rules find in one pass over columns is what the slow way finds: cell by cell, row by row, in Python."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from derive.tiny import filled
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.cells import refused
from ukrcorpus.derive.frames import frame_schema
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.validate.evidence import Evidence
from ukrcorpus.validate.keys import check_key_unique, check_references
from ukrcorpus.validate.minted import check_minted
from ukrcorpus.validate.rules import Broken, Check
from ukrcorpus.validate.spans import check_inside, check_overlap, check_quote

SCHEMA = read_schema(Path(__file__).parents[2] / "schema")
NOWHERE = Project(Path("no-such-project"))
IDS = ("a", "b", "c")
TEXTS = st.text("aї—😀 \n", min_size=1, max_size=8)
WORDS = st.sampled_from(
    ["", "a", "two words", "line\n", "\u2028", "a\u00a0b", "Ä" * 64, "0" * 64, "stated", "per:putin", None]
)
CELLS: dict[Any, st.SearchStrategy[Any]] = {
    pl.String: WORDS,
    pl.Int32: st.sampled_from([-1, 0, 1, 2**31 - 1, None]),
    pl.Int8: st.sampled_from([-3, -2, 0, 2, 3, None]),
    pl.Float64: st.sampled_from([0.0, -1.5, float("nan"), float("inf"), None]),
    pl.Boolean: st.sampled_from([True, False, None]),
    pl.List: st.none() | st.lists(WORDS, max_size=2),
}


def found(check: Check, tables: tuple[str, ...], frames: dict[str, pl.DataFrame]) -> Counter[tuple[str, str]]:
    evidence = Evidence(NOWHERE, SCHEMA, tables, {name: frame.lazy() for name, frame in frames.items()})
    return Counter((one.where, one.got) for one in check(evidence) if isinstance(one, Broken))


@given(st.data())
def test_a_row_is_refused_in_one_pass_exactly_where_pandera_refuses_it(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(SCHEMA.tables))
    frame = pl.DataFrame(filled(SCHEMA, table))
    for name in data.draw(st.lists(st.sampled_from(table.names), max_size=3)):
        type_ = frame.schema[name]
        cells = CELLS.get(type_.base_type(), st.none())
        drawn = data.draw(st.lists(cells, min_size=frame.height, max_size=frame.height))
        frame = frame.with_columns(pl.Series(name, drawn, dtype=type_))
    told = frame.select(pl.any_horizontal(refused(table, SCHEMA).values())).to_series().fill_null(value=False)
    assert told.arg_true().to_list() == sorted(_refused_by_pandera(frame, table.name))


def _refused_by_pandera(frame: pl.DataFrame, table: str) -> set[int]:
    try:
        frame_schema(SCHEMA.table(table), SCHEMA).validate(frame, lazy=True)
    except SchemaErrors as error:
        return {case["index"] for case in error.failure_cases.to_dicts() if "uniqueness" not in case["check"]}
    return set()


@st.composite
def spans(draw: st.DrawFn) -> tuple[dict[str, str | None], list[dict[str, Any]]]:
    """Texts of three articles, one perhaps without, and spans in them, some of them wrong."""
    texts = {one: draw(TEXTS | st.none() if one == "c" else TEXTS) for one in IDS}
    rows = []
    for n in range(draw(st.integers(0, 6))):
        article, start, end = draw(st.sampled_from(IDS)), draw(st.integers(-1, 9)), draw(st.integers(-1, 9))
        right = (texts[article] or "")[max(start, 0) : max(end, 0)]
        quote = draw(st.sampled_from([right, right, right, right + " ", None]))
        rows.append({"claim_id": str(n), "article_id": article, "start": start, "end": end, "quote": quote})
    return texts, rows


@given(spans())
def test_spans_and_quotes_are_those_of_slices_in_python(
    drawn: tuple[dict[str, str | None], list[dict[str, Any]]],
) -> None:
    texts, rows = drawn
    articles = pl.DataFrame(
        {"article_id": list(texts), "text": list(texts.values())}, schema_overrides={"text": pl.String}
    )
    frames = {"articles": articles, "claims": _claims(rows)}
    outside, unlike = [], []
    for row in rows:
        text, start, end = texts[row["article_id"]], row["start"], row["end"]
        if text is not None and not 0 <= start < end <= len(text):
            outside.append(f"claims: claim_id={row['claim_id']}")
        elif text is not None and text[start:end] != row["quote"]:
            unlike.append(f"claims: claim_id={row['claim_id']}: quote")
    assert [where for where, _ in sorted(found(check_inside, ("claims", "articles"), frames))] == outside
    assert [where for where, _ in sorted(found(check_quote, ("claims", "articles"), frames))] == unlike


@given(spans())
def test_claims_overlap_where_one_begins_before_an_earlier_one_ends(drawn: tuple[object, list[dict[str, Any]]]) -> None:
    rows = drawn[1]
    ordered = sorted(rows, key=lambda row: (row["article_id"], row["start"], row["end"]))
    wrong = [
        f"[{row['start']}:{row['end']}]"
        for n, row in enumerate(ordered)
        if any(row["start"] < one["end"] for one in ordered[:n] if one["article_id"] == row["article_id"])
    ]
    assert sorted(got for _, got in found(check_overlap, ("claims",), {"claims": _claims(rows)}).elements()) == sorted(
        wrong
    )


def _claims(rows: list[dict[str, Any]]) -> pl.DataFrame:
    texts = dict.fromkeys(("claim_id", "article_id", "quote"), pl.String())
    return pl.DataFrame(rows, schema=texts | {"start": pl.Int32(), "end": pl.Int32()})


NAMES = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["en", "uk", None]))


@given(st.lists(NAMES, max_size=8), st.booleans())
def test_keys_that_several_rows_have_are_those_that_are_counted(
    rows: list[tuple[str, str, str | None]], tidy: bool
) -> None:
    ordered = sorted(rows, key=str) if tidy else rows
    frame = pl.DataFrame(ordered, schema=dict.fromkeys(("actor_id", "text", "language"), pl.String), orient="row")
    expected = {
        (f"actor_names: actor_id={one}, text={text}, language={language}", f"{n} rows with this key"): 1
        for (one, text, language), n in Counter(rows).items()
        if n > 1
    }
    assert found(check_key_unique, ("actor_names",), {"actor_names": frame}) == expected


@given(
    st.lists(st.lists(st.sampled_from([*IDS, None]), max_size=3) | st.none(), max_size=5), st.sets(st.sampled_from(IDS))
)
def test_ids_that_name_nothing_are_found_in_lists_item_by_item(
    lists: list[list[str | None] | None], known: set[str]
) -> None:
    ids = [str(n) for n in range(len(lists))]
    types = {"mention_id": pl.String(), "annotation_ids": pl.List(pl.String())}
    mentions = pl.DataFrame({"mention_id": ids, "annotation_ids": lists}, schema=types)
    frames = {
        "mentions": mentions,
        "annotations": pl.DataFrame({"annotation_id": sorted(known)}, schema={"annotation_id": pl.String}),
    }
    wrong = Counter(
        (f"mentions: mention_id={n}: annotation_ids", f'"{one}"')
        for n, items in zip(ids, lists, strict=True)
        for one in items or ()
        if one is not None and one not in known
    )
    assert found(check_references, ("mentions", "annotations"), frames) == wrong


RIGHT = '"layer": "claim", "article_id": "a", "text_sha256": "t", "start": 0, "end": 1, "quote_sha256": "q"'
RIGHT += ', "occurrence": 0'


@pytest.mark.parametrize(
    "line", ["", "{", '{"id": "c-2"}', '{"id": 2, ' + RIGHT + "}", '{"id": "c-2", "more": 1, ' + RIGHT + "}"]
)
def test_a_line_that_is_no_minted_id_is_refused_in_the_words_of_its_reader(
    tmp_path: Path, schema: Schema, line: str
) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations/ids.jsonl").write_text('{"id": "c-1", ' + RIGHT + "}\n" + line + "\n", encoding="utf-8")
    scans = {"claims": _claims([]).lazy()}
    with pytest.raises(CorpusError, match=r"annotations/ids\.jsonl: line 2: .* \[ids-line\]"):
        _all(check_minted(Evidence(Project(tmp_path), schema, ("claims", "articles"), scans)))


def _all(findings: Iterator[object]) -> list[object]:
    return list(findings)
