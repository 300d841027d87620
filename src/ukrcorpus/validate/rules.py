"""What a rule is: an id for ever, the depth it is asked at, the tables it reads, and its check."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.published import read_published
from ukrcorpus.validate.evidence import Evidence


class Depth(StrEnum):
    """The order in which rules are asked; a table that fails at one depth is not asked at the next."""

    SCHEMA = "schema"
    FRAMES = "frames"
    KEYS = "keys"
    SPANS = "spans"
    CORPUS = "corpus"


class Alone(StrEnum):
    """Of what a rule can be asked alone: if it finds nothing in each of them, it finds nothing in the whole.

    ``article``: of the rows and the manifest's line of some articles, with the registry and references among these
    rows. ``key``: of some rows of a table, if no others have their keys. ``no``: of nothing but the whole.
    """

    ARTICLE = "article"
    KEY = "key"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Broken:
    """One breach, before its rule adds the id, the remedy and the severity.

    A rule with ``since`` says whose data it is, and, of what annotators or curators made, the day.
    """

    where: str
    got: str
    expected: str
    article_id: str | None = None
    made_on: date | None = None


Check = Callable[[Evidence], Iterator[Broken | Finding]]
Scope = Callable[[Schema], Iterable[tuple[str, ...]]]
Given = Callable[[Project], Iterable[Path]]


def nothing(_: Project) -> Iterable[Path]:
    """Give no file."""
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``checks`` and ``remedy`` are the sentences of its documentation.

    ``scope`` gives the groups of tables it is asked for, one after the other; the first of a group
    is the table that fails. A rule without tables is always asked. ``check`` may pass on findings
    of an earlier stage, which keep their own ids: ``passes_on`` says what each of them checks.
    ``since`` is the day the rule was introduced: it does not fail what was made, or else published, before; None
    binds all data. A rule that can be asked ``alone`` decides by the rows of its tables, the schema and the files
    ``given``; raw files are those of the manifest, or ``raw-manifest`` says so.
    """

    id: str
    depth: Depth
    scope: Scope
    check: Check
    checks: str
    remedy: str
    severity: Severity = Severity.ERROR
    passes_on: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    alone: Alone = Alone.NO
    given: Given = nothing

    def findings(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield the breaches in the tables of ``evidence`` as findings of this rule."""
        for found in self.check(evidence):
            if isinstance(found, Finding):
                yield found
            else:
                severity = Severity.LEGACY if self._is_newer(found, evidence) else self.severity
                yield Finding(self.id, found.where, found.got, found.expected, self.remedy, severity)

    def explanations(self) -> Mapping[str, str]:
        """Return what each id that the rule can yield checks."""
        return self.passes_on or {self.id: self.checks}

    def _is_newer(self, found: Broken, evidence: Evidence) -> bool:
        """Say whether the data is older than the rule; what no release has is as new as can be."""
        if self.since is None:
            return False
        first = evidence.once(read_published).get(found.article_id or "")
        day = found.made_on or (first.day if first else None)
        return day is not None and day < self.since


def reads(*tables: str) -> Scope:
    """Return the scope of a rule that is asked once and reads these tables."""
    return lambda _: (tables,)


def each_table(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give every table alone: the scope of a rule that is asked table by table."""
    return ((table.name,) for table in schema.tables)


files = reads()
