"""What a rule may look at: the project, its schema and the tables it declared; and how it says where."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import parts_of
from ukrcorpus.schema.model import Schema, Table
from ukrcorpus.sources.lines import ManifestLine
from ukrcorpus.sources.manifest import ManifestEntry, read_manifest

STAGE = "corpus"
_SHOWN = 120
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a corpus: the name of its files, and from which byte to which the manifest has its articles."""

    name: str
    start: int
    stop: int

    def entries(self, project: Project) -> dict[str, ManifestEntry]:
        """Return the manifest's entries of the part by article, or raise the first slip as a ``CorpusError``."""
        with project.manifest.open("rb") as manifest:
            manifest.seek(self.start)
            lines = manifest.read(self.stop - self.start).splitlines()
        where = project.address(project.manifest)
        entries = (ManifestLine("", line.decode("utf-8", "replace"), where).entry() for line in lines)
        return {entry.article_id: entry for entry in entries}


@dataclass(frozen=True)
class Evidence:
    """A built corpus as rules see it: tables are read column by column, when a rule asks; other files once for all.

    With a ``part``, tables in parts and the manifest are that part of them.
    """

    project: Project
    schema: Schema
    tables: tuple[str, ...] = ()
    _scans: dict[str, pl.LazyFrame] = field(default_factory=dict, repr=False, compare=False)
    _read: dict[Callable[[Project], Any], Any] = field(default_factory=dict, repr=False, compare=False)
    part: Part | None = None

    def about(self, tables: tuple[str, ...]) -> "Evidence":
        """Return the same evidence for a rule that declared these tables."""
        return replace(self, tables=tables)

    def of(self, part: Part) -> "Evidence":
        """Return the evidence of one part."""
        return replace(self, part=part, _scans={})

    @property
    def subject(self) -> Table:
        """The table in question: the first that the rule declared."""
        return self.schema.table(self.tables[0])

    def path(self, table: str) -> Path:
        """Return where a table of the corpus lies."""
        return self.project.table(STAGE, table)

    def files(self, table: str) -> list[Path]:
        """Return the files of a table: one, or one for each part, also for those that only other tables have."""
        path = self.path(table)
        names = (self.part.name,) if self.part else self.once(corpus_parts)
        if not (names and path.is_dir()):
            return [path]
        return [path / f"{name}.parquet" for name in names]

    def entries(self) -> dict[str, ManifestEntry]:
        """Return the manifest's entries by article, or raise the first slip as a ``CorpusError``."""
        return self.once(self.part.entries if self.part else _entries)

    def scan(self, table: str, *columns: str) -> pl.LazyFrame:
        """Return the key and these columns of a declared table; nothing is read before ``rows`` asks for it.

        Reading a table that was not declared is our own mistake.
        """
        assert table in self.tables, f"{table} is not in the rule's scope {self.tables}"
        if table not in self._scans:
            self._scans[table] = pl.scan_parquet(self.files(table), glob=False)
        return self._scans[table].select(dict.fromkeys((*self.schema.table(table).key, *columns)).keys())

    def once(self, read: Callable[[Project], _Read]) -> _Read:
        """Return what ``read`` makes of the project; the next rule that asks for it gets the same."""
        if read not in self._read:
            self._read[read] = read(self.project)
        made: _Read = self._read[read]
        return made


def corpus_parts(project: Project) -> tuple[str, ...]:
    """Return the names of all parts of a corpus in the order of their articles; none where tables are one file each."""
    folders = (path for path in (project.build / STAGE).glob("*.parquet") if path.is_dir())
    return tuple(sorted({part.stem for folder in folders for part in parts_of(folder)}))


def _entries(project: Project) -> dict[str, ManifestEntry]:
    return {entry.article_id: entry for entry in read_manifest(project)}


def rows(asked: pl.LazyFrame) -> Iterator[dict[str, Any]]:
    """Read what is asked for, and yield it row by row; the order is that of no table."""
    yield from asked.collect(engine="streaming").iter_rows(named=True)


def address(table: Table, row: Mapping[str, object], column: str | None = None) -> str:
    """Return where a row or cell stands, by the table's key.

    >>> from ukrcorpus.schema.model import SplitBy
    >>> issues = Table("claim_issues", "", ("claim_id", "issue"), SplitBy.ARTICLE, ())
    >>> address(issues, {"claim_id": "c1", "issue": "ceasefire"}, "is_primary")
    'claim_issues: claim_id=c1, issue=ceasefire: is_primary'
    """
    key = ", ".join(f"{name}={_seen(str(row[name]))}" for name in table.key)
    return f"{table.name}: {key}" + (f": {column}" if column else "")


def show(value: object) -> str:
    """Return a cell as messages show it: texts in quotation marks, cut when long, null as ``null``.

    >>> show("Kyiv"), show(None), show(True), show(7)
    ('"Kyiv"', 'null', 'true', '7')
    """
    text = value if isinstance(value, str) else None
    if text is not None and len(text) > _SHOWN:
        return _seen(f'{json.dumps(text[:_SHOWN], ensure_ascii=False)[:-1]}…" ({len(text)} characters)')
    return _seen(json.dumps(value, ensure_ascii=False, default=str))


def _seen(text: str) -> str:
    """Return a text with escapes for what a terminal obeys or hides: controls, marks of direction, odd spaces."""
    return text if text.isprintable() else "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)
