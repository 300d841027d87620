"""The readings that figures are made from, and figures that are one sum over articles over another, such as F1."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ukrcorpus.measure.agreement import by_pair
from ukrcorpus.measure.figures import Figure
from ukrcorpus.measure.readings import Readings
from ukrcorpus.measure.resample import Estimate, Resample, ratio
from ukrcorpus.measure.tallies import Tally
from ukrcorpus.measure.targets import target

NOTHING: Final = "nobody marked or said any"


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure is of."""

    measure: str
    layer: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What a figure rests on: units, those of them that entered, and articles."""

    units: int
    entering: int
    articles: int


@dataclass(frozen=True, slots=True)
class Basis:
    """Readings, and the draws of their articles."""

    readings: Readings
    resample: Resample

    @property
    def articles(self) -> tuple[str, ...]:
        """Return the articles in the order of the draws."""
        return tuple(self.readings.readers)

    def figure(self, name: Name, estimate: Estimate, count: Count, reason: str) -> Figure:
        """Return the figure of an estimate; ``reason`` is why there is none, where there is none."""
        value = estimate(np.ones(len(self.articles))) if self.articles else None
        interval, missing = self.resample.interval(estimate) if value is not None else (None, None)
        return Figure(
            measure=name.measure,
            layer=name.layer,
            label=name.label,
            value=value,
            interval=interval,
            n_units=count.units,
            n_entering=count.entering,
            n_articles=count.articles,
            n_annotators=len({one for own in self.readings.readers.values() for one in own}),
            reason=reason if value is None else None,
            interval_reason=missing,
            article_mean=self._mean(estimate),
            target=target(name.measure, name.layer, name.label),
        )

    def _mean(self, estimate: Estimate) -> float | None:
        """Return the mean of the articles' own values."""
        values = [value for only in np.eye(len(self.articles)) if (value := estimate(only)) is not None]
        return sum(values) / len(values) if values else None

    def by_article(self, counts: Counter[str]) -> list[float]:
        """Return the counts in the order of the articles."""
        return [float(counts[article]) for article in self.articles]


def f1_figure(basis: Basis, name: Name, tallies: Iterable[Tally]) -> Figure:
    """Return F1 over all pairs of annotators: twice the matched over all that the two marked."""
    tallied = tuple(tallies)
    matched: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for one in tallied:
        matched[one.article] += 2 * one.n_matched
        marked[one.article] += one.n_first + one.n_second
    over, under = basis.by_article(matched), basis.by_article(marked)
    count = Count(marked.total(), marked.total(), sum(n > 0 for n in under))
    figure = basis.figure(name, ratio(over, under), count, NOTHING)
    pairs = tuple(by_pair(name.layer, name.measure, tallied))
    return replace(figure, pairs=pairs)
