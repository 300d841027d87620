"""The best alignment of several annotators' units, exactly: what gamma counts as observed disorder.

After Mathet, Widlöcher and Métivier (2015): each unit is put with at most one unit of every other annotator. A pair
costs its dissimilarity, a pair with an empty place costs one; a set of places costs the mean over its pairs, and
the alignment that costs least is sought among all of them, not by a heuristic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

import numpy as np

from ukrcorpus.measure.dissimilarity import EMPTY, EVEN, Floats, Integers, Units, Weights, dissimilarity
from ukrcorpus.measure.sets import align_more

_BATCH: Final = 15


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sets of places, one column per annotator: the position of the unit in that annotator's list, or ``EMPTY``."""

    places: Integers
    cost: float
    n_units: int

    @property
    def disorder(self) -> float:
        """Return the cost per mean number of units of an annotator."""
        return self.cost * self.places.shape[1] / self.n_units


def align(units: Sequence[Units], weights: Weights = EVEN) -> Alignment:
    """Return an alignment that costs least; there are at least two annotators and one unit."""
    return align_each([units], weights)[0]


def align_each(texts: Sequence[Sequence[Units]], weights: Weights = EVEN) -> list[Alignment]:
    """Return an alignment that costs least for each text; all have as many annotators, at least two."""
    assert all(len(units) > 1 and any(map(len, units)) for units in texts), "an alignment needs two, and a unit"
    if all(len(units) == 2 for units in texts):  # noqa: PLR2004
        solved = [_align_two(units[0], units[1], weights) for units in texts]
    else:
        solved = [one for at in range(0, len(texts), _BATCH) for one in align_more(texts[at : at + _BATCH], weights)]
    return [
        Alignment(places, fsum(costs.tolist()), sum(map(len, units)))
        for (places, costs), units in zip(solved, texts, strict=True)
    ]


def _align_two(left: Units, right: Units, weights: Weights) -> tuple[Integers, Floats]:
    """Solve an assignment: a pair that costs two or more is as well left apart, one for each."""
    from scipy.optimize import linear_sum_assignment

    apart = 2.0
    costs = dissimilarity(left, right, weights)
    rows, columns = linear_sum_assignment(np.minimum(costs, apart))
    kept = costs[rows, columns] < apart
    rows, columns = rows[kept], columns[kept]
    alone = [np.setdiff1d(np.arange(len(own)), taken) for own, taken in ((left, rows), (right, columns))]
    places = np.concatenate(
        [
            np.column_stack([rows, columns]),
            np.column_stack([alone[0], np.full(len(alone[0]), EMPTY)]),
            np.column_stack([np.full(len(alone[1]), EMPTY), alone[1]]),
        ]
    )
    return places, np.concatenate([costs[rows, columns], np.ones(len(alone[0]) + len(alone[1]))])
