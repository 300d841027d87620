"""The rules of ``validate`` asked of a release alone, and why some cannot be."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_table
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.report import NotAsked
from ukrcorpus.sources.published import Published, write_published
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.evidence import STAGE, show
from ukrcorpus.validate.evidence import Evidence as Asking
from ukrcorpus.validate.rules import Broken, Rule
from ukrcorpus.validate.run import run_rules

_RAW: Final = "they read raw/, which only the project has"
_ANNOTATIONS: Final = "they read annotations/, which only the project has"
_SOURCES: Final = "they read raw/sample-sources.toml, which only the project has"
_OLDER: Final = "the release's definition is older and lacks a column that they read"
_OWN: Final = "data-columns and data-unlisted ask it of the files of a release"
# A rule that is not named here reads tables and the schema only, and is asked.
BEYOND: Final = {
    "raw-manifest": _RAW,
    "article-manifest": _RAW,
    "edits-rebuild": _RAW,
    "set-aside": "they read build/, which only the project has",
    "export-file": _ANNOTATIONS,
    "export-address": _ANNOTATIONS,
    "minted-id": _ANNOTATIONS,
    "minted-span": _ANNOTATIONS,
    "sample-source": _SOURCES,
    "sample-quotation": _SOURCES,
    "sample-spun-person": _SOURCES,
    "sample-spun-statement": _SOURCES,
    "withdrawn-unknown": "what was withdrawn is known to the project only",
    "generated-stale": "what schema/ derives is that of the toolkit that made the release",
    "split-leak": "split-certificate asks it of a release",
    "split-moved": "it reads published.jsonl, which only the project has",
    "table-unknown": _OWN,
    "table-columns": _OWN,
    "table-changed": "release-file-changed and data-unreadable ask it of the files of a release",
}


class Asked:
    """What the rules said of a release: findings, the rules that were asked, and those that were not."""

    def __init__(self, findings: Iterable[Finding], asked: Iterable[str], not_asked: Iterable[NotAsked]) -> None:
        self.findings = tuple(findings)
        self.asked = tuple(asked)
        self.not_asked = tuple(not_asked)


def ask_rules(evidence: Evidence, rules: Iterable[Rule] = RULES) -> Asked:
    """Ask every rule that a release can answer, of the tables that could be read."""
    given = tuple(rules)
    older: list[NotAsked] = []
    kept = [_tolerant(_readable(rule, evidence), older) for rule in given if rule.id not in BEYOND]
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for name, table in evidence.tables.whole.items():
            write_table(project.table(STAGE, name), table)
        with suppress(ValueError):  # a version that is none is told by others
            write_published(project, _published(evidence))
        report = run_rules(project, evidence.schema, kept)
    left = [NotAsked(BEYOND[rule.id], rule.id) for rule in given if rule.id in BEYOND]
    left += [NotAsked(one.reason, f"{one.rule} of {one.table}") for one in report.not_asked]
    asked = (rule.id for rule in kept if rule.id not in {one.rule for one in older})
    findings = (one for one in report.findings if not _is_withheld(one, evidence))
    return Asked(findings, asked, (*left, *older, *_unread(evidence, kept, given)))


def _is_withheld(finding: Finding, evidence: Evidence) -> bool:
    """Say whether a quote is missing because ``rehydrate`` may have kept it back."""
    return evidence.record.withdrawn_since is not None and (finding.rule, finding.got) == ("span-quote", show(None))


def _published(evidence: Evidence) -> Iterator[Published]:
    """Yield every article as published before any rule: a release alone does not tell since when it has an article.

    Breaches of a rule that does not bind older data are legacy then; the build that wrote the release knew better.
    """
    articles = evidence.tables.whole.get("articles")
    for row in articles.select(["article_id", "split"]).to_pylist() if articles is not None else ():
        yield Published(row["article_id"], row["split"], evidence.record.version, date.min.isoformat())


def _readable(rule: Rule, evidence: Evidence) -> Rule:
    unread = evidence.tables.unread.keys()
    return replace(rule, scope=lambda schema: tuple(group for group in rule.scope(schema) if not unread & set(group)))


def _tolerant(rule: Rule, older: list[NotAsked]) -> Rule:
    """Return a rule that tells ``older`` where it reads a column that the definition in the release does not have."""
    from polars.exceptions import ColumnNotFoundError

    def check(evidence: Asking) -> Iterator[Broken | Finding]:
        try:
            yield from rule.check(evidence)
        except ColumnNotFoundError:
            older.append(NotAsked(_OLDER, rule.id))

    return replace(rule, check=check)


def _unread(evidence: Evidence, kept: Iterable[Rule], given: Iterable[Rule]) -> Iterator[NotAsked]:
    scopes = {rule.id: rule.scope for rule in given}
    for rule in kept:
        for group in scopes[rule.id](evidence.schema):
            why = next((evidence.tables.unread[one] for one in group if one in evidence.tables.unread), None)
            if why:
                yield NotAsked(why, f"{rule.id} of {group[0]}")
