"""What the manifest holds, kept on disk beside the build: looked up by id, bytes and url in flat memory.

The index is made of the manifest again wherever their hashes differ. New lines wait in it and enter the
manifest together, in the order of the ids; those of a run that was killed enter with the next one.
"""

import errno
import hashlib
import heapq
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from ukrcorpus.core.disk import flush_all
from ukrcorpus.core.folders import sweep
from ukrcorpus.core.problems import CorpusError, Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import atomic_path
from ukrcorpus.sources.entry import ManifestEntry, parse_line
from ukrcorpus.sources.manifest import numbered_entries
from ukrcorpus.sources.readers import check_source

_COMMIT_EVERY: Final = 500
_FIRST_KEY: Final = b'{"article_id": "'  # of a line as ingest writes it
_REMOVE: Final = "Remove the file: it is made again of raw/manifest.jsonl."
_OF_DISK: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS entry
        (article_id TEXT PRIMARY KEY, sha256 TEXT, url TEXT, supersedes TEXT) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS by_sha256 ON entry (sha256);
    CREATE INDEX IF NOT EXISTS by_url ON entry (url) WHERE url IS NOT NULL;
    CREATE TABLE IF NOT EXISTS waiting (article_id TEXT PRIMARY KEY, line TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS made_of (sha256 TEXT);
"""


class Shelf:
    """The manifest's entries, old and new. It holds one line at a time in memory, however many there are."""

    def __init__(self, project: Project, connection: sqlite3.Connection) -> None:
        self._project = project
        self._db = connection
        self._n_open = 0

    def __contains__(self, article_id: object) -> bool:
        return self._one("SELECT 1 FROM entry WHERE article_id = ?", article_id) is not None

    def __iter__(self) -> Iterator[str]:
        return (str(row[0]) for row in self._db.execute("SELECT article_id FROM entry"))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def with_bytes(self, sha256: str) -> str | None:
        """Return the article that has these bytes."""
        return self._one("SELECT article_id FROM entry WHERE sha256 = ?", sha256)

    def current_at(self, url: str) -> str | None:
        """Return the article that stands under a url now: the one that no other there supersedes."""
        return self._one(
            "SELECT article_id FROM entry AS own WHERE url = ?1 AND NOT EXISTS "
            "(SELECT 1 FROM entry AS other WHERE other.url = ?1 AND other.supersedes = own.article_id) "
            "ORDER BY article_id LIMIT 1",
            url,
        )

    def add(self, entry: ManifestEntry) -> None:
        """Take a new article; its line waits for ``settle``."""
        self._enter(entry)
        self._db.execute("INSERT INTO waiting VALUES (?, ?)", (entry.article_id, entry.as_line()))
        self._n_open += 1
        if self._n_open >= _COMMIT_EVERY:
            self._db.commit()
            self._n_open = 0

    def settle(self) -> None:
        """Write the lines that wait into the manifest: a merge of two sorted streams, atomically."""
        if self._db.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is None:
            return
        flush_all(self._project.raw)  # no line may name a file that a power cut can take
        with atomic_path(self._project.manifest) as beside:
            digest = hashlib.sha256()
            with beside.open("wb") as file:
                for line in heapq.merge(self._lines(), self._waiting(), key=_id_of):
                    file.write(line)
                    digest.update(line)
        self._db.execute("DELETE FROM waiting")
        self._made_of(digest.hexdigest())

    def load(self) -> None:
        """Make the index of the manifest where it is not, and take in what a killed run left."""
        digest = file_sha256(self._project.manifest) if self._project.manifest.is_file() else ""
        if self._one("SELECT sha256 FROM made_of") == digest:
            self._db.execute("DELETE FROM entry WHERE article_id IN (SELECT article_id FROM waiting)")
        else:
            self._db.execute("DELETE FROM entry")
            for one in numbered_entries(self._project):
                if isinstance(one, Finding):
                    raise one.as_error()
                self._enter_line(*one)
        self._take_in_left()
        self._made_of(digest)
        self.settle()

    def _enter_line(self, number: int, entry: ManifestEntry) -> None:
        if entry.article_id in self:
            where = f"{self._project.address(self._project.manifest)}:{number}"
            what = f"the id '{entry.article_id}' stands there twice."
            remedy = "Keep the line that fits the file in raw/articles/, remove the other."
            raise CorpusError("manifest-duplicate-id", what, where=where, remedy=remedy)
        self._enter(entry)

    def _enter(self, entry: ManifestEntry) -> None:
        row = (entry.article_id, entry.sha256, entry.url, entry.supersedes)
        self._db.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", row)

    def _take_in_left(self) -> None:
        """Enter the lines that a killed run left; one whose id is taken, or whose files are not whole, is let go."""
        gone = []
        for article_id, line in self._db.execute("SELECT article_id, line FROM waiting"):
            entry = parse_line(line)
            if article_id not in self and check_source(self._project, entry) is None:
                self._enter(entry)
            else:
                gone.append((article_id,))
        self._db.executemany("DELETE FROM waiting WHERE article_id = ?", gone)

    def _made_of(self, digest: str) -> None:
        self._db.execute("DELETE FROM made_of")
        self._db.execute("INSERT INTO made_of VALUES (?)", (digest,))
        self._db.commit()

    def _lines(self) -> Iterator[bytes]:
        """Yield the manifest's lines; they stand in the order of their ids unless somebody moved them."""
        if not self._project.manifest.is_file():
            return
        with self._project.manifest.open("rb") as file:
            yield from (line.removesuffix(b"\n") + b"\n" for line in file)

    def _waiting(self) -> Iterator[bytes]:
        for (line,) in self._db.execute("SELECT line FROM waiting ORDER BY article_id"):
            yield f"{line}\n".encode()

    def _one(self, query: str, *values: object) -> str | None:
        row = self._db.execute(query, values).fetchone()
        return None if row is None else str(row[0])


def sweep_cut(project: Project) -> None:
    """Clear away what an ingest left half written in ``raw/`` if the last one was killed; else nothing is looked at.

    SQLite removes the log beside its file when that is closed.
    """
    index = _index(project)
    if index.with_name(f"{index.name}-wal").exists():
        sweep(project.raw)


@contextmanager
def open_shelf(project: Project) -> Iterator[Shelf]:
    """Yield the shelf of a project, for one ingest at a time; at the end, and on an error, its lines are written."""
    path = _index(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep_cut(project) if path.is_file() else sweep(project.raw)
    with _answering(path, project.address(path)), closing(sqlite3.connect(path, timeout=0)) as connection:
        shelf = Shelf(project, _locked(connection))
        shelf.load()
        try:
            yield shelf
        finally:
            shelf.settle()


def _index(project: Project) -> Path:
    return project.build / "ingest" / "shelf.sqlite"


@contextmanager
def _answering(path: Path, where: str) -> Iterator[None]:
    """Raise what SQLite answers: ``ingest-busy``, ``ingest-index``, or what any file on such a disk answers."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the kind of the error; further bits say more of it
        if code in _OF_DISK:
            number = _OF_DISK[code] if os.access(path.parent, os.W_OK) else errno.EACCES
            raise OSError(number, os.strerror(number), str(path)) from error
        busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        remedy = "Wait for the other ingest of this project to end." if busy else _REMOVE
        raise CorpusError("ingest-busy" if busy else "ingest-index", f"{error}.", where=where, remedy=remedy) from error


def _locked(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return the connection with the file locked, so that two runs never write the manifest at once."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_TABLES)
    connection.execute("DELETE FROM made_of WHERE 0")
    connection.commit()
    return connection


def _id_of(line: bytes) -> str:
    if line.startswith(_FIRST_KEY):
        return line[len(_FIRST_KEY) : line.index(b'"', len(_FIRST_KEY))].decode("ascii")
    return str(json.loads(line)["article_id"])
