"""What became of labels from one version of the scheme to the next, as frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ISSUE: Final = "issue"
ACTOR: Final = "actor"
ATTRIBUTE: Final = "attribute"


class ChangeKind(StrEnum):
    """``split`` and ``retire`` leave an answer that a human has to give again."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``of`` is ``issue``, ``actor``, ``attribute`` (a question) or the name of a vocabulary."""

    kind: ChangeKind
    of: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def settles(self) -> bool:
        """Say whether the new label follows from the old one."""
        return self.kind in (ChangeKind.RENAME, ChangeKind.MERGE)


@dataclass(frozen=True, slots=True)
class Migration:
    """The step from version ``since`` of the scheme to version ``to``."""

    name: str
    since: str
    to: str
    reason: str
    changes: tuple[Change, ...]


def path_from(migrations: Sequence[Migration], version: str | None) -> tuple[Migration, ...] | None:
    """Return the steps that a version still has before it, none for the last one; None for an unknown version."""
    for number, migration in enumerate(migrations):
        if migration.since == version:
            return tuple(migrations[number:])
    return () if not migrations or migrations[-1].to == version else None
