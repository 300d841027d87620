"""The report in every form: what a person sees, and what GitHub, code scanning and test reports read."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import fromstring

from ukrcorpus.cli.validate import validate
from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.formats.github import as_github
from ukrcorpus.validate.formats.junit import as_junit
from ukrcorpus.validate.formats.place import Place, place_of
from ukrcorpus.validate.formats.sarif import as_sarif
from ukrcorpus.validate.report import NotAsked, Report

SCHEMA = read_schema(Path(__file__).parents[2] / "schema")
NOWHERE = Project(Path("/no-such-project"))
Broken = Callable[[dict[str, Any]], Report]
TIER = "Build again: tier is derived, never annotated."
LEFT = NotAsked("claims", "span-quote", "claims breaks frame-value")


def tiers(n: int, severity: Severity = Severity.ERROR) -> list[Finding]:
    return [
        Finding("claim-tier", f"claims: claim_id=c-{i:05}: tier", "9", "1 for voice stated", TIER, severity)
        for i in range(n)
    ]


def report(findings: list[Finding], *left: NotAsked) -> Report:
    return Report.of(findings, left, RULES, SCHEMA)


def test_ten_thousand_findings_are_a_page_that_ends_with_the_counts() -> None:
    notes = [
        Finding("position-polarity", f"claims: claim_id=n-{i:05}", "got", "expected", "Code it.", Severity.NOTE)
        for i in range(40)
    ]
    lines = report([*notes, *tiers(10_000)], LEFT).as_text().splitlines()
    assert lines[:5] == [
        "claim-tier: 10,000 errors",
        "tier follows from voice: 1 stated or enacted, 2 ascribed, 3 author.",
        TIER,
        "",
        "  claims: claim_id=c-00000: tier",
    ]
    assert "  and 9,990 more; --format json has them all." in lines
    assert "  and 37 more; --format json has them all." in lines
    assert lines[-6:] == [
        "10,000  error   claim-tier",
        "    40  note    position-polarity",
        "",
        "Not asked, because claims breaks frame-value: claims (1 rule).",
        "",
        "10,000 errors, 40 notes; 20 tables asked in full, 1 not.",
    ]
    assert len(lines) < 60


def test_findings_of_one_rule_with_remedies_of_their_own_keep_them() -> None:
    found = [Finding("raw-unlisted", f"raw/articles/{one}.txt", "no line", "a line", f"Ingest {one}.") for one in "ab"]
    assert (
        "    Ingest a.\n  raw/articles/b.txt\n    got no line; expected a line\n    Ingest b."
        in report(found).as_text()
    )


HOSTILE = st.text(st.sampled_from("a%:,\n\r\x00\x1b\u2028::error ]<&\ufffe"), max_size=12)


@given(st.lists(st.builds(Finding, st.just("x"), HOSTILE, HOSTILE, HOSTILE, HOSTILE), max_size=3, unique=True))
def test_no_text_of_a_finding_is_a_command_of_its_own_or_breaks_a_form(found: list[Finding]) -> None:
    told = report(found)
    lines = re.split("[\r\n]", as_github(told, NOWHERE, SCHEMA))
    assert [line[:14] for line in lines[:-1]] == ["::error title="] * len(found)
    assert lines[-1] == told.last_line()
    assert len(json.loads(as_sarif(told, NOWHERE, SCHEMA, RULES))["runs"][0]["results"]) == len(found)
    assert len(fromstring(as_junit(told, RULES).encode()).findall(".//failure")) == bool(found)


def test_a_github_annotation_names_file_line_and_level(base: Project, schema: Schema) -> None:
    found = [
        Finding("raw-manifest", "raw/manifest.jsonl:2", "100%", "a: b\nc", "Mend it."),
        Finding("claim-tier", "claims: claim_id=c-1: tier", "9", "1", "Old.", Severity.LEGACY),
        *tiers(12, Severity.NOTE),
    ]
    lines = as_github(report(found), base, schema).splitlines()
    assert lines[0] == (
        "::error file=raw/manifest.jsonl,line=2,title=raw-manifest%3A raw/manifest.jsonl%3A2"
        "::got 100%25%0Aexpected a: b%0Ac%0AMend it."
    )
    assert lines[1].startswith("::warning title=claim-tier%3A claims%3A claim_id=c-1%3A tier::got 9")
    assert lines[-2] == "::notice title=claim-tier::and 2 more; --format json has them all."
    assert len(lines) == 2 + 10 + 2


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("raw/manifest.jsonl:2", Place("raw/manifest.jsonl", 2)),
        ("raw/manifest.jsonl: talks-report", Place("raw/manifest.jsonl", 2)),
        ("annotations/ids.jsonl: line 3", Place("annotations/ids.jsonl", 3)),
        ("raw/sample-sources.toml: articles (sample-harbour)", Place("raw/sample-sources.toml", 4)),
        ("raw/sample-sources.toml: articles (sample-haven)", Place("raw/sample-sources.toml")),
        ("raw/articles/a stray.txt", Place("raw/articles/a stray.txt")),
        ("build/corpus/claims.parquet: column 10", Place("build/corpus/claims.parquet")),
        ("claims: claim_id=raw/x.toml: tier", Place(table="build/corpus/claims.parquet")),
        ("article late-report", Place()),
    ],
)
def test_an_address_leads_to_a_file_and_its_line(base: Project, schema: Schema, where: str, place: Place) -> None:
    assert place_of(where, base, schema) == place


def test_an_entry_of_the_schema_is_found_on_its_line(base: Project, schema: Schema) -> None:
    place = place_of("schema/scheme.toml: vocabularies (claim_type): values (fact)", base, schema)
    assert place.line is not None
    lines = (base.schema / "scheme.toml").read_text(encoding="utf-8").splitlines()
    assert '"fact"' in lines[place.line - 1]
    assert any('"claim_type"' in line for line in lines[: place.line])


def test_paths_are_those_of_the_folder_you_are_in(
    base: Project, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(base.root.parent)
    assert place_of("raw/manifest.jsonl:2", base, schema).file == f"{base.root.name}/raw/manifest.jsonl"


def test_sarif_has_every_rule_once_and_every_finding_with_its_place(base: Project, schema: Schema) -> None:
    found = [*tiers(1), Finding("ids-line", "annotations/ids.jsonl: line 3", "x", "y", "Restore it.", Severity.LEGACY)]
    run = json.loads(as_sarif(report(found, LEFT), base, schema, RULES))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [*(id_ for rule in RULES for id_ in rule.explanations()), "ids-line"]
    assert (
        [rules[one["ruleIndex"]] for one in run["results"]]
        == [one["ruleId"] for one in run["results"]]
        == ["claim-tier", "ids-line"]
    )
    assert [one["level"] for one in run["results"]] == ["error", "note"]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "build/corpus/claims.parquet",
        "annotations/ids.jsonl",
    ]
    assert [place["region"]["startLine"] for place in places] == [1, 3]
    left = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in left] == [
        "span-quote was not asked of claims: claims breaks frame-value."
    ]


def test_sarif_keeps_to_its_schema(base: Project, schema: Schema) -> None:
    from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

    places = ["claims: claim_id=c-1: tier", "raw/articles/a stray ї.txt", "raw/manifest.jsonl:2", "article late-report"]
    found = [Finding("any", where, "x", "y", "z", level) for where in places for level in Severity]
    log = json.loads(as_sarif(report([*found, *tiers(2)], LEFT), base, schema, RULES))
    assert len(Sarif.model_validate(log).runs[0].results) == 14
    log["runs"][0]["results"][0]["level"] = "legacy"
    with pytest.raises(ValueError, match=r"runs\.0\.results\.0\.level"):
        Sarif.model_validate(log)


def test_sarif_has_no_more_results_than_github_takes_and_says_so(
    base: Project, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ukrcorpus.validate.formats.sarif._MOST", 3)
    run = json.loads(as_sarif(report([*tiers(3), *tiers(7, Severity.NOTE)]), base, schema, RULES))["runs"][0]
    assert [one["level"] for one in run["results"]] == ["error"] * 3
    left = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in left] == ["and 7 more; --format json has them all."]


def test_junit_has_a_case_for_each_rule_that_passed_failed_or_was_skipped() -> None:
    suite = fromstring(as_junit(report([*tiers(2), *tiers(1, Severity.NOTE)], LEFT), RULES).encode())[0]
    cases = {case.attrib["name"]: [child.tag for child in case] for case in suite}
    assert {name: tags for name, tags in cases.items() if tags} == {
        "claim-tier": ["failure", "system-out"],
        "span-quote": ["skipped"],
    }
    assert (suite.attrib["tests"], suite.attrib["failures"], suite.attrib["skipped"]) == (str(len(cases)), "1", "1")


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_every_form_of_a_clean_report_ends_with_0(base: Project, form: str) -> None:
    result = CliRunner().invoke(validate, ["--format", form, "--verbose"], obj=base.root)
    assert result.exit_code == 0, result.output
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "schema",
        "frames",
        "keys",
        "spans",
        "corpus",
    ]
    assert result.stdout


def test_verbose_names_the_rules_that_were_not_asked() -> None:
    assert "claims (span-quote)." in report([], LEFT).as_text(verbose=True)
