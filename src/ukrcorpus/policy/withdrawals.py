"""Tombstones of what was taken out of a corpus: articles, persons, single mentions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

WITHDRAWN: Final = "withdrawn"
"""The status of an article that was taken out."""


class Kind(StrEnum):
    """What can be taken out."""

    ARTICLE = "article"
    PERSON = "person"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One tombstone; ``reason_class`` names a class, never the person who asked. Only articles have ``raw_sha256``."""

    kind: Kind
    withdrawn_id: str
    raw_sha256: str | None
    withdrawn_on: date
    reason_class: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The ids that were taken out, by kind."""

    articles: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, withdrawals: Iterable[Withdrawal]) -> "Withdrawn":
        """Return the ids of tombstones."""
        return cls.by_kind((one.kind, one.withdrawn_id) for one in withdrawals)

    @classmethod
    def by_kind(cls, pairs: Iterable[tuple[str, str]]) -> "Withdrawn":
        """Return the ids of (kind, id)."""
        known = list(pairs)
        return cls(*(frozenset(one for kind, one in known if kind == wanted) for wanted in Kind))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return (kind, id) of all, sorted."""
        sets = zip(Kind, (self.articles, self.persons, self.mentions), strict=True)
        return tuple((str(kind), one) for kind, ids in sets for one in sorted(ids))

    def __bool__(self) -> bool:
        return bool(self.articles or self.persons or self.mentions)
