"""The run as a whole: a valid corpus is clean, depths stop failing tables, nothing is left out in silence."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ukrcorpus.cli.validate import validate
from ukrcorpus.core.problems import Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.release.stages import run_stale
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.validate.report import NotAsked, Report
from ukrcorpus.validate.run import run_rules

Broken = Callable[[dict[str, Any]], Report]
NO_VOICE = {"tables": [{"table": "claims", "key": {"claim_id": "c-rejects"}, "set": {"voice": "sung"}}]}


def test_a_valid_corpus_breaks_no_rule_and_every_table_is_asked(base: Project, schema: Schema) -> None:
    report = run_rules(base, schema)
    assert report.as_text() == "0 errors, 0 notes; 21 tables asked in full."


def test_what_the_stages_make_of_two_annotators_exports_breaks_no_rule(
    annotated_project: Project, schema: Schema, tmp_path: Path
) -> None:
    project = Project.open(shutil.copytree(annotated_project.root, tmp_path / "annotated"))
    run_stale(project, schema)
    report = run_rules(project, schema)
    assert [finding.as_text() for finding in report.findings if finding.severity is Severity.ERROR] == []


def test_what_the_stages_make_of_the_example_articles_breaks_no_rule(
    empty_project: Project, schema: Schema, seeds: tuple[Path, ...]
) -> None:
    ingest(empty_project, seeds, IngestOptions())
    run_stale(empty_project, schema)
    assert run_rules(empty_project, schema).findings == ()


def test_a_table_that_fails_a_depth_is_not_asked_at_the_next_and_the_report_says_so(broken_by: Broken) -> None:
    report = broken_by(NO_VOICE)
    assert {finding.rule for finding in report.findings} == {"frame-value"}
    assert "claims" not in report.asked
    assert NotAsked("claims", "span-quote", "claims breaks frame-value") in report.not_asked
    assert NotAsked("stances", "key-reference", "claims breaks frame-value") in report.not_asked
    assert "blocks" in report.asked


def test_the_text_counts_every_rule_that_was_not_asked_and_names_it_if_wanted(broken_by: Broken) -> None:
    report = broken_by(NO_VOICE)
    left, last = " ".join(report.as_text().split("\n\n")[-2].splitlines()), report.as_text().splitlines()[-1]
    assert left.startswith("Not asked, because claims breaks frame-value: ")
    assert " claim_issues (1 rule), " in left
    assert last == "1 error, 0 notes; 13 tables asked in full, 8 not."
    assert "claims (claim-issue, claim-overlap, " in " ".join(report.as_text(verbose=True).split())


def test_a_note_does_not_stop_the_next_depth_and_is_no_error(broken_by: Broken) -> None:
    change = {"table": "claims", "key": {"claim_id": "c-expect"}, "set": {"type": "position"}}
    report = broken_by({"tables": [change]})
    assert [finding.rule for finding in report.findings] == ["position-polarity"]
    assert report.n_errors == 0
    assert not report.not_asked


def test_a_file_that_cannot_be_read_is_one_finding_however_many_rules_read_it(broken_by: Broken) -> None:
    change = {"path": "raw/sample-sources.toml", "text": "format = 1\n[[articles]]\narticle = 1\n"}
    report = broken_by({"files": [change]})
    assert [(finding.rule, finding.where) for finding in report.findings] == [
        ("schema-key-missing", "raw/sample-sources.toml: articles #1")
    ]


def test_a_table_without_its_file_is_a_finding_and_no_traceback(broken_by: Broken) -> None:
    report = broken_by({"files": [{"path": "build/corpus/votes.parquet", "remove": True}]})
    text = "build/corpus/votes.parquet: error [table-columns]\n  got no such file\n"
    text += (
        "  expected a file for every table, also with 0 rows\n  Build again: the table was written with another schema."
    )
    assert [finding.as_text() for finding in report.findings] == [text]


def test_a_broken_parquet_file_is_a_finding_and_no_traceback(broken_by: Broken) -> None:
    report = broken_by({"files": [{"path": "build/corpus/votes.parquet", "remove": True}, VOTES]})
    assert [finding.rule for finding in report.findings] == ["table-changed", "table-columns"]
    assert {finding.expected for finding in report.findings} == {"a Parquet file"}


VOTES = {"path": "build/corpus/votes.parquet", "text": "no Parquet"}


def test_a_corpus_that_was_never_built_is_told_table_by_table(corpus: Project, schema: Schema) -> None:
    for path in (corpus.build / "corpus").glob("*.parquet"):
        path.unlink()
    report = run_rules(corpus, schema)
    assert {finding.rule for finding in report.findings} == {"table-columns"}
    assert len(report.findings) == len(schema.tables)


def test_the_text_is_capped_per_rule_and_the_json_is_not(broken_by: Broken) -> None:
    wrong = [{"table": "claims", "key": {"article_id": "talks-report"}, "set": {"tier": 9}}]
    report = broken_by({"tables": wrong})
    text = report.as_text(shown=2)
    assert text.startswith("claim-tier: 3 errors\ntier follows from voice: 1 stated or enacted, ")
    assert "and 1 more; --format json has them all." in text
    assert len(report.findings) == 3
    assert report.as_json()["counts"] == {"claim-tier": 3}
    assert report.as_json()["findings"] == [finding.as_json() for finding in report.findings]


def test_the_command_ends_with_0_for_a_clean_corpus(base: Project) -> None:
    result = CliRunner().invoke(validate, obj=base.root)
    assert (result.exit_code, result.output) == (0, "0 errors, 0 notes; 21 tables asked in full.\n")


def test_the_command_ends_with_1_for_findings_and_prints_them_as_json(corpus: Project) -> None:
    write_text(corpus.raw / "articles/stray.txt", "Nobody ingested this.\n")
    result = CliRunner().invoke(validate, ["--json"], obj=corpus.root)
    assert result.exit_code == 1
    given = json.loads(result.output)
    assert given["n_errors"] == 1
    assert [finding["rule"] for finding in given["findings"]] == ["raw-unlisted"]


def test_the_command_ends_with_2_for_wrong_usage(base: Project) -> None:
    assert CliRunner().invoke(validate, ["--jsn"], obj=base.root).exit_code == 2


@pytest.mark.parametrize("option", ["--help", "--rules"])
def test_help_and_the_page_of_rules_need_no_project(option: str) -> None:
    assert CliRunner().invoke(validate, [option], obj=None).exit_code == 0
