"""Listed wordings, as regular expressions of whole words, found line by line: most lines hold no word of any."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from ukrcorpus.normalise.lines import lines_of, whole_words
from ukrcorpus.normalise.openings import pieces, signs_of
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.signs import folded_line


class Wordings:
    r"""Wordings by kind, in small letters; none of them goes over the end of a line.

    >>> list(Wordings((("vague", ("(?:some|many) experts", "reportedly")),)).found("Many\nSome experts met."))
    [('vague', 5, 17)]
    """

    def __init__(self, kinds: Sequence[tuple[str, Iterable[str]]]) -> None:
        self._kinds = [(kind, tuple(alternatives)) for kind, alternatives in kinds]
        self._patterns = [whole_words(alternatives) for _kind, alternatives in self._kinds]
        self._signed: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for number, (_kind, alternatives) in enumerate(self._kinds):
            for piece in (piece for one in alternatives for piece in pieces(one)):
                for sign in signs_of(piece) or _unsigned(piece):
                    self._signed.setdefault(sign, []).append((number, whole_words((piece,))))
        self._signs = Phrases(*self._signed)

    def found(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the kind, start and end of each wording, by line and in the order of the kinds."""
        for line in lines_of(text):
            small = folded_line(line.text)
            told = [one for sign in self._signs.found_in(small) for one in self._signed[sign]]
            for number in sorted({number for number, pattern in told if pattern.search(small)}):
                for match in self._patterns[number].finditer(small):
                    yield self._kinds[number][0], line.start + match.start(), line.start + match.end()


def _unsigned(piece: str) -> NoReturn:
    raise ValueError(f"{piece!r} has no word that stands in all of its matches")
