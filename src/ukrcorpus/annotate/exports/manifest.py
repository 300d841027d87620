"""``annotations/exports/manifest.jsonl``: one line per imported export, with what its rounds cannot say themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.records import read_records, write_records

_RESTORE: Final = "Restore the file from git; ukrcorpus annotate import writes it."


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """One export. ``replaces`` names earlier files: what both have, this one has in its newer form."""

    file: str
    sha256: str
    server: str
    annotator_kind: str
    step: str
    blind: bool
    suggestions_shown: bool
    suggestion_version: str | None
    scheme_version: str | None
    guideline_version: str | None
    imported_on: str | None
    replaces: tuple[str, ...] = ()


def exports_folder(project: Project) -> Path:
    """Return where imported exports lie."""
    return project.annotations / "exports"


def read_entries(project: Project) -> tuple[ExportEntry, ...]:
    """Return the lines in order; a broken one raises ``CorpusError``. Without a file there are none."""
    path = exports_folder(project) / "manifest.jsonl"
    where = project.address(path)
    return read_records(path, where, ExportEntry, rule="exports-manifest", remedy=_RESTORE)


def entry_of(project: Project, file: str) -> ExportEntry:
    """Return the line of one imported export, or raise ``export-unknown``."""
    entries = {entry.file: entry for entry in read_entries(project)}
    if file not in entries:
        what, where = f"no export is called '{file}'.", project.address(exports_folder(project))
        raise CorpusError("export-unknown", what, where=where, remedy=near(file, entries))
    return entries[file]


def write_entries(project: Project, entries: Iterable[ExportEntry]) -> None:
    """Write the lines in the order given."""
    write_records(exports_folder(project) / "manifest.jsonl", entries)
