"""What a push writes down of its tasks, and how those that were there before differ from what it would send now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.ledger import Ledger, Pushed, write_ledger
from ukrcorpus.annotate.exchange.push_plan import Json, Key, key_of
from ukrcorpus.annotate.exchange.push_report import PushOptions
from ukrcorpus.annotate.exchange.push_send import is_untouched
from ukrcorpus.annotate.exchange.remote import RemoteProject, RemoteTask, data_hash
from ukrcorpus.annotate.values import Fault, Problems
from ukrcorpus.core.project import Project

_SHOWN: Final = 5


@dataclass(slots=True)
class Record:
    """The ledger's part of one push: read once, written after every batch."""

    project: Project
    server: str
    place: RemoteProject
    options: PushOptions
    scheme_version: str
    ledger: Ledger

    def sent(self, batch: list[Json], ids: list[int]) -> None:
        """Enter a batch of tasks under the ids that the server gave them."""
        lines = zip(batch, ids, strict=True)
        self._enter(self._line(key_of(task), one, task["data"]["scheme_version"], task["meta"]) for task, one in lines)

    def found(self, there: Iterable[RemoteTask], tasks: Iterable[Json]) -> None:
        """Enter tasks that are on the server and not in the ledger, as their meta says, or else as this push does."""
        ours = {key_of(task): task["meta"] for task in tasks}
        missing = [one for one in there if not self._has(one)]
        self._enter(
            self._line(_key(one), one.id, one.scheme_version, {**ours[_key(one)], **one.meta}) for one in missing
        )

    def renewed(self, there: Iterable[RemoteTask]) -> None:
        """Enter tasks that are of the present scheme now."""
        lines = (self.ledger.find(self.server, self.place.id, one.id) for one in there)
        self._enter(replace(line, scheme_version=self.scheme_version) for line in lines if line is not None)

    def with_ours(
        self, there: Iterable[RemoteTask], tasks: Iterable[Json], problems: Problems
    ) -> tuple[RemoteTask, ...]:
        """Return the tasks that show the suggestions of this push; the others stay as they are, which is noted."""
        ours = {key_of(task): task["meta"]["suggestion_version"] for task in tasks}
        same, others = list[RemoteTask](), Counter[tuple[str, str]]()
        for one in there:
            line = self.ledger.find(self.server, self.place.id, one.id)
            shown, now = line.suggestion_version if line else None, ours[_key(one)]
            if shown == now:
                same.append(one)
            else:
                others[shown or "nobody", now or "nobody"] += 1
        for (shown, now), count in sorted(others.items()):
            got, remedy = f"{count} tasks with suggestions of {shown}", "What was on screen must not change: they stay."
            problems.note(Fault("push-suggestions", got, f"those of {now}", remedy))
        return tuple(same)

    def _has(self, task: RemoteTask) -> bool:
        line = self.ledger.find(self.server, self.place.id, task.id)
        return line is not None and (line.article_id, line.text_sha256) == _key(task)

    def _enter(self, lines: Iterable[Pushed]) -> None:
        given = list(lines)
        if given:
            self.ledger = self.ledger.add(given)
            write_ledger(self.project, self.ledger)

    def _line(self, key: Key, task_id: int, scheme_version: str | None, meta: Mapping[str, object]) -> Pushed:
        version = meta.get("suggestion_version")
        return Pushed(
            server=self.server,
            project_id=self.place.id,
            step=self.options.step,
            article_id=key[0],
            text_sha256=key[1],
            task_id=task_id,
            blind=meta.get("blind") is True,
            scheme_version=scheme_version or self.scheme_version,
            suggestion_version=version if isinstance(version, str) else None,
        )


def renew(
    client: Client, there: Iterable[RemoteTask], tasks: Iterable[Json], problems: Problems
) -> tuple[RemoteTask, ...]:
    """Bring options and scheme version of tasks up to date that nobody has touched; return these.

    Those with labels stay: labels belong to what was on screen.
    """
    ours = {key_of(task): task["data"] for task in tasks}
    renewed, left = list[RemoteTask](), list[int]()
    for one in there:
        if one.data_sha256 == data_hash(ours[_key(one)]):
            continue
        if one.n_annotations == 0 and is_untouched(client, one.id):
            client.change_task(one.id, ours[_key(one)])
            renewed.append(one)
        else:
            left.append(one.id)
    if left:
        shown = ", ".join(map(str, left[:_SHOWN]))
        got = f"{len(left)} labelled tasks with other options or of another scheme: {shown}"
        remedy = "They stay as they are: labels belong to what was on screen."
        problems.note(Fault("push-outdated", got, "what the schema offers now", remedy))
    return tuple(renewed)


def _key(task: RemoteTask) -> Key:
    return str(task.article_id), str(task.text_sha256)
