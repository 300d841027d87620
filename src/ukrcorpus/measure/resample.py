"""Intervals by drawing articles again: sentences of one article are not independent, articles are."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Estimate = Callable[[Floats], float | None]
N_DRAWS: Final = 1000
_LEVEL: Final = 0.95
_LEAST_DEFINED: Final = 0.95


class Resample:
    """The same draws of articles for every figure; equal seeds give equal draws on every machine."""

    def __init__(self, n_articles: int, seed: int, n_draws: int = N_DRAWS) -> None:
        draws = np.random.default_rng(seed).integers(n_articles, size=(n_draws if n_articles > 1 else 0, n_articles))
        rows = np.arange(len(draws))[:, None]
        self.weights: Floats = np.zeros(draws.shape)
        np.add.at(self.weights, (rows, draws), 1.0)

    def interval(self, estimate: Estimate) -> tuple[tuple[float, float] | None, str | None]:
        """Return the 95 % percentile interval of an estimate over weights of articles, or why there is none."""
        if not len(self.weights):
            return None, "fewer than two articles"
        values = [value for weights in self.weights if (value := estimate(weights)) is not None]
        if len(values) < _LEAST_DEFINED * len(self.weights):
            missing = len(self.weights) - len(values)
            return None, f"not defined in {missing} of {len(self.weights)} draws of articles"
        tail = (1 - _LEVEL) / 2
        low, high = np.quantile(np.array(values), [tail, 1 - tail])
        return (float(low), float(high)), None


def ratio(over: Sequence[float], under: Sequence[float], *, complement: bool = False) -> Estimate:
    """Return the estimate sum over sum, or one minus it; None where nothing stands under."""
    numerator, denominator = np.array(over, float), np.array(under, float)

    def estimate(weights: Floats) -> float | None:
        total = float(weights @ denominator)
        if not total:
            return None
        share = float(weights @ numerator) / total
        return 1.0 - share if complement else share

    return estimate
