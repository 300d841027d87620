"""The whole agreement report: every figure with its interval, what it rests on, and its target."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ukrcorpus.measure.codings import confusions, question_figures
from ukrcorpus.measure.figures import Figure, Report
from ukrcorpus.measure.network import compare_networks
from ukrcorpus.measure.questions import questions
from ukrcorpus.measure.readings import readings
from ukrcorpus.measure.resample import N_DRAWS, Resample
from ukrcorpus.measure.rounds import Chosen, Row, choose, without
from ukrcorpus.measure.segments import Part, gamma_figures, span_figures, unitizing_figure
from ukrcorpus.measure.sums import Basis, Name, f1_figure
from ukrcorpus.measure.tallies import ATTRIBUTED, attributed, statement_tallies
from ukrcorpus.schema.model import Layer, Schema

N_SAMPLES: Final = 100
_MORE_THAN_TWO: Final = 3
# Spans count anew for each answer to these questions: found and named alike.
_LABELLING: Final = ((Layer.CLAIM, "type"), (Layer.MENTION, "form"))


@dataclass(frozen=True, slots=True)
class Chance:
    """What the drawing of random numbers depends on."""

    seed: int = 0
    n_samples: int = N_SAMPLES
    n_draws: int = N_DRAWS


def agreement_report(
    schema: Schema, rounds: Sequence[Row], annotations: Sequence[Row], lengths: Mapping[str, int], chance: Chance
) -> Report:
    """Return the report over rows of ``annotation_rounds`` and ``annotations``; ``lengths`` are those of the texts."""
    chosen = choose(rounds)
    codes = readings(chosen.codes, annotations)
    asked = tuple(questions(schema, codes))
    once = replace(chance, n_draws=0)
    left = {name: without(chosen, name) for name in chosen.annotators if len(chosen.annotators) >= _MORE_THAN_TWO}
    return Report(
        seed=chance.seed,
        n_samples=chance.n_samples,
        n_draws=chance.n_draws,
        kinds=chosen.kinds,
        n_articles=len(chosen.articles),
        n_rounds=chosen.n_rounds,
        left_out={str(reason): count for reason, count in chosen.left_out.items()},
        figures=tuple(_figures(schema, chosen, annotations, lengths, chance)),
        networks=tuple(compare_networks(codes, Resample(len(codes.readers), chance.seed, chance.n_draws))),
        confusions=tuple(confusions(codes.readers, asked)),
        without={name: tuple(_figures(schema, rest, annotations, lengths, once)) for name, rest in left.items()},
    )


def _figures(
    schema: Schema, chosen: Chosen, annotations: Sequence[Row], lengths: Mapping[str, int], chance: Chance
) -> Iterator[Figure]:
    spans, codes, labelled = (
        Basis(own, Resample(len(own.readers), chance.seed, chance.n_draws))
        for own in (readings(one, annotations) for one in (chosen.spans, chosen.codes, chosen.labelled))
    )
    claims, mentions = Part(Layer.CLAIM, None, _all), Part(Layer.MENTION, None, _all)
    core = Part(Layer.CLAIM, ATTRIBUTED, attributed)
    for basis, part in ((spans, claims), (labelled, core), (spans, mentions)):
        yield from span_figures(basis, part)
        yield unitizing_figure(basis, part, lengths, [part])
        yield from gamma_figures(basis, part, n_samples=chance.n_samples, seed=chance.seed)
    for layer, name in _LABELLING:
        parts = [_answered(layer, name, label) for label in schema.vocabulary(_vocabulary(schema, name)).names]
        yield unitizing_figure(labelled, Part(layer, f"{name} (each)", _all), lengths, parts)
        for part in parts:
            yield from span_figures(labelled, part)
            yield unitizing_figure(labelled, part, lengths, [part])
    yield f1_figure(codes, Name("statement_f1", "statement", "sign"), statement_tallies(codes.readings, exact=False))
    yield f1_figure(codes, Name("statement_f1", "statement", "polarity"), statement_tallies(codes.readings, exact=True))
    for question in questions(schema, codes.readings):
        yield from question_figures(codes, question)


def _all(_: Row) -> bool:
    return True


def _answered(layer: Layer, question: str, label: str) -> Part:
    return Part(layer, f"{question}={label}", lambda row: row[question] == label)


def _vocabulary(schema: Schema, question: str) -> str:
    name = next(attribute.vocabulary for attribute in schema.attributes if attribute.name == question)
    assert name, f"{question} has no vocabulary"
    return name
