"""Kinds of lines by long lists of patterns: only those are tried that can begin as a line does.

A pattern of hundreds of alternatives that ignores case is slow, as each of them is tried at its first character. Most
begin with letters of their own, so that the first character of a line leaves few of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.signs import fold

_GROUP = "(?:"
_OPTIONAL = re.compile(r"(?:[?*]|\{0?,\d*\})[?+]?")
_REPEATED = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
# A character, also by its number, or a class of some.
_PART = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|\[\^?\]?(?:[^\]\\]|\\.)*\]|.", re.DOTALL)
_LEAST_SIGN = 3
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
        anywhere = [[piece for firsts, piece in kind if firsts is None] for kind in self._openings]
        self._signs = Phrases(*(sign for kind in anywhere for piece in kind for sign in signs_of(piece) or ()))
        self._signed = [_compiled(piece for piece in kind if signs_of(piece)) for kind in anywhere]
        self._bare = [_compiled(piece for piece in kind if not signs_of(piece)) for kind in anywhere]
        self._tried: dict[tuple[str, bool], tuple[re.Pattern[str] | None, tuple[tuple[int, re.Pattern[str]], ...]]] = {}

    def first_of(self, line: str, skipped: frozenset[int] = frozenset()) -> int | None:
        """Return the number of the first kind that a whole line is."""
        small = fold(line)
        of_line = small[0], self._signs.are_in(small)
        found = self._tried.get(of_line)
        if found is None:
            tried = tuple(self._that_may_be(*of_line))
            found = self._tried[of_line] = (_compiled(pattern.pattern for _kind, pattern in tried), tried)
        whole, tried = found
        # Most lines are of no kind: all patterns in one say so at once.
        if whole is None or whole.fullmatch(line) is None:
            return None
        return next((kind for kind, pattern in tried if kind not in skipped and pattern.fullmatch(line)), None)

    def _that_may_be(self, first: str, signed: bool) -> Iterator[tuple[int, re.Pattern[str]]]:
        for kind, openings in enumerate(self._openings):
            own = _compiled(piece for firsts, piece in openings if firsts is not None and first in firsts)
            anywhere = (self._bare[kind], self._signed[kind] if signed else None)
            yield from ((kind, pattern) for pattern in (own, *anywhere) if pattern is not None)


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


def signs_of(piece: str) -> frozenset[str] | None:
    r"""Return words one of which stands in every match of a pattern without alternatives, in small letters.

    >>> sorted(signs_of(r".{0,9}\b(?:sea )?(?:ports?|rails|[ab]cd ef)\b x*") or ()), signs_of(r"\w+(?:the)?")
    (['cd ef', 'port', 'rails'], None)
    """
    found, run, at = list[frozenset[str]](), "", 0
    while at < len(piece):
        atom = _atom(piece, at)
        optional = _OPTIONAL.match(piece, at + len(atom))
        literal = _literal(atom) if optional is None else ""
        run += literal
        at += len(atom)
        repeated = _REPEATED.match(piece, at)
        if not literal or repeated or at == len(piece):
            found += [frozenset((run,))] if run else []
            run = ""
        if atom.startswith(_GROUP) and optional is None:
            each = [signs_of(alternative) for alternative in pieces(atom)]
            found += [frozenset().union(*(signs for signs in each if signs))] if all(each) else []
        at = repeated.end() if repeated else at
    best = max(found, key=lambda signs: (min(map(len, signs)), -len(signs)), default=frozenset[str]())
    return best if best and min(map(len, best)) >= _LEAST_SIGN else None


def _literal(atom: str) -> str:
    """Return the character that an atom stands for, in small letters; nothing for other atoms."""
    if atom[:1] == "\\":
        return "" if atom[1:].isalnum() else atom[1:]
    return fold(atom) if len(atom) == 1 and atom not in _SPECIAL else ""


def _firsts_of(atom: str) -> frozenset[str] | None:
    if atom.startswith(_GROUP):
        each = [first_characters(piece) for piece in pieces(atom)]
        known = [firsts for firsts in each if firsts is not None]
        return frozenset().union(*known) if len(known) == len(each) else None
    if one_of := _CLASS.fullmatch(atom):
        return frozenset(fold(one_of[1]))
    return frozenset(_literal(atom)) or None


def _atom(pattern: str, start: int = 0) -> str:
    """Return the character, class or group at an offset of a pattern."""
    depth, at = 0, start
    while True:
        part = _PART.match(pattern, at)
        assert part, pattern
        at = part.end()
        depth += (part.group() == "(") - (part.group() == ")")
        if depth <= 0 or at == len(pattern):
            return pattern[start:at]


def _compiled(alternatives: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(alternatives)
    return re.compile(joined, re.IGNORECASE) if joined else None
