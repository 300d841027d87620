"""Take an export into ``annotations/``: pseudonyms first, then the same annotation never twice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ukrcorpus.annotate.exports.export import identities, is_edited, read_json, read_tasks, rounds_of, write_json
from ukrcorpus.annotate.exports.fresh import draft_identities, only_new
from ukrcorpus.annotate.exports.manifest import ExportEntry, exports_folder, read_entries, write_entries
from ukrcorpus.annotate.exports.stream import stream_ours
from ukrcorpus.annotate.keys import NAME, PSEUDONYM, Keys, read_keys, write_keys
from ukrcorpus.annotate.pseudonyms import annotators, find_addresses, people, pseudonymise
from ukrcorpus.annotate.rounds import ADJUDICATION, UNITS_ONLY
from ukrcorpus.annotate.values import Person, Problems
from ukrcorpus.core.locks import alone
from ukrcorpus.core.problems import CorpusError, Finding, exit_code, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256, write_bytes
from ukrcorpus.schema.model import Schema

_SHOWN: Final = 3
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What an export cannot say of itself. ``name`` is the pseudonym of its only annotator."""

    server: str
    name: str | None = None
    annotator_kind: str = "human"
    step: str = "both"
    blind: bool = True
    suggestions_shown: bool = False
    suggestion_version: str | None = None
    replace: bool = False
    only_new: bool = False  # keep of the export only the annotations and drafts that no earlier one has


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; ``file`` is None where everything was there already."""

    file: str | None
    annotators: tuple[str, ...]
    n_tasks: int
    n_new: int
    n_known: int
    n_replaced: int
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something in the export will be set aside, else 0."""
        return exit_code(self.findings)

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        lines = [finding.as_text() for finding in self.findings]
        counts = f"{self.n_new} new, {self.n_known} known, {self.n_replaced} replaced"
        what = f"{self.n_tasks} tasks of {', '.join(self.annotators) or 'nobody'}; annotations: {counts}"
        lines.append(f"imported {self.file}: {what}" if self.file else f"nothing new, nothing written: {what}")
        return "\n".join(lines)


def import_export(project: Project, schema: Schema, file: Path, options: ImportOptions) -> ImportReport:
    """Copy an export to ``annotations/exports/`` under pseudonyms, with a line in ``manifest.jsonl``.

    Raises ``CorpusError`` for a file that is no full export, for an option that does not fit it, and where an
    annotation is known with other content, unless ``options.replace``. Nothing is written then.
    """
    return import_tasks(project, schema, _tasks(file), file.name, options)


@alone
def import_tasks(
    project: Project, schema: Schema, tasks: list[Any], source: str, options: ImportOptions
) -> ImportReport:
    """Do the same with the tasks of an export that was read already; ``source`` names it in messages."""
    _check_options(schema, options)
    keys = _keys(project, tasks, options)
    nobody = None if annotators(tasks) else options.name
    masked = pseudonymise(tasks, options.server, keys, nobody)
    assert not find_addresses(masked), "an address is left"
    for name in _makers(masked):
        _check_pseudonym(name, source)
    entries = read_entries(project)
    known = _known(project, entries)
    news = _compare(masked, known)
    if news.changed and not options.replace:
        raise _changed(source, news)
    if options.blind and options.step != ADJUDICATION:
        _check_own_work(tasks, source)
    if options.only_new:
        masked = only_new(masked, {one: digest for one, (_, digest) in known.items()})
    data = write_json(masked)
    entry = _entry(masked, sha256(data), schema, options, news)
    written, findings = None, list[Finding]()
    unknown = entry.sha256 not in [one.sha256 for one in entries]
    if unknown and (bool(masked) if options.only_new else news.new or news.changed or not news.known):
        entry = replace(entry, file=_free_name(project, entry))
        written = project.address(exports_folder(project) / entry.file)
        read_tasks(masked, schema, Problems(written, findings), coded=options.step != UNITS_ONLY)
        write_keys(project.annotations / NAME, keys)
        write_bytes(exports_folder(project) / entry.file, data)
        write_entries(project, [*entries, entry])
    counts = (len(news.new), len(news.known), len(news.changed))
    return ImportReport(written, _makers(masked), len(tasks), *counts, tuple(findings))


@dataclass(frozen=True, slots=True)
class _News:
    """Ids of annotations by what is known of them; ``changed`` leads to the file that has the other content."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    changed: Mapping[str, str]


def _check_own_work(tasks: list[Any], source: str) -> None:
    edited = [one.get("unique_id") for task in tasks for one, _ in rounds_of(task) if is_edited(one)]
    if edited:
        what = f"{len(edited)} annotations were changed by somebody else than their author, as {edited[0]}: not blind."
        remedy = "Ask both. With --not-blind it is taken as it stands, and stays out of agreement."
        raise CorpusError("annotation-edited", what, where=source, remedy=remedy)


def _check_options(schema: Schema, options: ImportOptions) -> None:
    for name in ("annotator_kind", "step"):
        value, known = getattr(options, name), schema.vocabulary(name).names
        if value not in known:
            raise CorpusError("import-option", f"{name} '{value}'.", where="import", remedy=near(value, known))
    if options.name is not None:
        _check_pseudonym(options.name, "--as")


def _check_pseudonym(name: str, where: str) -> None:
    if not PSEUDONYM.fullmatch(name):
        remedy = "Use lower-case letters, digits and '-', such as annotator-01."
        raise CorpusError("pseudonym-form", f"'{name}' is no pseudonym.", where=where, remedy=remedy)


def _tasks(file: Path) -> list[Any]:
    if not file.is_file():
        remedy = "Check the path. Export the project from Label Studio as JSON."
        raise CorpusError("export-missing", "no such file.", where=str(file), remedy=remedy)
    tasks = read_json(file.read_bytes(), file.name)
    if not tasks:
        remedy = "Export the project that holds the tasks, with all tasks, not only annotated ones."
        raise CorpusError("export-empty", "holds no task.", where=file.name, remedy=remedy)
    return tasks


def _keys(project: Project, tasks: list[Any], options: ImportOptions) -> Keys:
    """Return the keys of everybody in the export: those known, and new ones."""
    path = project.annotations / NAME
    keys = read_keys(path, project.address(path))
    makers = annotators(tasks)
    if options.name is not None:
        _check_name(keys, makers, options.server, options.name)
        keys = keys.add(options.server, makers[0], options.name) if makers else keys
    for person in (*makers, *people(tasks)):
        keys = keys.add(options.server, person)
    return keys


def _check_name(keys: Keys, makers: tuple[Person, ...], server: str, name: str) -> None:
    if len(makers) > 1:
        what = f"the export is the work of {len(makers)} persons."
        remedy = f"Leave --as out, or give the names in annotations/{NAME} first."
        raise CorpusError("import-as", what, where="--as", remedy=remedy)
    known = keys.pseudonym(server, makers[0]) if makers else None
    taken = any(key.pseudonym == name for key in keys.all)
    if (known is not None and known != name) or (known is None and makers and taken):
        what = f"this person is '{known}' already." if known else f"'{name}' is another person, or another account."
        remedy = f"Choose another name; if it is the same person, say so in annotations/{NAME}."
        raise CorpusError("pseudonym-taken", what, where="--as", remedy=remedy)


def _known(project: Project, entries: tuple[ExportEntry, ...]) -> dict[str, tuple[str, str]]:
    """Return unique_id -> the newest file that has it and the hash of what it says there."""
    known: dict[str, tuple[str, str]] = {}
    for entry in entries:
        path = exports_folder(project) / entry.file
        for task in stream_ours(path, project.address(path)) if path.is_file() else ():
            for unique_id, digest in identities(task):
                if unique_id not in known or known[unique_id][0] in entry.replaces:
                    known[unique_id] = entry.file, digest
            known |= {draft: (entry.file, digest) for draft, digest in draft_identities(task)}
    return known


def _compare(masked: list[Any], known: Mapping[str, tuple[str, str]]) -> _News:
    own = {unique_id: digest for task in masked for unique_id, digest in identities(task)}
    return _News(
        new=tuple(one for one in own if one not in known),
        known=tuple(one for one, digest in own.items() if one in known and known[one][1] == digest),
        changed={one: known[one][0] for one, digest in own.items() if one in known and known[one][1] != digest},
    )


def _changed(source: str, news: _News) -> CorpusError:
    shown = [f"{one} ({imported})" for one, imported in sorted(news.changed.items())][:_SHOWN]
    more = f" and {len(news.changed) - _SHOWN} more" if len(news.changed) > _SHOWN else ""
    what = f"{len(news.changed)} annotation(s) known with other content: {', '.join(shown)}{more}."
    remedy = "If this export is the newer one, import it with --replace; the older file stays."
    return CorpusError("annotation-changed", what, where=source, remedy=remedy)


def _makers(masked: list[Any]) -> tuple[str, ...]:
    return tuple(sorted({by for task in masked for _, by in rounds_of(task) if isinstance(by, str)}))


def _entry(masked: list[Any], digest: str, schema: Schema, options: ImportOptions, news: _News) -> ExportEntry:
    makers = _makers(masked)
    stamps = (_DAY.match(str(one.get("created_at"))) for task in masked for one, _ in rounds_of(task))
    day = max((stamp[0] for stamp in stamps if stamp), default=None)
    data = [task.get("data") for task in masked if isinstance(task, dict)]
    versions = {one.get("scheme_version") for one in data if isinstance(one, dict)}
    version = versions.pop() if len(versions) == 1 else None
    return ExportEntry(
        file=f"{makers[0] if len(makers) == 1 else 'several' if makers else 'nobody'}-{day or 'undated'}.json",
        sha256=digest,
        server=options.server,
        annotator_kind=options.annotator_kind,
        step=options.step,
        blind=options.blind and options.step != ADJUDICATION,  # a curator sees what the annotators did
        suggestions_shown=options.suggestions_shown,
        suggestion_version=options.suggestion_version,
        scheme_version=version if isinstance(version, str) else None,
        guideline_version=schema.guideline_version,
        imported_on=day,
        replaces=tuple(sorted(set(news.changed.values()))),
    )


def _free_name(project: Project, entry: ExportEntry) -> str:
    """Return the entry's file name, numbered if another export has it; a file left by a broken import is reused."""
    path = exports_folder(project) / entry.file
    number = 1
    while path.is_file() and sha256(path.read_bytes()) != entry.sha256:
        number += 1
        path = path.with_name(f"{Path(entry.file).stem}-{number}.json")
    return path.name
