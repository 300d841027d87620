"""The best alignment of three and more annotators: the choice of sets of places that holds each unit once.

The linear programme over all sets is solved for many texts at once; where its answer is whole, it is the best choice.
The few texts with a broken answer are solved again as an integer programme.
"""

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import block_diag, csc_array

from ukrcorpus.measure.dissimilarity import EMPTY, Floats, Integers, Units, Weights, dissimilarity

_WHOLE: Final = 1e-6


def align_more(texts: Sequence[Sequence[Units]], weights: Weights) -> list[tuple[Integers, Floats]]:
    """Return for each text the sets of a best alignment, and what each costs."""
    choices = [_sets(units, weights) for units in texts]
    holds = [_holds(units, places) for units, (places, _) in zip(texts, choices, strict=True)]
    costs = np.concatenate([costs for _, costs in choices])
    together = block_diag(holds, format="csc")
    # Presolving takes longer than it saves: every set of several units was found worth it before.
    options = {"presolve": False}
    each = np.ones(together.shape[0])
    found = linprog(costs, A_eq=together, b_eq=each, bounds=(0, None), method="highs-ds", options=options)
    assert found.success, found.message
    answers = np.split(found.x, np.cumsum([len(costs) for _, costs in choices])[:-1])
    solved = []
    for answer, (places, own), held in zip(answers, choices, holds, strict=True):
        whole = (np.minimum(abs(answer), abs(answer - 1)) < _WHOLE).all()
        chosen = (answer if whole else _whole_answer(own, held)) > 0.5  # noqa: PLR2004 - 0 or 1 but for tolerance
        solved.append((places[chosen], own[chosen]))
    return solved


def _whole_answer(costs: Floats, holds: csc_array) -> Floats:
    once = LinearConstraint(holds, 1, 1)
    found = milp(costs, constraints=once, integrality=np.ones(len(costs)), bounds=(0, 1), options={"mip_rel_gap": 0})
    assert found.success, found.message
    answer: Floats = found.x
    return answer


def _holds(units: Sequence[Units], places: Integers) -> csc_array:
    """Return which unit (row) is in which set (column)."""
    offsets = np.cumsum([0, *map(len, units)])
    filled = places != EMPTY
    rows = (places + offsets[:-1])[filled]
    return csc_array((np.ones(len(rows)), (rows, np.nonzero(filled)[0])), shape=(offsets[-1], len(places)))


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
