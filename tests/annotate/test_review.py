"""From conflict to decision: a review task is answered, imported, and becomes a decision file."""

from dataclasses import replace
from typing import Any

import pytest

from annotated_exports import (
    ACCEPTS,
    ARTICLE,
    DOCUMENT,
    REFUSES,
    SUPPORTS,
    Workshop,
    answer,
    claim,
    hand_in,
    mention,
)
from ukrcorpus.annotate.adjudication.review import OFFERED, review_tasks
from ukrcorpus.annotate.adjudication.reviews import take_reviews
from ukrcorpus.annotate.exports.importing import ImportOptions, import_export
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import read_table, sha256, table_of, write_table
from ukrcorpus.derive.arrow import arrow_schema

Json = dict[str, Any]
KYIV = claim(ACCEPTS, ["per:zelensky"])


@pytest.fixture
def disputed(workshop: Workshop) -> Workshop:
    """Two annotators at odds about a polarity, a boundary and a unit."""
    shorter = REFUSES.removeprefix("The ")
    workshop.annotate("model-a", KYIV, claim(REFUSES, ["gov:ru"], polarity="-2"), claim(SUPPORTS, ["gov:tr"]))
    workshop.annotate(
        "model-b", claim(ACCEPTS, ["per:zelensky"], polarity="-1", note="b"), claim(shorter, ["gov:ru"], polarity="-2")
    )
    return workshop


def under_review(workshop: Workshop) -> Json:
    [task] = review_tasks(workshop.project, workshop.schema)
    return task


def items_of(task: Json) -> list[Json]:
    """Return what the editor makes of the prediction."""
    assert {item["from_name"] for item in task["predictions"][0]["result"]} >= set(DOCUMENT)
    return list(task["predictions"][0]["result"])


def on(words: str, items: list[Json], text: str) -> list[str]:
    """Return the ids of the regions that mark these words."""
    start = text.index(words)
    return [
        item["id"]
        for item in items
        if item["value"].get("labels")
        and item["value"]["start"] == start
        and item["value"]["end"] == start + len(words)
    ]


def without(items: list[Json], ids: list[str]) -> list[Json]:
    return [item for item in items if item["id"] not in ids]


def test_a_task_marks_open_units_with_what_is_settled_and_says_who_says_what(disputed: Workshop) -> None:
    task = under_review(disputed)
    assert [(one["layer"], one["regions"], one["open"]) for one in task["data"]["review_units"]] == [
        ("claim", ["unit-1-1"], ["polarity:ceasefire"]),
        ("claim", ["unit-2-1", "unit-2-2"], ["boundary"]),
        ("claim", ["unit-3-1"], ["unit"]),
    ]
    items = task["predictions"][0]["result"]
    first = {item["from_name"] for item in items if item["id"] == "unit-1-1"}
    assert {"label", "issue", "type", "source_ids"} <= first
    assert "polarity" not in first
    shown = task["data"]["review"]
    assert "model\\-a: Supports" in shown
    assert "model\\-b: Opposes" in shown
    assert "model\\-b: not marked" in shown
    assert "model\\-b remarks: note: b" in shown


def test_a_curators_answers_become_decisions_and_the_build_shows_them(disputed: Workshop) -> None:
    task = under_review(disputed)
    items, text = items_of(task), disputed.text
    place = next(item["value"] for item in items if item["id"] == "unit-1-1")
    span = {key: place[key] for key in ("start", "end", "text")}
    items += [
        answer("polarity", "1", disputed.schema, "unit-1-1", span),
        answer("note", "He would, he says.", disputed.schema, "unit-1-1", span),
    ]
    items = without(items, on(REFUSES, items, text) + on(SUPPORTS, items, text))
    report = hand_in(disputed, items)
    assert (report.findings, report.n_decisions, report.files) == ((), 3, (f"annotations/decisions/{ARTICLE}.toml",))
    assert disputed.run().causes() == {"boundary": (1, 0), "polarity": (1, 0), "unit": (1, 0)}
    rows = {row["quote"]: row for row in disputed.rows("claims")}
    assert set(rows) == {ACCEPTS, REFUSES.removeprefix("The ")}
    assert (rows[ACCEPTS]["decided_by"], rows[ACCEPTS]["n_agree"], rows[ACCEPTS]["n_annotators"]) == ("curator", 2, 2)
    stances = {
        row["actor_id"]: (row["polarity"], row["decided_by"], row["n_agree"]) for row in disputed.rows("stances")
    }
    assert stances["per:zelensky"] == (1, "curator", 0)
    votes = {
        vote["annotator"]: (vote["polarity"], vote["agrees"])
        for vote in disputed.rows("votes")
        if vote["holder_id"] == "per:zelensky"
    }
    assert votes == {"model-a": (2, False), "model-b": (-1, False)}
    text = (disputed.project.annotations / "decisions" / f"{ARTICLE}.toml").read_text(encoding="utf-8")
    assert 'reason = "He would, he says."' in text
    assert take_reviews(disputed.project, disputed.schema).files == ()


def test_rounds_of_reviews_are_published_and_never_blind(disputed: Workshop) -> None:
    hand_in(disputed, items_of(under_review(disputed)))
    disputed.run()
    assert [
        (row["annotator"], row["blind"]) for row in disputed.rows("annotation_rounds") if row["step"] == "adjudication"
    ] == [("curator-c", False)]


def test_what_a_curator_left_open_settles_nothing_and_is_named(disputed: Workshop) -> None:
    report = hand_in(disputed, items_of(under_review(disputed)))
    found = sorted((one.rule, one.got) for one in report.findings)
    assert found == [("review-open", "2 spans of one unit"), ("review-open", "no answer to polarity")]
    assert (report.n_decisions, report.exit_code) == (1, 1)
    assert disputed.run().causes() == {"boundary": (0, 1), "polarity": (0, 1), "unit": (1, 0)}


def test_a_boundary_marked_anew_is_the_units_and_a_span_elsewhere_is_not_taken(disputed: Workshop) -> None:
    items, text = items_of(under_review(disputed)), disputed.text
    kept = without(items, [item["id"] for item in items if item["id"].startswith(("unit-2", "unit-1"))])
    marks = [
        claim("The Kremlin refused to stop", ["gov:ru"], polarity="-2"),
        mention("Ankara", "gov:tr"),
    ]
    for number, mark in enumerate(marks):
        kept += mark.items(text, f"new{number}", disputed.schema)
    report = hand_in(disputed, kept)
    assert [one.rule for one in report.findings] == ["review-extra"]
    disputed.run()
    assert {row["quote"] for row in disputed.rows("claims")} == {"The Kremlin refused to stop", SUPPORTS}


def test_a_curator_who_annotated_is_said_to_have(disputed: Workshop) -> None:
    items = items_of(under_review(disputed))
    hand_in(disputed, items, "model-b", "model-b")
    assert "decision-curator" not in {one.rule for one in disputed.run().findings}
    [row] = [row for row in disputed.rows("claims") if row["quote"] == SUPPORTS]
    assert (row["decided_by"], row["curator_annotated"]) == ("curator", True)


def test_every_adjudicated_row_names_the_regions_it_was_made_from(disputed: Workshop) -> None:
    hand_in(disputed, items_of(under_review(disputed)))
    disputed.run()
    regions = {row["annotation_id"]: row for row in disputed.rows("annotations")}
    [row] = [row for row in disputed.rows("claims") if row["quote"] == ACCEPTS]
    assert [regions[one]["polarity"] for one in row["annotation_ids"]] == [2, -1]
    assert (row["curator_annotated"], row["scheme_version"]) == (None, disputed.schema.scheme_version)


def test_what_hands_decided_stays_above_a_review(disputed: Workshop) -> None:
    items = items_of(under_review(disputed))
    hand_in(disputed, items)
    path = disputed.project.annotations / "decisions" / f"{ARTICLE}.toml"
    by_hand = path.read_text(encoding="utf-8").replace("keep = true", "keep = false")
    lines = [line for line in by_hand.splitlines() if not line.startswith(("review =", "take =", "set ="))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = take_reviews(disputed.project, disputed.schema)
    assert "review-decided" in {one.rule for one in report.findings}
    assert report.files == ()
    disputed.run()
    assert SUPPORTS not in {row["quote"] for row in disputed.rows("claims")}


def test_a_task_of_no_review_under_that_step_is_a_finding(disputed: Workshop) -> None:
    file = disputed.export("curator-c", KYIV)
    import_export(
        disputed.project, disputed.schema, file, ImportOptions(server="x", name="curator-c", step="adjudication")
    )
    assert {one.rule for one in take_reviews(disputed.project, disputed.schema).findings} == {
        "review-task",
        "review-extra",
    }


def test_two_annotators_at_one_leave_nothing_to_review(workshop: Workshop) -> None:
    workshop.annotate("model-a", KYIV)
    workshop.annotate("model-b", KYIV)
    assert review_tasks(workshop.project, workshop.schema) == []


def test_a_declared_strategy_leaves_to_the_curator_what_a_majority_would_settle(workshop: Workshop) -> None:
    path = workshop.project.root / "corpus.toml"
    for name in ("model-a", "model-b"):
        workshop.annotate(name, KYIV)
    workshop.annotate("model-c", replace(KYIV, answers={**KYIV.answers, "polarity": "-1"}))
    assert workshop.run().causes() == {}
    path.write_text(path.read_text(encoding="utf-8") + '\n[adjudication]\nclaim = "agreement"\n', encoding="utf-8")
    assert workshop.run().causes() == {"polarity": (0, 1)}


def test_a_strategy_that_nobody_knows_is_refused(disputed: Workshop) -> None:
    path = disputed.project.root / "corpus.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[adjudication]\nclaim = "dice"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"adjudication: claim: 'dice' is not known\. \[corpus-toml-value\]"):
        under_review(disputed)


def test_a_review_of_a_unit_that_nobody_marked_any_more_settles_nothing(disputed: Workshop) -> None:
    task = under_review(disputed)
    for unit in task["data"][OFFERED]:
        if unit["layer"] == "claim":
            unit |= {"start": 0, "end": 1}
    report = hand_in(disputed, items_of(task), task=task)
    assert "review-nothing" in {one.rule for one in report.findings}


def test_a_review_of_words_that_are_gone_is_named(disputed: Workshop) -> None:
    hand_in(disputed, items_of(under_review(disputed)))
    path = disputed.project.table("normalise", "articles")
    rows = read_table(path).to_pylist()
    rows[0]["text"] = rows[0]["text"].replace(SUPPORTS, "=" * len(SUPPORTS))
    rows[0]["text_sha256"] = sha256(rows[0]["text"].encode())
    write_table(path, table_of(rows, arrow_schema(disputed.schema.table("articles")), ("article_id",)))
    report = take_reviews(disputed.project, disputed.schema)
    assert "review-text" in {one.rule for one in report.findings}
