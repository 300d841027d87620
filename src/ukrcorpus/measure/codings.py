"""Figures of the answers to matched units: alpha of each question, F1 of each answer, who confuses what with what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Final

from ukrcorpus.measure.alpha import Coincidences
from ukrcorpus.measure.figures import Confusion, Figure
from ukrcorpus.measure.questions import Question
from ukrcorpus.measure.sums import Basis, Count, Name, f1_figure
from ukrcorpus.measure.tallies import answer_tallies

_CONFUSED: Final = ("type", "voice", "issue", "polarity (sign)")


def question_figures(basis: Basis, question: Question) -> Iterator[Figure]:
    """Yield alpha of a question, and F1 of each of its answers that anybody gave, on units that two annotators have."""
    yield _alpha_figure(basis, question)
    shared = [(article, given) for article, given in question.votes if len(given) > 1]
    given = {answer for _, own in shared for answer in own.values()}
    for label in question.labels:
        if label in given:
            name = Name("answer_f1", question.layer, f"{question.name}={label}")
            yield f1_figure(basis, name, answer_tallies(shared, label))


def _alpha_figure(basis: Basis, question: Question) -> Figure:
    number = {article: at for at, article in enumerate(basis.articles)}
    votes = [(number[article], list(given.values())) for article, given in question.votes]
    coincidences = Coincidences.of(votes, len(number), question.level, question.order)
    n_articles = len({article for article, given in question.votes if len(given) > 1})
    entering = sum(len(given) > 1 for _, given in question.votes)
    count = Count(len(votes), entering, n_articles)
    reason = "only one answer occurs" if entering else "no unit has two answers"
    name = Name(f"alpha_{question.level}", question.layer, question.name)
    # An article alone has too few values for an alpha of its own.
    return replace(basis.figure(name, coincidences.alpha, count, reason), article_mean=None)


def confusions(readers: Mapping[str, tuple[str, ...]], questions: Iterable[Question]) -> Iterator[Confusion]:
    """Yield the tables of the questions that have few enough answers to be looked at."""
    for question in questions:
        if question.name in _CONFUSED:
            counts = Counter(pair for article, given in question.votes for pair in _pairs(readers[article], given))
            axes = (*(label for label in question.labels if any(label in pair for pair in counts)), None)
            table = tuple(tuple(counts[row, column] for column in axes) for row in axes)
            yield Confusion(question.layer, question.name, axes, table)


def _pairs(names: Iterable[str], given: Mapping[str, object]) -> Iterator[tuple[object, object]]:
    """Yield the answers of every two annotators, None where one has none."""
    for first, second in combinations(sorted(names), 2):
        if first in given or second in given:
            yield given.get(first), given.get(second)
