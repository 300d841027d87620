"""What of an export is new: annotations by their ``unique_id`` and hash, drafts by what they are about and hold."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ukrcorpus.annotate.exports.export import identities

Json = dict[str, Any]

_ABOUT = ("article_id", "text_sha256")
_SAYS = ("result", "lead_time")


def draft_identities(task: Any) -> Iterator[tuple[str, str]]:
    """Yield (what it is about, hash of what it says) of each draft; it changes with every word of the annotator."""
    drafts = task.get("drafts") if isinstance(task, dict) else None
    for one in drafts if isinstance(drafts, list) else ():
        if isinstance(one, dict):
            yield _draft_id(task, one), _hash([one.get(key) for key in _SAYS])


def only_new(tasks: list[Any], known: Mapping[str, str]) -> list[Any]:
    """Return the tasks with nothing in them but annotations and drafts that are not known as they stand.

    ``known`` leads from ids to hashes. Tasks are under pseudonyms, as those known are.
    """
    return [kept for task in tasks if isinstance(task, dict) and (kept := _kept(task, known)) is not None]


def _kept(task: Json, known: Mapping[str, str]) -> Json | None:
    said = {unique_id for unique_id, digest in identities(task) if known.get(unique_id) == digest}
    annotations = [one for one in task.get("annotations") or () if _id(one) not in said]
    drafted = {key for key, digest in draft_identities(task) if known.get(key) == digest}
    drafts = [
        one for one in task.get("drafts") or () if not (isinstance(one, dict) and _draft_id(task, one) in drafted)
    ]
    return {**task, "annotations": annotations, "drafts": drafts} if annotations or drafts else None


def _id(one: object) -> object:
    return one.get("unique_id") if isinstance(one, dict) else None


def _draft_id(task: Json, one: Json) -> str:
    data = task["data"] if isinstance(task.get("data"), dict) else {}
    return f"draft {_hash([*(data.get(key) for key in _ABOUT), one.get('user'), one.get('created_at')])}"


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8")).hexdigest()
