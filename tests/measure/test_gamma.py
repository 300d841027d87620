from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ukrcorpus.measure.alignment import align, align_each
from ukrcorpus.measure.dissimilarity import EMPTY, EVEN, Units, Weights, dissimilarity, units_of
from ukrcorpus.measure.gamma import disorder

Marks = list[list[tuple[float, float, int]]]
REGULAR: Marks = [
    [(1 + 10 * n, 6 + 10 * n, n % 3) for n in range(16)],
    [(2 + 10 * n, 8 + 10 * n, (n + 1) % 3) for n in range(16)],
]
# Continua, disorders and gammas (of 30 samples) that dkpro-statistics publishes of pygamma-agreement 0.5.9.
PUBLISHED: dict[str, tuple[Marks, Weights, float, float]] = {
    "01": ([[(1, 5, 0), (6, 10, 1), (11, 15, 0)], [(2, 6, 0), (7, 11, 1), (12, 16, 0)]], EVEN, 0.0625, 0.8836),
    "02": ([[(1, 5, 0), (6, 10, 1), (20, 24, 0), (30, 34, 1)], [(2, 6, 0), (31, 35, 1)]], EVEN, 0.7083333, 0.5668),
    "04": ([[(1, 5, 0), (10, 14, 1)], [(2, 6, 0), (11, 15, 1)], [(1, 4, 0), (9, 14, 2)]], EVEN, 0.4087564, 0.6588),
    "05": (REGULAR, EVEN, 1.0743801, -0.1008),
    "06": (
        [[(1, 5, 0), (6, 10, 1), (11, 15, 2)], [(2, 7, 0), (8, 12, 1), (11, 15, 0)]],
        Weights(3, 2),
        1.0277778,
        0.2443,
    ),
}
UNIT = st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(0, 1)).map(lambda u: (u[0], u[0] + u[1], u[2]))


def units(marks: Marks) -> list[Units]:
    return [units_of(own) for own in marks]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_disorder_is_the_published_one(name: str) -> None:
    marks, weights, observed, _ = PUBLISHED[name]
    assert align(units(marks), weights).disorder == pytest.approx(observed, rel=1e-6)


def test_gamma_is_the_published_one_at_a_thousand_samples() -> None:
    found = disorder(units(PUBLISHED["01"][0]), n_samples=1000, seed=1)
    assert found
    assert found.gamma == pytest.approx(0.8836, abs=0.02)
    assert found.gamma_cat == 1.0


def test_gamma_of_three_annotators_is_near_the_published_one() -> None:
    found = disorder(units(PUBLISHED["04"][0]), n_samples=100, seed=1)
    assert found
    assert found.gamma == pytest.approx(0.6588, abs=0.04)


def test_an_equal_seed_gives_equal_figures_and_another_one_others() -> None:
    marks = units(REGULAR)
    found = [disorder(marks, n_samples=20, seed=seed, name="talks") for seed in (7, 7, 8)]
    assert found[0] == found[1] != found[2]
    assert found[0]
    # The draws of one seed are the same on every machine, so the figure is too.
    assert found[0].gamma == pytest.approx(-0.186554063696, abs=1e-9)


def test_nobody_marked_anything_and_one_alone_marked() -> None:
    assert disorder(units([[], []]), n_samples=5, seed=1) is None
    alone = disorder(units([[(0, 9, 0)], []]), n_samples=5, seed=1)
    assert alone
    assert (alone.observed, alone.category_observed, alone.gamma_cat) == (2.0, None, None)


@given(st.lists(st.lists(UNIT, max_size=2), min_size=2, max_size=3).filter(any))
@settings(max_examples=40)
def test_no_alignment_costs_less(marks: Marks) -> None:
    own = units(marks)
    assert align(own).cost == pytest.approx(least_cost(own), abs=1e-6)


@given(st.lists(st.tuples(*[st.lists(UNIT, max_size=3)] * 3).filter(any), min_size=1, max_size=30))
@settings(max_examples=20)
def test_many_texts_at_once_cost_what_each_costs_alone(texts: list[Marks]) -> None:
    own = [units(list(marks)) for marks in texts]
    alone = [align(each).cost for each in own]
    assert [found.cost for found in align_each(own)] == pytest.approx(alone, abs=1e-6)


def least_cost(own: list[Units]) -> float:
    """Return the cost of the best alignment, by trying all."""
    pairs = [(a, b) for a in range(len(own)) for b in range(a)]
    between = {(a, b): dissimilarity(own[a], own[b]) for a, b in pairs}

    def cost(places: tuple[int, ...]) -> float:
        filled = {(a, b): EMPTY not in (places[a], places[b]) for a, b in pairs}
        apart = (float(between[pair][places[pair[0]], places[pair[1]]]) if filled[pair] else 1.0 for pair in pairs)
        return sum(apart) / comb(len(own), 2)

    sets = [one for one in product(*([EMPTY, *range(len(each))] for each in own)) if any(p != EMPTY for p in one)]

    def best(left: frozenset[tuple[int, int]]) -> float:
        if not left:
            return 0.0
        first = min(left)
        fitting = ({(a, p) for a, p in enumerate(one) if p != EMPTY} for one in sets)
        return min(
            cost(one) + best(left - held)
            for one, held in zip(sets, fitting, strict=True)
            if first in held and held <= left
        )

    return best(frozenset((a, p) for a, each in enumerate(own) for p in range(len(each))))
