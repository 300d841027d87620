"""``annotations/pushes.jsonl``: what was sent where, in which step, and whether the pass is blind.

The server's own list of tasks is the truth; the ledger says of a task what its export cannot: it holds no address and
no secret.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.core.project import Project
from ukrcorpus.core.records import read_records, write_records

NAME: Final = "pushes.jsonl"
_RESTORE: Final = "Restore the file from git; ukrcorpus studio push writes it."


@dataclass(frozen=True, slots=True, order=True)
class Pushed:
    """A task on a server. ``suggestion_version`` is None where nothing was suggested."""

    server: str
    project_id: int
    step: str
    article_id: str
    text_sha256: str
    task_id: int
    blind: bool
    scheme_version: str
    suggestion_version: str | None

    @property
    def key(self) -> tuple[str, int, int]:
        """Which task it is."""
        return self.server, self.project_id, self.task_id


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was pushed, by server, project and task."""

    all: Mapping[tuple[str, int, int], Pushed]

    def find(self, server: str, project_id: int, task_id: int) -> Pushed | None:
        """Return the line of a task."""
        return self.all.get((server, project_id, task_id))

    def add(self, pushed: Iterable[Pushed]) -> "Ledger":
        """Return the ledger with more lines; the newer one of the same task counts."""
        return Ledger({**self.all, **{one.key: one for one in pushed}})


def ledger_path(project: Project) -> Path:
    """Return where the ledger is."""
    return project.annotations / NAME


def read_ledger(project: Project) -> Ledger:
    """Return the ledger; without a file it is empty. A line that is none raises ``pushes-ledger``."""
    path = ledger_path(project)
    read = read_records(path, project.address(path), Pushed, rule="pushes-ledger", remedy=_RESTORE)
    return Ledger({one.key: one for one in read})


def write_ledger(project: Project, ledger: Ledger) -> None:
    """Write the ledger, sorted by its keys."""
    rows = sorted(ledger.all.values(), key=lambda one: (one.server, one.project_id, one.article_id, one.task_id))
    write_records(ledger_path(project), rows)
