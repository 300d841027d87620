"""The best alignment of several annotators' units, exactly: what gamma counts as observed disorder.

After Mathet, Widlöcher and Métivier (2015): each unit is put with at most one unit of every other annotator. A pair
costs its dissimilarity, a pair with an empty place costs one; a set of places costs the mean over its pairs, and
the alignment that costs least is sought among all of them, not by a heuristic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, fsum
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


def align(units: Sequence[Units], weights: Weights = EVEN) -> Alignment:
    """Return an alignment that costs least; there are at least two annotators and one unit."""
    n_units = sum(map(len, units))
    assert len(units) > 1, "an alignment needs two annotators"
    assert n_units, "an alignment needs a unit"
    two = len(units) == 2  # noqa: PLR2004
    places, costs = _align_two(units[0], units[1], weights) if two else _align_more(units, weights)
    return Alignment(places, fsum(costs.tolist()), n_units)


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


def _align_more(units: Sequence[Units], weights: Weights) -> tuple[Integers, Floats]:
    """Solve the choice of sets that hold each unit once as an integer programme."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csc_array

    places, costs = _sets(units, weights)
    offsets = np.cumsum([0, *map(len, units)])
    filled = places != EMPTY
    rows = (places + offsets[:-1])[filled]
    columns = np.nonzero(filled)[0]
    holds = csc_array((np.ones(len(rows)), (rows, columns)), shape=(offsets[-1], len(costs)))
    once = LinearConstraint(holds, 1, 1)
    found = milp(costs, constraints=once, integrality=np.ones(len(costs)), bounds=(0, 1), options={"mip_rel_gap": 0})
    assert found.success, found.message
    chosen = found.x > 0.5  # noqa: PLR2004 - the programme answers 0 or 1 but for its tolerance
    return places[chosen], costs[chosen]


def _sets(units: Sequence[Units], weights: Weights) -> tuple[Integers, Floats]:
    """Return all sets that can be in a best alignment, and what each costs.

    A set cannot, where its units cost no more alone, or where one of them can leave it for nothing.
    """
    n = len(units)
    n_pairs = comb(n, 2)
    between = {(a, b): dissimilarity(units[a], units[b], weights) for a, b in combinations(range(n), 2)}
    places: Integers = np.full((1, 0), EMPTY)
    for number, own in enumerate(units):
        places = _joined(places, number, len(own), between, n_pairs + n - 1)
    filled = places != EMPTY
    n_filled = filled.sum(1)
    apart = np.zeros((len(places), n, n))
    for (a, b), costs in between.items():
        both = filled[:, a] & filled[:, b]
        apart[both, a, b] = apart[both, b, a] = costs[places[both, a], places[both, b]]
    leaves = (apart.sum(2) >= (n_pairs + n_filled - 1)[:, None]) & filled & (n_filled > 1)[:, None]
    pairs_filled = n_filled * (n_filled - 1) / 2
    total = apart.sum((1, 2)) / 2 + n_pairs - pairs_filled
    useful = (n_filled > 0) & ~leaves.any(1) & ((n_filled == 1) | (total < n_filled * n_pairs))
    return places[useful], total[useful] / n_pairs


def _joined(
    places: Integers, number: int, n_own: int, between: dict[tuple[int, int], Floats], limit: float
) -> Integers:
    """Return the sets with one more place: empty, or any unit that is near enough to all units of the set."""
    near = np.ones((len(places), n_own), bool)
    for other in range(number):
        filled = places[:, other] != EMPTY
        near[filled] &= between[other, number][places[filled, other]] < limit
    rows, columns = np.nonzero(near)
    empty = np.column_stack([places, np.full(len(places), EMPTY)])
    return np.concatenate([empty, np.column_stack([places[rows], columns])])
