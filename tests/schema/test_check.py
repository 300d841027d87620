"""The findings of a schema: one case per rule in findings/, and what an excuse does."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ukrcorpus.core.problems import Severity
from ukrcorpus.schema.check import RULES, check_schema
from ukrcorpus.schema.read import read_schema

Slip = Callable[[str, str, str], Path]
FINDINGS = sorted((Path(__file__).parent / "findings").glob("*.toml"))
SHIPPED = Path(__file__).parents[2] / "schema"
TWO_IN_ONE = ("issues.toml", "Strikes on ports should stop.", "Strikes on ports and dams should stop.")


@pytest.mark.parametrize("case", FINDINGS, ids=lambda case: case.stem)
def test_a_rule_gives_its_findings(case: Path, slip: Slip) -> None:
    given = tomllib.loads(case.read_text(encoding="utf-8"))
    findings = check_schema(read_schema(slip(given["file"], given["find"], given["put"])))
    assert {finding.rule for finding in findings} == {case.stem}
    assert "\n".join(finding.as_text() for finding in findings) == given["message"]


def test_every_rule_has_a_case() -> None:
    assert {case.stem for case in FINDINGS} == {rule for rule, _ in RULES} | {"excuse-unused"}


def test_the_small_schema_has_no_findings(small: Path) -> None:
    assert check_schema(read_schema(small)) == ()


def test_the_shipped_schema_has_no_errors() -> None:
    findings = check_schema(read_schema(SHIPPED))
    assert [finding.as_text() for finding in findings if finding.severity is Severity.ERROR] == []


def test_an_excused_finding_is_a_note_with_the_reason(slip: Slip) -> None:
    slip(*TWO_IN_ONE)
    excuse = 'scope = "context"\nexcuse = { pole-one-proposition = "a proper pair" }'
    (finding,) = check_schema(read_schema(slip("issues.toml", 'scope = "context"', excuse)))
    assert finding.severity is Severity.NOTE
    assert finding.remedy == "Excused: a proper pair"


def test_an_excuse_covers_no_other_rule_and_no_other_entry(slip: Slip) -> None:
    slip(*TWO_IN_ONE)
    excuse = '[{ issue = "limited_truce", because = "part of it" }]\nexcuse = { pole-one-proposition = "no" }'
    folder = slip("issues.toml", '[{ issue = "limited_truce", because = "part of the fighting may go on" }]', excuse)
    findings = check_schema(read_schema(folder))
    assert [(finding.rule, finding.severity) for finding in findings] == [
        ("excuse-unused", Severity.ERROR),
        ("pole-one-proposition", Severity.ERROR),
    ]


@pytest.mark.parametrize(
    "pole",
    [
        "Ports should be spared or dams should be spared.",
        "Ports AND dams should be spared.",
        "Ports / dams should be spared.",
        "Ports (with dams) should be spared.",
        "Ports should be spared; dams should not.",
        "Ports should be spared. Dams should not.",
    ],
)
def test_a_pole_of_two_things_is_found(slip: Slip, pole: str) -> None:
    findings = check_schema(read_schema(slip("issues.toml", "Strikes on ports should stop.", pole)))
    assert [finding.rule for finding in findings] == ["pole-one-proposition"]


@pytest.mark.parametrize(
    "pole", ["Orders from Andorra should stand.", "The U.S. should mediate.", "Odesa's port opens."]
)
def test_a_pole_of_one_thing_is_not(slip: Slip, pole: str) -> None:
    findings = check_schema(read_schema(slip("issues.toml", "Strikes on ports should stop.", pole)))
    assert [finding.rule for finding in findings] == []


@pytest.mark.parametrize("limit", ["ambiguous = true", 'after = ["per:envoy"]', 'case = "upper"'])
def test_a_shared_name_that_is_limited_is_no_finding(slip: Slip, limit: str) -> None:
    names = f'rolls_up_to = "gov:ua"\nnames = [{{ text = "Kyiv", kind = "alias", {limit} }}]'
    assert check_schema(read_schema(slip("actors.toml", 'rolls_up_to = "gov:ua"', names))) == ()


def test_findings_are_sorted_by_rule_and_address(slip: Slip) -> None:
    slip(*TWO_IN_ONE)
    findings = check_schema(read_schema(slip("actors.toml", '"owner/list: states.csv", ', "")))
    assert [finding.rule for finding in findings] == ["pole-one-proposition", "wikidata-sources"]
