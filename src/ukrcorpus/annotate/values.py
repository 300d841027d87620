"""What annotators said, as frozen values; nothing in here knows Label Studio's JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer

SURROGATE: Final = re.compile("[\ud800-\udfff]")  # half a character: no text that can be stored holds one
AGAIN: Final = "Export the project again from Label Studio."
_LONGEST: Final = 60
_LONGEST_S: Final = 1e9
Answer = str | int | date | tuple[str, ...] | None
Answers = Mapping[str, Answer]  # by question; a key with None: the annotator answered "none"


class Status(StrEnum):
    """What became of a round."""

    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a round, as far as the export says."""

    user: int | None = None
    email: str | None = None
    pseudonym: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A span that an annotator marked, and the answers about it.

    ``shown`` is what the editor stored as the span's text: a hint that may contradict, never the quote.
    """

    region_id: str
    layer: Layer
    span: Span
    shown: str | None
    origin: str | None
    answers: Answers
    where: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer that a migration of the scheme took away: what was said, and what to choose from if that is known."""

    region_id: str
    name: str
    said: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One pass of one annotator over one text; ``n_regions`` counts the spans received, also those set aside."""

    round_id: str
    person: Person
    status: Status
    created_at: datetime
    lead_time_s: float | None
    regions: tuple[Region, ...]
    document: Answers
    n_regions: int
    where: str
    pending: tuple[Pending, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A text as it was on screen, and the rounds over it."""

    article_id: str
    text: str
    text_sha256: str
    scheme_version: str | None
    rounds: tuple[Round, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article."""

    sentence_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """What annotations need of a normalised article; sentences and blocks in text order."""

    article_id: str
    text: str
    text_sha256: str
    published: date | None
    published_precision: str | None
    sentences: tuple[Sentence, ...]
    blocks: tuple[Span, ...]


class Present(Protocol):
    """What proving spans needs of an article: its present text, which is asked for only where a task has another."""

    @property
    def text(self) -> str:
        """The normalised text."""
        ...

    @property
    def text_sha256(self) -> str:
        """Its hash."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something is set aside; an address makes it a finding."""

    rule: str
    got: str
    expected: str
    remedy: str


def shown(value: object) -> str:
    """Return a value of an export as messages show it: as JSON, cut when long.

    >>> shown(None), shown(["a"])
    ('null', '["a"]')
    """
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def is_plain(value: object) -> bool:
    """Say whether a value is a text that can be printed: fit for an id."""
    return isinstance(value, str) and bool(value) and value.isprintable()


def seconds(value: object) -> float | Fault | None:
    """Return a lead time as seconds, or why it is none; None for null."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _LONGEST_S:
        return float(value)
    return Fault("lead-time", f"lead_time {shown(value)}", "seconds or null", AGAIN)


@dataclass(frozen=True, slots=True)
class Problems:
    """An address, and the list that all addresses below it add their findings to."""

    where: str
    findings: list[Finding] = field(default_factory=list)

    def at(self, part: str) -> "Problems":
        """Return the address of a part, with the same list.

        >>> Problems("a.json").at("task 3").at("region r7").where
        'a.json: task 3, region r7'
        """
        return Problems(f"{self.where}{', ' if ': ' in self.where else ': '}{part}", self.findings)

    def add(self, fault: Fault, severity: Severity = Severity.ERROR) -> None:
        """Add a fault at this address; half characters are escaped, so that a message can always be printed."""
        texts = (self.where, fault.got, fault.expected, fault.remedy)
        where, got, expected, remedy = (text.encode("utf-8", "backslashreplace").decode("utf-8") for text in texts)
        self.findings.append(Finding(fault.rule, where, got, expected, remedy, severity))

    def note(self, fault: Fault) -> None:
        """Add a fault that sets nothing aside."""
        self.add(fault, Severity.NOTE)
