"""What becomes of a label when its article's text changes: taken along where that is sure, else offered to a human.

The map between the texts comes first, the same words elsewhere second, similar words last. Only ``exact`` and ``moved``
are taken without a human: the same characters, at a place that nothing else can claim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from ukrcorpus.annotate.spans.reanchor import n_common
from ukrcorpus.annotate.spans.similar import similar
from ukrcorpus.measure.matching import Span

_CONTEXT: Final = 40  # characters on each side that are compared
_MARGIN: Final = 16  # as many more of them make one place the right one
_TELLING: Final = 60  # a quote of so many characters that stands once is known without its context
_CLOSE: Final = 0.05  # scores nearer than this do not choose between two places
_TRIED: Final = 50  # places of one quote that are looked at


class Fate(StrEnum):
    """What becomes of a label."""

    EXACT = "exact"
    MOVED = "moved"
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a label may belong now; ``score`` is its likeness, 0 to 1."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label's fate; ``span`` is its place where that is sure, ``candidates`` are for a human, best first."""

    fate: Fate
    span: Span | None = None
    candidates: tuple[Candidate, ...] = ()


class Mapped(Protocol):
    """Which characters of an older text stand where in the new one; ``certain``: by their origin, not by likeness."""

    @property
    def certain(self) -> bool:
        """Say whether equal words cannot be taken for each other."""
        ...

    def span(self, old: Span) -> Span | None:
        """Return where the first and the last character of a span stand now."""
        ...

    def gap(self, old: Span) -> Span:
        """Return what stands now between the kept characters around a span."""
        ...


@dataclass(frozen=True)
class Anchoring:
    """An older text, the present one and the map between them."""

    old: str
    new: str
    mapped: Mapped

    def anchor(self, span: Span) -> Anchor:
        """Return what becomes of a label on ``old[span.start:span.end]``."""
        sure = self.sure(span)
        if sure:
            return Anchor(Fate.EXACT if sure == span else Fate.MOVED, sure)
        quote = self.old[span.start : span.end]
        here = [Candidate(place, self._likeness(span, place)) for place in self._free(span)]
        if not here:
            gap = self.mapped.gap(span)
            here = [Candidate(place, score) for place, score in similar(quote, self.new, gap)]
        if not here:
            return Anchor(Fate.LOST)
        ranked = tuple(sorted(here, key=lambda one: (-one.score, one.span)))
        tied = len(ranked) > 1 and ranked[0].score - ranked[1].score < _CLOSE
        return Anchor(Fate.AMBIGUOUS if tied else Fate.FUZZY, None, ranked)

    def sure(self, span: Span) -> Span | None:
        """Return where the label's characters stand now, if no other place can claim to be theirs."""
        place = self.mapped.span(span)
        kept = place is not None and self._says(span, place)
        if kept and self.mapped.certain:
            return place
        free = list(self._free(span))
        if kept and place:
            return place if all(self._beats(span, place, other) for other in free if other != place) else None
        return self._moved(span, free)

    def _moved(self, span: Span, free: list[Span]) -> Span | None:
        """Return the place of words that went elsewhere: known by what stands around them, or by their length."""
        ranked = sorted(free, key=lambda place: -self._around(span, place))
        if not ranked or any(not self._beats(span, ranked[0], other) for other in ranked[1:]):
            return None
        alone = len(free) == 1 and span.end - span.start >= _TELLING
        return ranked[0] if alone or self._around(span, ranked[0]) >= _CONTEXT else None

    def _beats(self, span: Span, place: Span, other: Span) -> bool:
        return self._around(span, place) >= self._around(span, other) + _MARGIN

    def _says(self, span: Span, place: Span) -> bool:
        return self.new[place.start : place.end] == self.old[span.start : span.end]

    def _free(self, span: Span) -> Iterator[Span]:
        """Yield where the same words stand now, but for places that other words of the older text went to."""
        quote = self.old[span.start : span.end]
        images = (self.mapped.span(one) for one in _places(quote, self.old) if one != span)
        taken = {image for image in images if image and self._says(span, image)}
        return (place for place in _places(quote, self.new) if place not in taken)

    def _likeness(self, span: Span, place: Span) -> float:
        """Return how much of the context is the same, 0.5 to 1: the words are."""
        return round(0.5 + self._around(span, place) / (4 * _CONTEXT), 3)

    def _around(self, span: Span, place: Span) -> int:
        """Return how many characters before and behind two places are the same, up to ``_CONTEXT`` on each side."""
        before = _same(self.old[max(0, span.start - _CONTEXT) : span.start][::-1], self._new_before(place))
        behind = _same(self.old[span.end : span.end + _CONTEXT], self.new[place.end : place.end + _CONTEXT])
        return before + behind

    def _new_before(self, place: Span) -> str:
        return self.new[max(0, place.start - _CONTEXT) : place.start][::-1]


def _places(words: str, text: str) -> Iterator[Span]:
    at = text.find(words)
    for _ in range(_TRIED):
        if at < 0:
            return
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def _same(one: str, other: str) -> int:
    """Return how long two texts are the same; where both end, that counts as all of the context."""
    length = n_common(one, other)
    return _CONTEXT if length == len(one) == len(other) else length
