"""What answers say together: actors clicked on and searched for, and what the others leave no room for."""

from typing import Any

import pytest

from annotated_exports import HELPS, RAW, answer, claim, result
from ukrcorpus.annotate.exports.results import read_result
from ukrcorpus.annotate.values import Answers, Problems
from ukrcorpus.schema.model import Schema


def read(schema: Schema, *more: Any, **answers: Any) -> tuple[Answers, list[str]]:
    """Return the answers of one claim, and the rules of the findings."""
    mark = claim(HELPS, **answers) if "voice" not in answers else claim(HELPS, **{"quotation": None, **answers})
    problems = Problems("a.json")
    [region] = read_result([*result(RAW, [mark], schema), *more], schema, problems, coded=True).whole()
    return region.answers, [finding.rule for finding in problems.findings]


def searched(name: str, *path: str) -> dict[str, Any]:
    return {"id": "r1", "from_name": name, "to_name": "text", "type": "taxonomy", "value": {"taxonomy": [list(path)]}}


def test_actors_searched_for_stand_beside_those_clicked_on_and_none_twice(schema: Schema) -> None:
    more = [searched("source_ids_search", "state", "gov:tr")]
    answers, found = read(schema, *more, source_ids=["gov:ua", "gov:tr"])
    assert (answers["source_ids"], found) == (("gov:ua", "gov:tr"), [])
    answers, found = read(schema, *more, source_ids=None)
    assert (answers["source_ids"], found) == (("gov:tr",), [])


@pytest.mark.parametrize("issue", [{"choices": ["ceasefire"]}, {"taxonomy": [["war", "ceasefire"]]}])
def test_an_issue_is_read_from_the_list_of_all_and_from_the_tree(schema: Schema, issue: dict[str, Any]) -> None:
    item = answer("issue", "ceasefire", schema, "r1") | {"type": next(iter(issue)), "value": issue}
    answers, found = read(schema, item, issue=None)
    assert (answers["issue"], found) == ("ceasefire", [])


def test_the_authors_voice_says_who_holds_the_claim_and_that_nothing_is_quoted(schema: Schema) -> None:
    answers, found = read(schema, voice="author", source_ids=None)
    assert (answers["source_ids"], answers["quotation"], found) == (("pseudo:author",), "none", [])


def test_another_voice_leaves_both_open(schema: Schema) -> None:
    answers, found = read(schema, voice="stated", source_ids=None)
    assert "source_ids" not in answers
    assert found == ["answer-missing"]


def test_answers_that_another_one_rules_out_fall_with_a_note(schema: Schema) -> None:
    answers, found = read(schema, voice="author", source_ids=["gov:ua"], condition="if")
    assert (answers["source_ids"], "condition" in answers) == (("pseudo:author",), False)
    assert found == ["answer-not-asked", "answer-not-asked"]


def test_where_the_voice_is_missing_nothing_follows_from_it(schema: Schema) -> None:
    answers, found = read(schema, voice=None, source_ids=["gov:ua"], ascriber_ids=["gov:tr"])
    assert (answers["ascriber_ids"], "quotation" in answers) == (("gov:tr",), False)
    assert found == ["answer-missing"]
