"""A user's mistake as a value: an error that stops the work, or a finding that joins a report."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from typing import Final

from ukrcorpus.core.harmless import harmless

_FEW: Final = 12  # as many choices as a message lists


class CorpusError(Exception):
    """A mistake in the user's input that stops the command; the CLI prints it and exits with 1.

    ``rule`` is a stable kebab-case id, ``where`` an address (file, line, key, article),
    ``remedy`` the next thing to do.
    """

    def __init__(self, rule: str, what: str, *, where: str, remedy: str) -> None:
        super().__init__(harmless(f"{where}: {what} [{rule}]\n  {remedy}"))
        self.rule = rule
        self.what = what
        self.where = where
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error come out of another process as it is."""
        return partial(type(self), where=self.where, remedy=self.remedy), (self.rule, self.what)


class Severity(StrEnum):
    """``error`` fails a validation; ``note`` is told and passes, as does ``legacy``: data older than its rule."""

    ERROR = "error"
    NOTE = "note"
    LEGACY = "legacy"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that breaks one rule, at one address."""

    rule: str
    where: str
    got: str
    expected: str
    remedy: str
    severity: Severity = Severity.ERROR

    def as_text(self) -> str:
        """Return the finding as the lines a person reads."""
        return harmless(
            f"{self.where}: {self.severity} [{self.rule}]\n"
            f"  got {self.got}\n  expected {self.expected}\n  {self.remedy}"
        )

    def as_error(self) -> CorpusError:
        """Return the finding as the error that stops a command."""
        what = f"got {self.got}, expected {self.expected}."
        return CorpusError(self.rule, what, where=self.where, remedy=self.remedy)

    def as_json(self) -> dict[str, str]:
        """Return the finding with the keys of the JSON report."""
        return {name: str(value) for name, value in asdict(self).items()}


def exit_code(findings: Iterable[Finding]) -> int:
    """Return 1 if something was set aside, else 0: what a command that reports findings ends with."""
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0


def near(word: str, choices: Iterable[str]) -> str:
    """Return ``Did you mean 'x'?`` for the closest choice, else the choices when they are few.

    >>> near("lable", ["label", "text"])
    "Did you mean 'label'?"
    >>> near("xyz", ["label", "text"])
    'Use one of: label, text.'
    """
    known = sorted(choices)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if len(known) <= _FEW:
        return f"Use one of: {', '.join(known)}."
    return f"It is none of the {len(known)} known ones, such as {', '.join(known[:5])}."
