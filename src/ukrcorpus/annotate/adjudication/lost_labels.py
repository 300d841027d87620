"""Labels that a changed text left without a sure place, in review tasks: a curator places them, or gives them up.

Equal labels of several annotators are one region on the screen. A label keeps its annotator's answers: only its place
is under review.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from ukrcorpus.annotate.adjudication.review_panel import REMARKS, plain
from ukrcorpus.annotate.answers import NO_POLARITY
from ukrcorpus.annotate.spans.places import Place
from ukrcorpus.annotate.spans.unanchored import Open
from ukrcorpus.annotate.values import Answer, Answers, Article, Fault, Problems, Region
from ukrcorpus.core.tables import sha256
from ukrcorpus.derive.label_studio import LABEL_CONTROL, result_item
from ukrcorpus.derive.label_studio_controls import stored_as
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import FLAG_VALUE, Control, Schema

Json = dict[str, Any]

LABELS: Final = "review_labels"
_NAMED: Final = re.compile(r"label (\d+)\b", re.IGNORECASE)
_AGAIN: Final = "Open the review in Label Studio, place the label or take it away, and pull again."
_HEAD: Final = (
    "The text has changed, and nobody can say where these labels belong now. Each stands where it fits best: drag its "
    "edges to the right words. Take it away if it belongs nowhere; if it belongs elsewhere take it away, mark the "
    "words, and begin their note with its name (label 1). Its answers are its annotator's and stay."
)


@dataclass(frozen=True, slots=True)
class Lost:
    """Equal labels of one or more annotators; ``shown`` is the region on the screen, ``guess`` whether it is a guess.

    Without a guess the whole line in which the label stood is shown, for the curator to narrow down.
    """

    number: int
    labels: tuple[Open, ...]

    @property
    def region_id(self) -> str:
        """The region's id in the review task."""
        return f"label-{self.number}"

    @property
    def is_guess(self) -> bool:
        """Say whether there is a place like the old one."""
        return bool(self.labels[0].candidates)

    @property
    def shown(self) -> Span:
        """Where the region stands on the screen."""
        one = self.labels[0]
        start, end = one.candidates[0][:2] if one.candidates else one.line
        return Span(start, end)


def lost_labels(found: Iterable[Open]) -> dict[str, tuple[Lost, ...]]:
    """Return the labels that wait, by article, numbered in the order of the older text."""
    ordered = sorted(found, key=lambda one: (*_same(one), one.annotator, one.round_id, one.region_id))
    groups: dict[str, list[tuple[Open, ...]]] = {}
    for (article_id, *_), own in groupby(ordered, _same):
        groups.setdefault(article_id, []).append(tuple(own))
    return {name: tuple(Lost(number, one) for number, one in enumerate(own, 1)) for name, own in groups.items()}


def named_actors(lost: Iterable[Lost], schema: Schema) -> list[str]:
    """Return the actors that the labels name, for the task's choices."""
    asked = [one.name for one in schema.attributes if one.control is Control.ACTORS]
    given = [label.answers.get(name) for one in lost for label in one.labels for name in asked]
    return list(dict.fromkeys(actor for one in given if isinstance(one, tuple) for actor in one))


def offered_labels(lost: Iterable[Lost]) -> list[Json]:
    """Return what a task's data say of its labels, so that the answers are known again in the export."""
    return [
        {
            "region": one.region_id,
            "layer": one.labels[0].layer,
            "start": one.shown.start,
            "end": one.shown.end,
            "guess": one.is_guess,
            "answers_sha256": _digest(one.labels[0].answers),
            "labels": [{"round_id": label.round_id, "region_id": label.region_id} for label in one.labels],
        }
        for one in lost
    ]


def labels_panel(lost: Sequence[Lost], schema: Schema) -> str:
    """Return the labels as Markdown; the words of articles and annotators are escaped."""
    noun = "label has" if len(lost) == 1 else "labels have"
    parts = [f"**{len(lost)} {noun} no sure place.** {_HEAD}"]
    for one in lost:
        first = one.labels[0]
        layer = next(known.label for known in schema.layers if known.layer == first.layer)
        who = ", ".join(dict.fromkeys(label.annotator for label in one.labels))
        hint = "" if one.is_guess else " (its line is marked: nothing there is like it)"
        words = f"…{first.before} **[**{first.quote}**]** {first.behind}…".split("**")
        marked = "**".join(part if part in "[]" else plain(part) for part in words)
        parts.append(f"**label {one.number}. {layer}** of {plain(who)}{hint}: {marked}")
    return "\n\n".join(parts) + "\n"


def label_items(lost: Iterable[Lost], text: str, schema: Schema) -> Iterator[Json]:
    """Yield the result items of the labels: each at its place, with its answers but for remarks."""
    for one in lost:
        span, first = one.shown, one.labels[0]
        place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
        yield result_item(one.region_id, LABEL_CONTROL, "labels", place | {"labels": [first.layer]})
        for attribute in schema.attributes:
            given = _ticked(first.answers[attribute.name]) if attribute.name in first.answers else []
            if given and attribute.name not in REMARKS:
                kind, stored = stored_as(attribute, schema, given)
                yield result_item(one.region_id, attribute.name, kind, place | stored)


def is_offered_labels(given: object) -> bool:
    """Say whether a task's data hold labels as ``offered_labels`` writes them."""
    return isinstance(given, list) and all(isinstance(one, dict) and one.keys() >= _WANTED for one in given)


_WANTED: Final = frozenset({"region", "layer", "start", "end", "guess", "answers_sha256", "labels"})


@dataclass(frozen=True, slots=True)
class Placing:
    """Reads where one review put the labels of its task; ``regions`` are in offsets of the article's present text."""

    review: str
    curator: str
    article: Article
    regions: tuple[Region, ...]

    def places(self, offered: Sequence[Json], problems: Problems) -> Iterator[Place]:
        """Yield a place for each label that was settled; what was left open is a finding."""
        for given in offered:
            here = problems.at(given["region"].replace("-", " "))
            region = self._region(given)
            if isinstance(region, Fault):
                here.add(region)
                continue
            if region and _digest(region.answers) != given["answers_sha256"] and region.region_id == given["region"]:
                expected = "the answers of its annotator: they stay, only the place is under review"
                here.note(Fault("review-answers", "other answers", expected, "Nothing to do: the place is taken."))
            for label in given["labels"]:
                yield self._place(label, region)

    def others(self, offered: Sequence[Json]) -> tuple[Region, ...]:
        """Return the regions that are not about these labels."""
        own = {given["region"] for given in offered}
        named = {f"label-{number}" for number in map(_named, self.regions) if number} & own
        return tuple(one for one in self.regions if one.region_id not in own and f"label-{_named(one)}" not in named)

    def _region(self, given: Json) -> Region | Fault | None:
        """Return the region of a label, None where it was taken away, or why nothing is settled."""
        moved = [one for one in self.regions if f"label-{_named(one)}" == given["region"]]
        kept = [one for one in self.regions if one.region_id == given["region"]]
        found = [one for one in (*moved, *kept) if one.layer == given["layer"]]
        if len(found) > 1:
            return Fault("review-open", f"{len(found)} spans", "one place for one label", f"Leave one. {_AGAIN}")
        if moved and not found:
            return Fault("review-open", f"a {moved[0].layer}", f"a {given['layer']}, as the label is", _AGAIN)
        untouched = found and found[0].span == Span(given["start"], given["end"]) and not given["guess"]
        if untouched:
            return Fault("review-open", "the whole line, as it was shown", "the words that the label is about", _AGAIN)
        return found[0] if found else None

    def _place(self, label: Mapping[str, str], region: Region | None) -> Place:
        quote = self.article.text[region.span.start : region.span.end] if region else None
        note = region.answers.get("note") if region else None
        return Place(
            article_id=self.article.article_id,
            round_id=label["round_id"],
            region_id=label["region_id"],
            text_sha256=self.article.text_sha256,
            start=region.span.start if region else None,
            end=region.span.end if region else None,
            quote_sha256=sha256(quote.encode("utf-8")) if quote is not None else None,
            curator=self.curator,
            reason=str(note) if note else None,
            review=self.review,
        )


def _same(one: Open) -> tuple[str, str, int, int, str]:
    """Return what equal labels have in common: they are one region on the screen."""
    return one.article_id, one.text_sha256, one.start, one.end, one.layer


def _named(region: Region) -> int | None:
    """Return which label a span was marked for, as its note says."""
    found = _NAMED.match(str(region.answers.get("note") or ""))
    return int(found[1]) if found else None


def _digest(answers: Answers) -> str:
    given = {name: _ticked(answer) for name, answer in answers.items() if name not in REMARKS}
    told = {name: sorted(values) for name, values in given.items() if values}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8"))


def _ticked(answer: Answer) -> list[str]:
    """Return an answer as it was ticked or typed."""
    if isinstance(answer, tuple):
        return list(answer)
    if isinstance(answer, bool):
        return [FLAG_VALUE] if answer else []
    if answer is None:
        return [NO_POLARITY]
    return [answer.isoformat() if isinstance(answer, date) else str(answer)]
