"""Inline text of HTML elements: pieces with what they are marked as, lines, and flat text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_SPACE = re.compile(r"[ \t\r\n\f]+")
_NAME = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of inline text; two breaks in a row part paragraphs."""

    text: str
    linked: bool = False
    bold: bool = False


BREAK: Final = Piece("\n")


def flat(text: str) -> str:
    """Return text on one line, as a browser shows it; a no-break space stays."""
    return _SPACE.sub(" ", text).strip(" ")


def flat_text(element: Any) -> str:
    """Return an element's text on one line; a line break and the end of a block are spaces."""
    return flat("".join(_texts(element)))


def lines_of_pieces(run: list[Piece]) -> Iterator[list[list[Piece]]]:
    """Yield the paragraphs of a run, each as its lines of pieces, without empty ones."""
    lines: list[list[Piece]] = [[]]
    part: list[list[Piece]] = []
    for piece in run:
        if piece is BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    for line in lines:
        if any(flat(piece.text) for piece in line):
            part.append(line)
        elif part:
            yield part
            part = []
    if part:
        yield part


def only_bold(pieces: list[Piece]) -> bool:
    """Say whether all letters are bold."""
    written = [piece for piece in pieces if any(map(str.isalnum, piece.text))]
    return bool(written) and all(piece.bold for piece in written)


def words_of_attributes(element: Any) -> frozenset[str]:
    """Return the words that an element's class and id are made of."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return frozenset(_NAME.split(_CAMEL.sub("-", names).lower())) - {""}


_APART: Final = frozenset("br p div li tr td th h1 h2 h3 h4 h5 h6 dt dd section".split())
_UNREAD: Final = frozenset("script style noscript template svg".split())


def _texts(element: Any) -> Iterator[str]:
    if element.text and element.tag not in _UNREAD:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            gap = " " if child.tag in _APART else ""
            yield gap
            yield from _texts(child)
            yield gap
        if child.tail:
            yield child.tail
