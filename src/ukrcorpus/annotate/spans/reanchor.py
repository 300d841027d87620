"""Find a span of an older text in the present one, where its characters are still there."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from ukrcorpus.annotate.values import Article
from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.measure.matching import Span

_TOKEN: Final = re.compile(r"\w+|\W")
_LARGEST: Final = 20_000  # tokens of one changed stretch; comparing takes time with the square of it


@dataclass(frozen=True, slots=True)
class _Kept:
    """Characters that both texts share: ``old[start : start + length]`` stands at ``new_start``."""

    start: int
    new_start: int
    length: int

    def until(self, at: int) -> int:
        """Return where the last kept character before an offset ends now."""
        return self.new_start + min(self.length, at - self.start)


@dataclass(frozen=True)
class TextMap:
    """Which characters of an older text stand where in a newer one.

    >>> TextMap.between("A ceasfire now.", "B. A ceasfire now.").span(Span(2, 10))
    Span(start=5, end=13)
    """

    kept: tuple[_Kept, ...]
    n_chars: int
    certain: Final = False

    @classmethod
    def between(cls, old: str, new: str) -> "TextMap":
        """Compare two texts: what both begin and end with, then line by line, and word by word where lines differ."""
        head = n_common(old, new)
        tail = min(n_common(old[::-1], new[::-1]), min(len(old), len(new)) - head)
        kept = [_Kept(0, 0, head)] if head else []
        middle = old[head : len(old) - tail], new[head : len(new) - tail]
        for start, new_start, old_part, new_part in _aligned(*(part.splitlines(keepends=True) for part in middle)):
            at, new_at = head + start, head + new_start
            if old_part == new_part:
                kept.append(_Kept(at, new_at, len(old_part)))
                continue
            words = (_TOKEN.findall(old_part), _TOKEN.findall(new_part))
            if max(map(len, words)) <= _LARGEST:
                kept += [_Kept(at + i, new_at + k, len(a)) for i, k, a, b in _aligned(*words) if a == b]
        if tail:
            kept.append(_Kept(len(old) - tail, len(new) - tail, tail))
        return cls(tuple(one for one in kept if one.length), len(new))

    def span(self, old: Span) -> Span | None:
        """Return the span between the same first and last character, or None if one of them is gone."""
        first, last = self._at(old.start), self._at(old.end - 1)
        return None if first is None or last is None or last < first else Span(first, last + 1)

    def gap(self, old: Span) -> Span:
        """Return what stands now between the kept characters around a span."""
        before = bisect_right(self._starts, old.start)
        start = self.kept[before - 1].until(old.start) if before else 0
        behind = next((one for one in self.kept[max(0, before - 1) :] if one.start + one.length > old.end), None)
        end = behind.new_start + max(0, old.end - behind.start) if behind else self.n_chars
        return Span(start, max(start, end))

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.kept]

    def _at(self, old: int) -> int | None:
        index = bisect_right(self._starts, old) - 1
        one = self.kept[index] if index >= 0 else None
        return one.new_start + old - one.start if one and old < one.start + one.length else None


@dataclass(frozen=True)
class SourceMap:
    """The way from an older normalised text to a newer one of the same source: by where each character came from."""

    old: AlignedText
    new: AlignedText
    certain: Final = True

    def span(self, old: Span) -> Span | None:
        """Return where what is left of a span's source stands now, or None if nothing is."""
        start, end = self.new.to_text(*self.old.to_source(old.start, old.end))
        return Span(start, end) if start < end else None

    def gap(self, old: Span) -> Span:
        """Return the same, which may be empty."""
        return Span(*self.new.to_text(*self.old.to_source(old.start, old.end)))


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


def n_common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    least = min(len(one), len(other))
    if one[:least] == other[:least]:
        return least
    return next(at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield stretches of both sequences that are equal or stand for each other, with their offsets."""
    at = new_at = 0
    for _, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        parts = "".join(old[i:j]), "".join(new[k:n])
        yield at, new_at, *parts
        at, new_at = at + len(parts[0]), new_at + len(parts[1])
