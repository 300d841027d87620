"""Krippendorff's alpha for unitizing: whether annotators cut the same units out of a text.

After Krippendorff (1995, 2004): the squared distances between overlapping units, and the squared lengths of units
that lie in another annotator's gap, over what they would be if units and gaps were put on the text at random. Texts
of one corpus are one continuum, but no unit reaches from one text into the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from ukrcorpus.measure.matching import Span

Spans = Sequence[Span]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Continuum:
    """One text: its length in code points, and the units of one category by each of its annotators."""

    length: int
    units: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Unitizing:
    """Observed and expected disagreement of texts that the same annotators read, and their length."""

    observed: float
    expected: float
    length: float

    @property
    def alpha(self) -> float | None:
        """Return alpha, or None where chance makes no disagreement."""
        return 1.0 - self.observed / self.expected if self.expected else None


def flat(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans without those that overlap an earlier or, of one start, a longer one; the measure knows none.

    >>> flat([Span(0, 4), Span(0, 9), Span(8, 12), Span(9, 12)])
    (Span(start=0, end=9), Span(start=9, end=12))
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def unitizing(texts: Sequence[Continuum]) -> Unitizing:
    """Return the disagreement over texts that the same number of annotators read."""
    found = Sections.of(texts)
    return found.disagreement(np.ones(len(texts)))


@dataclass(frozen=True, slots=True)
class Sections:
    """What is summed over texts: observed distances per text, and all units and gaps with the text they are in.

    Gaps are in order of length.
    """

    n_annotators: int
    lengths: Counts
    distances: Counts
    units: Counts
    unit_texts: Counts
    gaps: Counts
    gap_texts: Counts

    @classmethod
    def of(cls, texts: Sequence[Continuum]) -> "Sections":
        """Return the sections of texts that the same number of annotators read."""
        units = [(span.end - span.start, at) for at, text in enumerate(texts) for own in text.units for span in own]
        gaps = sorted(
            (gap.end - gap.start, at)
            for at, text in enumerate(texts)
            for own in text.units
            for gap in _gaps(own, text.length)
        )
        return cls(
            len(texts[0].units),
            np.array([text.length for text in texts], np.int64),
            np.array([_observed(text) for text in texts], np.int64),
            *_columns(units),
            *_columns(gaps),
        )

    def disagreement(self, weights: Floats) -> Unitizing:
        """Return the disagreement with each text counted so many times."""
        length = float(weights @ self.lengths)
        if not length:
            return Unitizing(0.0, 0.0, 0.0)
        m = self.n_annotators
        observed = float(weights @ self.distances) / (m * (m - 1) * length**2)
        weight = weights[self.unit_texts]
        size = self.units.astype(float)
        total = m * length
        kept = total * (total - 1) - float(weight @ (size * (size - 1)))
        if kept <= 0:
            return Unitizing(observed, 0.0, length)
        against_units = (float(weight.sum()) - 1) * (2 * size**3 - 3 * size**2 + size) / 3
        against_gaps = size**2 * self._room(weights)
        return Unitizing(observed, 2 / length * float(weight @ (against_units + against_gaps)) / kept, length)

    def _room(self, weights: Floats) -> Floats:
        """Return for every unit in how many ways it fits into gaps."""
        weight = weights[self.gap_texts]
        first = np.searchsorted(self.gaps, self.units)
        n_gaps = np.concatenate([np.cumsum(weight[::-1])[::-1], [0.0]])
        in_gaps = np.concatenate([np.cumsum((weight * self.gaps)[::-1])[::-1], [0.0]])
        room: Floats = in_gaps[first] - n_gaps[first] * (self.units - 1)
        return room


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Counts, Counts]:
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _gaps(units: Spans, length: int) -> Iterator[Span]:
    at = 0
    for unit in units:
        if unit.start > at:
            yield Span(at, unit.start)
        at = unit.end
    if at < length:
        yield Span(at, length)


def _observed(text: Continuum) -> int:
    """Return the sum of squared distances between the sections of every ordered pair of annotators."""
    gaps = [tuple(_gaps(own, text.length)) for own in text.units]
    pairs = permutations(range(len(text.units)), 2)
    return sum(_distance(text.units[i], text.units[j], gaps[j]) for i, j in pairs)


def _distance(own: Spans, units: Spans, gaps: Spans) -> int:
    """Return the distances of one annotator's units to another's units and gaps.

    A unit in a gap counts twice: from the other's side it is the gap that the unit lies in.
    """
    overlapping = ((a.start - b.start) ** 2 + (a.end - b.end) ** 2 for a in own for b in units if a.shared(b))
    inside = (2 * (a.end - a.start) ** 2 for a in own for gap in gaps if gap.start <= a.start and a.end <= gap.end)
    return sum(overlapping) + sum(inside)
