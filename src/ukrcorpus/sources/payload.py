"""The body of an HTTP message without its transfer and content encodings, whole or refused.

Many crawlers unpack a body and keep the header that says it is packed. The bytes decide: a body that
does not begin like its encoding is taken as it is.
"""

import re
import zlib
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.incoming import MAX_BYTES, too_big

_CHUNK = re.compile(rb"\A\s*([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?\r?\n")
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<[!?A-Za-z]")
_GZIP_MAGIC: Final = b"\x1f\x8b"
_PLAIN: Final = frozenset({"", "identity", "none", "utf-8"})


def plain_payload(body: bytes, transfer: str, content: str, where: str) -> bytes:
    """Return the body as its writer had it; raise ``source-payload`` where it is cut or broken."""
    if "chunked" in transfer.lower() and _CHUNK.match(body[:64]):
        body = _joined(body, where)
    for encoding in reversed([one.strip().lower() for one in content.split(",")]):
        body = _unpacked(body, encoding, where)
    return body


def _joined(body: bytes, where: str) -> bytes:
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body[at : at + 4096]):
        start = at + size.end()
        at = start + int(size[1], 16)
        if at == start:
            return b"".join(parts)
        parts.append(body[start:at])
    raise _refusal("ends before its last chunk", where)


def _unpacked(body: bytes, encoding: str, where: str) -> bytes:
    if encoding in _PLAIN or _MARKUP.match(body[:64]):
        return body
    if encoding in ("gzip", "x-gzip"):
        return _inflated(body, 31, where) if body.startswith(_GZIP_MAGIC) else body
    if encoding == "deflate":
        return _inflated(body, 15 if _has_zlib_header(body) else -15, where)
    if encoding == "br":
        return _brotli(body, where)
    raise _refusal(f"is packed as '{encoding}', which is not read", where)


def _inflated(body: bytes, bits: int, where: str) -> bytes:
    inner = zlib.decompressobj(bits)
    try:
        data = inner.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise _refusal(f"cannot be unpacked ({error})", where) from error
    if len(data) > MAX_BYTES:
        raise too_big(where, f"more than {MAX_BYTES:,}")
    if not inner.eof:
        raise _refusal("is cut: its packed bytes do not end", where)
    return data


def _has_zlib_header(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0  # noqa: PLR2004


def _brotli(body: bytes, where: str) -> bytes:
    import brotli

    inner = brotli.Decompressor()
    try:
        data = bytes(inner.process(body, output_buffer_limit=MAX_BYTES + 1))
    except brotli.error as error:
        raise _refusal(f"cannot be unpacked ({error})", where) from error
    if len(data) > MAX_BYTES:
        raise too_big(where, f"more than {MAX_BYTES:,}")
    if not inner.is_finished():
        raise _refusal("is cut: its packed bytes do not end", where)
    return data


def _refusal(what: str, where: str) -> CorpusError:
    remedy = "Crawl the page again, or ingest a whole copy of it as html."
    return CorpusError("source-payload", f"the body {what}.", where=where, remedy=remedy)
