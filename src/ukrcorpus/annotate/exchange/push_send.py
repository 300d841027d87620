"""Send tasks so that each is on the server once, whatever happens to requests and answers on the way."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.faults import ServerError
from ukrcorpus.annotate.exchange.push_plan import Json, is_ours, key_of
from ukrcorpus.annotate.exchange.remote import RemoteTask

_SEPARATORS: Final = (",", ":")
_TOO_LARGE: Final = "server-too-large"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes into one request. Its answer must come in time, and the server holds all of it in memory."""

    n_tasks: int = 250
    n_bytes: int = 16 * 2**20


DEFAULTS: Final = Limits()


def size_of(task: Any) -> int:
    """Return how many bytes a task has in a request."""
    return len(json.dumps(task, ensure_ascii=False, separators=_SEPARATORS).encode("utf-8", "surrogatepass"))


Done = Callable[[list[Json], list[int]], None]


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends tasks to a project; ``there`` lists those that it has.

    ``done`` is told of every batch, with the ids of its tasks where the server gave them.
    """

    client: Client
    project_id: int
    there: Callable[[int], Iterable[RemoteTask]]
    done: Done

    def send(self, tasks: Sequence[Json], limits: Limits) -> None:
        """Send all tasks. After each failure the server is asked what it has, and only what it lacks is sent again."""
        for batch in _batches(tasks, limits):
            self._send(batch)

    def _send(self, batch: list[Json]) -> None:
        left = batch
        for pause_s in (*self.client.pauses_s, None):
            try:
                ids = self.client.import_tasks(self.project_id, _body(left))
            except ServerError as error:
                if error.rule == _TOO_LARGE and len(left) > 1:
                    half = len(left) // 2
                    self._send(left[:half])
                    self._send(left[half:])
                    return
                if not error.passing or pause_s is None:
                    raise
                self.client.rest(error, pause_s)
                left = self._lacking(left)
                if not left:
                    return
            else:
                self.done(left, ids)
                return

    def _lacking(self, tasks: list[Json]) -> list[Json]:
        """Return the tasks that the server does not have; the others are done."""
        there = {(one.article_id, one.text_sha256) for one in self.there(self.project_id)}
        self.done([task for task in tasks if key_of(task) in there], [])
        return [task for task in tasks if key_of(task) not in there]


def remove_doubles(client: Client, groups: Iterable[Sequence[RemoteTask]]) -> Iterator[tuple[RemoteTask, ...]]:
    """Delete what a late answer made a second time; yield the groups of which more than one task must stay.

    Only a task of our own without annotation and draft is deleted, and one of a group always stays.
    """
    for group in groups:
        ranked = sorted(group, key=lambda one: (one.n_annotations == 0, one.id))
        spare = [one for one in ranked[1:] if is_ours(one) and is_untouched(client, one.id)]
        for one in spare:
            client.delete_task(one.id)
        if len(group) - len(spare) > 1:
            yield tuple(one for one in group if one not in spare)


def is_untouched(client: Client, task_id: int) -> bool:
    """Say whether a task has neither annotation nor draft at this moment."""
    task = client.task(task_id)
    return not task.get("annotations") and not task.get("drafts")


def _batches(tasks: Sequence[Json], limits: Limits) -> Iterator[list[Json]]:
    batch: list[Json] = []
    size = 0
    for task in tasks:
        own = size_of(task)
        if batch and (len(batch) == limits.n_tasks or size + own > limits.n_bytes):
            yield batch
            batch, size = [], 0
        batch.append(task)
        size += own
    if batch:
        yield batch


def _body(tasks: list[Json]) -> bytes:
    return json.dumps(tasks, ensure_ascii=False, separators=_SEPARATORS, allow_nan=False).encode("utf-8")
