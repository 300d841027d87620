from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ukrcorpus.measure.agreement import measure_agreement
from ukrcorpus.measure.rounds import Reason, Row, choose, without
from ukrcorpus.schema.model import Schema

Rounds = Callable[..., Row]


def test_spans_statements_and_answers_are_compared_on_matched_units(
    schema: Schema, a_round: Rounds, annotations: list[Row]
) -> None:
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


@pytest.mark.parametrize(
    ("over", "reason"),
    [
        ({"suggestions_shown": True}, Reason.SUGGESTIONS),
        ({"blind": False}, Reason.NOT_BLIND),
        ({"status": "draft"}, Reason.DRAFT),
        ({"status": "skipped", "blind": False}, Reason.SKIPPED),
        ({"step": "adjudication"}, Reason.ADJUDICATION),
    ],
)
def test_a_round_that_proves_nothing_stays_out_with_its_reason(
    a_round: Rounds, over: dict[str, Any], reason: Reason
) -> None:
    found = choose([a_round("a"), a_round("b", **over)])
    assert (found.articles, found.n_rounds) == ((), 0)
    assert found.left_out == {reason: 1, Reason.ALONE: 1}


def test_of_several_rounds_of_one_annotator_the_newest_enters(a_round: Rounds) -> None:
    later = a_round("a", round_id="later", created_at=datetime(2026, 11, 23, tzinfo=UTC))
    found = choose([later, a_round("a"), a_round("b")])
    assert found.spans == {"talks": {"a": "later", "b": "b-talks"}}
    assert found.left_out == {Reason.OLDER: 1}


def test_spans_that_were_given_are_not_agreed_on(a_round: Rounds) -> None:
    marked = [a_round(name, step="units", round_id=f"units-{name}") for name in "ab"]
    coded = [a_round(name, step="codes", round_id=f"codes-{name}") for name in "ab"]
    found = choose(marked + coded)
    assert found.spans == {"talks": {"a": "units-a", "b": "units-b"}}
    assert found.codes == {"talks": {"a": "codes-a", "b": "codes-b"}}
    assert found.labelled == {}
    assert (found.n_rounds, found.left_out) == (4, {})


def test_without_one_of_three_two_are_left_and_without_one_of_two_nobody(a_round: Rounds) -> None:
    three = choose([a_round(name) for name in "abc"])
    assert without(three, "a").spans == {"talks": {"b": "b-talks", "c": "c-talks"}}
    assert without(without(three, "a"), "b").spans == {}
