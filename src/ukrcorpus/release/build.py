"""``build``: run what is stale, validate, and write the release."""

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from ukrcorpus.core.folders import sweep, sweep_files
from ukrcorpus.core.locks import working
from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Hashes, Known, Stamp, hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.assemble import STAGE
from ukrcorpus.release.doi import doi_of
from ukrcorpus.release.stages import STAGES, run_stale, stage_inputs, stamp_file, tool_hashes
from ukrcorpus.release.taken import check_not_taken
from ukrcorpus.release.text_free.leaks import RULE, LeakError
from ukrcorpus.release.versions import check_version
from ukrcorpus.release.write import release_folder, write_release
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.proved import Proved
from ukrcorpus.sources.shelf import sweep_cut
from ukrcorpus.validate.ledger import Ledger
from ukrcorpus.validate.raw import proved
from ukrcorpus.validate.report import Report
from ukrcorpus.validate.run import run_changed

KNOWN: Final = ".hashes.json"
ASKED: Final = ".asked.json"
PROVED: Final = ".proved.json"
_STAGE: Final = {Edition.FULL: "release", Edition.TEXT_FREE: "release-text-free"}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. ``folder`` is None where ``report`` has errors; ``report`` is None where nothing was stale."""

    folder: Path | None
    stages: tuple[str, ...]
    report: Report | None
    edition: Edition = Edition.FULL


def build(project: Project, edition: Edition = Edition.FULL, doi: str | None = None) -> Built:
    """Run the stale stages, validate, write ``dist/<name>-<version>/``; the same input gives the same bytes.

    An error found by validation stops the build before anything is written to ``dist/``, and so does protected text
    that the leak check finds in what was to become a text-free edition, or a version that is less than the rule asks
    after the newest other release there (``version-too-small``), or was published with other rows
    (``version-published``). Another process at work on the project is
    ``project-busy``. What a killed build left is cleared away first. ``doi`` is the one reserved for this version,
    where ``corpus.toml`` does not have it (rules: ``doi-form``, ``doi-conflict``, ``doi-taken``).
    """
    with working(project):
        sweep_project(project)
        return _build(project, edition, doi_of(project, doi))


def sweep_project(project: Project) -> None:
    """Clear away what killed commands left half written anywhere in the project."""
    for folder in (project.build, project.dist, project.annotations, project.schema):
        sweep(folder)
    for folder in (project.root, project.raw):
        sweep_files(folder)
    sweep_cut(project)


def _build(project: Project, edition: Edition, doi: str | None) -> Built:
    known = Known(project.build / KNOWN)
    inputs = stage_inputs(project, known)
    schema = read_schema(project.schema)
    stages = run_stale(project, schema, inputs, known)
    known.keep()
    tools = tool_hashes()
    stamp = Stamp(stamp_file(project, _STAGE[edition]), tools | _inputs(project) | {"doi": doi or ""})
    place = release_folder(project, edition)
    if place.is_dir() and stamp.is_fresh(hashes(project.root, [place])):
        return Built(place, stages, None, edition)
    proof = Proved(project.build / PROVED, known.below(project.raw), json.dumps([tools, sys.version]))
    report = run_changed(project, schema, Ledger(project.build / ASKED, known, tools), {proved: proof})
    proof.keep()
    if report.n_errors:
        return Built(None, stages, report, edition)
    tables = read_tables(project, schema)
    check_not_taken(project, schema, tables)
    check_version(project, schema, tables)
    stamp.lift()
    try:
        write_release(project, schema, tables, edition, doi, known=known)
    except LeakError as error:
        return Built(None, stages, _with_leaks(report, error.findings), edition)
    stamp.set(hashes(project.root, [place]))
    return Built(place, (*stages, "release"), report, edition)


def _with_leaks(report: Report, leaks: tuple[Finding, ...]) -> Report:
    why = "Nothing of an article whose text may not be passed on stands in the text-free edition."
    return replace(report, findings=tuple(sorted((*report.findings, *leaks))), explained=report.explained | {RULE: why})


def read_tables(project: Project, schema: Schema) -> dict[str, pa.Table]:
    """Return the tables of ``build/corpus/``."""
    return {table.name: read_table(project.table(STAGE, table.name)) for table in schema.tables}


def _inputs(project: Project) -> Hashes:
    """Return the hashes of all that the rules and the release read; the stamps stand for what the stages read."""
    own = [project.root / name for name in ("corpus.toml", "CHANGELOG.md", "docs/guidelines.md")]
    return hashes(project.root, [*own, *(stamp_file(project, stage.name) for stage in STAGES)])
