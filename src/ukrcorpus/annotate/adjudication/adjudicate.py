"""Make one version of an article out of its annotators' rounds and the recorded decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ukrcorpus.annotate.adjudication.decisions import Decision, Decisions
from ukrcorpus.annotate.adjudication.judge import Judged, Strategies, Strategy, decide, judge
from ukrcorpus.annotate.adjudication.versions import Cause, Version, cause_of, version_of
from ukrcorpus.annotate.spans.reanchor import Texts
from ukrcorpus.annotate.values import Article, Fault, Problems, Region, Round
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span, group, iou
from ukrcorpus.schema.model import Layer, Schema

_MEND = "Mend the decision."


@dataclass(frozen=True, slots=True)
class Reading:
    """The round that counts for one annotator; ``coded`` is False where only spans were asked for."""

    annotator: str
    round: Round
    coded: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something annotators were at odds about, under one cause; ``decided`` says that a decision settled it."""

    article_id: str
    layer: Layer
    span: Span | None
    cause: Cause
    says: tuple[str, ...]
    decided: bool

    @property
    def where(self) -> str:
        """Return its place as a person reads it."""
        return f"{self.article_id}: {self.layer}" + (f" {self.span.start}..{self.span.end}" if self.span else "")

    def as_row(self) -> dict[str, object]:
        """Return where it is, its cause and whether it is decided, and no word of what was said."""
        place = {"start": self.span and self.span.start, "end": self.span and self.span.end}
        about = {"article_id": self.article_id, "layer": self.layer.value, "cause": self.cause.value}
        return {**about, **place, "decided": self.decided}


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """One version of an article's annotations: units in text order, still with their open aspects."""

    document: Judged | None
    claims: tuple[Judged, ...]
    mentions: tuple[Judged, ...]
    conflicts: tuple[Conflict, ...]


def adjudicate(  # noqa: PLR0913 - the article, what was said of it, and the rules
    article: Article,
    readings: Sequence[Reading],
    decisions: Decisions | None,
    schema: Schema,
    problems: Problems,
    *,
    strategies: Strategies,
) -> Adjudicated:
    """Return the adjudicated article. Decisions that cannot be applied are findings and settle nothing."""
    if decisions:
        decisions = _with_curators(article, readings, decisions, problems)
    judged = {layer: judged_units(layer, readings, schema, strategies[layer]) for layer in Layer}
    settled: dict[Layer, tuple[Judged, ...]] = {}
    conflicts: list[Conflict] = []
    for layer, units in judged.items():
        of_layer = [one for one in decisions.decisions if one.layer is layer] if decisions else []
        chosen = _chosen(units, of_layer, problems)
        after = [_apply(unit, chosen.get(number), layer, schema, problems) for number, unit in enumerate(units)]
        for before, unit in zip(units, after, strict=True):
            conflicts += _conflicts(article.article_id, layer, before, unit)
        settled[layer] = tuple(unit for unit in after if unit.decision is None or unit.decision.keep)
    document = settled[Layer.DOCUMENT]
    return Adjudicated(
        document[0] if document else None, settled[Layer.CLAIM], settled[Layer.MENTION], tuple(conflicts)
    )


def place_decisions(decisions: Decisions, article: Article, texts: Texts, problems: Problems) -> Decisions:
    """Return decisions in offsets of the present text; those whose place or quote is not there are findings."""
    placed = []
    for decision in decisions.decisions:
        here = Problems(decision.where, problems.findings)
        span = decision.span and texts.place(decision.span, decision.text_sha256, article)
        if decision.span is None:
            placed.append(decision)
        elif span is None:
            got = f"a span of the text {decision.text_sha256[:12]}…"
            here.add(Fault("decision-text", got, f"the article's text {article.text_sha256[:12]}…", "Decide it again."))
        elif sha256(article.text[span.start : span.end].encode("utf-8")) != decision.quote_sha256:
            expected = f"the hash of text[{span.start}:{span.end}]"
            here.add(Fault("decision-quote", f"quote_sha256 {decision.quote_sha256}", expected, _MEND))
        else:
            placed.append(replace(decision, span=span))
    return replace(decisions, decisions=tuple(placed))


def judged_units(layer: Layer, readings: Sequence[Reading], schema: Schema, strategy: Strategy) -> tuple[Judged, ...]:
    """Return the units of a layer before any decision; the document is one unit that every coding annotator has."""
    if layer is Layer.DOCUMENT:
        coded = [one for one in readings if one.coded]
        versions = [_version(one, None, layer, schema) for one in coded]
        return (judge(versions, len(versions), strategy),) if versions else ()
    by_name = {one.annotator: one for one in readings}
    regions = {name: [one for one in own.round.regions if one.layer is layer] for name, own in by_name.items()}
    units = []
    for members in group({name: [region.span for region in own] for name, own in regions.items()}):
        versions = [
            _version(by_name[name], regions[name][index], layer, schema) for name, index in sorted(members.items())
        ]
        units.append(judge(versions, len(readings), strategy))
    return tuple(units)


def best_unit(units: Sequence[Judged], span: Span | None) -> int | None:
    """Return the number of the unit with a version that equals a span, or overlaps it best; the document is one."""
    if span is None:
        return 0 if units else None
    close = [
        (max((iou(one.span, span) for one in unit.versions if one.span), default=0), -number)
        for number, unit in enumerate(units)
    ]
    best = max(close, default=(0, 0))
    return -best[1] if best[0] else None


def _with_curators(
    article: Article, readings: Sequence[Reading], decisions: Decisions, problems: Problems
) -> Decisions:
    """Return decisions that say truly whether their curator annotated the article; one that did not is noted."""
    annotators = [reading.annotator for reading in readings]
    silent = {one.curator for one in decisions.decisions if one.curator in annotators and not one.is_annotator}
    for name in sorted(silent):
        got = f"curator '{name}', an annotator of {article.article_id}"
        expected = "is_annotator = true, or a curator who did not annotate"
        here = Problems(decisions.where, problems.findings)
        here.note(Fault("decision-curator", got, expected, "Say so in the file."))
    told = [replace(one, is_annotator=one.is_annotator or one.curator in annotators) for one in decisions.decisions]
    return replace(decisions, decisions=tuple(told))


def _version(one: Reading, region: Region | None, layer: Layer, schema: Schema) -> Version:
    """Return what an annotator says of a unit, with what a migration left open."""
    answers = region.answers if region else one.round.document
    part = region.region_id if region else str(Layer.DOCUMENT)
    version = version_of(one.annotator, region.span if region else None, answers, layer, schema)
    pending = {left.name: left.said for left in one.round.pending if left.region_id == part}
    annotation_id = f"{one.round.round_id}:{part}"
    return replace(version, coded=one.coded, pending=pending, annotation_id=annotation_id)


def _chosen(units: Sequence[Judged], decisions: Sequence[Decision], problems: Problems) -> dict[int, Decision]:
    """Return unit -> its decision: the unit with a version that equals the decided span, or overlaps it best.

    What a migration left open of a decision by hand, a review may settle.
    """
    chosen: dict[int, Decision] = {}
    for decision in decisions:
        here = Problems(decision.where, problems.findings)
        number = best_unit(units, decision.span)
        if number is None:
            expected = f"a {decision.layer} that an annotator marked there"
            here.add(Fault("decision-nothing", "no unit that it applies to", expected, _MEND))
        elif number in chosen and not (chosen[number].pending and decision.review):
            got = f"a second decision on the unit of {chosen[number].where}"
            here.add(Fault("decision-twice", got, "one decision per unit", "Remove one of them."))
        else:
            chosen[number] = decision
    return chosen


def _apply(unit: Judged, decision: Decision | None, layer: Layer, schema: Schema, problems: Problems) -> Judged:
    if decision is None:
        return unit
    if not decision.keep:
        return replace(unit, open={}, decision=decision)
    here = Problems(decision.where, problems.findings)
    basis = _basis(unit, decision)
    if isinstance(basis, Fault):
        here.add(basis)
        return unit
    answers = {**basis.answers, **decision.changes}
    final = version_of(basis.annotator, decision.span, answers, layer, schema)
    left = {name: said for name, said in basis.pending.items() if name not in decision.changes}
    who = decision.curator if decision.pending else basis.annotator
    return decide(unit, decision, replace(final, annotator=who, pending={**left, **decision.pending}))


def _basis(unit: Judged, decision: Decision) -> Version | Fault:
    """Return the version that a decision builds on: the one it takes, or the one that all have."""
    names = [version.annotator for version in unit.versions]
    if decision.take is not None:
        if decision.take in names:
            return unit.versions[names.index(decision.take)]
        return Fault("decision-annotator", f"take '{decision.take}'", f"one who marked it: {', '.join(names)}", _MEND)
    coded = [version for version in unit.versions if version.coded] or list(unit.versions)
    if all(one.says() == coded[0].says() for one in coded):
        return coded[0]
    return Fault(
        "decision-take", "no take, and versions that differ", f"one of {', '.join(names)}", "Say whose to take."
    )


def _conflicts(article_id: str, layer: Layer, before: Judged, after: Judged) -> Iterator[Conflict]:
    """Yield what was at odds: under the decision's cause, else once per cause of the open aspects."""
    if not before.open and not after.open:
        return
    span = after.span or before.versions[0].span
    is_decided = after.decision is not None and not after.open
    votes_on = before.open if is_decided else after.open
    says: Mapping[str, list[str]] = {
        aspect: [f"{name}: {said}" for name, said in votes] for aspect, votes in votes_on.items()
    }
    lines = {aspect: f"{aspect} ({'; '.join(votes)})" for aspect, votes in says.items()}
    if after.decision and is_decided:
        yield Conflict(article_id, layer, span, after.decision.cause, tuple(lines.values()), decided=True)
        return
    for cause in dict.fromkeys(cause_of(aspect) for aspect in votes_on):
        of_cause = tuple(line for aspect, line in lines.items() if cause_of(aspect) is cause)
        yield Conflict(article_id, layer, span, cause, of_cause, decided=False)
