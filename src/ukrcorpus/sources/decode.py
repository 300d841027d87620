"""Bytes to text, strictly: an encoding is found by proof or given by the user, never guessed."""

import codecs
import re
from dataclasses import dataclass
from typing import Final, NoReturn

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.sources.declared import EncodingFrom, Label, codec_name, labels
from ukrcorpus.sources.letters import plain_reading

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON: Final = ("utf-8", "utf-16-le", "utf-16-be", "windows-1251", "windows-1252", "koi8-u", "iso-8859-5", "cp866")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAX_CONTROLS: Final = 0.01
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the Python codec that proves it (``data.decode(codec)`` is the text), and how that was found."""

    text: str
    codec: str
    found: EncodingFrom


def decode(data: bytes, *, given: str | None, page: bool, where: str, content_type: str | None = None) -> Decoded:
    """Return the text of bytes; raise ``source-encoding``, ``source-binary`` or ``source-surrogate``.

    Order: the encoding the user gives; a byte order mark; what the server (``content_type``) and a page
    declare; UTF-8; the one legacy encoding that makes plain text of them.
    """
    codec, found = (given_codec(given), EncodingFrom.GIVEN) if given else _found(data, page, content_type, where)
    if not given and codec.startswith("utf-8") and b"\0" in data:
        _refuse_binary("NUL bytes", where)
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        read = plain_reading(data) if found is EncodingFrom.BYTES else None
        if read is None:
            _refuse(data, codec, error, where)
        text, codec, found = *read, EncodingFrom.LETTERS
    check_text(text, where)
    return Decoded(text, codec, found)


def bom_codec(start: bytes) -> str | None:
    """Return the codec that the byte order mark at the start of a file names."""
    return next((codec for mark, codec in _BOMS if start.startswith(mark)), None)


def given_codec(name: str) -> str:
    """Return the codec that the user names, or raise ``source-encoding``."""
    try:
        return codec_name(name)
    except LookupError as error:
        raise CorpusError(
            "source-encoding", f"no encoding is called '{name}'.", where="--encoding", remedy=near(name, _COMMON)
        ) from error


def check_text(text: str, where: str) -> None:
    """Raise where a text holds lone surrogates, or so many control characters that it is no text."""
    surrogate = _SURROGATES.search(text)
    if surrogate:
        _refuse_surrogate(f"at character {surrogate.start()}", where)
    n_controls = len(_CONTROLS.findall(text))
    if "\0" in text or n_controls > _MAX_CONTROLS * len(text):
        _refuse_binary(f"{n_controls} control characters in {len(text)}", where)


def _found(data: bytes, page: bool, content_type: str | None, where: str) -> tuple[str, EncodingFrom]:
    marked = bom_codec(data)
    if marked:
        return marked, EncodingFrom.BOM
    declared = labels(data, content_type) if page else ()
    return _declared(data, declared, where) if declared else ("utf-8", EncodingFrom.BYTES)


def _declared(data: bytes, declared: tuple[Label, ...], where: str) -> tuple[str, EncodingFrom]:
    """Return the codec that the declarations agree on, or that the bytes prove where they differ."""
    known: dict[str, Label] = {}
    for said in declared:
        if said.codec is not None:
            known.setdefault(said.codec, said)
    if not known:
        raise CorpusError(
            "source-encoding",
            f"{declared[0]}, which is no known encoding.",
            where=where,
            remedy="Give the right one with --encoding NAME.",
        )
    utf_8 = not data.isascii() and _decodes(data, "utf-8")
    if utf_8 and "utf-8" in known:
        return "utf-8", known["utf-8"].said_by
    label = next(iter(known.values()))
    if utf_8:
        raise CorpusError(
            "source-encoding",
            f"{label}, but its bytes are UTF-8.",
            where=where,
            remedy=f"Say which is right: --encoding utf-8 or --encoding {label.label}.",
        )
    if len(known) > 1 and not data.isascii():
        return _proved(data, known, where)
    return next(iter(known)), label.said_by


def _proved(data: bytes, known: dict[str, Label], where: str) -> tuple[str, EncodingFrom]:
    """Return the one of several declared codecs that can be right."""
    possible = tuple(codec for codec in known if _decodes(data, codec))
    read = plain_reading(data, possible)
    codec = possible[0] if len(possible) == 1 else read and read[1]
    if codec is None:
        raise CorpusError(
            "source-encoding",
            f"{' and '.join(map(str, known.values()))}, and the bytes do not tell which is right.",
            where=where,
            remedy="Give the right one with --encoding NAME.",
        )
    return codec, known[codec].said_by


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeError:
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
