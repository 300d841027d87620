"""Gamma and gamma-cat: agreement on where units are and what they are called, with chance taken off.

Gamma (Mathet, Widlöcher and Métivier 2015) is one minus the disorder of the best alignment over that of the same
text annotated by chance; gamma-cat (Mathet 2017) looks at the categories of aligned units alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from math import fsum, sqrt
from statistics import pstdev

import numpy as np

from ukrcorpus.measure.alignment import Alignment, align, align_each
from ukrcorpus.measure.chance import chance_model
from ukrcorpus.measure.dissimilarity import EMPTY, EVEN, Units, Weights, categorical, positional


@dataclass(frozen=True, slots=True)
class Disorder:
    """Observed and expected disorder of one text; those of categories are None where no units were aligned.

    ``weight`` is the mean number of units of an annotator and ``category_weight`` the confidence in its aligned
    pairs: what the text counts for in a corpus. ``deviation`` is that of the expected disorder over the samples.
    """

    weight: float
    observed: float
    expected: float
    deviation: float
    n_samples: int
    category_weight: float = 0.0
    category_observed: float | None = None
    category_expected: float | None = None

    @property
    def gamma(self) -> float | None:
        """Return gamma, or None where chance makes no disorder."""
        return 1.0 - self.observed / self.expected if self.expected else None

    @property
    def gamma_cat(self) -> float | None:
        """Return gamma-cat, or None where no units were aligned or chance makes no disorder of categories."""
        if self.category_observed is None or not self.category_expected:
            return None
        return 1.0 - self.category_observed / self.category_expected

    @property
    def error(self) -> float:
        """Return the standard error that drawing samples leaves in the expected disorder."""
        return self.deviation / sqrt(self.n_samples)


def disorder(
    units: Sequence[Units], *, n_samples: int, seed: int, name: str = "", weights: Weights = EVEN
) -> Disorder | None:
    """Return the disorder of one text, or None where nobody marked anything.

    The draws depend on ``seed`` and ``name`` alone, so a text has the same values in every corpus.
    """
    n_units = sum(map(len, units))
    if not n_units:
        return None
    digest = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    random = np.random.default_rng([seed, digest])
    best = align(units, weights)
    samples = list(chance_model(units).draws(n_samples, random))
    drawn = list(zip(samples, align_each(samples, weights), strict=True))
    expected = [chance.disorder for _, chance in drawn]
    weight, observed = _category_disorder(units, best, weights)
    by_chance = [found for own, chance in drawn if (found := _category_disorder(own, chance, weights)[1]) is not None]
    return Disorder(
        weight=n_units / len(units),
        observed=best.disorder,
        expected=fsum(expected) / n_samples,
        deviation=pstdev(expected),
        n_samples=n_samples,
        category_weight=weight,
        category_observed=observed,
        category_expected=fsum(by_chance) / len(by_chance) if by_chance else None,
    )


def _category_disorder(units: Sequence[Units], alignment: Alignment, weights: Weights) -> tuple[float, float | None]:
    """Return the confidence in all aligned pairs, and the share of it that is in pairs of different categories.

    A pair's confidence is one minus its dissimilarity in position, shared among the pairs that a unit is in.
    """
    places = alignment.places
    n_filled = (places != EMPTY).sum(1)
    confidences, wrong = [], []
    for a, b in combinations(range(len(units)), 2):
        rows = np.nonzero((places[:, a] != EMPTY) & (places[:, b] != EMPTY))[0]
        pair = places[rows, a], places[rows, b]
        apart = weights.position * positional(units[a], units[b])[pair]
        confidence = np.maximum(0.0, 1.0 - apart) / (n_filled[rows] - 1)
        confidences += confidence.tolist()
        wrong += (confidence * categorical(units[a], units[b])[pair]).tolist()
    total = fsum(confidences)
    return total, fsum(wrong) / total if total else None
