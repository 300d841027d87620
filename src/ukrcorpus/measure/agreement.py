"""How far annotators agree, without intervals: F1 of spans and statements, alpha of answers.

Spans of all annotators are matched one to one at an IoU of at least one half; alpha is computed over the units that
at least two annotators have, and the result says how many of all units that is. ``report`` has the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ukrcorpus.measure.alpha import alpha
from ukrcorpus.measure.figures import Agreement, Alpha, PairF1
from ukrcorpus.measure.questions import questions
from ukrcorpus.measure.readings import Readings, readings
from ukrcorpus.measure.rounds import Row, choose
from ukrcorpus.measure.tallies import SPAN_LAYERS, SPAN_MEASURES, Tally, span_tallies, statement_tallies
from ukrcorpus.schema.model import Schema


def measure_agreement(schema: Schema, rounds: Sequence[Row], annotations: Sequence[Row]) -> Agreement:
    """Return the agreement over rows of ``annotation_rounds`` and ``annotations``."""
    chosen = choose(rounds)
    spans, codes = readings(chosen.spans, annotations), readings(chosen.codes, annotations)
    pairs = [
        pair
        for layer in SPAN_LAYERS
        for measure in SPAN_MEASURES
        for pair in by_pair(layer, measure, span_tallies(spans, layer, measure))
    ]
    pairs += by_pair("statement", "sign", statement_tallies(codes, exact=False))
    return Agreement(tuple(sorted(pairs, key=lambda pair: (pair.first, pair.second))), tuple(_alphas(schema, codes)))


def by_pair(what: str, measure: str, tallies: Iterable[Tally]) -> Iterator[PairF1]:
    """Yield the sums of the tallies for each pair of annotators."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in tallies:
        for at, count in enumerate((one.n_first, one.n_second, one.n_matched)):
            sums[one.first, one.second][at] += count
    for (first, second), counts in sorted(sums.items()):
        yield PairF1(what, measure, first, second, *counts)


def _alphas(schema: Schema, codes: Readings) -> Iterator[Alpha]:
    if codes.readers:
        for one in questions(schema, codes):
            figure, entering = alpha(one.values, one.level, one.order)
            yield Alpha(one.layer, one.name, one.level, figure, len(one.votes), entering)
