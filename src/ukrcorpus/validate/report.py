"""The report of a validation: one for all tables, as text for people and as JSON for programs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Final

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.screen import folded, width
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.rules import Rule

SHOWN: Final = 10
_SHOWN_NOTES: Final = 3
_NAMES: Final = {Severity.ERROR: "error", Severity.LEGACY: "legacy finding", Severity.NOTE: "note"}

Paint = Callable[[str, Severity], str]


def plain(text: str, _: Severity) -> str:
    """Return a text without colours."""
    return text


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

    def as_text(self, shown: int = SHOWN, paint: Paint = plain, *, verbose: bool = False) -> str:
        """Return the report as a person reads it: errors first, at most ``shown`` of a rule, of its notes three.

        ``verbose`` names every rule that was not asked.
        """
        groups = groupby(self.by_severity(), key=lambda one: (one.severity, one.rule))
        blocks = [self._rule(list(group), shown, paint) for _, group in groups]
        end = [*self._counts(paint), *self.left(verbose=verbose), self.last_line()]
        return "\n\n".join([*blocks, "\n".join(end)])

    def by_severity(self) -> list[Finding]:
        """Return the findings with errors first, then what is older than its rule, then notes; each rule together."""
        order = (Severity.ERROR, Severity.LEGACY, Severity.NOTE)
        return sorted(self.findings, key=lambda one: order.index(one.severity))

    def last_line(self) -> str:
        """Return the counts in one line."""
        tables = _count(len(self.asked), "table") + " asked in full"
        unasked = len({one.table for one in self.not_asked})
        tables += f", {unasked} not" if unasked else ""
        legacy = f", {self.n_legacy:,} legacy (older than the rule)" if self.n_legacy else ""
        return f"{_count(self.n_errors, 'error')}, {_count(self.n_notes, 'note')}{legacy}; {tables}."

    def left(self, *, verbose: bool = False) -> Iterator[str]:
        """Yield which tables were not asked by how many rules, and why; with ``verbose``, by which."""
        for reason, group in groupby(sorted(self.not_asked, key=lambda one: (one.reason, one)), lambda one: one.reason):
            rules = Counter[str]()
            named: dict[str, list[str]] = {}
            for one in group:
                rules[one.table] += 1
                named.setdefault(one.table, []).append(one.rule)
            left = (f"{table} ({_count(n, 'rule')})" for table, n in rules.items())
            if verbose:
                left = (f"{table} ({', '.join(dict.fromkeys(names))})" for table, names in named.items())
            yield folded(f"Not asked, because {reason}: {', '.join(left)}.")
        if self.not_asked:
            yield ""

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

    def _rule(self, findings: list[Finding], shown: int, paint: Paint) -> str:
        first = findings[0]
        alike = len({one.remedy for one in findings}) == 1
        title = f"{first.rule}: {_count(len(findings), _NAMES[first.severity])}"
        told = (self.explained.get(first.rule, "An input that cannot be read."), first.remedy if alike else "")
        lines = [paint(title, first.severity), *(folded(sentence) for sentence in told if sentence), ""]
        shown = shown if first.severity is Severity.ERROR else min(shown, _SHOWN_NOTES)
        for one in findings[:shown]:
            lines += [f"  {one.where}", *_told(one), *([] if alike else [f"    {one.remedy}"])]
        if len(findings) > shown:
            lines.append(f"  and {len(findings) - shown:,} more; --format json has them all.")
        return "\n".join(lines)

    def _counts(self, paint: Paint) -> Iterator[str]:
        """Yield how often each rule was broken, where several were."""
        counts = Counter((one.severity, one.rule) for one in self.by_severity())
        digits = max((len(f"{n:,}") for n in counts.values()), default=0)
        if len(counts) > 1:
            for (severity, rule), n in counts.items():
                yield f"{n:>{digits},}  {paint(f'{severity:<6}', severity)}  {rule}"
            yield ""


def _told(finding: Finding) -> list[str]:
    """Return what was got and expected, in one line where it fits."""
    line = f"    got {finding.got}; expected {finding.expected}"
    return [line] if len(line) <= width() else [f"    got {finding.got}", f"    expected {finding.expected}"]


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}" + ("" if n == 1 else "s")
