"""The manifest line by line: the same articles as read whole, unparsed where it is in order."""

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.sources import lines
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.lines import manifest_lines
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.options import IngestOptions


@pytest.fixture
def project(empty_project: Project) -> Project:
    for name in ("b", "a", "a-b"):
        file = empty_project.root / f"{name}.txt"
        file.write_text(f"Talks {name}\n\nThe envoys met, and nobody would say why.\n", encoding="utf-8")
        ingest(empty_project, [file], IngestOptions(article_id=name))
    page = empty_project.root / "page.html"
    page.write_text("<html><body><p>The envoys met, and nobody would say why.</p></body></html>", encoding="utf-8")
    ingest(empty_project, [page], IngestOptions(article_id="page"))
    return empty_project


def test_lines_are_the_entries_in_their_order(project: Project) -> None:
    entries = read_manifest(project)
    found = list(manifest_lines(project))
    assert tuple(line.entry() for line in found) == entries
    assert [line.files() for line in found] == [
        tuple(file for file in (entry.file, entry.extracted) if file) for entry in entries
    ]


def test_a_manifest_in_order_is_not_read_whole(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "read_manifest", None)
    assert [line.article_id for line in manifest_lines(project)] == ["a", "a-b", "b", "page"]


def test_another_order_gives_the_same_lines(project: Project) -> None:
    before = [(line.article_id, line.text) for line in manifest_lines(project)]
    text = project.manifest.read_text(encoding="utf-8")
    write_text(project.manifest, "".join(reversed(text.splitlines(keepends=True))))
    assert [(line.article_id, line.text) for line in manifest_lines(project)] == before


def test_an_id_twice_is_refused(project: Project) -> None:
    text = project.manifest.read_text(encoding="utf-8")
    write_text(project.manifest, text + text.splitlines(keepends=True)[-1])
    with pytest.raises(CorpusError, match="manifest-duplicate-id"):
        list(manifest_lines(project))


def test_a_slip_in_a_line_is_found_where_the_line_is_needed(project: Project) -> None:
    text = project.manifest.read_text(encoding="utf-8")
    write_text(project.manifest, text.replace('"format": 1', '"format": 2', 1))
    line = next(manifest_lines(project))
    with pytest.raises(CorpusError) as caught:
        line.entry()
    assert (caught.value.rule, caught.value.where) == ("manifest-value", "raw/manifest.jsonl:1")


def test_a_line_cut_short_is_refused(project: Project) -> None:
    text = project.manifest.read_text(encoding="utf-8")
    write_text(project.manifest, text[:-30])
    assert [line.files() for line in manifest_lines(project)]
    with pytest.raises(CorpusError, match="manifest-json"):
        [line.entry() for line in manifest_lines(project)]


def test_files_are_told_also_of_a_line_in_another_form(project: Project) -> None:
    text = project.manifest.read_text(encoding="utf-8")
    before = [line.files() for line in manifest_lines(project)]
    write_text(project.manifest, text.replace('"file": ', '"file":  ').replace("articles/", "articles\\/"))
    assert [line.files() for line in manifest_lines(project)] == before


def test_a_project_without_a_manifest_has_no_lines(empty_project: Project) -> None:
    assert list(manifest_lines(empty_project)) == []
