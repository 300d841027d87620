"""The index of the manifest: made again where it is stale, flat in memory, and a killed run loses nothing."""

import errno
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from containers import TEXT, counts, ingested, jsonl, put
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.sources import shelf
from ukrcorpus.sources.accept import accept as accept_one
from ukrcorpus.sources.ingest import Outcome, ingest
from ukrcorpus.sources.manifest import check_manifest, read_manifest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.report import IngestLine
from ukrcorpus.sources.shelf import open_shelf


def records(n: int) -> str:
    return jsonl(*({"text": f"Article {number}.", "url": f"https://gazette.example/{number}"} for number in range(n)))


def index(project: Project) -> Path:
    return project.build / "ingest" / "shelf.sqlite"


def ids(project: Project) -> list[str]:
    lines = project.manifest.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["article_id"] for line in lines]


def test_new_lines_enter_the_manifest_in_the_order_of_the_ids(empty_project: Project, tmp_path: Path) -> None:
    ingested(empty_project, put(tmp_path, "one.jsonl", records(30)))
    ingested(empty_project, put(tmp_path, "two.jsonl", records(60)))
    assert ids(empty_project) == sorted(ids(empty_project))
    assert len(set(ids(empty_project))) == 60


def test_the_manifest_does_not_depend_on_what_came_in_how_many_files(empty_project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path / "other")
    other.raw.mkdir(parents=True)
    whole = put(tmp_path, "news.jsonl", records(20))
    ingested(empty_project, whole)
    ingested(other, put(tmp_path / "other", "news.jsonl", "".join(records(20).splitlines(keepends=True)[:7])))
    ingested(other, whole)
    assert other.manifest.read_bytes() == empty_project.manifest.read_bytes()


def test_a_line_as_an_older_version_wrote_it_stays_as_it_is(empty_project: Project, tmp_path: Path) -> None:
    ingest(empty_project, [put(tmp_path, "talks.txt", TEXT)], IngestOptions(article_id="talks"))
    line = json.loads(empty_project.manifest.read_text(encoding="utf-8"))
    del line["encoding_from"]
    old = json.dumps(line, sort_keys=True) + "\n"
    empty_project.manifest.write_text(old, encoding="utf-8")
    ingested(empty_project, put(tmp_path, "one.jsonl", records(3)))
    assert old in empty_project.manifest.read_text(encoding="utf-8")
    assert len(read_manifest(empty_project)) == 4


def test_an_index_that_is_gone_or_stale_is_made_again(empty_project: Project, tmp_path: Path) -> None:
    file = put(tmp_path, "one.jsonl", records(5))
    ingested(empty_project, file)
    index(empty_project).unlink()
    assert counts(ingested(empty_project, file)) == {"known": 5}
    lines = empty_project.manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = json.loads(lines[2])
    empty_project.manifest.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    (empty_project.raw / gone["file"]).unlink()
    assert counts(ingested(empty_project, file)) == {"known": 4, "added": 1}


def test_an_index_that_is_no_database_says_what_to_do(empty_project: Project, tmp_path: Path) -> None:
    put(tmp_path, "one.jsonl", records(1))
    index(empty_project).parent.mkdir(parents=True)
    index(empty_project).write_text("no database " * 100, encoding="utf-8")
    with pytest.raises(CorpusError, match="ingest-index"), open_shelf(empty_project):
        pass


def test_a_full_or_read_only_disk_is_told_as_of_any_file(tmp_path: Path) -> None:
    path = tmp_path / "shelf.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        with pytest.raises(OSError, match="No space left on device") as caught, shelf._answering(path, "here"):
            connection.executescript("CREATE TABLE a (b TEXT); INSERT INTO a VALUES (zeroblob(100000))")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(path))
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
        pytest.raises(PermissionError),
        shelf._answering(path, "here"),
    ):
        connection.execute("CREATE TABLE c (d TEXT)")


def test_two_runs_never_write_at_once(empty_project: Project) -> None:
    with open_shelf(empty_project), pytest.raises(CorpusError) as caught, open_shelf(empty_project):
        pass
    assert str(caught.value) == (
        "build/ingest/shelf.sqlite: database is locked. [ingest-busy]\n"
        "  Wait for the other ingest of this project to end."
    )


def test_what_was_taken_before_an_interrupt_stands_in_the_manifest(
    empty_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n_taken = 0

    def accept(*said: object) -> object:
        nonlocal n_taken
        n_taken += 1
        if n_taken > 3:
            raise KeyboardInterrupt
        return accept_one(*said)  # type: ignore[arg-type]

    file = put(tmp_path, "one.jsonl", records(6))
    with monkeypatch.context() as patched:
        patched.setattr("ukrcorpus.sources.ingest.accept", accept)
        with pytest.raises(KeyboardInterrupt):
            ingest(empty_project, [file], IngestOptions())
    assert len(read_manifest(empty_project)) == 3
    assert counts(ingested(empty_project, file)) == {"known": 3, "added": 3}


def test_lines_that_a_killed_run_left_enter_with_the_next(empty_project: Project, tmp_path: Path) -> None:
    file = put(tmp_path, "one.jsonl", records(4))
    ingested(empty_project, file)
    whole = empty_project.manifest.read_bytes()
    # As a kill leaves it: the rows are in the index and wait, the manifest is the one of before.
    with sqlite3.connect(index(empty_project)) as connection:
        rows = [(json.loads(line)["article_id"], line.decode()) for line in whole.splitlines()[1:]]
        connection.executemany("INSERT INTO waiting VALUES (?, ?)", rows)
    connection.close()
    empty_project.manifest.write_bytes(whole.splitlines(keepends=True)[0])
    (last,) = ingest(empty_project, [put(tmp_path, "more.txt", TEXT)], IngestOptions()).lines
    assert isinstance(last, IngestLine)
    assert last.outcome is Outcome.ADDED
    assert len(read_manifest(empty_project)) == 5
    assert list(check_manifest(empty_project)) == []
    assert counts(ingested(empty_project, file)) == {"known": 4}


def test_a_slip_in_the_manifest_stops_before_anything_is_copied(empty_project: Project, tmp_path: Path) -> None:
    empty_project.manifest.write_text("{}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="manifest-keys"):
        ingest(empty_project, [put(tmp_path, "talks.txt", TEXT)], IngestOptions())
    assert not (empty_project.raw / "articles").exists()
