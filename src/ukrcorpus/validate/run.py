"""Ask every rule of a built corpus, depth by depth, and gather what they found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError, Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.changed import Answer, Changed, TornError
from ukrcorpus.validate.definition import TABLE_CHANGED
from ukrcorpus.validate.evidence import Evidence
from ukrcorpus.validate.ledger import Ledger
from ukrcorpus.validate.report import NotAsked, Report
from ukrcorpus.validate.rules import Depth, Rule

# A build has just proved by hash that its tables are as they were made.
OF_BUILT: Final = tuple(rule for rule in RULES if rule.id != TABLE_CHANGED)
Known = Mapping[Callable[[Project], Any], Any]


def run_rules(
    project: Project,
    schema: Schema,
    rules: Iterable[Rule] = RULES,
    done: Callable[[Depth], None] = lambda _depth: None,
    known: Known | None = None,
) -> Report:
    """Return what all rules say of build/corpus, raw/, annotations/ and schema/.

    A table with an error at one depth is not asked at the next; the report says so. ``done`` is told of each depth.
    ``known`` is what need not be read for the rules, by what would read it.
    """
    return _report(_evidence(project, schema, known), tuple(rules), _answer, done)


def run_changed(project: Project, schema: Schema, ledger: Ledger, known: Known | None = None) -> Report:
    """Return what ``run_rules`` returns, asking what the ledger does not know; it is kept where there are no errors."""
    evidence = _evidence(project, schema, known)
    try:
        report = _report(evidence, OF_BUILT, Changed(evidence, ledger, _answer))
    except TornError:
        return run_rules(project, schema, OF_BUILT, known=known)
    if not report.n_errors:
        ledger.keep()
    return report


def _evidence(project: Project, schema: Schema, known: Known | None) -> Evidence:
    return Evidence(project, schema, _read=dict(known or {}))


def _report(
    evidence: Evidence,
    rules: tuple[Rule, ...],
    answer: Answer,
    done: Callable[[Depth], None] = lambda _depth: None,
) -> Report:
    findings: list[Finding] = []
    not_asked: list[NotAsked] = []
    failed: dict[str, str] = {}  # table -> the rule it breaks
    for depth in Depth:
        broken: dict[str, str] = {}
        for rule, tables in _questions(rules, evidence.schema, depth):
            unfit = [table for table in tables if table in failed]
            if unfit:
                not_asked.append(NotAsked(tables[0], rule.id, f"{unfit[0]} breaks {failed[unfit[0]]}"))
                continue
            found = answer(rule, evidence.about(tables), findings)
            findings += found
            if tables and any(finding.severity is Severity.ERROR for finding in found):
                broken.setdefault(tables[0], rule.id)
        failed |= broken
        done(depth)
    return Report.of(findings, not_asked, rules, evidence.schema)


def _questions(rules: Iterable[Rule], schema: Schema, depth: Depth) -> Iterator[tuple[Rule, tuple[str, ...]]]:
    """Yield each rule of a depth with each group of tables that it is asked for."""
    for rule in rules:
        if rule.depth is depth:
            yield from ((rule, tables) for tables in rule.scope(schema))


def _answer(rule: Rule, evidence: Evidence, known: Iterable[Finding]) -> list[Finding]:
    """Return a rule's findings; a file that it cannot read is one of them, unless ``known`` has it."""
    found: list[Finding] = []
    try:
        found.extend(rule.findings(evidence))  # what came before an error stays
    except CorpusError as error:
        if (error.rule, error.where) not in {(finding.rule, finding.where) for finding in known}:
            found.append(Finding(error.rule, error.where, error.what, "a file that can be read", error.remedy))
    return found
