"""The encodings that a page and its server declare, and what they are worth against the bytes."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import BytesIO, TextIOWrapper
from typing import Final

_META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9_.:-]+)""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_META_WITHIN = 4096  # browsers look into the first 1024 bytes; pages in the wild are later
# What browsers take these labels for (WHATWG Encoding Standard); else curly quotes would become control characters.
_LABELS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}


class EncodingFrom(StrEnum):
    """How the encoding of raw bytes was found."""

    GIVEN = "given"
    BOM = "bom"
    HTTP = "http"
    XML = "xml"
    META = "meta"
    BYTES = "bytes"  # they are valid UTF-8
    LETTERS = "letters"  # one legacy encoding makes plain text of them, and only one


@dataclass(frozen=True, slots=True)
class Label:
    """What the server or the page says its encoding is, as written, and the codec that browsers take it for."""

    said_by: EncodingFrom
    label: str
    codec: str | None

    def __str__(self) -> str:
        who = {EncodingFrom.HTTP: "the server", EncodingFrom.XML: "the XML declaration"}.get(self.said_by, "the page")
        return f"{who} says charset={self.label}"


def labels(data: bytes, content_type: str | None) -> tuple[Label, ...]:
    """Return what is declared of a page: by its server first, as browsers ask."""
    return tuple(_labels(data, content_type))


@cache
def codec_name(name: str) -> str:
    """Return the Python codec of an encoding's name; raise ``LookupError`` where it is none of a text."""
    return codecs.lookup(TextIOWrapper(BytesIO(), encoding=name).encoding).name


def _labels(data: bytes, content_type: str | None) -> Iterator[Label]:
    served = _CHARSET.search(content_type or "")
    if served:
        yield _label(EncodingFrom.HTTP, served[1])
    head = data[:_META_WITHIN]
    for said_by, pattern in ((EncodingFrom.XML, _XML), (EncodingFrom.META, _META)):
        written = pattern.search(head)
        if written:
            yield _label(said_by, written[1].decode("ascii"))


def _label(said_by: EncodingFrom, name: str) -> Label:
    try:
        codec = codec_name(name)
    except LookupError:
        return Label(said_by, name, None)
    return Label(said_by, name, _LABELS.get(codec, codec))
