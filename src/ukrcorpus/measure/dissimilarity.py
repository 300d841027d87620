"""How unlike two units are: in position and in category, after Mathet, Widlöcher and Métivier (2015)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

EMPTY: Final = -1
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """One annotator's units on one text: starts, ends and categories, each an array."""

    start: Floats
    end: Floats
    category: Integers

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Weights:
    """What position and category count for in a dissimilarity."""

    position: float = 1.0
    category: float = 1.0


EVEN: Final = Weights()


def units_of(spans: Sequence[tuple[float, float, int]]) -> Units:
    """Return units from (start, end, category number)."""
    start, end, category = zip(*spans, strict=True) if spans else ((), (), ())
    return Units(np.array(start, float), np.array(end, float), np.array(category, np.int64))


def positional(left: Units, right: Units) -> Floats:
    """Return the dissimilarity in position of every pair.

    >>> positional(units_of([(1, 5, 0)]), units_of([(2, 6, 0)])).tolist()
    [[0.0625]]
    """
    apart = abs(left.start[:, None] - right.start) + abs(left.end[:, None] - right.end)
    shares: Floats = apart / ((left.end - left.start)[:, None] + (right.end - right.start))
    return shares * shares


def categorical(left: Units, right: Units) -> Floats:
    """Return 1 for every pair of different categories, else 0."""
    apart: Floats = (left.category[:, None] != right.category).astype(float)
    return apart


def dissimilarity(left: Units, right: Units, weights: Weights = EVEN) -> Floats:
    """Return the dissimilarity of every pair."""
    both: Floats = weights.position * positional(left, right) + weights.category * categorical(left, right)
    return both
