"""Read tasks in which everything is as it should be, fast; whatever else is in one, ``export`` reads and judges.

A task that this module takes is the same value as ``export`` makes of it, without a finding; it gives up at the first
thing that is unusual.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ukrcorpus.annotate.exports.plain_answers import Combinations, UnusualError
from ukrcorpus.annotate.exports.plain_json import UNUSUAL, PersonFields, SpanItem, decoder
from ukrcorpus.annotate.exports.plain_task import PlainRound, PlainSpan, PlainTask, Said
from ukrcorpus.annotate.values import Fault, Person, Status, is_plain, seconds
from ukrcorpus.derive.label_studio import LABEL_CONTROL, TEXT_OBJECT
from ukrcorpus.schema.model import Schema


class PlainReader:
    """What reading the tasks of one export needs, made once from the schema."""

    def __init__(self, schema: Schema, where: str, *, coded: bool) -> None:
        assert (TEXT_OBJECT, LABEL_CONTROL) == ("text", "label"), "as the types of items say"
        self._decode = decoder()
        self._schema = schema
        self._where = where
        self._coded = coded
        self._answers = Combinations.of(schema)
        self._origins = frozenset(schema.vocabulary("region_origin").names) | {None}

    def read(self, piece: bytes) -> PlainTask | None:
        """Return the task, or None where anything about it is unusual."""
        try:
            return self._task(self._decode(piece))
        except (*UNUSUAL, UnusualError):
            return None

    def _task(self, task: Any) -> PlainTask:
        data = task.data
        version = data.scheme_version
        plain = is_plain(data.article_id) and is_plain(data.text_sha256) and (version is None or is_plain(version))
        older = bool(self._schema.migrations) and version != self._schema.scheme_version
        if task.drafts or not data.text or not plain or older:
            raise UnusualError
        rounds = tuple(map(self._round, task.annotations))
        return PlainTask(task.id, self._where, data.article_id, data.text, data.text_sha256, version, rounds)

    def _round(self, one: Any) -> PlainRound:
        try:
            created_at = datetime.fromisoformat(one.created_at)
        except ValueError:
            raise UnusualError from None
        lead_time = seconds(one.lead_time)
        if not created_at.tzinfo or not is_plain(one.unique_id) or isinstance(lead_time, Fault):
            raise UnusualError
        coded = self._coded and not one.was_cancelled
        spans, document = self._result(one.result or (), coded=coded)
        return PlainRound(
            one.unique_id,
            _person(one.completed_by),
            Status.SKIPPED if one.was_cancelled else Status.SUBMITTED,
            created_at.astimezone(UTC),
            lead_time,
            spans,
            document,
        )

    def _result(self, items: Sequence[Any], *, coded: bool) -> tuple[tuple[PlainSpan, ...], Said]:
        """Return the spans in text order and what was said of the document; every step here counts, 30 times a task."""
        marked: list[Any] = []
        said: dict[str, list[Any]] = {}
        document: list[Any] = [None, coded]
        for item in items:
            if type(item) is SpanItem:
                if item.id in said:
                    raise UnusualError
                said[item.id] = [*item.value.labels, coded]
                marked.append(item)
            else:
                said.get(item.id, document).extend((item.from_name, item.value))
        plain = "" not in said and "".join(said).isprintable() and self._origins.issuperset([x.origin for x in marked])
        if not plain:
            raise UnusualError
        of_all, known = self._answers.said, self._answers.met.get
        spans = [
            (value.start, value.end, item.id, copy if type(copy) is str else None, item.origin, own)
            for item, own in zip(marked, [known(key) or of_all(key) for key in map(tuple, said.values())], strict=True)
            for value in (item.value,)
            for copy in (value.text,)
        ]
        spans.sort()  # no id stands there twice, so that nothing behind it is compared
        return tuple(spans), of_all(tuple(document))


def _person(by: Any) -> Person:
    if isinstance(by, int):
        return Person(user=by)
    if isinstance(by, PersonFields):
        return Person(by.id, by.email)
    if not by:
        raise UnusualError
    return Person(email=by) if "@" in by else Person(pseudonym=by)
