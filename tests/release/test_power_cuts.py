"""What a power cut can take: nothing is under its name, or in a list, before its bytes are on the disk."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from containers import TEXT, counts, ingested, jsonl, put
from tiny_release import tiny_release
from ukrcorpus.core import disk, folders
from ukrcorpus.core.folders import atomic_folder
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.release.publishing.publish import deliver, target_at
from ukrcorpus.sources import shelf
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.manifest import check_manifest
from ukrcorpus.sources.options import IngestOptions

Events = list[tuple[str, int]]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Events:
    """What is brought to the disk and what is renamed, by number of the file, in order."""
    seen: Events = []
    fsync, replace = os.fsync, os.replace

    def flushed(handle: int) -> None:
        seen.append(("flush", os.fstat(handle).st_ino))
        fsync(handle)

    def renamed(source: Path, target: Path) -> None:
        seen.append(("rename", source.stat().st_ino))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    return seen


def number(path: Path) -> int:
    return path.stat().st_ino


def test_a_file_is_on_the_disk_before_it_has_its_name_and_then_the_name_is(tmp_path: Path, events: Events) -> None:
    write_text(tmp_path / "ids.jsonl", "{}\n")
    own = number(tmp_path / "ids.jsonl")
    assert events == [("flush", own), ("rename", own), ("flush", number(tmp_path))]


def test_a_folder_is_on_the_disk_before_it_is_swapped_into_place(
    tmp_path: Path, events: Events, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap = folders._swap

    def swapped(beside: Path, place: Path) -> None:
        events.append(("swap", number(beside)))
        swap(beside, place)

    monkeypatch.setattr(folders, "_swap", swapped)
    with atomic_folder(tmp_path / "release") as beside:
        (beside / "data").mkdir()
        (beside / "data" / "claims.parquet").write_bytes(b"rows")
        (beside / "release.json").write_bytes(b"{}")
    *before, swap_event, after = events
    made = [*(tmp_path / "release").rglob("*"), tmp_path / "release"]
    assert {one for _, one in before} == {number(path) for path in made}
    assert before[-1] == ("flush", number(tmp_path / "release"))
    assert (swap_event[0], after) == ("swap", ("flush", number(tmp_path)))


def test_a_published_folder_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, events: Events, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipment, rename = tiny_release(tmp_path / "built"), os.rename

    def renamed(source: Path, target: Path) -> None:
        events.append(("rename", number(source)))
        rename(source, target)

    monkeypatch.setattr(os, "rename", renamed)
    events.clear()
    deliver(shipment, target_at(str(tmp_path / "published")), lambda _: None, really=True)
    (place,) = (tmp_path / "published").iterdir()
    assert {one for _, one in events[:-2]} == {number(path) for path in [*place.rglob("*"), place]}
    assert events[-2:] == [("rename", number(place)), ("flush", number(place.parent))]


def test_articles_are_on_the_disk_before_the_manifest_lists_them(
    empty_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying: list[str] = []

    def flush_all(folder: Path) -> None:
        lying.extend(path.name for path in folder.rglob("*") if path.is_file())
        disk.flush_all(folder)

    monkeypatch.setattr(shelf, "flush_all", flush_all)
    ingest(empty_project, [put(tmp_path, "talks.txt", TEXT)], IngestOptions(article_id="talks"))
    assert "talks.txt" in lying
    assert "manifest.jsonl" not in lying


def test_articles_that_a_power_cut_emptied_are_let_go_and_taken_again(empty_project: Project, tmp_path: Path) -> None:
    file = put(tmp_path, "one.jsonl", jsonl(*({"text": f"Article {number} of the day."} for number in range(4))))
    ingested(empty_project, file)
    lines = empty_project.manifest.read_bytes().splitlines(keepends=True)
    # As the cut leaves it: lines wait in the index, the manifest is the one of before, two of the files are not whole.
    with sqlite3.connect(empty_project.build / "ingest" / "shelf.sqlite") as connection:
        rows = [(json.loads(line)["article_id"], line.decode().strip()) for line in lines]
        connection.executemany("INSERT INTO waiting VALUES (?, ?)", rows)
        connection.execute("DELETE FROM made_of")
    connection.close()
    empty_project.manifest.unlink()
    raw = [empty_project.raw / json.loads(line)["file"] for line in lines]
    raw[0].write_bytes(b"")
    raw[1].write_bytes(raw[1].read_bytes()[:5] + b"\0" * 3)
    assert counts(ingested(empty_project, file)) == {"known": 2, "added": 2}
    assert list(check_manifest(empty_project)) == []
