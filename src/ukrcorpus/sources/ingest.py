"""Articles into ``raw/``: byte for byte, with their provenance; each file is used or refused with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256, write_bytes, write_text
from ukrcorpus.sources.decode import check_text, decode
from ukrcorpus.sources.entry import SUFFIXES, ManifestEntry
from ukrcorpus.sources.manifest import current_at, read_manifest, write_manifest
from ukrcorpus.sources.options import Given, IngestOptions, read_options
from ukrcorpus.sources.pages import EXTRACTOR, extract_page
from ukrcorpus.sources.readers import source_sha256

MAX_BYTES: Final = 5_000_000
_ID_DIGITS: Final = 16
_PAGE: Final = ".html"


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IngestLine:
    """One file's outcome, with the article it became or is, or the reason why it was refused."""

    file: Path
    outcome: Outcome
    article_id: str | None = None
    error: CorpusError | None = None

    def as_text(self) -> str:
        """Return the line a person reads."""
        if self.error is not None:
            return f"{self.outcome:<8} {self.error}"
        return f"{self.outcome:<8} {self.file} as {self.article_id}"


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file, in the order given."""

    lines: tuple[IngestLine, ...]

    @property
    def refused(self) -> bool:
        """Whether any file was refused."""
        return any(line.outcome is Outcome.REFUSED for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is in the manifest by now, by id and by hash of the bytes."""

    by_id: dict[str, ManifestEntry]
    by_sha256: dict[str, str]

    def add(self, entry: ManifestEntry) -> None:
        self.by_id[entry.article_id] = entry
        self.by_sha256[entry.sha256] = entry.article_id


def ingest(project: Project, files: Sequence[Path], options: IngestOptions) -> IngestReport:
    """Copy files into ``raw/`` and enter them in the manifest; return what became of each.

    A refused file stops no other. Bytes that are there already are reported, not added again.
    Raises where the options themselves are wrong, or the manifest cannot be read.
    """
    shelf = _Shelf({}, {})
    for entry in read_manifest(project):
        shelf.add(entry)
    given = read_options(options, shelf.by_id)
    lines = tuple(_ingest_one(project, file, given, shelf) for file in files)
    if any(line.outcome is Outcome.ADDED for line in lines):
        write_manifest(project, shelf.by_id.values())
    return IngestReport(lines)


def _ingest_one(project: Project, file: Path, given: Given, shelf: _Shelf) -> IngestLine:
    try:
        data = _read_file(file)
        digest = sha256(data)
        if digest in shelf.by_sha256:
            return IngestLine(file, Outcome.KNOWN, shelf.by_sha256[digest])
        entry = _add(project, file, data, given, shelf.by_id)
    except CorpusError as error:
        return IngestLine(file, Outcome.REFUSED, error=error)
    shelf.add(entry)
    return IngestLine(file, Outcome.ADDED, entry.article_id)


def _read_file(file: Path) -> bytes:
    if file.suffix.lower() not in SUFFIXES:
        remedy = "Give txt, md or html; for other forms save the article's text as txt."
        raise CorpusError("source-suffix", f"'{file.suffix}' files are not read.", where=str(file), remedy=remedy)
    if not file.is_file():
        raise CorpusError("source-missing", "there is no such file.", where=str(file), remedy="Check the path.")
    n_bytes = file.stat().st_size
    if n_bytes > MAX_BYTES:
        raise CorpusError(
            "source-size",
            f"{n_bytes:,} bytes; an article has at most {MAX_BYTES:,}.",
            where=str(file),
            remedy="Cut the file into its articles, one file each.",
        )
    return file.read_bytes()


def _add(project: Project, file: Path, data: bytes, given: Given, entries: dict[str, ManifestEntry]) -> ManifestEntry:
    """Return the entry of new bytes, whose files now lie in ``raw/``."""
    entry, source = _entry(file, data, given, entries)
    _check_free(project, entry.article_id, data, entries, where=str(file))
    write_bytes(project.raw / entry.file, data)
    if entry.extracted:
        write_text(project.raw / entry.extracted, source)
    return entry


def _entry(file: Path, data: bytes, given: Given, entries: dict[str, ManifestEntry]) -> tuple[ManifestEntry, str]:
    source, encoding, extractor_version = _source_text(data, file, given.options.encoding)
    article_id = given.options.article_id or sha256(data)[:_ID_DIGITS]
    entry = ManifestEntry(
        article_id=article_id,
        supersedes=_superseded(given.options, entries),
        file=f"articles/{article_id}{file.suffix.lower()}",
        sha256=sha256(data),
        encoding=encoding,
        extractor=EXTRACTOR if extractor_version else None,
        extractor_version=extractor_version,
        source_sha256=source_sha256(source),
        url=given.options.url,
        publisher=given.options.publisher,
        published=given.published,
        published_precision=given.published_precision,
        fetched_at=given.fetched_at,
        licence=given.options.licence,
        text_rights=given.text_rights,
        origin=given.options.origin,
    )
    return entry, source


def _source_text(data: bytes, file: Path, encoding: str | None) -> tuple[str, str, str | None]:
    """Return the source text, the encoding, and for a page the extractor's version."""
    page = file.suffix.lower() == _PAGE
    text, codec = decode(data, given=encoding, page=page, where=str(file))
    if not any(map(str.isalnum, text)):
        remedy = "Check the download; an article needs a text."
        raise CorpusError("source-empty", "the file holds no letter and no digit.", where=str(file), remedy=remedy)
    if not page:
        return text, codec, None
    text, version = extract_page(text, str(file))
    check_text(text, str(file))
    return text, codec, version


def _check_free(project: Project, article_id: str, data: bytes, entries: dict[str, ManifestEntry], where: str) -> None:
    """Refuse an id that stands for other bytes, in the manifest or as a file without a line."""
    lying = [path for suffix in SUFFIXES if (path := project.raw / f"articles/{article_id}{suffix}").is_file()]
    if article_id in entries or any(path.read_bytes() != data for path in lying):
        raise CorpusError(
            "ingest-id-taken",
            f"the id '{article_id}' already stands for other bytes.",
            where=where,
            remedy="Give another --id; a new version of an article is a new article with --supersedes.",
        )


def _superseded(options: IngestOptions, entries: dict[str, ManifestEntry]) -> str | None:
    if options.supersedes is not None or options.url is None:
        return options.supersedes
    current = current_at(entries.values(), options.url)
    return current.article_id if current else None
