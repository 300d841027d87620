"""The items of a Label Studio result: spans, the answers tied to them by id, answers about the document."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ukrcorpus.annotate.answers import MEND, contradictions, implied, join_searches, missing, not_asked, parse_answer
from ukrcorpus.annotate.values import SURROGATE, Answer, Fault, Problems, Region, shown
from ukrcorpus.core.problems import near
from ukrcorpus.derive.label_studio import LABEL_CONTROL, TEXT_OBJECT
from ukrcorpus.derive.label_studio_controls import SEARCH
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

Json = dict[str, Any]

# Where an answer stands in an item's value; what is offered as a list and as a tree may be either.
PAYLOAD: Final[dict[Control, tuple[str, ...]]] = {
    Control.CHOICE: ("choices",),
    Control.CHOICES: ("choices",),
    Control.ACTORS: ("choices", "taxonomy"),
    Control.FLAG: ("choices",),
    Control.ISSUE: ("taxonomy", "choices"),
    Control.TEXT: ("text",),
    Control.DATE: ("text",),
}


@dataclass(slots=True)
class Result:
    """What a result list came to; ``refused`` are ids of spans that were set aside with their answers.

    ``unread`` are questions that were answered in a way that could not be read, by id.
    """

    regions: dict[str, Region] = field(default_factory=dict)
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    document: dict[str, Answer] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    unread: set[tuple[str, str]] = field(default_factory=set)

    @property
    def n_regions(self) -> int:
        """Return how many spans there were."""
        return len(self.regions) + len(self.refused)

    def whole(self) -> tuple[Region, ...]:
        """Return the regions with their answers, in text order."""
        regions = [replace(one, answers=self.answers.get(key, {})) for key, one in self.regions.items()]
        return tuple(sorted(regions, key=lambda one: (one.span, one.region_id)))


def read_result(items: list[object], schema: Schema, problems: Problems, *, coded: bool) -> Result:
    """Return the regions and answers of a result; each item that cannot be understood is a finding.

    ``coded`` says that the round asked for answers, so that a required one may be missed.
    """
    result = Result()
    others = []
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            fault = Fault("item-not-an-object", shown(item), "an object", MEND)
            problems.at(f"result item {number}").add(fault)
        elif item.get("from_name") == LABEL_CONTROL:
            _read_span(item, result, schema, problems.at(f"region {item.get('id')}"))
        else:
            others.append(item)
    for item in others:
        if item.get("type") == "relation":
            _read_relation(item, result, problems)
        else:
            _read_answer(item, result, schema, problems.at(f"region {item.get('id')}"))
    _check_regions(result, schema, problems, coded=coded)
    return result


def _read_span(item: Json, result: Result, schema: Schema, problems: Problems) -> None:
    region_id, value = item.get("id"), item.get("value")
    if not isinstance(region_id, str) or not region_id or not region_id.isprintable():
        problems.add(Fault("region-without-id", f"id {shown(region_id)}", "an id", MEND))
        return
    if region_id in result.regions:
        problems.add(Fault("region-twice", "a second span with this id", "one span per id", MEND))
        return
    fields = value if isinstance(value, dict) else {}
    layer, span = _layer(fields, schema), _span(fields)
    for part in (layer, span, _object(item)):
        if isinstance(part, Fault):
            problems.add(part)
            result.refused.add(region_id)
            return
    assert isinstance(layer, Layer)
    assert isinstance(span, Span)
    copy, origin = fields.get("text"), item.get("origin")
    origins = schema.vocabulary("region_origin").names
    if origin is not None and origin not in origins:
        problems.note(Fault("origin-unknown", f"origin {shown(origin)}", f"one of {', '.join(origins)}", MEND))
    result.regions[region_id] = Region(
        region_id=region_id,
        layer=layer,
        span=span,
        shown=copy if isinstance(copy, str) else None,
        origin=origin if origin in origins else None,
        answers={},
        where=problems.where,
    )


def _layer(fields: Json, schema: Schema) -> Layer | Fault:
    known = [str(text.layer) for text in schema.layers if text.layer is not Layer.DOCUMENT]
    labels = fields.get("labels")
    if not isinstance(labels, list) or not labels:
        return Fault("region-without-label", f"labels {shown(labels)}", f"one of {', '.join(known)}", MEND)
    if len(labels) > 1:
        return Fault("values-too-many", f"labels {shown(labels)}", "one label", MEND)
    if labels[0] not in known:
        remedy = f"{near(str(labels[0]), known)} {MEND}"
        return Fault("label-unknown", shown(labels[0]), f"one of {', '.join(known)}", remedy)
    return Layer(labels[0])


def _span(fields: Json) -> Span | Fault:
    start, end = fields.get("start"), fields.get("end")
    if start is None or end is None:
        return Fault("region-without-span", f"start {shown(start)}, end {shown(end)}", "start and end", MEND)
    if type(start) is int and type(end) is int:
        return Span(start, end)
    return Fault("offset-not-integer", f"start {shown(start)}, end {shown(end)}", "whole numbers of code points", MEND)


def _object(item: Json) -> Fault | None:
    name = item.get("to_name")
    if name == TEXT_OBJECT:
        return None
    return Fault("object-unknown", f"to_name {shown(name)}", f"'{TEXT_OBJECT}', the text of the task", MEND)


def _read_relation(item: Json, result: Result, problems: Problems) -> None:
    ends = [item.get("from_id"), item.get("to_id")]
    problems = problems.at(f"relation {ends[0]} -> {ends[1]}")
    if any(not isinstance(end, str) or end not in result.regions.keys() | result.refused for end in ends):
        problems.add(Fault("relation-nowhere", "an end that no span has", "ids of two spans", MEND))
    else:
        expected = "sources as answers to the claim: the scheme has no relations"
        problems.add(Fault("relation-unexpected", "a relation", expected, MEND))


def _read_answer(item: Json, result: Result, schema: Schema, problems: Problems) -> None:
    name, region_id = item.get("from_name"), item.get("id")
    asked = [one for one in schema.attributes if name == one.name or _searches(name, one)]
    if not asked:
        known = [LABEL_CONTROL, *(one.name for one in schema.attributes)]
        remedy = f"{near(str(name), known)} {MEND}"
        problems.add(Fault("control-unknown", f"from_name {shown(name)}", "a question of schema/scheme.toml", remedy))
        return
    if isinstance(region_id, str) and region_id in result.refused:
        return  # the finding of its span stands for both
    [attribute] = asked
    place = _object(item) or _place(attribute, region_id, result)
    fault = place if isinstance(place, Fault) else _enter(attribute, item, place, schema)
    if fault:
        problems.add(fault)
        result.unread.add((str(region_id), attribute.name))


def _searches(name: object, attribute: Attribute) -> bool:
    """Say whether a control is the one that searches the registry for answers to a question about actors."""
    return attribute.control is Control.ACTORS and name == attribute.name + SEARCH


def _place(attribute: Attribute, region_id: object, result: Result) -> dict[str, Answer] | Fault:
    """Return the answers that an answer belongs to: the document's or a span's."""
    if attribute.layers == (Layer.DOCUMENT,):
        return result.document
    if not isinstance(region_id, str) or region_id not in result.regions:
        return Fault("answer-nowhere", f"an answer to {attribute.name}", "the id of a span", MEND)
    layer = result.regions[region_id].layer
    if layer not in attribute.layers:
        expected = f"a {' or '.join(attribute.layers)}"
        return Fault("answer-of-other-layer", f"an answer to {attribute.name} on a {layer}", expected, MEND)
    return result.answers.setdefault(region_id, {})


def _enter(attribute: Attribute, item: Json, place: dict[str, Answer], schema: Schema) -> Fault | None:
    """Put an answer in its place, under the name of its control, or return why it is none."""
    if item["from_name"] in place:
        return Fault("answer-twice", f"a second answer to {attribute.name}", "one answer", MEND)
    given = given_in(attribute, item.get("value"))
    if not given:
        return None
    answer = given if isinstance(given, Fault) else parse_answer(attribute, schema, given)
    if isinstance(answer, Fault):
        return answer
    place[item["from_name"]] = answer
    return None


def given_in(attribute: Attribute, value: object) -> tuple[str, ...] | Fault:
    """Return what was ticked or typed, without empty texts; of a taxonomy's paths the leaves."""
    keys, fields = PAYLOAD[attribute.control], value if isinstance(value, dict) else {}
    key = next((one for one in keys if one in fields), keys[0])
    given = fields.get(key)
    if isinstance(given, str) and key == "text":
        given = [given]
    if isinstance(given, list) and key == "taxonomy":
        given = [path[-1] if isinstance(path, list) and path else path for path in given]
    if isinstance(given, list) and all(isinstance(one, str) and not SURROGATE.search(one) for one in given):
        return tuple(stripped for one in given if (stripped := one.strip()))
    return Fault("answer-shape", f"{key} {shown(given)} for {attribute.name}", f"a list of texts under '{key}'", MEND)


def _check_regions(result: Result, schema: Schema, problems: Problems, *, coded: bool) -> None:
    unread = {name for _, name in result.unread}
    if coded:
        _note_missing([one for one in missing(result.document, Layer.DOCUMENT, schema) if one not in unread], problems)
    for region_id, region in result.regions.items():
        answers = result.answers.setdefault(region_id, {})
        unread = {name for one, name in result.unread if one == region_id}
        check_answers(answers, region.layer, schema, problems.at(f"region {region_id}"), unread if coded else None)


def check_answers(
    answers: dict[str, Answer], layer: Layer, schema: Schema, problems: Problems, unread: Collection[str] | None = ()
) -> None:
    """Put a region's answers in order: what contradicts falls, what follows is filled in, each with its finding.

    ``unread`` are questions with an answer that could not be read; None: no answer is missed, the round asked for none.
    """
    join_searches(answers)
    if unread is not None:
        lacking = missing(implied(answers, layer, schema) | answers, layer, schema)
        _note_missing([one for one in lacking if one not in unread], problems)
    for fault, fallen in list(contradictions(answers, schema)):
        problems.add(fault)
        for name in fallen:
            answers.pop(name, None)
    for fault, name in list(not_asked(answers, layer, schema)):
        problems.note(fault)
        answers.pop(name)
    answers |= implied(answers, layer, schema)


def _note_missing(lacking: list[str], problems: Problems) -> None:
    if lacking:
        problems.note(Fault("answer-missing", "no answer", f"an answer to {', '.join(lacking)}", MEND))
