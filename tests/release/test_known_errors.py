"""Known errors stand in the card and in release.json, as long as what they are about is there."""

import json
import shutil
from pathlib import Path

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema


@pytest.fixture
def project(staged_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(staged_project.root, tmp_path / "small"))


def released(project: Project, schema: Schema, about: str, reported: str = "2026-11-22") -> Path:
    text = (
        f'format = 1\n[[errors]]\nabout = "{about}"\nwhat = "The <b>date</b> is a day late."\nreported = {reported}\n'
    )
    (project.annotations / "known-errors.toml").write_text(text, encoding="utf-8")
    return write_release(project, schema, read_tables(project, schema))


def test_a_known_error_stands_in_card_and_record(project: Project, schema: Schema) -> None:
    folder = released(project, schema, "c-accepts")
    record = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    said = {"about": "c-accepts", "what": "The <b>date</b> is a day late.", "reported": "2026-11-22"}
    assert record["known_errors"] == [said]
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "## Known errors" in card
    assert "The <b>" not in card


def test_without_known_errors_the_card_has_no_such_heading(release: Path) -> None:
    assert "Known errors" not in (release / "README.md").read_text(encoding="utf-8")
    assert json.loads((release / "release.json").read_text(encoding="utf-8"))["known_errors"] == []


def test_an_error_about_nothing_there_is_refused(project: Project, schema: Schema) -> None:
    with pytest.raises(CorpusError, match=r"is called 'c-gone'.*\[known-error-unknown\]"):
        released(project, schema, "c-gone")
