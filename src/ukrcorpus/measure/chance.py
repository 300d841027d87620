"""Texts annotated by chance: what an agreement of span annotators is held against.

The number of units, the gaps before them and their lengths are drawn from normal distributions with the means and
deviations of the annotated text, the categories as often as they occur in it. This is the chance model of
pygamma-agreement, down to the gap of zero among the observed gaps, so that values compare with published ones.

Equal seeds give equal draws on every machine: the bits come from PCG64, and what the normal distribution makes of
them is rounded to a grid far coarser than the last bit of a float.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev
from typing import Final

import numpy as np

from ukrcorpus.measure.dissimilarity import Floats, Integers, Units

_GRID: Final = float(1 << 16)


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution."""

    mean: float
    deviation: float

    def at(self, chances: Floats) -> Floats:
        """Return its values at uniform chances, on the grid."""
        from scipy.special import ndtri

        # 0 has no value; the smallest other chance stands for it.
        values: Floats = self.mean + self.deviation * ndtri(np.maximum(chances, 2.0**-53))
        return np.rint(values * _GRID) / _GRID


@dataclass(frozen=True, slots=True)
class ChanceModel:
    """The distributions that a text's annotations have by chance; ``categories`` holds every unit's category."""

    n_annotators: int
    n_units: Normal
    gap: Normal
    length: Normal
    categories: Integers

    def draws(self, n_samples: int, random: np.random.Generator) -> Iterator[tuple[Units, ...]]:
        """Yield so many annotations of all annotators, each with at least one unit."""
        for _ in range(n_samples):
            counts = [abs(int(self.n_units.at(random.random(1))[0])) for _ in range(self.n_annotators)]
            if not any(counts):
                counts[0] = 1
            yield tuple(self._draw(count, random) for count in counts)

    def _draw(self, n_units: int, random: np.random.Generator) -> Units:
        gaps, lengths = random.random((2, n_units))
        length = np.maximum(abs(self.length.at(lengths)), 1 / _GRID)
        end = np.cumsum(self.gap.at(gaps) + length)
        chosen = random.integers(len(self.categories), size=n_units)
        return Units(end - length, end, self.categories[chosen])


def chance_model(units: Sequence[Units]) -> ChanceModel:
    """Return the model of one annotated text, which has a unit."""
    spans = [sorted(zip(own.start.tolist(), own.end.tolist(), strict=True)) for own in units]
    gaps = [0.0, *(own[0][0] for own in spans if own and own[0][0] > 0)]
    gaps += [after[0] - before[1] for own in spans for before, after in pairwise(own)]
    lengths = [end - start for own in spans for start, end in own]
    return ChanceModel(
        n_annotators=len(units),
        n_units=_normal([float(len(own)) for own in units]),
        gap=_normal(gaps),
        length=_normal(lengths),
        categories=np.sort(np.concatenate([own.category for own in units])),
    )


def _normal(values: Sequence[float]) -> Normal:
    return Normal(fmean(values), pstdev(values))
