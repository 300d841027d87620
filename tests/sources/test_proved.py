"""What was proved of raw/ is not read again while it is as it was, and whatever is not is found as if nothing were."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import settled_stat, stats_below
from ukrcorpus.sources.entry import ManifestEntry
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.manifest import check_manifest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.proved import Proved, _columns, is_right
from ukrcorpus.sources.readers import check_source

PAGE = "<html><body><article><p>The minister asked for talks, and nobody named a place.</p></article></body>"
NAMES = ("a", "b", "c", "page")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be old enough at once."""
    monkeypatch.setattr("ukrcorpus.core.stamps._YOUNG_NS", 0)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Three texts and a page."""
    project = Project(tmp_path_factory.mktemp("proved"))
    (project.root / "corpus.toml").write_text("", encoding="utf-8")
    for name in NAMES:
        file = project.root / f"{name}.{'html' if name == 'page' else 'txt'}"
        file.write_text(PAGE if name == "page" else f"The envoy {name} said no.\n", encoding="utf-8")
        ingest(project, [file], IngestOptions(article_id=name, url=f"https://gazette.example/{name}"))
    return project


@pytest.fixture
def project(ingested: Project, tmp_path: Path, settled: None) -> Project:
    """The same, proved."""
    project = Project(shutil.copytree(ingested.root, tmp_path / "project"))
    proof = proved(project)
    assert list(check_manifest(project, proof)) == []
    proof.keep()
    return project


def proved(project: Project, code: str = "code") -> Proved:
    return Proved(project.build / ".proved.json", stats_below(project.raw), code)


def edit(project: Project, name: str, **values: object) -> None:
    lines = [json.loads(line) for line in project.manifest.read_text(encoding="utf-8").splitlines()]
    lines = [line | values if line["article_id"] == name else line for line in lines]
    text = "".join(json.dumps(line, sort_keys=True) + "\n" for line in lines)
    project.manifest.write_text(text, encoding="utf-8")


def append(project: Project, text: str) -> None:
    project.manifest.write_text(project.manifest.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the articles whose files are read."""
    names: list[str] = []

    def noted(project: Project, entry: ManifestEntry) -> object:
        names.append(entry.article_id)
        return check_source(project, entry)

    monkeypatch.setattr("ukrcorpus.sources.proved.check_source", noted)
    return names


def test_what_was_proved_is_not_read_again(project: Project, asked: list[str]) -> None:
    assert is_right(project, proved(project))
    assert asked == []


def test_what_other_code_proved_is_read_again(project: Project, asked: list[str]) -> None:
    assert is_right(project, proved(project, "other code"))
    assert tuple(asked) == NAMES


def test_a_change_of_the_same_size_and_time_is_seen(project: Project) -> None:
    file = project.raw / "articles/b.txt"
    before = file.stat()
    file.write_text("The envoy b said ab.\n"[: before.st_size - 1] + "\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert [one.rule for one in check_manifest(project, proved(project))] == ["raw-changed"]


def test_a_young_file_is_read_again(project: Project, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ukrcorpus.core.stamps._YOUNG_NS", 3600 * 10**9)
    for _ in range(2):
        asked.clear()
        proof = proved(project)
        assert is_right(project, proof)
        proof.keep()
        assert tuple(asked) == NAMES


@pytest.mark.parametrize("damage", ["", "[]", "{}", "[1, null]", "half", "\ud800"])
def test_damage_to_what_is_kept_costs_time_only(project: Project, asked: list[str], damage: str) -> None:
    kept = project.build / ".proved.json"
    before = kept.read_text(encoding="utf-8")
    kept.write_bytes(damage.encode("utf-8", "surrogatepass"))
    proof = proved(project)
    assert is_right(project, proof)
    assert tuple(asked) == NAMES
    proof.keep()
    assert kept.read_text(encoding="utf-8") == before


def test_a_stretch_that_somebody_wrote_in_is_not_believed(project: Project, asked: list[str]) -> None:
    kept = project.build / ".proved.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace('["', '["0', 1), encoding="utf-8")
    assert is_right(project, proved(project))
    assert tuple(asked) == NAMES


def clash(project: Project) -> None:
    for name in ("a", "b"):
        edit(project, name, url="https://gazette.example/\ud800")


def put_folder(project: Project) -> None:
    (project.raw / "articles/b.txt").unlink()
    (project.raw / "articles/b.txt").mkdir()


def hide(project: Project) -> None:
    (project.raw / "extracted/.x/y").mkdir(parents=True)
    (project.raw / "extracted/.x/y/stray.txt").write_text("Stray.\n", encoding="utf-8")


FAULTS: dict[str, Callable[[Project], object]] = {
    "manifest-json": lambda p: append(p, "{\n"),
    "manifest-json blank": lambda p: append(p, "\n"),
    "manifest-json cut": lambda p: p.manifest.write_bytes(p.manifest.read_bytes()[:-9]),
    "manifest-keys": lambda p: edit(p, "b", colour="red"),
    "manifest-keys twice": lambda p: p.manifest.write_bytes(
        p.manifest.read_bytes().replace(b'"format": 1,', b'"format": 1, "file": "articles/b.txt",', 1)
    ),
    "manifest-value": lambda p: edit(p, "b", licence="none"),
    "manifest-value deep": lambda p: edit(p, "b", title=json.loads("[" * 200 + "]" * 200)),
    "manifest-duplicate-id": lambda p: append(p, p.manifest.read_text(encoding="utf-8").splitlines()[-1] + "\n"),
    "manifest-supersedes": lambda p: edit(p, "b", supersedes="nobody"),
    "manifest-supersedes itself": lambda p: edit(p, "b", supersedes="b"),
    "manifest-url-clash": lambda p: edit(p, "b", url="https://gazette.example/a"),
    "manifest-url-clash of halves": clash,
    "manifest-file-missing": lambda p: (p.raw / "articles/b.txt").unlink(),
    "manifest-file-missing folder": put_folder,
    "raw-changed": lambda p: (p.raw / "articles/b.txt").write_text("Yes.\n", encoding="utf-8"),
    "raw-unlisted": lambda p: (p.raw / "articles/stray.txt").write_text("Stray.\n", encoding="utf-8"),
    "raw-unlisted link": lambda p: (p.raw / "articles/stray.txt").symlink_to("nowhere"),
    "raw-unlisted deep": hide,
    "extracted-missing": lambda p: (p.raw / "extracted/page.txt").unlink(),
    "extracted-changed": lambda p: (p.raw / "extracted/page.txt").write_text("Other.\n", encoding="utf-8"),
    "source-changed": lambda p: edit(p, "b", encoding="utf-16-be"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_as_without_proof(project: Project, fault: str) -> None:
    FAULTS[fault](project)
    found = [one.as_text() for one in check_manifest(project, proved(project))]
    assert found == [one.as_text() for one in check_manifest(project)]
    assert f"[{fault.split(maxsplit=1)[0]}]" in found[0]


def test_what_was_wrong_is_found_again(project: Project) -> None:
    edit(project, "b", encoding="utf-16-be")
    for _ in range(2):
        proof = proved(project)
        assert [one.rule for one in check_manifest(project, proof)] == ["source-changed"]
        proof.keep()


@pytest.mark.parametrize("hidden", [".DS_Store", "x/.keep"])
def test_hidden_files_and_articles_that_supersede_are_right(project: Project, asked: list[str], hidden: str) -> None:
    (project.raw / "articles/x").mkdir()
    (project.raw / "articles" / hidden).write_text("", encoding="utf-8")
    edit(project, "b", url="https://gazette.example/a", supersedes="a")
    assert is_right(project, proved(project))


def test_a_project_without_articles_has_nothing_wrong(empty_project: Project) -> None:
    assert list(check_manifest(empty_project, proved(empty_project))) == []


def test_stats_below_are_those_of_each_file(tmp_path: Path, settled: None) -> None:
    (tmp_path / "a/.b").mkdir(parents=True)
    for name in ("one", "a/two", "a/.b/three"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "a/to-one").symlink_to(tmp_path / "one")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "a/dead").symlink_to("nowhere")
    found = stats_below(tmp_path)
    assert sorted(found) == ["a/.b/three", "a/dead", "a/to-one", "a/two", "one"]
    assert found == {name: settled_stat([str(tmp_path / name)]) for name in found}


texts = st.none() | st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@given(url=texts, publisher=texts, title=texts, found=st.dictionaries(st.text(st.characters(codec="utf-8")), texts))
def test_columns_say_what_the_entries_say(
    url: str | None, publisher: str | None, title: str | None, found: dict[str, str | None]
) -> None:
    line = {"article_id": "a", "file": "articles/a.txt", "extractor": None, "supersedes": None, "url": url}
    told = {key: text for key, text in found.items() if text}
    text = json.dumps(line | {"publisher": publisher, "title": title, "found": told}, ensure_ascii=False)
    columns = _columns(text.encode("utf-8") + b"\n")
    assert columns is not None
    assert columns.rows(named=True) == [line | {"extractor": None}]
