"""Turn what a curator answered in review tasks into decisions: a span that stands is kept as it was answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.adjudication.adjudicate import best_unit
from ukrcorpus.annotate.adjudication.decision_files import Entry, Given
from ukrcorpus.annotate.adjudication.decisions import CLEARED
from ukrcorpus.annotate.adjudication.judge import Judged
from ukrcorpus.annotate.adjudication.review_panel import REMARKS
from ukrcorpus.annotate.adjudication.versions import UNIT, Cause, Version, cause_of
from ukrcorpus.annotate.values import Answer, Answers, Article, Fault, Problems, Region
from ukrcorpus.core.problems import Severity
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Control, Layer, Schema

_OUTDATED: Final = "review-outdated"
_SILENT: Final = "The curator gave no reason."
_AGAIN: Final = "Open the review in Label Studio, answer it and pull again."


@dataclass(frozen=True, slots=True)
class Offered:
    """A unit as a review task offered it: where it stands now, and under which region ids."""

    layer: Layer
    span: Span | None
    regions: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What one curator left of one review task, in offsets of the article's present text.

    ``outdated`` are the regions of which a later migration took an answer away.
    """

    review: str
    curator: str
    is_annotator: bool
    offered: tuple[Offered, ...]
    regions: tuple[Region, ...]
    document: Answers
    outdated: frozenset[str] = frozenset()


def entries_of(
    review: Review, units: Mapping[Layer, Sequence[Judged]], article: Article, schema: Schema, problems: Problems
) -> Iterator[tuple[int, Entry]]:
    """Yield (number of the unit in its layer, decision). What was left open, or fits no unit, is a finding."""
    named = {region_id for one in review.offered for region_id in one.regions}
    free = [region for region in review.regions if region.region_id not in named]
    for offered in review.offered:
        here = problems.at(_address(offered))
        number = best_unit(units[offered.layer], offered.span)
        if number is None:
            expected = f"a {offered.layer} that an annotator marked there"
            here.add(Fault("review-nothing", "no unit that it is about", expected, "Make new review tasks."))
            continue
        unit = units[offered.layer][number]
        left = [region for region in review.regions if region.region_id in offered.regions]
        made = _Answered(review, unit, article, schema)
        entry = made.document(offered) if offered.span is None else made.span(offered, left or _instead(unit, free))
        if isinstance(entry, Fault):
            here.add(entry, Severity.NOTE if entry.rule == _OUTDATED else Severity.ERROR)
        else:
            free = [region for region in free if region.span != entry.span]
            yield number, entry
    for region in free:
        got = f"a {region.layer} at {region.span.start}..{region.span.end} that was not under review"
        expected = "spans of units that an annotator marked"
        problems.add(Fault("review-extra", got, expected, "It is not taken: have an annotator mark it."))


def _address(offered: Offered) -> str:
    return f"{offered.layer}" + (f" {offered.span.start}..{offered.span.end}" if offered.span else "")


def _instead(unit: Judged, free: Iterable[Region]) -> list[Region]:
    """Return the span that was marked anew for a unit whose regions are gone: the one that shares most with it."""
    spans = [version.span for version in unit.versions if version.span]
    shared = [(max(one.span.shared(span) for span in spans), -one.span.start, one) for one in free]
    best = max((one for one in shared if one[0]), key=lambda one: one[:2], default=None)
    return [best[2]] if best else []


@dataclass(frozen=True, slots=True)
class _Answered:
    """Makes the decision on one unit out of what stands of it in a review."""

    review: Review
    unit: Judged
    article: Article
    schema: Schema

    def document(self, offered: Offered) -> Entry | Fault:
        """Return the decision on the questions about the article."""
        lacking = self._lacking(offered, self.review.document, str(Layer.DOCUMENT))
        return lacking or self._entry(offered, None, self.review.document)

    def span(self, offered: Offered, left: Sequence[Region]) -> Entry | Fault:
        """Return the decision on a claim or mention: taken away, or kept as it stands."""
        if not left:
            return self._entry(offered, offered.span, None)
        if len({region.span for region in left}) > 1:
            got = f"{len(left)} spans of one unit"
            return Fault("review-open", got, "the one that is right", f"Take the others away. {_AGAIN}")
        lacking = self._lacking(offered, left[0].answers, left[0].region_id)
        return lacking or self._entry(offered, left[0].span, left[0].answers)

    def _lacking(self, offered: Offered, answers: Answers, region_id: str) -> Fault | None:
        """Return why a review is no decision: a question that was open has to have an answer and has none."""
        if region_id in self.review.outdated:
            got = "a review of an older scheme, with a label that was split or retired"
            return Fault(_OUTDATED, got, "an answer in the present scheme", "Review it again, unless that was done.")
        required = [one.name for one in self.schema.attributes_of(offered.layer) if one.required]
        asked = {aspect.partition(":")[0] for aspect in offered.open}
        lacking = [name for name in required if name not in answers and (name in asked or UNIT in asked)]
        if not lacking:
            return None
        return Fault("review-open", f"no answer to {', '.join(lacking)}", "an answer to what was open", _AGAIN)

    def _entry(self, offered: Offered, span: Span | None, answers: Answers | None) -> Entry:
        """Return the decision; ``answers`` None: the unit goes."""
        quote = self.article.text[span.start : span.end] if span else None
        take, changes = None, dict[str, Given]()
        if answers is not None:
            take, changes = nearest(self.unit.versions, answers, offered.layer, self.schema)
        open_aspects = [*self.unit.open] or [*offered.open]
        note = answers.get("note") if answers else None
        return Entry(
            layer=offered.layer,
            span=span,
            quote_sha256=sha256(quote.encode("utf-8")) if quote is not None else None,
            text_sha256=self.article.text_sha256,
            scheme_version=self.schema.scheme_version,
            keep=answers is not None,
            take=take,
            changes=changes,
            reason=str(note) if note else _SILENT,
            cause=str(cause_of(open_aspects[0]) if open_aspects else Cause.OTHER),
            curator=self.review.curator,
            is_annotator=self.review.is_annotator,
            review=self.review.review,
        )


def nearest(
    versions: Sequence[Version], answers: Answers, layer: Layer, schema: Schema
) -> tuple[str, dict[str, Given]]:
    """Return whose version needs the fewest changes to be what was answered, and those changes."""
    able = [version for version in versions if version.coded] or list(versions)
    changes = [(version.annotator, _changes(version, answers, layer, schema)) for version in able]
    return min(changes, key=lambda one: (len(one[1]), one[0]))


def _changes(version: Version, answers: Answers, layer: Layer, schema: Schema) -> dict[str, Given]:
    """Return what has to be set; what a migration took away is set also where it is as before."""
    changes: dict[str, Given] = {}
    for one in schema.attributes_of(layer):
        said, now = version.answers.get(one.name), answers.get(one.name)
        if one.name not in REMARKS and (_plain(said) != _plain(now) or one.name in version.pending):
            changes[one.name] = _given(now, one.control)
    return changes


def _plain(answer: Answer) -> object:
    """Return an answer as it compares: lists without their order, an empty one and an unticked box as no answer."""
    if isinstance(answer, tuple):
        return frozenset(answer) or None
    return None if answer is False else answer


def _given(answer: Answer, control: Control) -> Given:
    """Return an answer as a decision file gives it."""
    if control is Control.FLAG:
        return bool(answer)
    if answer is None or answer == ():
        return CLEARED
    if isinstance(answer, tuple):
        return answer
    return str(answer) if isinstance(answer, int) else answer
