"""Review tasks: one for each article with open conflicts, for a curator to settle on the labelling screen.

Only open units are marked, with what is settled filled in; a panel beside the text holds each annotator's version. The
task's data says what was offered under which region ids, so that the answers are known again in the export.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.adjudication.adjudicate import Adjudicated
from ukrcorpus.annotate.adjudication.curate import curate, readings_of
from ukrcorpus.annotate.adjudication.judge import CONDITIONAL, POLARITY, Judged
from ukrcorpus.annotate.adjudication.lost_labels import (
    LABELS,
    Lost,
    label_items,
    labels_panel,
    lost_labels,
    named_actors,
    offered_labels,
)
from ukrcorpus.annotate.adjudication.review_panel import REMARKS, panel
from ukrcorpus.annotate.adjudication.versions import BOUNDARY, ISSUES
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.annotate.rounds import ADJUDICATION
from ukrcorpus.annotate.spans.unanchored import open_labels
from ukrcorpus.annotate.tasks import AGREED, options_of, task_of
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_json
from ukrcorpus.derive.label_studio import LABEL_CONTROL, REVIEW, result_item
from ukrcorpus.derive.label_studio_controls import stored_as
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import SLOTS
from ukrcorpus.schema.model import FLAG_VALUE, Attribute, Control, Layer, Schema

Json = dict[str, Any]

OFFERED: Final = "review_units"
_NONE: Final = "none"


def review_tasks(project: Project, schema: Schema) -> list[Json]:
    """Return the tasks of all articles with open conflicts, or with labels that lost their place, by article id."""
    articles = read_articles(project)
    curated = curate(project, schema, articles)
    lost = lost_labels(open_labels(project, schema, articles.by_id))
    annotators = {name: [one.annotator for one in own] for name, own in readings_of(curated.submissions).items()}
    gazetteer = Gazetteer.of(schema.actors)
    tasks = []
    for row in sorted(articles.rows, key=lambda row: str(row["article_id"])):
        article_id = str(row["article_id"])
        one = curated.articles.get(article_id)
        open_now = _OpenNow(_open_units(one) if one else [], lost.get(article_id, ()), one.document if one else None)
        if open_now.units or open_now.lost:
            kinds = articles.kinds.get(article_id, ())
            task = task_of(row, schema, gazetteer, ADJUDICATION, kinds)
            tasks.append(_asked(task, open_now, annotators.get(article_id, []), schema))
    return tasks


def write_review(project: Project, schema: Schema) -> int:
    """Write ``build/review.json`` for an upload to Label Studio by hand; return the number of tasks."""
    tasks = review_tasks(project, schema)
    write_json(project.build / "review.json", tasks)
    return len(tasks)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open unit; the regions that stand for it on the screen, each with its span (the document has none)."""

    layer: Layer
    judged: Judged
    regions: Mapping[str, Span]


def _open_units(one: Adjudicated) -> list[_Open]:
    judged = [(Layer.DOCUMENT, one.document), *((Layer.CLAIM, unit) for unit in one.claims)]
    judged += [(Layer.MENTION, unit) for unit in one.mentions]
    still = [(layer, unit) for layer, unit in judged if unit is not None and unit.open]
    return [_Open(layer, unit, dict(_regions(number, unit))) for number, (layer, unit) in enumerate(still, 1)]


def _regions(number: int, unit: Judged) -> Iterator[tuple[str, Span]]:
    """Yield a region for each boundary that is in question, under an id that names the unit."""
    spans = [version.span for version in unit.versions] if BOUNDARY in unit.open else [_place(unit)]
    for part, span in enumerate(dict.fromkeys(span for span in spans if span), 1):
        yield f"unit-{number}-{part}", span


def _place(unit: Judged) -> Span | None:
    return unit.span or unit.versions[0].span


@dataclass(frozen=True, slots=True)
class _OpenNow:
    """What a curator has to settle of one article, and what is known of the article itself."""

    units: Sequence[_Open]
    lost: Sequence[Lost]
    document: Judged | None


def _asked(task: Json, open_now: _OpenNow, annotators: Sequence[str], schema: Schema) -> Json:
    """Return the task with what is open on its panel, and what is settled filled in.

    Also what is settled of the article: the screen asks about it all the same.
    """
    units, lost, document = open_now.units, open_now.lost, open_now.document
    data = task["data"]
    text = data["text"]
    named = [*_named(units, schema), *named_actors(lost, schema)]
    known = {key: {one["value"] for one in data[key]} for key in ("actor_options", "source_options")}
    more = {key: data[key] + options_of([one for one in named if one not in own], schema) for key, own in known.items()}
    shown = [panel([(unit.layer, unit.judged) for unit in units], annotators, text, schema)] if units else []
    shown += [labels_panel(lost, schema)] if lost else []
    told = {REVIEW: "\n".join(shown), OFFERED: [_offered(unit) for unit in units]}
    told |= {LABELS: offered_labels(lost)} if lost else {}
    of_article = [] if document is None or document.open else [_Open(Layer.DOCUMENT, document, {})]
    result = [item for unit in (*of_article, *units) for item in _items(unit, text, schema)]
    result += label_items(lost, text, schema)
    made = {**task, "data": {**data, **more, **told}}
    return {**made, "predictions": [{"model_version": AGREED, "score": None, "result": result}]} if result else made


def _named(units: Sequence[_Open], schema: Schema) -> list[str]:
    """Return the actors that annotators named, so that the curator can choose them with a click."""
    asked = [one.name for one in schema.attributes if one.control is Control.ACTORS]
    given = [version.answers.get(name) for unit in units for version in unit.judged.versions for name in asked]
    return list(dict.fromkeys(actor for one in given if isinstance(one, tuple) for actor in one))


def _offered(unit: _Open) -> Json:
    spans = [version.span for version in unit.judged.versions if version.span]
    place = {"start": spans[0].start, "end": spans[0].end} if spans else {}
    return {"layer": str(unit.layer), **place, "regions": list(unit.regions), "open": list(unit.judged.open)}


def _items(unit: _Open, text: str, schema: Schema) -> Iterator[Json]:
    """Yield the result items of a unit: its spans, and on each of them what is settled."""
    answers = [*_settled(unit, schema)]
    for attribute, values in answers if unit.layer is Layer.DOCUMENT else ():
        kind, stored = stored_as(attribute, schema, values)
        yield result_item(f"document-{attribute.name}", attribute.name, kind, stored)
    for region_id, span in unit.regions.items():
        place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
        yield result_item(region_id, LABEL_CONTROL, "labels", place | {"labels": [str(unit.layer)]})
        for attribute, values in answers:
            kind, stored = stored_as(attribute, schema, values)
            yield result_item(region_id, attribute.name, kind, place | stored)


def _settled(unit: _Open, schema: Schema) -> Iterator[tuple[Attribute, list[str]]]:
    """Yield the questions that are settled with their answers as ticked or typed; remarks are the curator's own."""
    slots = _slots(unit.judged)
    for attribute in schema.attributes_of(unit.layer):
        name = attribute.name
        if name in REMARKS or name in unit.judged.open:
            continue
        if name in {key for slot in SLOTS for key in (slot.issue, slot.polarity, slot.conditional, slot.condition)}:
            values = slots.get(name, [])
        elif name in unit.judged.hard:
            values = _ticked(unit.judged.hard[name])
        else:
            values = _ticked(unit.judged.soft(name))
        if values:
            yield attribute, values


def _slots(unit: Judged) -> dict[str, list[str]]:
    """Return the answers about a claim's issues, but for what is open."""
    said: dict[str, list[str]] = {}
    for slot, code in zip(SLOTS, unit.issues, strict=False) if ISSUES not in unit.open else ():
        said[slot.issue] = [code.issue]
        if f"{POLARITY}:{code.issue}" not in unit.open:
            said[slot.polarity] = [_NONE if code.polarity is None else str(code.polarity)]
        if f"{CONDITIONAL}:{code.issue}" not in unit.open and code.conditional:
            said[slot.conditional] = [FLAG_VALUE]
            said |= {slot.condition: [code.condition]} if slot.condition and code.condition else {}
    return said


def _ticked(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, frozenset | tuple):
        return sorted(value) if isinstance(value, frozenset) else list(value)
    return [FLAG_VALUE if value is True else str(value)]
