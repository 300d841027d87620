"""Read Label Studio's full JSON exports: with ``results``, the only module that knows its JSON.

Both shapes are read: the sync export (users as ids, predictions as ids) and the expanded snapshot (users and
predictions with bodies), before and after pseudonyms. A task, round or region that cannot be understood becomes a
finding, and the rest goes on; only a file that is no such export at all raises ``CorpusError``.
"""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from ukrcorpus.annotate.exports.results import Json, read_result
from ukrcorpus.annotate.migrate import migrate_items, steps_from
from ukrcorpus.annotate.values import (
    AGAIN,
    SURROGATE,
    Fault,
    Person,
    Problems,
    Round,
    Status,
    Task,
    is_plain,
    seconds,
    shown,
)
from ukrcorpus.core.problems import CorpusError, Severity
from ukrcorpus.schema.changes import Migration
from ukrcorpus.schema.model import Schema

_FULL: Final = "Export it as JSON (not JSON-MIN), from a project whose tasks ukrcorpus made."


def read_json(data: bytes, where: str) -> list[Any]:
    """Return the tasks of an export as they stand, or raise ``CorpusError`` for what is no full JSON export."""
    try:
        tasks = parse_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        what = f"not UTF-8 (byte {error.start})."
        raise CorpusError("export-encoding", what, where=where, remedy=AGAIN) from error
    except RecursionError as error:
        raise CorpusError("export-json", "nested too deep.", where=where, remedy=AGAIN) from error
    except ValueError as error:
        what = f"not readable as JSON, perhaps cut short: {error}."
        raise CorpusError("export-json", what, where=where, remedy=AGAIN) from error
    if not isinstance(tasks, list):
        what = f"holds {type(tasks).__name__}, not a list of tasks."
        raise CorpusError("export-not-a-list", what, where=where, remedy=_FULL)
    if tasks and not any(is_ours(task) for task in tasks):
        raise foreign(where)
    return tasks


def parse_json(text: str) -> Any:
    """Return a JSON text as it stands; numbers that are none raise ``ValueError``, as slips of JSON do."""
    return json.loads(text, parse_constant=_refuse_number, parse_float=_finite)


def is_ours(task: Any) -> bool:
    """Say whether a task could be one that ukrcorpus made."""
    data = task.get("data") if isinstance(task, dict) else None
    return isinstance(data, dict) and {"article_id", "text_sha256"} <= data.keys() and "annotations" in task


def foreign(where: str) -> CorpusError:
    """Return the refusal of an export without a task of ours."""
    what = "no task with data.article_id, data.text_sha256 and annotations."
    return CorpusError("export-foreign", what, where=where, remedy=_FULL)


def write_json(tasks: list[Any]) -> bytes:
    """Return tasks as bytes: keys in the order received, one line per task, lone surrogates escaped."""
    lines = [json.dumps(task, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for task in tasks]
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    return SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode("utf-8")


def read_tasks(tasks: list[Any], schema: Schema, problems: Problems, *, coded: bool) -> tuple[Task, ...]:
    """Return what tasks say. ``coded`` says that the annotators were asked for answers, not only for spans."""
    read = (read_task(task, number, schema, problems, coded=coded) for number, task in enumerate(tasks, 1))
    return tuple(task for task in read if task is not None)


def read_task(task: Any, number: int, schema: Schema, problems: Problems, *, coded: bool) -> Task | None:
    """Return what the ``number``-th task of an export says, or None where nothing can be made of it."""
    label = task.get("id", number) if isinstance(task, dict) else number
    return _read_task(task, schema, problems.at(f"task {label}"), coded=coded)


def person_of(value: object) -> Person | None:
    """Return whom ``completed_by`` or a draft's ``user`` names, in each of its forms; None for nobody."""
    if isinstance(value, dict):
        user, email = value.get("id"), value.get("email")
        return Person(user if type(user) is int else None, email if isinstance(email, str) else None)
    if type(value) is int:
        return Person(user=value)
    if isinstance(value, str) and value:
        return Person(email=value) if "@" in value else Person(pseudonym=value)
    return None


def rounds_of(task: Any) -> Iterator[tuple[Json, object]]:
    """Yield the annotations and drafts of a task as they stand, each with the value that names who made it."""
    for key, by in (("annotations", "completed_by"), ("drafts", "user")):
        found = task.get(key) if isinstance(task, dict) else None
        for one in found if isinstance(found, list) else ():
            if isinstance(one, dict):
                yield one, one.get(by)


def is_edited(one: Json) -> bool:
    """Say whether somebody else than its author changed an annotation."""
    author, editor = person_of(one.get("completed_by")), person_of(one.get("updated_by"))
    if author is None or editor is None:
        return False
    known = [(a, b) for a, b in zip(astuple(author), astuple(editor), strict=True) if a is not None and b is not None]
    return any(a != b for a, b in known)


def identities(task: Any) -> Iterator[tuple[str, str]]:
    """Yield (unique_id, hash of what it says) of each annotation: the same in every shape and on every export date."""
    data = task.get("data") if isinstance(task, dict) else None
    about = [data.get(key) for key in ("article_id", "text_sha256")] if isinstance(data, dict) else []
    for one, by in rounds_of(task):
        if isinstance(unique_id := one.get("unique_id"), str):
            says = [about, by, *(one.get(key) for key in ("was_cancelled", "result", "lead_time"))]
            yield unique_id, hashlib.sha256(json.dumps(says, sort_keys=True).encode("utf-8")).hexdigest()


def _refuse_number(text: str) -> float:
    raise ValueError(f"{text} is no JSON number")


def _finite(text: str) -> float:
    return number if math.isfinite(number := float(text)) else _refuse_number(text)


def _read_task(task: Any, schema: Schema, problems: Problems, *, coded: bool) -> Task | None:
    if not is_ours(task):
        expected = "an object with annotations, data.article_id and data.text_sha256"
        problems.add(Fault("task-foreign", "a task that is not ours", expected, _FULL))
        return None
    data = task["data"]
    version = data.get("scheme_version")
    whole = {"text": isinstance(data.get("text"), str) and bool(data["text"])}
    whole |= {key: is_plain(data.get(key)) for key in ("article_id", "text_sha256")}
    whole["scheme_version"] = version is None or is_plain(version)
    for key, right in whole.items():
        if not right:
            problems.add(Fault("task-data", f"data.{key} {shown(data.get(key))}", "a text", _FULL))
            return None
    steps = steps_from(version, schema)
    if isinstance(steps, Fault):
        problems.add(steps)
        return None
    return Task(
        article_id=data["article_id"],
        text=data["text"],
        text_sha256=data["text_sha256"],
        scheme_version=version,
        rounds=tuple(_read_rounds(task, _Reading(schema, steps, coded), problems)),
        where=problems.where,
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """Which round it is: an annotation by its ``unique_id``; a draft has none, so a hash stands for it."""

    round_id: str
    status: Status
    by: object


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a task's rounds are read by: ``steps`` lead from the scheme on screen to the present one."""

    schema: Schema
    steps: tuple[Migration, ...]
    coded: bool


def _read_rounds(task: Json, reading: _Reading, problems: Problems) -> Iterator[Round]:
    for key, head_of in (("annotations", _annotation_head), ("drafts", _draft_head)):
        found = task.get(key, [])
        if not isinstance(found, list):
            problems.add(Fault("rounds-not-a-list", f"{key} {type(found).__name__}", "a list", AGAIN))
            continue
        for one in found:
            if not isinstance(one, dict):  # a snapshot that was not expanded names drafts by their ids
                remedy = "Export with drafts expanded, or with the plain JSON export."
                fault = Fault("round-without-body", f"{key} holds {shown(one)}", "an object", remedy)
                problems.add(fault, Severity.NOTE if key == "drafts" else Severity.ERROR)
                continue
            head = head_of(one, task)
            if isinstance(head, Fault):
                problems.at(f"{key} #{one.get('id')}").add(head)
                continue
            here = problems.at(f"annotation {head.round_id}")
            if (whole := _read_round(one, head, reading, here)) is not None:
                yield whole


def _annotation_head(one: Json, _task: Json) -> _Head | Fault:
    unique_id, cancelled = one.get("unique_id"), one.get("was_cancelled")
    if not isinstance(unique_id, str) or not is_plain(unique_id):
        expected = "a unique_id: integer ids are no identity"
        return Fault("annotation-without-id", f"unique_id {shown(unique_id)}", expected, AGAIN)
    if not isinstance(cancelled, bool):
        return Fault("annotation-status", f"was_cancelled {shown(cancelled)}", "true or false", AGAIN)
    return _Head(unique_id, Status.SKIPPED if cancelled else Status.SUBMITTED, one.get("completed_by"))


def _draft_head(one: Json, task: Json) -> _Head | Fault:
    identity = [task["data"][key] for key in ("article_id", "text_sha256")] + [one.get("user"), one.get("created_at")]
    digest = hashlib.sha256(json.dumps(identity).encode("utf-8")).hexdigest()
    return _Head(f"draft-{digest[:16]}", Status.DRAFT, one.get("user"))


def _read_round(one: Json, head: _Head, reading: _Reading, problems: Problems) -> Round | None:
    person, created_at, items = person_of(head.by), _instant(one.get("created_at")), one.get("result")
    if person is None:
        remedy = "Name the annotator with --as, if the export is the work of one person."
        problems.add(Fault("annotator-missing", "nobody (a deleted user?)", "who made it", remedy))
        return None
    if created_at is None:
        got = f"created_at {shown(one.get('created_at'))}"
        problems.add(Fault("annotation-date", got, "an instant with its zone", AGAIN))
        return None
    if items is not None and not isinstance(items, list):
        problems.add(Fault("result-not-a-list", f"result {type(items).__name__}", "a list or null", AGAIN))
        return None
    lead_time = seconds(one.get("lead_time"))
    if isinstance(lead_time, Fault):
        problems.note(lead_time)
    coded = reading.coded and head.status is Status.SUBMITTED
    migrated = migrate_items(items or [], reading.steps, reading.schema)
    result = read_result(migrated.items, reading.schema, problems, coded=coded)
    return Round(
        round_id=head.round_id,
        person=person,
        status=head.status,
        created_at=created_at,
        lead_time_s=None if isinstance(lead_time, Fault) else lead_time,
        regions=result.whole(),
        document=result.document,
        n_regions=result.n_regions,
        where=problems.where,
        pending=migrated.pending,
    )


def _instant(value: object) -> datetime | None:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return instant.astimezone(UTC) if instant and instant.tzinfo else None
