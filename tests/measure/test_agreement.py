import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ukrcorpus.measure.agreement import Row, alpha, measure_agreement
from ukrcorpus.schema.model import Schema

# Krippendorff (2011), Computing Krippendorff's alpha-reliability: four observers, twelve units.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = [[value for value in unit if value is not None] for unit in zip(*OBSERVERS, strict=True)]


def test_alpha_is_that_of_the_published_example() -> None:
    nominal, entering = alpha(UNITS, "nominal")
    ordinal, _ = alpha(UNITS, "ordinal", order=(1, 2, 3, 4, 5))
    assert nominal == pytest.approx(0.743, abs=5e-4)
    assert ordinal == pytest.approx(0.815, abs=5e-4)
    assert entering == 11


def test_alpha_is_unknown_where_all_values_are_one_or_nothing_meets() -> None:
    assert alpha([("a", "a"), ("a", "a")], "nominal") == (None, 2)
    assert alpha([("a",), ("b",)], "nominal") == (None, 0)


def row(
    schema: Schema, annotator: str, layer: str, span: tuple[int | None, int | None] = (None, None), **answers: object
) -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(schema.table("annotations").names)
    start, end = span
    about = {"annotation_id": f"{annotator}:{layer}:{start}", "round_id": annotator, "layer": layer}
    return {**blank, **about, "article_id": "talks", "start": start, "end": end, **answers}


def a_round(annotator: str, **over: Any) -> Row:
    when = datetime(2026, 11, 22, tzinfo=UTC)
    about = {"round_id": annotator, "article_id": "talks", "annotator": annotator, "created_at": when}
    return {**about, "status": "submitted", "blind": True, "suggestions_shown": False, **over}


@pytest.fixture
def annotations(schema: Schema) -> list[Row]:
    said = {"voice": "stated", "issue": "ceasefire", "source_ids": ["gov:ua"]}
    return [
        row(schema, "a", "claim", (0, 10), type="fact", polarity=2, **said),
        row(schema, "b", "claim", (0, 10), type="fact", polarity=1, **said),
        row(schema, "a", "claim", (20, 30), type="position", polarity=-2, **said),
        row(schema, "b", "claim", (20, 28), type="fact", polarity=None, **said),
        row(schema, "a", "claim", (40, 50), type="fact", polarity=None, voice="author", issue="other"),
        row(schema, "a", "document", genre="opinion"),
        row(schema, "b", "document", genre="opinion"),
    ]


def test_spans_statements_and_answers_are_compared_on_matched_units(schema: Schema, annotations: list[Row]) -> None:
    found = measure_agreement(schema, [a_round("a"), a_round("b")], annotations)
    pairs = {(pair.what, pair.measure): (pair.n_first, pair.n_second, pair.n_matched) for pair in found.pairs}
    assert pairs == {
        ("claim", "strict"): (3, 2, 1),
        ("claim", "overlap"): (3, 2, 2),
        ("claim", "iou_half"): (3, 2, 2),
        ("mention", "strict"): (0, 0, 0),
        ("mention", "overlap"): (0, 0, 0),
        ("mention", "iou_half"): (0, 0, 0),
        ("statement", "sign"): (2, 1, 1),
    }
    alphas = {(one.attribute, one.level): (one.n_units, one.n_entering) for one in found.alphas if one.layer == "claim"}
    assert alphas["type", "nominal"] == (3, 2)
    assert alphas["polarity", "ordinal"] == (3, 1)
    assert alphas["polarity (sign)", "nominal"] == (3, 2)
    assert [pair.f1 for pair in found.pairs][:2] == [0.4, 0.8]


def test_rounds_with_suggestions_or_in_sight_of_others_and_unfinished_ones_stay_out(
    schema: Schema, annotations: list[Row]
) -> None:
    for over in ({"suggestions_shown": True}, {"blind": False}, {"status": "draft"}, {"status": "skipped"}):
        found = measure_agreement(schema, [a_round("a"), a_round("b", **over)], annotations)
        assert (found.n_articles, found.n_rounds, found.n_rounds_left_out, found.pairs) == (0, 0, 2, ())
        assert (
            found.as_text()
            == "No article has two blind rounds without suggestions, so there is no agreement to measure."
        )


def test_the_report_says_what_each_figure_rests_on_in_text_and_json(schema: Schema, annotations: list[Row]) -> None:
    found = measure_agreement(schema, [a_round("a"), a_round("b")], annotations)
    lines = found.as_text().splitlines()
    assert lines[0] == "1 articles, 2 rounds of a, b; 0 rounds left out"
    assert "  claim      strict     0.400  a 3, b 2, matched 1" in lines
    assert "  document  genre                nominal     –    1 of 1 units, 2 values" in lines
    given = json.loads(json.dumps(found.as_json()))
    assert given["pairs"][0]["f1"] == 0.4
    assert {one["attribute"]: one["share"] for one in given["alphas"]}["genre"] == 1.0


def test_two_annotators_who_say_the_same_agree_wholly(schema: Schema, annotations: list[Row]) -> None:
    twins: list[Row] = [
        {**one, "round_id": "b", "annotation_id": f"b{one['annotation_id']}"}
        for one in annotations
        if one["round_id"] == "a"
    ]
    own = [one for one in annotations if one["round_id"] == "a"]
    found = measure_agreement(schema, [a_round("a"), a_round("b")], own + twins)
    assert {pair.f1 for pair in found.pairs} == {1.0, None}
    assert {one.alpha for one in found.alphas} <= {1.0, None}
