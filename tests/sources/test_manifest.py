"""The manifest: what stands in `raw/` behind its back is found, and each slip has its message."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.sources.entry import parse_line
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.manifest import check_manifest, read_manifest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.readers import read_source

PAGE = (
    "<html><body><article><h1>Grain</h1><p>The minister asked for talks on the ports, and the delegation agreed to a "
    "date in spring. Nobody named a place.</p></article></body></html>"
)


@pytest.fixture
def project(empty_project: Project, tmp_path: Path) -> Project:
    """One text and one page."""
    (tmp_path / "talks.txt").write_text("The envoy said no.\n", encoding="utf-8")
    (tmp_path / "grain.html").write_text(PAGE, encoding="utf-8")
    for file in ("talks.txt", "grain.html"):
        path = tmp_path / file
        ingest(empty_project, [path], IngestOptions(article_id=path.stem, url=f"https://gazette.example/{path.stem}"))
    return empty_project


def found(project: Project) -> list[str]:
    return [finding.as_text() for finding in check_manifest(project)]


def edit(project: Project, number: int, change: Callable[[dict[str, object]], object]) -> None:
    """Change a line of the manifest, counted from 1: grain, talks."""
    lines = [json.loads(line) for line in project.manifest.read_text(encoding="utf-8").splitlines()]
    change(lines[number - 1])
    text = "".join(json.dumps(line, sort_keys=True) + "\n" for line in lines)
    project.manifest.write_text(text, encoding="utf-8")


def test_a_manifest_that_ingest_wrote_has_no_findings(project: Project) -> None:
    assert found(project) == []
    assert [entry.article_id for entry in read_manifest(project)] == ["grain", "talks"]


def test_a_project_without_articles_has_no_findings(empty_project: Project) -> None:
    assert found(empty_project) == []
    assert read_manifest(empty_project) == ()


def test_an_entry_survives_its_line(project: Project) -> None:
    for entry in read_manifest(project):
        assert parse_line(entry.as_line()) == entry


def test_a_line_without_its_file(project: Project) -> None:
    (project.raw / "articles/talks.txt").unlink()
    assert found(project) == [
        (
            "raw/articles/talks.txt: error [manifest-file-missing]\n"
            "  got no such file\n"
            "  expected the file of a manifest line\n"
            "  Restore it from git; what changes goes into corrections.toml, or is ingested as a new article."
        )
    ]


def test_a_raw_file_changed_behind_the_manifest(project: Project) -> None:
    entry = read_manifest(project)[1]
    (project.raw / entry.file).write_text("The envoy said yes.\n", encoding="utf-8")
    assert [line.split("\n")[0] for line in found(project)] == ["raw/articles/talks.txt: error [raw-changed]"]
    with pytest.raises(CorpusError, match="raw-changed"):
        read_source(project, entry)


def test_extracted_text_changed_or_missing(project: Project) -> None:
    path = project.raw / "extracted/grain.txt"
    path.write_text("Another text.\n", encoding="utf-8")
    assert [line.split("\n")[0] for line in found(project)] == ["raw/extracted/grain.txt: error [extracted-changed]"]
    path.unlink()
    assert [line.split("\n")[0] for line in found(project)] == ["raw/extracted/grain.txt: error [extracted-missing]"]


def test_an_encoding_changed_in_the_manifest(project: Project) -> None:
    edit(project, 2, lambda line: line.update(encoding="utf-16-be"))
    assert [line.split("\n")[0] for line in found(project)] == ["raw/articles/talks.txt: error [source-changed]"]


def test_a_file_without_a_line(project: Project) -> None:
    (project.raw / "articles/stray.txt").write_text("A stray text.\n", encoding="utf-8")
    assert found(project) == [
        (
            "raw/articles/stray.txt: error [raw-unlisted]\n"
            "  got no line for it\n"
            "  expected a line in manifest.jsonl\n"
            "  Ingest it (ukrcorpus ingest raw/articles/stray.txt --id stray), or take it away."
        )
    ]


def test_two_lines_with_one_id(project: Project) -> None:
    edit(project, 2, lambda line: line.update(article_id="grain", file="articles/grain.txt"))
    (project.raw / "articles/talks.txt").rename(project.raw / "articles/grain.txt")
    assert found(project) == [
        (
            "raw/manifest.jsonl:2: error [manifest-duplicate-id]\n"
            "  got the id 'grain' of line 1 again\n"
            "  expected one line per id\n"
            "  Keep the line that fits the file in raw/articles/, remove the other."
        )
    ]
    with pytest.raises(CorpusError, match="manifest-duplicate-id"):
        read_manifest(project)


def test_two_articles_under_one_url(project: Project) -> None:
    edit(project, 2, lambda line: line.update(url="https://gazette.example/grain"))
    assert found(project) == [
        (
            "raw/manifest.jsonl:2: error [manifest-url-clash]\n"
            "  got the url of 'grain' again\n"
            "  expected one article per url, or one that supersedes the other\n"
            "  Set supersedes to 'grain', or mend the url."
        )
    ]


def test_supersedes_names_another_article(project: Project) -> None:
    edit(project, 2, lambda line: line.update(supersedes="talks"))
    assert found(project) == [
        (
            "raw/manifest.jsonl:2: error [manifest-supersedes]\n"
            "  got supersedes = 'talks'\n"
            "  expected another article of the manifest\n"
            "  Name the earlier article."
        )
    ]


def test_a_truncated_line_has_its_number(project: Project) -> None:
    text = project.manifest.read_text(encoding="utf-8")
    project.manifest.write_text(text[:-40], encoding="utf-8")
    assert found(project)[0].startswith("raw/manifest.jsonl:2: error [manifest-json]\n  got ")
    with pytest.raises(CorpusError, match="manifest-json"):
        read_manifest(project)


def test_a_key_that_stands_twice_in_a_line(project: Project) -> None:
    text = project.manifest.read_text(encoding="utf-8")
    project.manifest.write_text(
        text.replace('"format": 1', '"format": 1, "file": "x", "format": 1', 1), encoding="utf-8"
    )
    assert found(project)[0] == (
        "raw/manifest.jsonl:1: error [manifest-keys]\n"
        "  got the key 'file' twice\n"
        "  expected each key once\n"
        "  Keep the value that is right."
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda line: line.update(licens="unknown"),
            "manifest-keys]\n  got the key 'licens'\n  expected no other keys\n  Did you mean 'licence'?",
        ),
        (
            lambda line: line.pop("publisher"),
            "manifest-keys]\n  got no key 'publisher'\n  expected every key, null where not known\n  Add 'publisher'.",
        ),
        (
            lambda line: line.update(format=2),
            "manifest-value]\n  got format = 2\n  expected 1\n  Mend 'format'.",
        ),
        (
            lambda line: line.update(file="articles/../../secret.txt"),
            (
                "manifest-value]\n  got file = 'articles/../../secret.txt'\n  expected articles/talks.txt or "
                "articles/talks.md or articles/talks.html\n  Name the article's own file."
            ),
        ),
        (
            lambda line: line.update(text_rights="full"),
            (
                "manifest-value]\n  got text_rights = 'full' with licence = 'unknown'\n  expected 'none'\n"
                "  The licence decides; mend the one that is wrong."
            ),
        ),
        (
            lambda line: line.update(published="22.11.2026", published_precision="day"),
            (
                "manifest-value]\n  got published = '22.11.2026'\n  expected a date such as 2026-11-22, or null\n"
                "  Mend 'published'."
            ),
        ),
        (
            lambda line: line.update(publisher=""),
            "manifest-value]\n  got publisher = ''\n  expected a name, or null\n  Mend 'publisher'.",
        ),
        (
            lambda line: line.update(published_precision="day"),
            (
                "manifest-value]\n  got only one of published and published_precision\n"
                "  expected both, or null for both\n  Mend 'published' or 'published_precision'."
            ),
        ),
        (
            lambda line: line.update(encoding="windows-9999"),
            (
                "manifest-value]\n  got encoding = 'windows-9999'\n  expected the name of an encoding, such as utf-8\n"
                "  Mend 'encoding'."
            ),
        ),
    ],
)
def test_each_slip_in_a_line_has_its_message(
    project: Project, change: Callable[[dict[str, object]], object], message: str
) -> None:
    edit(project, 2, change)
    assert found(project) == [f"raw/manifest.jsonl:2: error [{message}"]


@pytest.mark.parametrize("line", ["[]", "null", '"text"', "1", "{}", "{", "\ufeff{}"])
def test_foreign_json_is_a_finding(empty_project: Project, line: str) -> None:
    empty_project.manifest.write_text(line + "\n", encoding="utf-8")
    assert [text.split(" ")[0] for text in found(empty_project)] == ["raw/manifest.jsonl:1:"]


@given(st.binary(max_size=200))
def test_no_bytes_in_the_manifest_end_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    project = Project(tmp_path_factory.mktemp("project"))
    project.raw.mkdir()
    project.manifest.write_bytes(data)
    assert bool(data) == bool(found(project))
