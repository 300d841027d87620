"""One article into ``raw/``: its source text, what is said of it, its entry and its files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import atomic_path, sha256
from ukrcorpus.sources import front_matter, pages
from ukrcorpus.sources.decode import Decoded, check_text, decode
from ukrcorpus.sources.entry import SUFFIXES, ManifestEntry, raw_file
from ukrcorpus.sources.incoming import Incoming
from ukrcorpus.sources.options import Given
from ukrcorpus.sources.page_metadata import page_statements
from ukrcorpus.sources.readers import source_sha256
from ukrcorpus.sources.shelf import Shelf
from ukrcorpus.sources.stated import Field, Settled, Statement, settle
from ukrcorpus.sources.values import Published, shown

_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class _Text:
    """The source text of an article, how its bytes were decoded, what took it out, and what the input says."""

    source: str
    decoded: Decoded
    extractor: tuple[str, str] | None
    statements: tuple[Statement, ...]


def accept(project: Project, incoming: Incoming, given: Given, shelf: Shelf) -> tuple[ManifestEntry | None, str]:
    """Return the new entry, whose files now lie in ``raw/``, and its id; None where the bytes are there already.

    Raises where the article is refused; nothing of it is written then.
    """
    digest = sha256(incoming.data)
    known = shelf.with_bytes(digest)
    if known is not None:
        return None, known
    text = _text(incoming, given.options.encoding)
    entry = _entry(incoming, digest, text, given, shelf)
    _check_free(project, entry, incoming, given, shelf)
    _write(project.raw / entry.file, incoming.data)
    if entry.extracted:
        _write(project.raw / entry.extracted, text.source.encode("utf-8"))
    shelf.add(entry)
    return entry, entry.article_id


def _text(incoming: Incoming, encoding: str | None) -> _Text:
    page, where = incoming.suffix == ".html", incoming.where
    decoded = incoming.decoded or decode(
        incoming.data, given=encoding, page=page, where=where, content_type=incoming.content_type
    )
    _check_holds_words(decoded.text, where)
    if page:
        return _page_text(incoming, decoded)
    if incoming.suffix == ".md":
        said, body = front_matter.split_front_matter(decoded.text, where)
        if body is not None:
            _check_holds_words(body, where)
            extractor = (front_matter.EXTRACTOR, front_matter.VERSION)
            return _Text(body, decoded, extractor, (*incoming.statements, *said))
    return _Text(decoded.text, decoded, None, incoming.statements)


def _page_text(incoming: Incoming, decoded: Decoded) -> _Text:
    text, version = page_text(decoded.text, incoming.where)
    check_text(text, incoming.where)
    statements = (*incoming.statements, *page_statements(decoded.text))
    return _Text(text, decoded, (pages.EXTRACTOR, version), statements)


def page_text(html: str, where: str) -> tuple[str, str]:
    """Return a page's text; a page on which the extractor itself fails is refused, for a crawl goes on behind it."""
    try:
        return pages.extract_page(html, where)
    except (RecursionError, AttributeError, LookupError, TypeError, ValueError) as error:
        what = f"the page's text cannot be taken out: {type(error).__name__}: {shown(str(error))}."
        remedy = "Save the article's text as txt and ingest that; a copy of the page helps to mend the extractor."
        raise CorpusError("source-extractor", what, where=where, remedy=remedy) from error


def _check_holds_words(text: str, where: str) -> None:
    if not any(map(str.isalnum, text)):
        remedy = "Check the download; an article needs a text."
        raise CorpusError("source-empty", "the file holds no letter and no digit.", where=where, remedy=remedy)


def _entry(incoming: Incoming, digest: str, text: _Text, given: Given, shelf: Shelf) -> ManifestEntry:
    options = given.options
    settled = settle(given.said, text.statements)
    article_id = options.article_id or digest[:_ID_DIGITS]
    shard = digest if incoming.record is not None else None
    return ManifestEntry(
        article_id=article_id,
        supersedes=_superseded(given, settled, shelf),
        file=raw_file(article_id, incoming.suffix, shard),
        sha256=digest,
        encoding=text.decoded.codec,
        extractor=text.extractor[0] if text.extractor else None,
        extractor_version=text.extractor[1] if text.extractor else None,
        source_sha256=_source_sha256(digest, text),
        licence=options.licence,
        text_rights=given.text_rights,
        origin=options.origin,
        encoding_from=text.decoded.found,
        container=incoming.container,
        record=incoming.record,
        record_id=incoming.record_id,
        found=settled.found,
        conflicts=settled.conflicts,
        **_values(settled),
    )


def _values(settled: Settled) -> dict[str, Any]:
    """Return the manifest's keys that the user or the input says."""
    values: dict[str, Any] = {field.value: value for field, value in settled.values.items()}
    published = settled.values[Field.PUBLISHED]
    day, precision = (published.day, published.precision) if isinstance(published, Published) else (None, None)
    return values | {"published": day, "published_precision": precision}


def _source_sha256(digest: str, text: _Text) -> str:
    """Return the hash of the source text; that of the bytes where they are the text in UTF-8."""
    same = text.extractor is None and text.decoded.codec == "utf-8"
    return digest if same else source_sha256(text.source)


def _check_free(project: Project, entry: ManifestEntry, incoming: Incoming, given: Given, shelf: Shelf) -> None:
    """Refuse an id that stands for other bytes, in the manifest or as a file without a line."""
    files = [raw_file(entry.article_id, suffix) for suffix in SUFFIXES] if given.options.article_id else [entry.file]
    lying = {path: path.read_bytes() for file in files if (path := project.raw / file).is_file()}
    own = project.raw / entry.file
    if own in lying and incoming.data.startswith(lying[own].rstrip(b"\0")):
        del lying[own]  # the same bytes, or their beginning, which is what a power cut leaves of them
    if entry.article_id in shelf or any(data != incoming.data for data in lying.values()):
        raise CorpusError(
            "ingest-id-taken",
            f"the id '{entry.article_id}' already stands for other bytes.",
            where=incoming.where,
            remedy="Give another --id; a new version of an article is a new article with --supersedes.",
        )


def _write(path: Path, data: bytes) -> None:
    """Write a file of ``raw/``, which ``Shelf.settle`` brings to the disk with all others of the run."""
    with atomic_path(path, flushed=False) as beside:
        beside.write_bytes(data)


def _superseded(given: Given, settled: Settled, shelf: Shelf) -> str | None:
    url = settled.values[Field.URL]
    if given.options.supersedes is not None or url is None:
        return given.options.supersedes
    return shelf.current_at(str(url))
