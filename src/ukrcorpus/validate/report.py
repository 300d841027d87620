"""The report of a validation: one for all tables, as text for people and as JSON for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.rules import Rule

SHOWN = 10


@dataclass(frozen=True, slots=True, order=True)
class NotAsked:
    """A rule that was not asked of a table, because a table it reads fails an earlier one."""

    table: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found. ``asked`` names the tables that every rule was asked of.

    ``explained`` says what each broken rule checks.
    """

    findings: tuple[Finding, ...]
    asked: tuple[str, ...]
    not_asked: tuple[NotAsked, ...]
    explained: dict[str, str]

    @classmethod
    def of(
        cls, findings: Iterable[Finding], not_asked: Iterable[NotAsked], rules: Iterable[Rule], schema: Schema
    ) -> "Report":
        """Return the report of a run: findings sorted, each once."""
        kept = tuple(sorted(set(findings)))
        left = tuple(sorted(set(not_asked)))
        unasked = {one.table for one in left}
        known = {id_: sentence for rule in rules for id_, sentence in rule.explanations().items()}
        broken = {finding.rule for finding in kept}
        explained = {id_: sentence for id_, sentence in known.items() if id_ in broken}
        return cls(kept, tuple(t.name for t in schema.tables if t.name not in unasked), left, explained)

    @property
    def n_errors(self) -> int:
        """How many findings fail the validation; notes and legacy data do not."""
        return self._n(Severity.ERROR)

    @property
    def n_notes(self) -> int:
        """How many findings are to be known and no more."""
        return self._n(Severity.NOTE)

    @property
    def n_legacy(self) -> int:
        """How many findings are in data that is older than the rule."""
        return self._n(Severity.LEGACY)

    def as_text(self, shown: int = SHOWN) -> str:
        """Return the report as a person reads it, at most ``shown`` findings of a rule in full."""
        blocks = [self._rule(rule, tuple(group), shown) for rule, group in groupby(self.findings, lambda f: f.rule)]
        return "\n\n".join([*blocks, "\n".join(self._end())])

    def as_json(self) -> dict[str, object]:
        """Return the whole report, every finding in full."""
        return {
            "n_errors": self.n_errors,
            "n_notes": self.n_notes,
            "n_legacy": self.n_legacy,
            "counts": dict(sorted(Counter(finding.rule for finding in self.findings).items())),
            "findings": [finding.as_json() for finding in self.findings],
            "explained": self.explained,
            "asked": list(self.asked),
            "not_asked": [asdict(one) for one in self.not_asked],
        }

    def _n(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    def _rule(self, rule: str, findings: tuple[Finding, ...], shown: int) -> str:
        lines = [
            f"{rule} ({_count(len(findings), 'finding')}): {self.explained.get(rule, 'an input that cannot be read.')}"
        ]
        lines += [finding.as_text() for finding in findings[:shown]]
        if len(findings) > shown:
            lines.append(f"and {len(findings) - shown} more; --json has them all.")
        return "\n".join(lines)

    def _end(self) -> Iterator[str]:
        for reason, group in groupby(sorted(self.not_asked, key=lambda one: (one.reason, one)), lambda one: one.reason):
            left = ", ".join(dict.fromkeys(f"{one.rule} of {one.table}" for one in group))
            yield f"Not asked, because {reason}: {left}."
        tables = _count(len(self.asked), "table") + " asked in full"
        legacy = f", {self.n_legacy} legacy (older than the rule)" if self.n_legacy else ""
        yield f"{_count(self.n_errors, 'error')}, {_count(self.n_notes, 'note')}{legacy}; {tables}."


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" + ("" if n == 1 else "s")
