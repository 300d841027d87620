"""Kinds of lines by long lists of patterns: only those are tried that can begin as a line does.

A pattern of hundreds of alternatives that ignores case is slow, as each of them is tried at its first character. Most
begin with letters of their own, so that the first character of a line leaves few of them.
"""

import re
from collections.abc import Iterator, Sequence

from ukrcorpus.normalise.signs import fold

_GROUP = "(?:"
_OPTIONAL = re.compile(r"(?:[?*]|\{0?,\d*\})[?+]?")
_CLASS = re.compile(r"\[([^\]\\^-][^\]\\-]*)\]")
_SPECIAL = frozenset(".^$*+?{}[]()|\\")


class Kinds:
    r"""Patterns by name, in the order in which they are tried; case aside.

    >>> Kinds((("fruit", "(?:apples?|pears?)"), ("word", r"(?:\w+|#)"))).first_of("Apple")
    0
    """

    def __init__(self, named: Sequence[tuple[str, str]]) -> None:
        self.names = tuple(name for name, _pattern in named)
        self._openings = [[(first_characters(piece), piece) for piece in pieces(pattern)] for _name, pattern in named]
        self._anywhere = [_compiled(piece for firsts, piece in kind if firsts is None) for kind in self._openings]
        self._tried: dict[str, list[tuple[int, re.Pattern[str]]]] = {}

    def first_of(self, line: str, skipped: frozenset[int] = frozenset()) -> int | None:
        """Return the number of the first kind that a whole line is."""
        first = fold(line[0])
        tried = self._tried.get(first)
        if tried is None:
            tried = self._tried[first] = list(self._that_open(first))
        for kind, pattern in tried:
            if pattern.fullmatch(line) and kind not in skipped:
                return kind
        return None

    def _that_open(self, first: str) -> Iterator[tuple[int, re.Pattern[str]]]:
        for kind, openings in enumerate(self._openings):
            own = _compiled(piece for firsts, piece in openings if firsts is not None and first in firsts)
            yield from ((kind, pattern) for pattern in (own, self._anywhere[kind]) if pattern is not None)


def pieces(pattern: str) -> list[str]:
    """Return the alternatives of a pattern.

    >>> pieces("(?:a(?:b|c)|[|]|d)")
    ['a(?:b|c)', '[|]', 'd']
    """
    if pattern.startswith(_GROUP) and _atom(pattern) == pattern:
        pattern = pattern[len(_GROUP) : -1]
    found, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            found.append(pattern[start:at])
            start = at + 1
        at += len(_atom(pattern, at))
    return [*found, pattern[start:]]


def first_characters(piece: str) -> frozenset[str] | None:
    """Return what the matches of a pattern without alternatives begin with, in small letters; None: anything.

    >>> sorted(first_characters("(?:the )?(?:ports|[rg]ails?)") or ()), first_characters(".{3} ports")
    (['g', 'p', 'r', 't'], None)
    """
    atom = _atom(piece) if piece else ""
    firsts = _firsts_of(atom)
    optional = _OPTIONAL.match(piece, len(atom))
    if firsts is None or optional is None:
        return firsts
    others = first_characters(piece[optional.end() :])
    return None if others is None else firsts | others


def _firsts_of(atom: str) -> frozenset[str] | None:
    if atom.startswith(_GROUP):
        each = [first_characters(piece) for piece in pieces(atom)]
        known = [firsts for firsts in each if firsts is not None]
        return frozenset().union(*known) if len(known) == len(each) else None
    if one_of := _CLASS.fullmatch(atom):
        return frozenset(fold(one_of[1]))
    if atom[:1] == "\\" and not atom[1:].isalnum():
        return frozenset(atom[1:])
    return frozenset(fold(atom)) if atom and atom not in _SPECIAL and len(atom) == 1 else None


def _atom(pattern: str, start: int = 0) -> str:
    """Return the character, class or group at an offset of a pattern."""
    depth, at = 0, start
    while True:
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
        at += 1
        if depth <= 0 or at == len(pattern):
            return pattern[start:at]


def _compiled(alternatives: Iterator[str]) -> re.Pattern[str] | None:
    joined = "|".join(alternatives)
    return re.compile(joined, re.IGNORECASE) if joined else None
