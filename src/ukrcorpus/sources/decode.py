"""Bytes to text, strictly: an encoding is found by proof or given by the user, never guessed."""

import codecs
import re
from io import BytesIO, TextIOWrapper
from typing import Final, NoReturn

from ukrcorpus.core.problems import CorpusError, near

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_META_WITHIN = 4096  # browsers look into the first 1024 bytes; pages in the wild are later
# What browsers take these labels for (WHATWG Encoding Standard); else curly quotes would become control characters.
_LABELS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_COMMON: Final = ("utf-8", "utf-16-le", "utf-16-be", "windows-1251", "windows-1252", "koi8-u", "iso-8859-5", "cp866")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAX_CONTROLS: Final = 0.01
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, *, given: str | None, page: bool, where: str) -> tuple[str, str]:
    """Return the text and the Python codec that proves it: ``data.decode(codec)`` is the text.

    Order: the encoding the user gives; a byte order mark; for a page its ``<meta charset>``; UTF-8.
    Raises ``source-encoding``, ``source-binary`` or ``source-surrogate``.
    """
    codec = _given(given) if given else _found(data, page=page, where=where)
    if not given and codec.startswith("utf-8") and b"\0" in data:
        _refuse_binary("NUL bytes", where)
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        _refuse(data, codec, error, where)
    check_text(text, where)
    return text, codec


def check_text(text: str, where: str) -> None:
    """Raise where a text holds lone surrogates, or so many control characters that it is no text."""
    surrogate = _SURROGATES.search(text)
    if surrogate:
        _refuse_surrogate(f"at character {surrogate.start()}", where)
    n_controls = len(_CONTROLS.findall(text))
    if "\0" in text or n_controls > _MAX_CONTROLS * len(text):
        _refuse_binary(f"{n_controls} control characters in {len(text)}", where)


def codec_name(name: str) -> str:
    """Return the Python codec of an encoding's name; raise ``LookupError`` where it is none of a text."""
    return codecs.lookup(TextIOWrapper(BytesIO(), encoding=name).encoding).name


def _given(name: str) -> str:
    try:
        return codec_name(name)
    except LookupError as error:
        raise CorpusError(
            "source-encoding", f"no encoding is called '{name}'.", where="--encoding", remedy=near(name, _COMMON)
        ) from error


def _found(data: bytes, *, page: bool, where: str) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    declared = _META.search(data[:_META_WITHIN]) if page else None
    return _declared(data, declared[1].decode("ascii"), where) if declared else "utf-8"


def _declared(data: bytes, label: str, where: str) -> str:
    try:
        codec = codec_name(label)
    except LookupError as error:
        raise CorpusError(
            "source-encoding",
            f"the page says charset={label}, which is no known encoding.",
            where=where,
            remedy="Give the right one with --encoding NAME.",
        ) from error
    codec = _LABELS.get(codec, codec)
    if codec != "utf-8" and not data.isascii() and _is_utf8(data):
        raise CorpusError(
            "source-encoding",
            f"the page says charset={label}, but its bytes are UTF-8.",
            where=where,
            remedy=f"Say which is right: --encoding utf-8 or --encoding {label}.",
        )
    return codec


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse(data: bytes, codec: str, error: UnicodeError, where: str) -> NoReturn:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    if codec.startswith("utf-8") and _only_surrogates_break(data):
        _refuse_surrogate(f"at byte {start}", where)
    raise CorpusError(
        "source-encoding",
        f"byte {start} (0x{data[start : start + 1].hex()}) is not {codec}.",
        where=where,
        remedy="Save the file as UTF-8, or name its encoding: --encoding windows-1251 (or koi8-u, windows-1252, ...).",
    ) from error


def _only_surrogates_break(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_surrogate(place: str, where: str) -> NoReturn:
    raise CorpusError(
        "source-surrogate",
        f"a lone surrogate {place}: half of a character, which no UTF-8 file can hold.",
        where=where,
        remedy="Fetch the file again, or mend the character in it.",
    )


def _refuse_binary(sign: str, where: str) -> NoReturn:
    raise CorpusError(
        "source-binary",
        f"this is no text: {sign}.",
        where=where,
        remedy="Give the article as txt, md or html; UTF-16 without a byte order mark needs --encoding utf-16-le.",
    )
