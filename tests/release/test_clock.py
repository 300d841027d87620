"""What is stale is told by content: wrong clocks and times that somebody set neither hide a change nor make one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Known, file_sha256, hashes, settled_stat
from ukrcorpus.release.build import build

DAY_NS = 86_400 * 10**9
LONG_AGO_NS, TO_COME_NS = 1, 4_000 * 365 * DAY_NS // 40


@pytest.fixture(scope="module")
def built_project(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("clock") / "small"))
    assert build(project).folder
    return project


def set_times(root: Path, when_ns: int) -> None:
    for path in (root, *root.rglob("*")):
        os.utime(path, ns=(when_ns, when_ns))


@pytest.mark.parametrize("when_ns", [LONG_AGO_NS, TO_COME_NS], ids=["long ago", "to come"])
def test_times_of_files_make_nothing_stale(built_project: Project, when_ns: int) -> None:
    before = hashes(built_project.root, [built_project.root])
    set_times(built_project.root, when_ns)
    assert build(built_project).stages == ()
    assert hashes(built_project.root, [built_project.root]) == before


def test_a_change_of_the_same_size_is_seen_though_its_time_was_put_back(built_project: Project) -> None:
    set_times(built_project.root, LONG_AGO_NS)
    build(built_project)
    file = built_project.schema / "actors.toml"
    old = file.read_text(encoding="utf-8")
    file.write_text(old.replace("# ", "#.", 1), encoding="utf-8")
    os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS))
    assert file.stat().st_size == len(old.encode())
    assert build(built_project).stages == ("annotate", "corpus", "release")
    table = built_project.table("corpus", "claims")
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    os.utime(table, ns=(LONG_AGO_NS, LONG_AGO_NS))
    assert build(built_project).stages == ("corpus",)


def test_a_raw_file_changed_behind_a_build_stops_the_next_though_its_time_was_put_back(
    built_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ukrcorpus.core.stamps._YOUNG_NS", 0)
    project = Project(shutil.copytree(built_project.root, tmp_path / "small"))
    assert not any(rule.startswith("raw-") for rule in rules_broken(project))
    file = next(iter((project.raw / "articles").iterdir()))
    before = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert "raw-changed" in rules_broken(project)


def rules_broken(project: Project) -> set[str]:
    """Return the rules that an edited changelog has a build ask."""
    changelog = project.root / "CHANGELOG.md"
    changelog.write_text(changelog.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    report = build(project).report
    assert report is not None
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("moved_ns", [-DAY_NS, 0, DAY_NS], ids=["a day back", "right", "a day on"])
def test_known_hashes_are_right_under_any_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved_ns: int) -> None:
    import time

    now_ns: Callable[[], int] = time.time_ns
    monkeypatch.setattr("ukrcorpus.core.stamps.time.time_ns", lambda: now_ns() + moved_ns)
    file, place = tmp_path / "file", tmp_path / ".hashes.json"
    for words in ("first", "other", "third"):
        file.write_text(words, encoding="utf-8")
        os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS))
        known = Known(place)
        assert known.sha256(file) == file_sha256(file)
        known.keep()
        assert (settled_stat([str(file)]) is None) is (moved_ns <= 0)


def test_what_is_known_is_not_read_again_and_losing_it_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ukrcorpus.core.stamps._YOUNG_NS", 0)
    file, place = tmp_path / "file", tmp_path / ".hashes.json"
    file.write_text("words", encoding="utf-8")
    digest = file_sha256(file)
    for damage in ("{}", "[1]", "half", '{"x": 1}'):
        place.write_text(damage, encoding="utf-8")
        known = Known(place)
        assert known.sha256(file) == digest
        known.keep()
    monkeypatch.setattr("ukrcorpus.core.stamps.file_sha256", lambda _: "read again")
    assert Known(place).sha256(file) == digest
    file.unlink()
    file.write_text("sword", encoding="utf-8")
    assert Known(place).sha256(file) == "read again"
