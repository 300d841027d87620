"""What a push has to do: the tasks of the corpus beside those on the server, by article and hash of the text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.exchange.remote import RemoteTask

Json = dict[str, Any]
Key = tuple[str, str]

MADE_BY: Final = {"made_by": "ukrcorpus"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A task whose article is on the server with other texts only."""

    task: Json
    old: tuple[RemoteTask, ...]

    @property
    def article_id(self) -> str:
        """Whose text changed."""
        return str(self.task["data"]["article_id"])

    @property
    def n_annotations(self) -> int:
        """How many annotations the older texts have."""
        return sum(one.n_annotations for one in self.old)


@dataclass(frozen=True, slots=True)
class Plan:
    """Tasks by what is to be done about them; ``twice`` are groups of one article and text, ``older`` is superseded."""

    new: tuple[Json, ...]
    same: tuple[RemoteTask, ...]
    changed: tuple[Changed, ...]
    twice: tuple[tuple[RemoteTask, ...], ...]
    older: tuple[RemoteTask, ...]
    gone: tuple[RemoteTask, ...]
    foreign: tuple[RemoteTask, ...]


def plan(tasks: Iterable[Json], there: Iterable[RemoteTask]) -> Plan:
    """Compare; nothing is done. ``gone`` are tasks of articles that are not among those wanted."""
    ours: dict[str, dict[str, list[RemoteTask]]] = defaultdict(lambda: defaultdict(list))
    foreign = []
    for one in there:
        if one.article_id is None or one.text_sha256 is None:
            foreign.append(one)
        else:
            ours[one.article_id][one.text_sha256].append(one)
    new, same, changed = list[Json](), list[RemoteTask](), list[Changed]()
    twice, older = list[tuple[RemoteTask, ...]](), list[RemoteTask]()
    for task in tasks:
        article_id, digest = key_of(task)
        own = ours.pop(article_id, {})
        now = own.pop(digest, [])
        old = tuple(one for group in own.values() for one in group)
        if now:
            same.append(now[0])
            older += old
            twice += [tuple(now)] if len(now) > 1 else []
        elif old:
            changed.append(Changed(task, old))
        else:
            new.append(task)
    gone = [one for groups in ours.values() for group in groups.values() for one in group]
    return Plan(tuple(new), tuple(same), tuple(changed), tuple(twice), tuple(older), tuple(gone), tuple(foreign))


def key_of(task: Json) -> Key:
    """Return what a task is known by on every server."""
    return str(task["data"]["article_id"]), str(task["data"]["text_sha256"])


def is_ours(task: RemoteTask) -> bool:
    """Say whether a push made the task."""
    return task.meta.get("made_by") == MADE_BY["made_by"]
