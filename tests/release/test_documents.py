"""The documents of a release as built: they follow the tables, and hold nothing of closed articles."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import UNFILLED_AUTHOR, UNFILLED_CONTACT, Project
from ukrcorpus.derive.documents.papers import DOCUMENTS
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.publishing.publish import publish
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema

COUNTING = {path for path, _ in DOCUMENTS} - {"LICENSE"}


@pytest.fixture
def project(staged_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(staged_project.root, tmp_path / "small"))


def counts_of(folder: Path) -> dict[str, set[str]]:
    """What each document says of the number of statements."""
    texts = {path: (folder / path).read_text(encoding="utf-8") for path in COUNTING}
    return {path: set(re.findall(r"(\d+) statements\b|Statements & (\d+)", text)) for path, text in texts.items()}


def test_one_row_less_in_a_table_is_one_less_in_every_document(project: Project, schema: Schema, release: Path) -> None:
    tables = read_tables(project, schema)
    n_rows = tables["statements"].num_rows
    tables["statements"] = tables["statements"].slice(1)
    fewer = write_release(project, schema, tables)
    for folder, n in ((release, n_rows), (fewer, n_rows - 1)):
        said = counts_of(folder)
        assert {path for path in COUNTING if {str(n)} <= {one for pair in said[path] for one in pair}} == COUNTING
        assert "tab:corpus-rows" in (folder / "tables.tex").read_text(encoding="utf-8")
    old = {str(n_rows)}
    assert not [path for path, said in counts_of(fewer).items() if old <= {one for pair in said for one in pair}]


def test_the_text_free_edition_has_every_document_and_plot(project: Project, schema: Schema, release: Path) -> None:
    bare = write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)
    drawn = {file.name for file in (bare / "assets").iterdir()}
    assert drawn == {file.name for file in (release / "assets").iterdir()} != set()
    assert "not be passed on; their words are not in this edition." in (bare / "DATASHEET.md").read_text("utf-8")
    for page in ("README.md", "DATA_STATEMENT.md"):
        links = re.findall(r"\]\(([\w./-]+)\)", (bare / page).read_text(encoding="utf-8"))
        assert links
        assert [name for name in links if not (bare / name).is_file()] == []


def test_what_only_maintainers_know_comes_from_corpus_toml(project: Project, schema: Schema) -> None:
    file = project.root / "corpus.toml"
    text = file.read_text(encoding="utf-8").replace(
        "[documentation]", '[documentation]\nfunding = "None: & it is < 1."'
    )
    file.write_text(text, encoding="utf-8")
    folder = write_release(project, schema, read_tables(project, schema))
    assert "None: & it is \\< 1." in (folder / "DATASHEET.md").read_text(encoding="utf-8")


def test_a_contact_that_nobody_filled_in_is_not_printed_as_one(release: Path, staged_project: Project) -> None:
    assert staged_project.info().contact == UNFILLED_CONTACT
    said = "Not stated by the maintainers (`contact` in `corpus.toml`)."
    for name in ("README.md", "DATASHEET.md"):
        text = (release / name).read_text(encoding="utf-8")
        assert said in text
        assert UNFILLED_CONTACT not in text


@pytest.mark.parametrize(("key", "left"), [("authors", UNFILLED_CONTACT), ("contact", UNFILLED_AUTHOR)])
def test_a_release_without_authors_or_contact_is_not_published(
    project: Project, schema: Schema, tmp_path: Path, key: str, left: str
) -> None:
    file = project.root / "corpus.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(left, "somebody"), encoding="utf-8")
    bare = write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)
    with pytest.raises(CorpusError, match=rf"Fill in {key} in corpus\.toml") as caught:
        publish(bare, str(tmp_path / "out"), print)
    assert caught.value.rule == "publish-unfilled"


def test_the_papers_agree_on_version_and_title(release: Path) -> None:
    head = yaml.safe_load((release / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    cited = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    croissant = json.loads((release / "croissant.json").read_text(encoding="utf-8"))
    assert head["pretty_name"] == cited["title"]
    assert {config["version"] for config in head["configs"]} == {cited["version"]} == {croissant["version"]}
