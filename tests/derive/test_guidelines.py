"""The guidelines: everything the schema says is on the page, and every link leads somewhere."""

import re
from itertools import pairwise

import pytest

from ukrcorpus.derive.guidelines import guidelines
from ukrcorpus.derive.markdown import link, plain
from ukrcorpus.schema.model import Schema


@pytest.fixture(scope="module")
def page(schema: Schema) -> str:
    return guidelines(schema)


def test_the_versions_stand_at_the_head(page: str, schema: Schema) -> None:
    assert f"Guidelines {schema.guideline_version} for scheme {schema.scheme_version}." in page[:200]


def test_every_link_leads_to_one_heading(page: str) -> None:
    anchors = [link(heading).partition("(#")[2] for heading in re.findall(r"^#+ (.*)$", page, flags=re.MULTILINE)]
    for target in re.findall(r"\]\(#([^)]*\))", page):
        assert anchors.count(target) == 1, target


def test_every_question_stands_once_with_its_definition(page: str, schema: Schema) -> None:
    for attribute in schema.attributes:
        assert page.count(f"### {attribute.question} (`{attribute.name}`)") == 1
        assert plain(attribute.definition) in page


def test_every_value_that_is_asked_for_has_definition_and_examples(page: str, schema: Schema) -> None:
    for name in {attribute.vocabulary for attribute in schema.attributes if attribute.vocabulary}:
        for value in schema.vocabulary(name).values:
            assert plain(value.definition) in page
            assert all(plain(example) in page for example in (*value.positive, *value.negative))


def test_every_issue_has_pole_definition_near_misses_and_examples(page: str, schema: Schema) -> None:
    for issue in schema.issues:
        assert f"#### `{issue.issue}`: {issue.label}" in page
        assert plain(issue.pole or issue.definition) in page
        assert all(f"when {plain(miss.because)}" in page for miss in issue.near_misses)
        assert issue.border is not None
        assert plain(issue.border.decision) in page


def test_every_rule_of_a_layer_is_listed(page: str, schema: Schema) -> None:
    for text in schema.layers:
        for rule in text.rules:
            assert plain(rule.partition(":")[2].strip()) in page


def test_no_heading_and_no_list_runs_into_the_text_before_it(page: str) -> None:
    for before, line in pairwise(page.split("\n")):
        assert not (line.startswith("#") and before), line
        assert not (line.startswith("- ") and before and before[0] not in "- "), line
