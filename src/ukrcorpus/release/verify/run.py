"""``verify``: every check and rule of a release folder, depth by depth, in one report."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from ukrcorpus.core.problems import CorpusError, Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.record import SUMS
from ukrcorpus.release.verify.checks import OF_DATA, OF_DOCUMENTS, OF_FILES, OF_RECORD, Check, catalogue
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.fetch import fetched
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.rebuild import REBUILD, rebuild
from ukrcorpus.release.verify.record import RULE, Record, read_record
from ukrcorpus.release.verify.report import NotAsked, Report, report_of
from ukrcorpus.release.verify.rules import BEYOND, ask_rules
from ukrcorpus.release.verify.splits import unasked
from ukrcorpus.release.verify.tables import read_parts
from ukrcorpus.schema.read import read_schema
from ukrcorpus.validate.catalogue import RULES

_Seen = TypeVar("_Seen")
_UNREAD: Final = "release.json cannot be read"
_UNDEFINED: Final = "schema/ cannot be read"
_PARTLY: Final = "a table cannot be read"
_EXTRA: Final = "release-file-extra"
_WEB: Final = "a web server does not say which files it has"
_CERTIFICATE: Final = "split-certificate"
_WORDLESS: Final = "words are compared that this edition lacks"
_LEAK: Final = "rights-leak"
_FULL: Final = "full_logical_hash"
_LEAKS: Final = "the texts that it looks for are in the full edition only; the build that wrote this one asked it"
_NO_PROJECT: Final = "they build again, which --rebuild does where the project is"
_PUT_BACK: Final = "texts were put back into it, which no build does"
_FULL_HASH: Final = "the full edition is not here"


def verify(folder: Path, project: Project | None = None) -> Report:
    """Return what is wrong with a release folder, and all that was and was not asked. Nothing in it is changed.

    With ``project`` it is also built again from there and compared.

    This is the whole function behind ``ukrcorpus release verify``; ``release.publishing`` asks it before it sends:
    ``verify(folder).n_errors`` is 0 for a release that is what it says. ``release-missing`` where there is no folder.
    """
    if not folder.is_dir():
        remedy = "Give the folder that ukrcorpus build made, or the address of a release."
        raise CorpusError("release-missing", "there is no such folder.", where=str(folder), remedy=remedy)
    return Verification(folder, project).report()


def verify_at(place: str, project: Project | None = None) -> Report:
    """Return ``verify`` of the release at a folder or an address; what is elsewhere is copied first, and only read."""
    with fetched(place) as found:
        report = replace(verify(found.folder, project), where=found.url)
    if found.is_listed:
        return report
    not_asked = (*report.not_asked, NotAsked(_WEB, _EXTRA))
    asked = tuple(one for one in report.asked if one != _EXTRA)
    return replace(report, asked=asked, not_asked=tuple(sorted(not_asked)))


class Verification:
    """A verification under way: what it found so far, and what it asked."""

    def __init__(self, folder: Path, project: Project | None) -> None:
        self.folder = folder
        self.project = project
        self.held = Held.of(folder)
        self.findings: list[Finding] = []
        self.asked: list[str] = []
        self.not_asked: list[NotAsked] = []
        self.release = folder.name
        self.n_tables = 0

    def report(self) -> Report:
        """Ask everything and return the report."""
        self._ask(OF_FILES, self.held)
        self._of_record()
        rules = {id_: sentence for rule in RULES for id_, sentence in rule.explanations().items()}
        return report_of(
            where=str(self.folder),
            release=self.release,
            sums_sha256=self.held.hashes.get(SUMS),
            findings=self.findings,
            asked=self.asked,
            not_asked=self.not_asked,
            explained=catalogue() | rules | REBUILD | {RULE: "release.json is the record of a release."},
            n_files=len(self.held.files),
            n_tables=self.n_tables,
        )

    def _of_record(self) -> None:
        self.asked.append(RULE)
        try:
            record = read_record(self.folder)
        except CorpusError as error:
            self._stopped(error)
            self._leave(_UNREAD, (*OF_RECORD, *OF_DATA, *OF_DOCUMENTS))
            return
        self.release = f"{record.name} {record.version} ({record.edition})"
        self._ask(OF_RECORD, (self.held, record))
        self._of_tables(record)
        self._of_rebuild(record)

    def _of_tables(self, record: Record) -> None:
        try:
            schema = read_schema(self.folder / "schema")
        except CorpusError as error:
            self._stopped(error)
            self._leave(_UNDEFINED, (*OF_DATA, *OF_DOCUMENTS))
            return
        evidence = Evidence(self.held, record, schema, read_parts(self.held, record, schema))
        self.n_tables = len(evidence.tables.whole)
        self._ask(OF_DATA, evidence)
        if evidence.tables.unread:
            self._leave(_PARTLY, OF_DOCUMENTS)
        else:
            self._ask(OF_DOCUMENTS, evidence)
            self.not_asked += [NotAsked(_WORDLESS, f"{_CERTIFICATE} of {one}") for one in unasked(evidence)]
        self._of_rules(evidence)

    def _of_rules(self, evidence: Evidence) -> None:
        asked = ask_rules(evidence)
        self.findings += asked.findings
        self.asked += asked.asked
        self.not_asked += asked.not_asked
        if evidence.record.edition != Edition.FULL:
            self.not_asked += [NotAsked(_LEAKS, _LEAK), NotAsked(_FULL_HASH, _FULL)]

    def _of_rebuild(self, record: Record) -> None:
        """Build it again, where that was wished; a release with texts put back was built by nobody's project."""
        why = _NO_PROJECT if self.project is None else None if record.edition in set(Edition) else _PUT_BACK
        if self.project is not None and not why:
            found = rebuild(self.project, self.held, record)
            self.findings += found
            self.asked += REBUILD
            if not any(one.severity is Severity.ERROR for one in found):
                self._asked_by_build()
        else:
            self.not_asked += [NotAsked(why or _NO_PROJECT, id_) for id_ in REBUILD]

    def _asked_by_build(self) -> None:
        """Count as asked what a build asks of the project and of the full edition, since the same bytes came of it."""
        asked = {*BEYOND, _LEAK, _FULL}
        self.not_asked = [one for one in self.not_asked if one.rule not in asked and one.reason != _WORDLESS]
        self.asked += [rule.id for rule in RULES if rule.id in BEYOND]

    def _ask(self, checks: Iterable[Check[_Seen]], seen: _Seen) -> None:
        for check in checks:
            self.findings += check.findings(seen)
            self.asked.append(check.id)

    def _leave(self, why: str, checks: Iterable[object]) -> None:
        left = [one.id for one in checks if isinstance(one, Check)]
        self.not_asked += [NotAsked(why, id_) for id_ in (*left, *(rule.id for rule in RULES))]

    def _stopped(self, error: CorpusError) -> None:
        where = error.where.removeprefix(f"{self.folder}/")
        self.findings.append(Finding(error.rule, where, error.what, "a file that can be read", error.remedy))
