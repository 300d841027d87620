"""Make one version of an article out of its annotators' rounds and the recorded decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ukrcorpus.annotate.decisions import Decision, Decisions
from ukrcorpus.annotate.judge import Judged, decide, judge
from ukrcorpus.annotate.reanchor import Texts
from ukrcorpus.annotate.values import Article, Fault, Problems, Round
from ukrcorpus.annotate.versions import Cause, Version, cause_of, version_of
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import group, iou
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

    where: str
    cause: Cause
    says: tuple[str, ...]
    decided: bool


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """One version of an article's annotations: units in text order, still with their open aspects."""

    document: Judged | None
    claims: tuple[Judged, ...]
    mentions: tuple[Judged, ...]
    conflicts: tuple[Conflict, ...]


def adjudicate(
    article: Article, readings: Sequence[Reading], decisions: Decisions | None, schema: Schema, problems: Problems
) -> Adjudicated:
    """Return the adjudicated article. Decisions that cannot be applied are findings and settle nothing."""
    if decisions:
        _note_curator(article, readings, decisions, problems)
    judged = {layer: _judged(layer, readings, schema) for layer in Layer}
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
        span = decision.span and texts.place(decision.span, decisions.text_sha256, article)
        if decision.span is None:
            placed.append(decision)
        elif span is None:
            got = f"a span of the text {decisions.text_sha256[:12]}…"
            here.add(Fault("decision-text", got, f"the article's text {article.text_sha256[:12]}…", "Decide it again."))
        elif sha256(article.text[span.start : span.end].encode("utf-8")) != decision.quote_sha256:
            expected = f"the hash of text[{span.start}:{span.end}]"
            here.add(Fault("decision-quote", f"quote_sha256 {decision.quote_sha256}", expected, _MEND))
        else:
            placed.append(replace(decision, span=span))
    return replace(decisions, decisions=tuple(placed))


def _note_curator(article: Article, readings: Sequence[Reading], decisions: Decisions, problems: Problems) -> None:
    if decisions.curator in [reading.annotator for reading in readings] and not decisions.is_annotator:
        got = f"curator '{decisions.curator}', an annotator of {article.article_id}"
        expected = "is_annotator = true, or a curator who did not annotate"
        here = Problems(decisions.where, problems.findings)
        here.note(Fault("decision-curator", got, expected, "Say so in the file."))


def _judged(layer: Layer, readings: Sequence[Reading], schema: Schema) -> tuple[Judged, ...]:
    """Return the units of a layer; the document is one unit that every coding annotator has."""
    if layer is Layer.DOCUMENT:
        coded = [one for one in readings if one.coded]
        versions = [version_of(one.annotator, None, one.round.document, layer, schema) for one in coded]
        return (judge(versions, len(versions)),) if versions else ()
    regions = {one.annotator: [region for region in one.round.regions if region.layer is layer] for one in readings}
    coded_by = {one.annotator: one.coded for one in readings}
    units = []
    for members in group({name: [region.span for region in own] for name, own in regions.items()}):
        versions = []
        for name, index in sorted(members.items()):
            region = regions[name][index]
            version = version_of(name, region.span, region.answers, layer, schema)
            versions.append(replace(version, coded=coded_by[name]))
        units.append(judge(versions, len(readings)))
    return tuple(units)


def _chosen(units: Sequence[Judged], decisions: Sequence[Decision], problems: Problems) -> dict[int, Decision]:
    """Return unit -> its decision: the unit with a version that equals the decided span, or overlaps it best."""
    chosen: dict[int, Decision] = {}
    for decision in decisions:
        here = Problems(decision.where, problems.findings)
        number = _best(units, decision)
        if number is None:
            expected = f"a {decision.layer} that an annotator marked there"
            here.add(Fault("decision-nothing", "no unit that it applies to", expected, _MEND))
        elif number in chosen:
            got = f"a second decision on the unit of {chosen[number].where}"
            here.add(Fault("decision-twice", got, "one decision per unit", "Remove one of them."))
        else:
            chosen[number] = decision
    return chosen


def _best(units: Sequence[Judged], decision: Decision) -> int | None:
    if decision.span is None:
        return 0 if units else None
    close = [
        (max((iou(one.span, decision.span) for one in unit.versions if one.span), default=0), -number)
        for number, unit in enumerate(units)
    ]
    best = max(close, default=(0, 0))
    return -best[1] if best[0] else None


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
    return decide(unit, decision, version_of(basis.annotator, decision.span, answers, layer, schema))


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
    if not before.open:
        return
    span = after.span or before.versions[0].span
    where = f"{article_id}: {layer}" + (f" {span.start}..{span.end}" if span else "")
    says: Mapping[str, list[str]] = {
        aspect: [f"{name}: {said}" for name, said in votes] for aspect, votes in before.open.items()
    }
    lines = {aspect: f"{aspect} ({'; '.join(votes)})" for aspect, votes in says.items()}
    if after.decision:
        yield Conflict(where, after.decision.cause, tuple(lines.values()), decided=True)
        return
    for cause in dict.fromkeys(cause_of(aspect) for aspect in before.open):
        yield Conflict(
            where, cause, tuple(line for aspect, line in lines.items() if cause_of(aspect) is cause), decided=False
        )
