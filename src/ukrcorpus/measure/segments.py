"""Figures of what was marked where: F1 of spans, alpha for unitizing, gamma."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import numpy as np

from ukrcorpus.measure.dissimilarity import Units, units_of
from ukrcorpus.measure.figures import Figure
from ukrcorpus.measure.gamma import Disorder, disorder
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.readings import span_of
from ukrcorpus.measure.resample import Floats, ratio
from ukrcorpus.measure.rounds import Row
from ukrcorpus.measure.sums import NOTHING, Basis, Count, Name, f1_figure
from ukrcorpus.measure.tallies import SPAN_MEASURES, span_tallies
from ukrcorpus.measure.unitizing import Continuum, Sections, flat
from ukrcorpus.schema.model import Layer

Keep = Callable[[Row], bool]
_NO_CATEGORIES: Final = "no units of different categories were near enough by chance"


@dataclass(frozen=True, slots=True)
class Part:
    """Some units of a layer: those that are kept; ``label`` is None for all of them."""

    layer: Layer
    label: str | None
    keep: Keep

    def name(self, measure: str) -> Name:
        """Return the name of a figure of this part."""
        return Name(measure, self.layer, self.label)

    def rows(self, basis: Basis, article: str) -> list[list[Row]]:
        """Return the units of each annotator of an article."""
        names = basis.readings.readers[article]
        return [[row for row in basis.readings.of(article, name, self.layer) if self.keep(row)] for name in names]


def span_figures(basis: Basis, part: Part) -> Iterator[Figure]:
    """Yield F1 of spans that are equal, that share a character, that share half of all characters."""
    for measure in SPAN_MEASURES:
        tallies = span_tallies(basis.readings, part.layer, measure, part.keep)
        yield f1_figure(basis, part.name(f"span_f1_{measure}"), tallies)


def unitizing_figure(basis: Basis, part: Part, lengths: Mapping[str, int], categories: Iterable[Part]) -> Figure:
    """Return alpha for unitizing over the categories together.

    Texts that the same annotators read are one continuum; of several such sets each counts by its square of length.
    """
    strata: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, article in enumerate(basis.articles):
        strata[basis.readings.readers[article]].append(at)
    continua = [
        (members, [_continuum(basis, basis.articles[at], lengths, category) for at in members])
        for category in categories
        for members in strata.values()
    ]
    sections = [(np.array(members), Sections.of(texts)) for members, texts in continua]

    def estimate(weights: Floats) -> float | None:
        found = [own.disagreement(weights[members]) for members, own in sections]
        expected = sum(one.expected * one.length**2 for one in found)
        return 1.0 - sum(one.observed * one.length**2 for one in found) / expected if expected else None

    n_kept = sum(len(own) for _, texts in continua for text in texts for own in text.units)
    n_units, n_articles = _counted(basis, part)
    figure = basis.figure(part.name("alpha_unitizing"), estimate, Count(n_units, n_kept, n_articles), NOTHING)
    return replace(figure, notes={"n_overlapping_left_out": n_units - n_kept})


def gamma_figures(basis: Basis, part: Part, *, n_samples: int, seed: int) -> Iterator[Figure]:
    """Yield gamma and gamma-cat; an article counts by its units, for gamma-cat by its aligned pairs."""
    found = [
        disorder(_units(part.rows(basis, article)), n_samples=n_samples, seed=seed, name=f"{article}:{part.layer}")
        for article in basis.articles
    ]
    n_units, n_articles = _counted(basis, part)
    count = Count(n_units, n_units, n_articles)
    observed = [one.weight * one.observed if one else 0.0 for one in found]
    expected = [one.weight * one.expected if one else 0.0 for one in found]
    figure = basis.figure(part.name("gamma"), ratio(observed, expected, complement=True), count, NOTHING)
    yield replace(figure, notes={"n_samples": n_samples, "sampling_error": _sampling_error(found)})
    observed = [one.category_weight * (one.category_observed or 0.0) if one else 0.0 for one in found]
    expected = [one.category_weight * (one.category_expected or 0.0) if one else 0.0 for one in found]
    by_category = ratio(observed, expected, complement=True)
    figure = basis.figure(part.name("gamma_cat"), by_category, count, _NO_CATEGORIES if n_units else NOTHING)
    yield replace(figure, notes={"n_samples": n_samples})


def _counted(basis: Basis, part: Part) -> tuple[int, int]:
    counts = [sum(map(len, part.rows(basis, article))) for article in basis.articles]
    return sum(counts), sum(n > 0 for n in counts)


def _continuum(basis: Basis, article: str, lengths: Mapping[str, int], part: Part) -> Continuum:
    return Continuum(lengths[article], tuple(flat(span_of(row) for row in rows) for rows in part.rows(basis, article)))


def _units(rows: Sequence[Sequence[Row]]) -> list[Units]:
    """Return units with their categories; where a unit has none, as when only spans were asked, all have one."""
    given = [[_category(row) for row in own] for own in rows]
    seen = {category for own in given for category in own}
    number = {category: 0 if None in seen else at for at, category in enumerate(sorted(seen - {None}, key=str))}
    return [
        units_of([(*_ends(span_of(row)), number.get(category, 0)) for row, category in zip(own, names, strict=True)])
        for own, names in zip(rows, given, strict=True)
    ]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _category(row: Row) -> object:
    """Return the type of a claim, the actors of a mention."""
    if row["layer"] == Layer.CLAIM:
        return row["type"]
    named = row["actor_ids"]
    return tuple(sorted(map(str, named))) if isinstance(named, Iterable) else ()


def _sampling_error(found: Sequence[Disorder | None]) -> float:
    """Return half the width of the 95 % interval that drawing samples leaves around gamma."""
    each = [one for one in found if one]
    expected = sum(one.weight * one.expected for one in each)
    if not expected:
        return 0.0
    observed = sum(one.weight * one.observed for one in each)
    error = sqrt(sum((one.weight * one.error) ** 2 for one in each))
    return 1.96 * observed * error / expected**2
