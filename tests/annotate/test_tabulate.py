"""Columns made in bulk hold what rows made one by one hold, with the same findings, whatever an export says."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_exports import ENTRY, annotation, claim, mention, result, task
from refused_exports import CASES, GOOD, TEXT, export_of, whole
from ukrcorpus.annotate.exports.export import write_json
from ukrcorpus.annotate.exports.manifest import ExportEntry
from ukrcorpus.annotate.exports.stream import stream_either
from ukrcorpus.annotate.exports.tabulate import tabulate
from ukrcorpus.annotate.rounds import read_rounds
from ukrcorpus.annotate.rows import annotation_rows, round_row
from ukrcorpus.annotate.values import Article, Problems
from ukrcorpus.core.problems import Finding
from ukrcorpus.core.tables import read_table
from ukrcorpus.schema.model import Schema

LINES = f"😀 First a line of its own.\n{TEXT}\nKyiv agreed to it.\nKyiv agreed to it."
Rows = list[dict[str, Any]]


def said(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row without its nulls."""
    return {name: value for name, value in row.items() if value is not None}


def by_row(
    data: bytes, entry: ExportEntry, schema: Schema, articles: Mapping[str, Article]
) -> tuple[Rows, Rows, list[Finding]]:
    problems = Problems("a.json")
    rounds, regions = [], []
    for _, own in read_rounds(data, entry, schema, articles, problems):
        for one in own:
            rounds.append(said(round_row(one)))
            text = articles[one.article_id].text
            regions += [said(row) for row in annotation_rows(one, text, schema.scheme_version)]
    return rounds, regions, problems.findings


def in_bulk(
    data: bytes, entry: ExportEntry, schema: Schema, articles: Mapping[str, Article], folder: Path
) -> tuple[Rows, Rows, list[Finding]]:
    file = folder / "a.json"
    file.write_bytes(data)
    report = tabulate(file, entry, schema, articles, folder / "out")
    rounds, regions = (
        [said(row) for row in read_table(folder / "out" / f"{name}.parquet").to_pylist()]
        for name in ("annotation_rounds", "annotations")
    )
    assert (report.n_rounds, report.n_annotations) == (len(rounds), len(regions))
    return rounds, regions, list(report.findings)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_every_refused_case_gives_the_same_rows_between_good_tasks(path: Path, schema: Schema, tmp_path: Path) -> None:
    good = export_of({}, schema)
    data = write_json([*good, *export_of(json.loads(path.read_text(encoding="utf-8")), schema), *good])
    articles = {"talks": whole(TEXT)}
    assert in_bulk(data, ENTRY, schema, articles, tmp_path) == by_row(data, ENTRY, schema, articles)


def exports(schema: Schema, article: str) -> Any:
    """Return two tasks over a text of several lines, one of them skipped and taken up again."""
    marks = [GOOD, claim("Moscow refused it", ["gov:ru"], note="one"), mention("Kyiv", "gov:ua")]
    made = annotation(1, "annotator-01", result(LINES, marks, schema))
    again = annotation(2, "annotator-02", result(LINES, marks[:1], schema))
    skipped = annotation(3, "annotator-01", []) | {"was_cancelled": True}
    return [task(article, LINES, [made, skipped]), task(article, LINES, [again])]


def test_good_tasks_take_the_short_way_and_give_the_same_rows(schema: Schema, tmp_path: Path) -> None:
    pytest.importorskip("msgspec")
    data = write_json(exports(schema, "talks"))
    articles = {"talks": whole(LINES)}
    assert all(hasattr(one, "whole") for one in stream_either(data, schema, Problems("a.json"), coded=True))
    rounds, regions, findings = in_bulk(data, ENTRY, schema, articles, tmp_path)
    assert (rounds, regions, findings) == by_row(data, ENTRY, schema, articles)
    assert len(rounds) == 3
    assert {row["quote"] for row in regions if "quote" in row} == {GOOD.words, "Moscow refused it", "Kyiv"}


def test_an_article_with_another_text_and_an_unknown_one_give_the_same(schema: Schema, tmp_path: Path) -> None:
    data = write_json([*exports(schema, "talks"), *exports(schema, "elsewhere")])
    articles = {"talks": whole(f"One more line.\n{LINES}")}
    rounds, regions, findings = in_bulk(data, ENTRY, schema, articles, tmp_path)
    assert (rounds, regions, findings) == by_row(data, ENTRY, schema, articles)
    assert {one.rule for one in findings} >= {"article-unknown", "task-text-changed"}


@pytest.mark.parametrize("shown", [True, False])
def test_suggestions_that_were_taken_give_the_same(schema: Schema, tmp_path: Path, *, shown: bool) -> None:
    tasks = exports(schema, "talks")
    tasks[0]["annotations"][0]["result"][0]["origin"] = "prediction"
    entry, articles = replace(ENTRY, suggestions_shown=shown), {"talks": whole(LINES)}
    found = in_bulk(write_json(tasks), entry, schema, articles, tmp_path)
    assert found == by_row(write_json(tasks), entry, schema, articles)
    assert [one.rule for one in found[2]] == ([] if shown else ["suggestions-unannounced"])


def test_a_span_labelled_as_the_document_is_no_document(schema: Schema, tmp_path: Path) -> None:
    skipped = annotation(1, "annotator-01", []) | {"was_cancelled": True}
    odd = annotation(2, "annotator-01", result(LINES, [GOOD], schema)[:1]) | {"was_cancelled": True}
    odd["result"][0]["value"]["labels"] = ["document"]
    data = write_json([task("talks", LINES, [skipped]), task("talks", LINES, [odd])])
    found = in_bulk(data, ENTRY, schema, {"talks": whole(LINES)}, tmp_path)
    assert found == by_row(data, ENTRY, schema, {"talks": whole(LINES)})
    assert [one.rule for one in found[2]] == ["label-unknown"]


@given(shifts=st.lists(st.sampled_from([0, 0, 0, 1, -1, 2]), min_size=8, max_size=8), cut=st.booleans())
def test_spans_that_were_counted_in_any_way_give_the_same(
    schema: Schema, tmp_path_factory: pytest.TempPathFactory, shifts: list[int], *, cut: bool
) -> None:
    tasks = exports(schema, "talks")
    values = [item["value"] for one in tasks for made in one["annotations"] for item in made["result"]]
    for shift, value in zip(shifts, [value for value in values if "labels" in value], strict=False):
        value["start"] += shift
        value["end"] += 0 if cut else shift
    data, articles = write_json(tasks), {"talks": whole(LINES)}
    found = in_bulk(data, ENTRY, schema, articles, tmp_path_factory.mktemp("any"))
    assert found == by_row(data, ENTRY, schema, articles)
