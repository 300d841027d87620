"""Find a span of an older text in the present one, where its characters are still there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from ukrcorpus.annotate.values import Article
from ukrcorpus.measure.matching import Span

_TOKEN: Final = re.compile(r"\w+|\W")
_LARGEST: Final = 20_000  # tokens of one changed stretch; comparing takes time with the square of it


@dataclass(frozen=True, slots=True)
class _Kept:
    """Characters that both texts share: ``old[start : start + length]`` stands at ``new_start``."""

    start: int
    new_start: int
    length: int


@dataclass(frozen=True)
class TextMap:
    """Which characters of an older text stand where in a newer one.

    >>> TextMap.between("A ceasfire now.", "B. A ceasfire now.").span(Span(2, 10))
    Span(start=5, end=13)
    """

    kept: tuple[_Kept, ...]

    @classmethod
    def between(cls, old: str, new: str) -> "TextMap":
        """Compare two texts: line by line, and word by word where lines differ."""
        kept: list[_Kept] = []
        lines = (old.splitlines(keepends=True), new.splitlines(keepends=True))
        for start, new_start, old_part, new_part in _aligned(*lines):
            if old_part == new_part:
                kept.append(_Kept(start, new_start, len(old_part)))
                continue
            words = (_TOKEN.findall(old_part), _TOKEN.findall(new_part))
            if max(map(len, words)) <= _LARGEST:
                kept += [
                    _Kept(start + at, new_start + new_at, len(a)) for at, new_at, a, b in _aligned(*words) if a == b
                ]
        return cls(tuple(kept))

    def span(self, old: Span) -> Span | None:
        """Return the span between the same first and last character, or None if one of them is gone."""
        first, last = self._at(old.start), self._at(old.end - 1)
        return None if first is None or last is None or last < first else Span(first, last + 1)

    def _at(self, old: int) -> int | None:
        return next(
            (one.new_start + old - one.start for one in self.kept if one.start <= old < one.start + one.length), None
        )


@dataclass(frozen=True)
class Texts:
    """Every text that annotators have seen, by its hash: what leads from old offsets to present ones."""

    by_hash: Mapping[str, str]

    def place(self, span: Span, text_sha256: str, article: Article) -> Span | None:
        """Return where a span of a text stands in the article's present text, or None if that cannot be told."""
        if text_sha256 == article.text_sha256:
            return span
        old = self.by_hash.get(text_sha256)
        return TextMap.between(old, article.text).span(span) if old is not None else None


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield stretches of both sequences that are equal or stand for each other, with their offsets."""
    at = new_at = 0
    for _, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        parts = "".join(old[i:j]), "".join(new[k:n])
        yield at, new_at, *parts
        at, new_at = at + len(parts[0]), new_at + len(parts[1])
