"""One annotator's version of a unit in comparable form: what must agree, and what need not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from ukrcorpus.annotate.values import Answers
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import HOLDERS, SLOTS, IssueCode, holders, issue_codes
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

Value = str | int | date | frozenset[str] | None

BOUNDARY: Final = "boundary"
UNIT: Final = "unit"
ISSUES: Final = SLOTS[0].issue  # as an aspect: the set of a claim's issues
_SLOT_NAMES: Final = frozenset(
    name for slot in SLOTS for name in (slot.issue, slot.polarity, slot.conditional, slot.condition)
)


class Cause(StrEnum):
    """What annotators were at odds about, for the report."""

    BOUNDARY = "boundary"
    UNIT = "unit"
    TYPE = "type"
    VOICE = "voice"
    SOURCE = "source"
    ISSUE = "issue"
    POLARITY = "polarity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Version:
    """What one annotator says of a unit; ``hard`` answers and issues must agree.

    ``coded`` is False for an annotator who was asked for spans only. ``pending`` leads from questions to what was said
    before a migration of the scheme took the answer away. ``annotation_id`` names its row in ``annotations``.
    """

    annotator: str
    span: Span | None
    answers: Answers
    hard: Mapping[str, Value]
    issues: tuple[IssueCode, ...]
    coded: bool = True
    pending: Mapping[str, str] = field(default_factory=dict)
    annotation_id: str | None = None

    def says(self) -> tuple[Mapping[str, Value], frozenset[tuple[str, int | None, bool]]]:
        """Return all that must agree but the boundaries; which issue comes first need not."""
        return self.hard, frozenset((code.issue, code.polarity, code.conditional) for code in self.issues)

    def code(self, issue: str) -> IssueCode | None:
        """Return what was coded for an issue."""
        return next((code for code in self.issues if code.issue == issue), None)


def version_of(annotator: str, span: Span | None, answers: Answers, layer: Layer, schema: Schema) -> Version:
    """Return answers in comparable form: lists of ids as sets, issues with their polarity."""
    hard: dict[str, Value] = {}
    for attribute in schema.attributes_of(layer):
        if attribute.name not in _SLOT_NAMES and not is_soft(attribute):
            given = answers.get(attribute.name)
            named = attribute.control in (Control.ACTORS, Control.CHOICES)
            hard[attribute.name] = frozenset(given if isinstance(given, tuple) else ()) if named else _single(given)
    if HOLDERS in hard:
        hard[HOLDERS] = holders(answers)
    return Version(annotator, span, answers, hard, issue_codes(answers) if layer is Layer.CLAIM else ())


def is_soft(attribute: Attribute) -> bool:
    """Say whether versions may differ in an answer without a conflict: typed texts, and remarks such as unsure."""
    return attribute.control is Control.TEXT or (
        attribute.control is Control.FLAG and attribute.name not in _SLOT_NAMES
    )


def aspect_of(name: str) -> str:
    """Return the aspect that a question without a settled answer is open under; the issues of a claim are one."""
    return ISSUES if name in [slot.issue for slot in SLOTS] else name


def cause_of(aspect: str) -> Cause:
    """Return the cause that a conflict about an aspect counts under."""
    if aspect.endswith("_ids"):
        return Cause.SOURCE
    name = aspect.split(":", maxsplit=1)[0]
    return Cause(name) if name in [cause.value for cause in Cause] else Cause.OTHER


def _single(given: object) -> Value:
    assert given is None or isinstance(given, str | int | date)
    return given
