"""Read tasks in which everything is as it should be, fast; whatever else is in one, ``export`` reads and judges.

A task that this module takes is the same value as ``export`` makes of it, without a finding; it gives up at the first
thing that is unusual. msgspec decodes the few fields that count and skips the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

import msgspec

from ukrcorpus.annotate.answers import missing, parse_answer
from ukrcorpus.annotate.results import PAYLOAD, check_answers, given_in
from ukrcorpus.annotate.values import Answer, Fault, Person, Problems, Region, Round, Status, Task, is_plain, seconds
from ukrcorpus.derive.label_studio import LABEL_CONTROL, TEXT_OBJECT
from ukrcorpus.derive.label_studio_controls import SEARCH
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

_NOTHING: Final = object()  # ticked and cleared again: no answer
_REMEMBERED: Final = 10_000  # combinations of answers
_OPEN: Final = (Control.TEXT, Control.DATE)  # typed: every answer may be a new one


class _Value(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    start: int = -1
    end: int = -1
    text: str | list[str] | msgspec.UnsetType = msgspec.UNSET
    labels: list[str] = []
    choices: list[str] | msgspec.UnsetType = msgspec.UNSET
    taxonomy: list[list[str]] | msgspec.UnsetType = msgspec.UNSET


class _Item(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    from_name: str
    to_name: Literal["text"]
    value: _Value
    id: str = ""
    type: Literal["labels", "choices", "taxonomy", "textarea"] | None = None
    origin: str | None = None


class _Person(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    id: int
    email: str | None = None


class _Annotation(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    unique_id: str
    was_cancelled: bool
    created_at: str
    completed_by: int | str | _Person
    lead_time: float | None = None
    result: list[_Item] | None = None


class _Data(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    text: str
    article_id: str
    text_sha256: str
    scheme_version: str | None = None


class _Task(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    id: int
    data: _Data
    annotations: list[_Annotation]
    drafts: list[None] = []


class _UnusualError(Exception):
    """Something in the task needs a closer look."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A question, where its answers are stored, and what the answers met so far mean, each in a tuple of one."""

    attribute: Attribute
    of_document: bool
    known: dict[object, object] = field(default_factory=dict)


class PlainReader:
    """What reading the tasks of one export needs, made once from the schema."""

    def __init__(self, schema: Schema, where: str, *, coded: bool) -> None:
        assert TEXT_OBJECT == "text", "as the type of an item says"
        self._decode = msgspec.json.Decoder(_Task).decode
        self._schema = schema
        self._problems = Problems(where)
        self._coded = coded
        self._questions = dict(_questions(schema))
        self._layers = {str(one.layer): one.layer for one in schema.layers if one.layer is not Layer.DOCUMENT}
        self._required = frozenset(missing({}, Layer.DOCUMENT, schema))
        self._origins = frozenset(schema.vocabulary("region_origin").names) | {None}
        self._in_order: dict[object, dict[str, Answer] | None] = {}

    def read(self, piece: bytes) -> Task | None:
        """Return the task, or None where anything about it is unusual."""
        try:
            task = self._decode(piece)
            return self._task(task)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, _UnusualError):
            return None

    def _task(self, task: Any) -> Task:
        data = task.data
        version = data.scheme_version
        plain = is_plain(data.article_id) and is_plain(data.text_sha256) and (version is None or is_plain(version))
        older = bool(self._schema.migrations) and version != self._schema.scheme_version
        if task.drafts or not data.text or not plain or older:
            raise _UnusualError
        where = self._problems.at(f"task {task.id}").where
        rounds = tuple(self._round(one, f"{where}, annotation {one.unique_id}") for one in task.annotations)
        return Task(data.article_id, data.text, data.text_sha256, version, rounds, where)

    def _round(self, one: Any, where: str) -> Round:
        try:
            created_at = datetime.fromisoformat(one.created_at)
        except ValueError:
            raise _UnusualError from None
        lead_time, items = seconds(one.lead_time), one.result or ()
        if not created_at.tzinfo or not is_plain(one.unique_id) or isinstance(lead_time, Fault):
            raise _UnusualError
        coded = self._coded and not one.was_cancelled
        regions, document = self._result(items, where, coded=coded)
        return Round(
            one.unique_id,
            _person(one.completed_by),
            Status.SKIPPED if one.was_cancelled else Status.SUBMITTED,
            created_at.astimezone(UTC),
            lead_time,
            regions,
            document,
            len(regions),
            where,
        )

    def _result(self, items: Iterable[Any], where: str, *, coded: bool) -> tuple[tuple[Region, ...], dict[str, Answer]]:
        regions: dict[str, Region] = {}
        answers: dict[str, dict[str, Answer]] = {}
        document: dict[str, Answer] = {}
        others = []
        for item in items:
            if item.from_name != LABEL_CONTROL:
                others.append(item)
            elif item.id in regions:
                raise _UnusualError
            else:
                answers[item.id] = {}
                regions[item.id] = self._region(item, answers[item.id], where)
        for item in others:
            self._answer(item, regions, document)
        self._check(regions, document, coded=coded)
        return tuple(sorted(regions.values(), key=_place)), document

    def _region(self, item: Any, answers: dict[str, Answer], where: str) -> Region:
        region_id, value = item.id, item.value
        start, end, labels, copy = value.start, value.end, value.labels, value.text
        layer = self._layers.get(labels[0]) if len(labels) == 1 else None
        if start < 0 or end < 0 or layer is None or item.origin not in self._origins or not is_plain(region_id):
            raise _UnusualError
        shown = copy if isinstance(copy, str) else None
        return Region(region_id, layer, Span(start, end), shown, item.origin, answers, f"{where}, region {region_id}")

    def _answer(self, item: Any, regions: dict[str, Region], document: dict[str, Answer]) -> None:
        name = item.from_name
        question = self._questions.get(name)
        if question is None:
            raise _UnusualError
        place = document
        if not question.of_document:
            region = regions.get(item.id)
            if region is None or region.layer not in question.attribute.layers:
                raise _UnusualError
            place = region.answers  # type: ignore[assignment]  # made here, and filled before anybody reads it
        if name in place:
            raise _UnusualError
        answer = self._meant(question, item.value)
        if answer is not _NOTHING:
            place[name] = answer[0]  # type: ignore[index]

    def _meant(self, question: _Question, value: Any) -> object:
        """Return an answer in a tuple of one: it may be None."""
        for key in PAYLOAD[question.attribute.control]:
            raw = getattr(value, key)
            if raw is not msgspec.UNSET:
                met = raw if isinstance(raw, str) else tuple(raw) if key != "taxonomy" else tuple(map(tuple, raw))
                answer = question.known.get(met)
                return answer if answer is not None else self._parsed(question, key, raw, met)
        raise _UnusualError

    def _parsed(self, question: _Question, key: str, raw: object, met: object) -> object:
        given = given_in(question.attribute, {key: raw})
        answer = (
            parse_answer(question.attribute, self._schema, given) if given and not isinstance(given, Fault) else None
        )
        if isinstance(given, Fault) or isinstance(answer, Fault):
            raise _UnusualError
        whole = (answer,) if given else _NOTHING
        if question.attribute.control not in _OPEN:
            question.known[met] = whole
        return whole

    def _check(self, regions: dict[str, Region], document: dict[str, Answer], *, coded: bool) -> None:
        if coded and not self._required <= document.keys():
            raise _UnusualError
        for region in regions.values():
            answers: dict[str, Answer] = region.answers  # type: ignore[assignment]  # as above
            met = (region.layer, coded, frozenset(answers.items()))
            if met not in self._in_order:
                self._put_in_order(met, answers)
            ordered = self._in_order[met]
            if ordered is None:
                raise _UnusualError
            if ordered != answers:
                answers.clear()
                answers.update(ordered)

    def _put_in_order(self, met: tuple[Layer, bool, frozenset[object]], answers: dict[str, Answer]) -> None:
        """Note what becomes of a region's answers; None where that leads to a finding."""
        if len(self._in_order) == _REMEMBERED:
            self._in_order.clear()
        layer, coded, _ = met
        problems, ordered = Problems(""), dict(answers)
        check_answers(ordered, layer, self._schema, problems, () if coded else None)
        self._in_order[met] = None if problems.findings else ordered


def _questions(schema: Schema) -> Iterator[tuple[str, _Question]]:
    """Yield each question by the names of its controls: actors are searched for in a second one."""
    for one in schema.attributes:
        question = _Question(one, of_document=one.layers == (Layer.DOCUMENT,))
        yield one.name, question
        if one.control is Control.ACTORS:
            yield one.name + SEARCH, question


def _person(by: Any) -> Person:
    if isinstance(by, int):
        return Person(user=by)
    if isinstance(by, _Person):
        return Person(by.id, by.email)
    if not by:
        raise _UnusualError
    return Person(email=by) if "@" in by else Person(pseudonym=by)


def _place(region: Region) -> tuple[int, int, str]:
    return region.span.start, region.span.end, region.region_id
