"""What a push is asked to do, and what it says that it did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.exchange.push_send import DEFAULTS, Limits
from ukrcorpus.annotate.tasks import BOTH, AgreedUnit, Suggests
from ukrcorpus.core.problems import Finding, exit_code

REANCHOR: Final = "reanchor"

Progress = Callable[[int, int], None]  # tasks done, tasks to do


@dataclass(frozen=True, slots=True)
class PushOptions:
    """What to push and how. ``blind``: the server has one annotator, who sees nobody else's work.

    ``units``, by article, are what the steps ``codes`` and ``adjudication`` go over. Of the articles that were
    ``withdrawn`` nothing is sent.
    """

    blind: bool
    step: str = BOTH
    suggester: Suggests | None = None
    units: Mapping[str, Sequence[AgreedUnit]] | None = None
    articles: tuple[str, ...] = ()
    on_change: str = "refuse"
    limits: Limits = DEFAULTS
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did. ``n_left`` tasks over older texts stay for their labels; ``n_renewed`` got new options."""

    server: str
    title: str
    project_id: int
    n_new: int
    n_same: int
    n_replaced: int
    n_carried: int
    n_open: int
    n_left: int
    n_renewed: int
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something needs a hand, else 0."""
        return exit_code(self.findings)

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        lines = [one.as_text() for one in self.findings]
        replaced = f", {self.n_replaced} over a new text with {self.n_carried} labels" if self.n_replaced else ""
        counts = f"{self.n_new} new{replaced}, {self.n_same} there already"
        lines.append(f"pushed to '{self.title}' (project {self.project_id}) on {self.server}: {counts}")
        if self.n_renewed:
            lines.append(f"{self.n_renewed} tasks that nobody has touched got what the schema offers now")
        if self.n_left:
            lines.append(f"{self.n_left} tasks over older texts stay there for their labels")
        if self.n_open:
            lines.append(f"{self.n_open} labels need a human: annotations/worklists/")
        return "\n".join(lines)
