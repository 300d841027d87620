"""The units on which annotators differ, the worst first, each with its sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.questions import sign
from ukrcorpus.measure.readings import readings, span_of
from ukrcorpus.measure.rounds import Row, choose
from ukrcorpus.measure.statements import holders, issue_codes
from ukrcorpus.schema.model import Layer


@dataclass(frozen=True, slots=True)
class Text:
    """An article as far as a disagreement is shown in it."""

    title: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What one annotator has: the span, and the answers as a person reads them; no span where it is not marked."""

    annotator: str
    span: Span | None
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two versions of one claim; ``context`` is the text of its sentences, which starts at ``start``."""

    article: str
    title: str
    start: int
    context: str
    versions: tuple[Version, Version]
    differs: tuple[str, ...]
    weight: int


# What weighs most changes what the corpus says: for or against, who, on what; then what is a claim at all.
_WEIGHTS: Final = {
    "opposite sign": 32,
    "marked by one alone": 16,
    "holder": 12,
    "issue": 10,
    "polarity": 6,
    "voice": 4,
    "type": 3,
    "boundaries": 1,
}


def disagreements(
    rounds: Sequence[Row], annotations: Iterable[Row], texts: Mapping[str, Text]
) -> Iterator[Disagreement]:
    """Yield the claims on which two annotators who marked and coded them differ."""
    own = readings(choose(rounds).labelled, annotations)
    found = [
        one
        for article, given in own.groups(Layer.CLAIM)
        for pair in combinations(own.readers[article], 2)
        if (one := _compare(article, texts[article], pair, given))
    ]
    yield from sorted(found, key=lambda one: (-one.weight, one.article, one.start, one.versions[0].annotator))


def _compare(article: str, text: Text, pair: tuple[str, str], given: Mapping[str, Row]) -> Disagreement | None:
    rows = [given.get(name) for name in pair]
    spans = [span_of(row) for row in rows if row]
    differs = tuple(_differs(rows[0], rows[1]))
    if not spans or not differs:
        return None
    context = _context(text, Span(min(span.start for span in spans), max(span.end for span in spans)))
    first, second = (
        Version(name, span_of(row) if row else None, _answers(row) if row else {})
        for name, row in zip(pair, rows, strict=True)
    )
    weight = sum(_WEIGHTS[one] for one in differs)
    shown = text.text[context.start : context.end]
    return Disagreement(article, text.title, context.start, shown, (first, second), differs, weight)


def _differs(first: Row | None, second: Row | None) -> Iterator[str]:
    """Yield in what two versions differ."""
    if first is None or second is None:
        if first is not None or second is not None:
            yield "marked by one alone"
        return
    left, right = ({code.issue: code.polarity for code in issue_codes(row)} for row in (first, second))
    signs = [(sign(left[issue]), sign(right[issue])) for issue in left if issue in right]
    if any({*pair} == {"+", "-"} for pair in signs):
        yield "opposite sign"
    elif any(left[issue] != right[issue] for issue in left if issue in right):
        yield "polarity"
    if left.keys() != right.keys():
        yield "issue"
    if holders(first) != holders(second):
        yield "holder"
    yield from (name for name in ("type", "voice") if first[name] != second[name])
    if span_of(first) != span_of(second):
        yield "boundaries"


def _answers(row: Row) -> dict[str, str]:
    codes = ", ".join(f"{code.issue} {_point(code.polarity)}" for code in issue_codes(row))
    return {
        "holder": ", ".join(sorted(holders(row))),
        "issue": codes,
        "type": str(row["type"] or ""),
        "voice": str(row["voice"] or ""),
    }


def _point(polarity: int | None) -> str:
    return "none" if polarity is None else f"{polarity:+d}" if polarity else "0"


def _context(text: Text, span: Span) -> Span:
    """Return the sentences that a span touches, or the span itself where there is none."""
    touched = [one for one in text.sentences if one.shared(span)]
    starts, ends = [one.start for one in touched], [one.end for one in touched]
    return Span(min([span.start, *starts]), max([span.end, *ends]))
