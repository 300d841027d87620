"""`correct`: a reported error is mended by a decision, and the votes stay."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.release.build import build
from ukrcorpus.release.correct import Corrected, Correction, correct
from ukrcorpus.release.statements import statement_id
from ukrcorpus.schema.model import Schema

REASON = "It asks, and asking is not demanding."


@pytest.fixture(scope="session")
def built(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("correct") / "small"))
    assert build(project).folder
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(built.root, tmp_path / "small"))


def rows(project: Project, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_table(project.table("corpus", table)).to_pylist()
    return found


def statement(project: Project, holder: str, issue: str) -> dict[str, Any]:
    return next(row for row in rows(project, "statements_all") if (row["holder_id"], row["issue"]) == (holder, issue))


def mend(project: Project, schema: Schema, holder: str, on: str, reason: str = REASON, /, **answers: str) -> Corrected:
    wanted = statement(project, holder, on)["statement_id"]
    return correct(project, schema, Correction(wanted, answers, reason, "curator-c"))


def decisions(project: Project, article_id: str) -> list[dict[str, Any]]:
    path = project.annotations / f"decisions/{article_id}.toml"
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["decisions"]
    return found


def test_a_corrected_polarity_is_in_the_next_build_with_its_votes(project: Project, schema: Schema) -> None:
    done = mend(project, schema, "gov:tr", "limited_truce", polarity="1")
    assert done.labels == (("polarity", "2", "1"),)
    assert done.file == "annotations/decisions/spun.toml"
    assert build(project).folder
    row = statement(project, "gov:tr", "limited_truce")
    assert (row["polarity"], row["decided_by"], row["n_annotators"]) == (1, "curator", 2)
    votes = [row for row in rows(project, "votes") if row["holder_id"] == "gov:tr"]
    assert [(vote["annotator"], vote["polarity"], vote["agrees"]) for vote in votes] == [
        ("annotator-01", 2, False),
        ("annotator-02", 2, False),
    ]


def test_only_the_issue_asked_for_is_corrected(project: Project, schema: Schema) -> None:
    mend(project, schema, "org:ru_presidency", "russian_operations", polarity="2")
    [entry] = decisions(project, "talks")
    assert entry["set"] == {"polarity2": "2"}
    assert entry["is_annotator"] is False
    assert build(project).folder
    assert statement(project, "org:ru_presidency", "russian_operations")["polarity"] == 2
    assert statement(project, "org:ru_presidency", "ceasefire")["polarity"] == -2


def test_a_second_correction_builds_on_the_first_and_keeps_its_reason(project: Project, schema: Schema) -> None:
    mend(project, schema, "org:ru_presidency", "russian_operations", polarity="2")
    mend(project, schema, "org:ru_presidency", "ceasefire", "It hedges.", polarity="-1")
    [entry] = decisions(project, "talks")
    assert entry["set"] == {"polarity": "-1", "polarity2": "2"}
    assert entry["reason"] == f"It hedges. Before: {REASON}"


def test_another_correction_in_an_article_leaves_the_first_alone(project: Project, schema: Schema) -> None:
    mend(project, schema, "org:ru_presidency", "ceasefire", polarity="-1")
    before = decisions(project, "talks")
    mend(project, schema, "per:zelensky", "ceasefire", conditional="yes")
    assert decisions(project, "talks")[0] == before[0]
    assert build(project).folder
    assert statement(project, "per:zelensky", "ceasefire")["conditional"] is True
    assert statement(project, "org:ru_presidency", "ceasefire")["polarity"] == -1


def test_another_issue_gives_another_statement(project: Project, schema: Schema) -> None:
    old = statement(project, "gov:tr", "limited_truce")
    mend(project, schema, "gov:tr", "limited_truce", issue="ceasefire")
    assert build(project).folder
    new = statement(project, "gov:tr", "ceasefire")
    assert new["statement_id"] == statement_id(old["claim_id"], "gov:tr", "ceasefire")
    assert old["statement_id"] not in {row["statement_id"] for row in rows(project, "statements_all")}


@pytest.mark.parametrize(
    ("answers", "reason", "rule"),
    [
        ({"polarity": "2"}, REASON, "correct-same"),
        ({"polarity": "3"}, REASON, "correct-value"),
        ({"issue": "truce"}, REASON, "correct-value"),
        ({"conditional": "none"}, REASON, "correct-same"),
        ({}, REASON, "correct-value"),
        ({"polarity": "1"}, " ", "correct-reason"),
    ],
)
def test_what_corrects_nothing_is_refused_and_writes_nothing(
    project: Project, schema: Schema, answers: dict[str, str], reason: str, rule: str
) -> None:
    before = hashes(project.root, [project.annotations])
    with pytest.raises(CorpusError) as caught:
        mend(project, schema, "gov:tr", "limited_truce", reason, **answers)
    assert caught.value.rule == rule
    assert hashes(project.root, [project.annotations]) == before


def test_a_mistyped_issue_is_answered_with_the_near_one(project: Project, schema: Schema) -> None:
    with pytest.raises(CorpusError) as caught:
        mend(project, schema, "gov:tr", "limited_truce", REASON, issue="ceasfire")
    assert caught.value.remedy == "Expected an issue of schema/issues.toml. Did you mean 'ceasefire'?"


def test_an_unknown_statement_and_a_name_for_a_curator_are_refused(project: Project, schema: Schema) -> None:
    known = statement(project, "gov:tr", "limited_truce")["statement_id"]
    with pytest.raises(CorpusError) as caught:
        correct(project, schema, Correction(f"{known}0", {"polarity": "1"}, REASON, "curator-c"))
    assert str(caught.value) == (
        f"correct {known}0: no statement is called '{known}0'. [correct-statement]\n"
        f"  Did you mean '{known}'? Run ukrcorpus build, and take the id from its statements."
    )
    with pytest.raises(CorpusError, match=r"\[correct-curator\]"):
        correct(project, schema, Correction(known, {"polarity": "1"}, REASON, "Anna K."))


def test_a_decision_that_adjudication_finds_fault_with_is_taken_back(project: Project, schema: Schema) -> None:
    file = project.annotations / "decisions/spun.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("format = 2\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"\[decision-"):
        mend(project, schema, "gov:tr", "limited_truce", polarity="1")
    assert file.read_text(encoding="utf-8") == "format = 2\n"
