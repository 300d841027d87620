"""WARC: the pages that a crawl brought home, each as its server sent it, with where and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.incoming import MAX_BYTES, Incoming, Read, Skipped, Source, too_big
from ukrcorpus.sources.payload import plain_payload
from ukrcorpus.sources.stated import Field, Statement
from ukrcorpus.sources.values import shown

_SKIPPED: Final = frozenset({"warcinfo", "request", "metadata", "revisit"})
_SUFFIX: Final = {
    "response": {"text/html": ".html", "application/xhtml+xml": ".html"},
    "resource": {"text/html": ".html", "application/xhtml+xml": ".html"},
    # Plain text only where a crawler made it of a page: a site's own text/plain is its robots.txt.
    "conversion": {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"},
}
_HTTP: Final = ("HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3")
_RECORD_RANK: Final = -1
_ENDS: Final = ("source-warc", "source-gzip")  # behind these nothing can be read
_READ_AT_ONCE: Final = 1 << 16


class _Parts:
    """A stream whose ``read`` gives what is there: what stands before a break is read before the break is met."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read1(size)


@dataclass(frozen=True, slots=True)
class _Message:
    """What a record holds: the body and what its headers say of it."""

    body: bytes
    content_type: str
    status: str | None


def read_warc(source: Source) -> Read:
    """Yield the pages of a crawl. Where a record's length is wrong nothing behind it can be read.

    Kinds that hold no page are skipped. Refused by themselves are other answers than 200, other types than
    HTML, and records that are cut.
    """
    from warcio.archiveiterator import WARCIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = WARCIterator(_Parts(source.stream), no_record_parse=True)
    records.INC_RECORD = ""  # it would write to stderr; the count of such records says the same
    number = 0
    try:
        for number, record in enumerate(records, 1):
            yield from _read(source, records, record, number)
    except ArchiveLoadFailed as error:
        raise _unreadable(f"{source.address}: record {number + 1}", "here no record begins") from error


def _read(source: Source, records: Any, record: Any, number: int) -> Read:
    where = f"{source.address}: record {number}"
    length = record.rec_headers.get_header("Content-Length") or ""
    if not (length.isascii() and length.isdigit()):
        raise _unreadable(where, "the record is cut, or does not say how long it is")
    reason = _no_page(record)
    try:
        block = b"" if reason else _block(record, int(length), where)
        broken = _break_behind(records)
        if records.err_count:
            raise _unreadable(where, "the record is longer or shorter than it says")
        yield Skipped(where, reason) if reason else _incoming(source, record, block, number)
    except CorpusError as error:
        if error.rule in _ENDS:
            raise
        yield error
    else:
        if broken is not None:
            raise broken


def _break_behind(records: Any) -> CorpusError | None:
    """Read on to the next record; return why there is none where the file breaks between the two."""
    try:
        records.read_to_end()
    except CorpusError as error:
        return error
    return None


def _no_page(record: Any) -> str | None:
    """Return why a record holds no page by its kind."""
    uri = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type in _SKIPPED:
        return f"a {record.rec_type} record"
    return "a dns record" if uri.startswith("dns:") else None


def _block(record: Any, length: int, where: str) -> bytes:
    if length > 2 * MAX_BYTES:
        raise too_big(where, f"{length:,}")
    parts: list[bytes] = []
    while part := record.raw_stream.read(_READ_AT_ONCE):
        parts.append(part)
    block = b"".join(parts)
    if len(block) < length:
        raise _unreadable(where, f"the record is cut: it has {len(block):,} of {length:,} bytes")
    return block


def _incoming(source: Source, record: Any, block: bytes, number: int) -> Incoming:
    where, headers = f"{source.address}: record {number}", record.rec_headers
    if headers.get_header("WARC-Truncated"):
        what = f"the crawler cut the page ({headers.get_header('WARC-Truncated')})."
        raise _refusal("source-payload", what, where, "Crawl the page again.")
    types = _SUFFIX.get(record.rec_type)
    if types is None:
        what = f"a record of the kind '{record.rec_type}' is not read."
        raise _refusal("source-warc-kind", what, where, f"Read are: {', '.join(_SUFFIX)}.")
    message = _message(record, block, where)
    if message.status not in ("200", None):
        what = f"the server answered {message.status or 'nothing'}."
        raise _refusal("source-status", what, where, "Only pages that were sent (200) are articles.")
    kind = message.content_type.split(";")[0].strip().lower()
    if kind not in types:
        raise _refusal(
            "source-type", f"the content is {kind or 'of no known type'}.", where, f"Read is {_listed(types)}."
        )
    if len(message.body) > MAX_BYTES:
        raise too_big(where, f"{len(message.body):,}")
    return Incoming(
        where=where,
        data=message.body,
        suffix=types[kind],
        content_type=message.content_type,
        statements=tuple(_statements(headers)),
        container=source.name,
        record=number,
        record_id=shown(headers.get_header("WARC-Record-ID") or "").strip() or None,
    )


def _message(record: Any, block: bytes, where: str) -> _Message:
    """Return the body of a record: behind its HTTP headers where it has them."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    said = record.rec_headers.get_header("Content-Type") or ""
    if not said.lower().replace(" ", "").startswith("application/http"):
        return _Message(block, said, None)
    stream = BytesIO(block)
    try:
        headers = StatusAndHeadersParser(_HTTP).parse(stream)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise _refusal("source-payload", "the record holds no HTTP message.", where, "Crawl the page again.") from error
    transfer, content = (headers.get_header(name) or "" for name in ("Transfer-Encoding", "Content-Encoding"))
    status = headers.get_statuscode()
    body = plain_payload(stream.read(), transfer, content, where) if status == "200" else b""
    return _Message(body, headers.get_header("Content-Type") or "", status)


def _statements(headers: Any) -> Iterator[Statement]:
    for field, name in ((Field.URL, "WARC-Target-URI"), (Field.FETCHED_AT, "WARC-Date")):
        value = headers.get_header(name)
        if value:
            yield Statement(field, value.strip("<>"), name, _RECORD_RANK)


def _listed(types: dict[str, str]) -> str:
    return ", ".join(types)


def _unreadable(where: str, what: str) -> CorpusError:
    remedy = "Fetch the file again; the records before this one were read."
    return _refusal("source-warc", f"{what}, so nothing more can be read.", where, remedy)


def _refusal(rule: str, what: str, where: str, remedy: str) -> CorpusError:
    return CorpusError(rule, what, where=where, remedy=remedy)
