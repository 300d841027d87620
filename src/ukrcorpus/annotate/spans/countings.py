"""The ways in which a tool may have counted offsets otherwise than in code points, and what each makes of an offset.

Older servers and dragged edges count UTF-16 units; a file that went through Windows counts a line break as two, one
that came from there as one. Which of them it was is for the evidence of a round to say, in ``anchors``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ukrcorpus.measure.matching import Span

CODE_POINTS: Final = "code points"
_ASTRAL: Final = "[\U00010000-\U0010ffff]"
_LF: Final = r"(?<!\r)\n"
_CRLF: Final = r"\r(?=\n)"
_FURTHEST: Final = 64  # as many characters of two units may stand before a dragged edge in its line
# What each counts otherwise: pattern -> how much more than one a character counts.
_WAYS: Final[dict[str, dict[str, int]]] = {
    "UTF-16 units": {_ASTRAL: 1},
    "code points, each line break as two": {_LF: 1},
    "UTF-16 units, each line break as two": {_ASTRAL: 1, _LF: 1},
    "code points, each line break as one": {_CRLF: -1},
    "UTF-16 units, each line break as one": {_ASTRAL: 1, _CRLF: -1},
}


@dataclass(frozen=True, slots=True)
class Counting:
    """A way of counting in one text: behind which offsets, as counted, it is how far ahead of the code points.

    >>> [one.name for one in countings("a😀b")]
    ['UTF-16 units']
    >>> countings("a😀b")[0].span(Span(1, 4)), countings("a😀b")[0].span(Span(2, 4))
    (Span(start=1, end=3), None)
    """

    name: str
    places: Sequence[int]
    behind: Sequence[int]
    ahead: Sequence[int]

    def span(self, counted: Span) -> Span | None:
        """Return a span in code points, or None if an end lies inside a character."""
        start, end = self.at(counted.start), self.at(counted.end)
        return None if start is None or end is None else Span(start, end)

    def at(self, counted: int) -> int | None:
        """Return the code point at an offset, or None inside a character that counts as two."""
        before = bisect_right(self.behind, counted)
        at = counted - self.ahead[before]
        return None if before < len(self.places) and at > self.places[before] else at


def countings(text: str) -> tuple[Counting, ...]:
    """Return the ways that count something in a text otherwise than in code points, each with a result of its own."""
    there = {_LF: "\n" in text, _CRLF: "\r\n" in text, _ASTRAL: holds_astral(text)}
    found = {key: list(_places(key, text)) if holds else [] for key, holds in there.items()}
    return tuple(
        _counting(name, sorted((at, more) for key, more in way.items() for at in found[key]))
        for name, way in _WAYS.items()
        if all(found[key] for key in way)
    )


def within_line(counted: int, text: str) -> int | None:
    r"""Return the code point at an offset that counts UTF-16 units from its line's start on: that of a dragged edge.

    >>> within_line(6, "😀\na😀b"), within_line(4, "😀\na😀b")
    (5, None)
    """
    for at in range(min(counted, len(text)), max(0, counted - _FURTHEST), -1):
        n_more = len(re.findall(_ASTRAL, text[text.rfind("\n", 0, at) + 1 : at]))
        if n_more and at + n_more == counted:
            return at
    return None


def holds_astral(text: str) -> bool:
    """Say whether a text has characters of two UTF-16 units."""
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _places(pattern: str, text: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(pattern, text))


def _counting(name: str, special: Sequence[tuple[int, int]]) -> Counting:
    ahead, behind = [0], []
    for at, more in special:
        ahead.append(ahead[-1] + more)
        behind.append(at + 1 + ahead[-1])
    return Counting(name, [at for at, _ in special], behind, ahead)
