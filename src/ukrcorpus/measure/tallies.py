"""Counts behind F1: what two annotators of an article marked or said, and how much of it is the same."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ukrcorpus.measure.matching import HALF, Closeness, iou, match, same
from ukrcorpus.measure.readings import Readings, span_of
from ukrcorpus.measure.rounds import Row
from ukrcorpus.measure.statements import TIERS, VOICE, polarities, signs
from ukrcorpus.schema.model import Layer

SPAN_LAYERS: Final = (Layer.CLAIM, Layer.MENTION)
SPAN_MEASURES: Final[dict[str, tuple[Closeness, Fraction]]] = {
    "strict": (same, Fraction(1)),
    "overlap": (iou, Fraction(0)),
    "iou_half": (iou, HALF),
}
ATTRIBUTED: Final = "attributed"
_STATISTIC: Final = "statistic"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one pair of annotators over one article."""

    article: str
    first: str
    second: str
    n_first: int
    n_second: int
    n_matched: int


def attributed(row: Row) -> bool:
    """Say whether a claim is what agreement on claims is judged by: not the author's own, or a statistic."""
    return TIERS.get(str(row[VOICE]), 3) < 3 or row["type"] == _STATISTIC  # noqa: PLR2004 - the author's tier


def span_tallies(
    readings: Readings, layer: Layer, measure: str, keep: Callable[[Row], bool] = lambda _: True
) -> Iterator[Tally]:
    """Yield the tally of spans of each pair and article, among the units that are kept."""
    closeness, least = SPAN_MEASURES[measure]
    for article, first, second in readings.pairs():
        left, right = (
            [span_of(row) for row in readings.of(article, name, layer) if keep(row)] for name in (first, second)
        )
        matched = len(match(left, right, closeness, least))
        yield Tally(article, first, second, len(left), len(right), matched)


def statement_tallies(readings: Readings, *, exact: bool) -> Iterator[Tally]:
    """Yield the tally of (holder, issue, sign) or, if exact, (holder, issue, polarity), wherever in the article."""
    said = polarities if exact else signs
    for article, first, second in readings.pairs():
        left, right = (
            Counter(one for row in readings.of(article, name, Layer.CLAIM) for one in said(row))
            for name in (first, second)
        )
        yield Tally(article, first, second, left.total(), right.total(), (left & right).total())


def answer_tallies(votes: Iterable[tuple[str, dict[str, object]]], value: object) -> Iterator[Tally]:
    """Yield for each matched unit and pair who gave an answer; votes are (article, annotator -> answer)."""
    for article, given in votes:
        names = sorted(given)
        for at, first in enumerate(names):
            for second in names[at + 1 :]:
                left, right = given[first] == value, given[second] == value
                yield Tally(article, first, second, int(left), int(right), int(left and right))
