"""Versions, licences and citation say the same everywhere, and the folders state their laws."""

import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

import ukrcorpus
from ukrcorpus.core.project import Project


def validated(root: Path, file: Path) -> str:
    """What cffconvert says of a citation file."""
    program = root / ".tools/cffconvert/bin/cffconvert"
    assert program.is_file(), "cffconvert is not set up; run make test, or: bash tools/setup cffconvert"
    run = subprocess.run([program, "--validate", "-i", file], check=False, capture_output=True, text=True)
    return run.stdout + run.stderr


def changes(root: Path) -> dict[str, tuple[date, list[str]]]:
    """Version -> day and headings of each entry of the changelog."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    heads = [re.match(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)\n", entry) for entry in entries]
    return {
        head[1]: (date.fromisoformat(head[2]), re.findall(r"^### (.+)$", entry, re.MULTILINE))
        for head, entry in zip(heads, entries, strict=True)
        if head is not None
    }


def cited(root: Path) -> dict[str, object]:
    given = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert isinstance(given, dict)
    return given


def test_the_citation_is_valid(root: Path) -> None:
    assert "Citation metadata are valid" in validated(root, root / "CITATION.cff")


def test_the_citation_of_a_release_is_valid(root: Path, release: Path) -> None:
    assert "Citation metadata are valid" in validated(root, release / "CITATION.cff")


def test_the_version_of_the_code_stands_in_one_place_and_the_papers_agree(root: Path) -> None:
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["dynamic"] == ["version"]
    assert pyproject["tool"]["hatch"]["version"]["path"] == "src/ukrcorpus/__init__.py"
    assert cited(root)["version"] == ukrcorpus.__version__
    assert cited(root)["date-released"] == changes(root)[ukrcorpus.__version__][0]


def test_the_changelog_has_the_version_of_the_data(root: Path) -> None:
    info = Project.open(root).info()
    assert changes(root)[info.version][0] == info.release_date


def test_each_entry_of_the_changelog_speaks_of_data_and_of_code(root: Path) -> None:
    assert {tuple(headings) for _day, headings in changes(root).values()} == {("Data", "Code")}


def test_each_licence_has_its_text(root: Path) -> None:
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    licences = pyproject["project"]["license"].split(" AND ")
    assert cited(root)["license"] == licences
    others = sorted(path.stem for path in (root / "LICENSES").glob("*.txt"))
    assert ["MIT", *others] == licences
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


@pytest.mark.parametrize("folder", ["raw", "schema", "annotations"])
def test_each_top_folder_states_its_law_in_ten_lines(root: Path, folder: str) -> None:
    lines = (root / folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("Law: ") for line in lines)
    assert len(lines) <= 10


def test_each_decision_says_question_choice_price_and_date(root: Path) -> None:
    folder = root / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for path in sorted(folder.glob("0*.md")):
        text = path.read_text(encoding="utf-8")
        assert path.name in index
        assert re.search(
            r"\*\*Question\.\*\*.*\*\*Choice\.\*\*.*\*\*Gave up\.\*\*.*\nDate: \d{4}-\d\d-\d\d\n", text, re.DOTALL
        )
        assert len(text.splitlines()) <= 14
