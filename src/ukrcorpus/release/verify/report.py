"""What verifying a release found, what it asked, and what it could not ask and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Final

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.screen import folded

SHOWN: Final = 10
_NOTES: Final = 3
_ORDER: Final = (Severity.ERROR, Severity.LEGACY, Severity.NOTE)
_NAMES: Final = {Severity.ERROR: "error", Severity.LEGACY: "legacy finding", Severity.NOTE: "note"}


@dataclass(frozen=True, slots=True, order=True)
class NotAsked:
    """A check or rule that was not asked, of the whole release or a part of it, and why."""

    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome. ``asked`` names the checks and rules that were asked; ``explained`` what each broken one checks.

    ``release`` is name, version and edition as far as ``release.json`` could be read, ``where`` the folder or address.
    ``sums_sha256`` is the hash of ``SHA256SUMS``, which stands for every byte: compare it with what the makers say.
    """

    where: str
    release: str
    sums_sha256: str | None
    findings: tuple[Finding, ...]
    asked: tuple[str, ...]
    not_asked: tuple[NotAsked, ...]
    explained: Mapping[str, str]
    n_files: int
    n_tables: int

    @property
    def n_errors(self) -> int:
        """How many findings say that the release is not what it says; notes do not."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    def as_text(self, shown: int = SHOWN) -> str:
        """Return the report as a person reads it: errors first, at most ``shown`` findings of a rule."""
        ordered = sorted(self.findings, key=lambda one: _ORDER.index(one.severity))
        groups = groupby(ordered, key=lambda one: (one.severity, one.rule))
        blocks = ["\n".join(self._rule(tuple(group), shown)) for _, group in groups]
        return "\n\n".join([*blocks, "\n".join(self._end())])

    def as_json(self) -> dict[str, object]:
        """Return the whole report, every finding in full."""
        return {
            "where": self.where,
            "release": self.release,
            "sums_sha256": self.sums_sha256,
            "n_errors": self.n_errors,
            "n_notes": len(self.findings) - self.n_errors,
            "n_files": self.n_files,
            "n_tables": self.n_tables,
            "findings": [finding.as_json() for finding in self.findings],
            "explained": dict(self.explained),
            "asked": list(self.asked),
            "not_asked": [asdict(one) for one in self.not_asked],
        }

    def _rule(self, findings: tuple[Finding, ...], shown: int) -> Iterator[str]:
        first, alike = findings[0], len({one.remedy for one in findings}) == 1
        n_shown = shown if first.severity is Severity.ERROR else min(shown, _NOTES)
        yield f"{first.rule}: {_count(len(findings), _NAMES[first.severity])}"
        yield from (one for one in (self.explained.get(first.rule, ""), first.remedy if alike else "") if one)
        for one in findings[:n_shown]:
            yield f"  {one.where}"
            yield from (f"    got       {one.got}", f"    expected  {one.expected}")
            yield from () if alike else (f"    {one.remedy}",)
        if len(findings) > n_shown:
            yield f"  and {len(findings) - n_shown:,} more; --json has them all."

    def _end(self) -> Iterator[str]:
        for reason, group in groupby(self.not_asked, lambda one: one.reason):
            yield folded(f"Not asked, because {reason}: {', '.join(one.rule for one in group)}.", rest="  ")
        asked = f"{_count(self.n_files, 'file')}, {_count(self.n_tables, 'table')}, {_count(len(self.asked), 'rule')}"
        if self.sums_sha256:
            yield f"SHA-256 of its SHA256SUMS, which stands for every byte: {self.sums_sha256}"
        verdict = "verified" if not self.n_errors else "NOT what it says it is"
        n_notes = len(self.findings) - self.n_errors
        yield f"{self.release}: {verdict}. {_count(self.n_errors, 'error')}, {_count(n_notes, 'note')}; asked: {asked}."


def report_of(  # noqa: PLR0913 - the parts of a report, each named where it is given
    *,
    where: str,
    release: str,
    sums_sha256: str | None,
    findings: Iterable[Finding],
    asked: Iterable[str],
    not_asked: Iterable[NotAsked],
    explained: Mapping[str, str],
    n_files: int,
    n_tables: int,
) -> Report:
    """Return the report: findings sorted, each once, and only what was broken explained."""
    kept = tuple(sorted(set(findings)))
    broken = {finding.rule for finding in kept}
    return Report(
        where=where,
        release=release,
        sums_sha256=sums_sha256,
        findings=kept,
        asked=tuple(sorted(set(asked))),
        not_asked=tuple(sorted(set(not_asked))),
        explained={id_: sentence for id_, sentence in explained.items() if id_ in broken},
        n_files=n_files,
        n_tables=n_tables,
    )


def _count(n: int, thing: str) -> str:
    return f"{n:,} {thing}" + ("" if n == 1 else "s")
