"""`new`: an empty project that the next command can work on."""

import re
from pathlib import Path

import pytest

from ukrcorpus.core.documentation import QUESTIONS
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.outputs import stale
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.new import new_project

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "src/ukrcorpus/sources/template"


def test_a_new_project_is_whole(empty_project: Project, schema: Schema) -> None:
    assert empty_project.info().name == "project"
    assert read_schema(empty_project.schema) == schema
    assert stale(empty_project, schema) == ()


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "raw/README.md", "annotations/README.md", "schema/README.md"]
)
def test_each_folder_states_its_law_in_ten_lines_at_most(empty_project: Project, name: str) -> None:
    lines = (empty_project.root / name).read_text(encoding="utf-8").splitlines()
    assert 3 <= len(lines) <= 10
    assert "{name}" not in "".join(lines)


def test_git_is_told_what_not_to_keep(empty_project: Project) -> None:
    ignored = (empty_project.root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"build/", "dist/", "*.key.toml"} <= set(ignored)


@pytest.mark.parametrize("name", ["raw/README.md", "annotations/README.md"])
def test_the_repository_states_the_same_law_as_the_template(name: str) -> None:
    assert (ROOT / name).read_bytes() == (TEMPLATE / name).read_bytes(), f"cp {TEMPLATE / name} {ROOT / name}"


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert new_project(tmp_path).root == tmp_path


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        new_project(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: there is something here already. [new-folder]\n  Name an empty or new folder."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError, match="new-folder"):
        new_project(tmp_path / "corpus")


def test_the_template_asks_every_question_that_only_a_maintainer_can_answer(empty_project: Project) -> None:
    text = (empty_project.root / "corpus.toml").read_text(encoding="utf-8")
    assert dict(re.findall(r'^# (\w+) = "(.+)"$', text, re.MULTILINE)) == QUESTIONS
    assert empty_project.info().documentation == {}
    file = empty_project.root / "corpus.toml"
    file.write_text(re.sub(r'^# (\w+ = ")', r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    assert empty_project.info().documentation == QUESTIONS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('fundings = "None."', r"unknown key 'documentation\.fundings'\. \[corpus-toml-key\]\n.*'funding'"),
        ('funding = " "', r"documentation\.funding is ' '\. \[corpus-toml-value\]"),
        ("funding = 3", r"documentation\.funding is 3\. \[corpus-toml-value\]"),
    ],
)
def test_an_answer_to_no_question_or_an_empty_one_is_refused(empty_project: Project, line: str, said: str) -> None:
    file = empty_project.root / "corpus.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        empty_project.info()
