"""``annotations/exports/manifest.jsonl``: one line per imported export, with what its rounds cannot say themselves."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text

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
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return tuple(_entry(line, f"{project.address(path)}: line {number}") for number, line in enumerate(lines, 1))


def entry_of(project: Project, file: str) -> ExportEntry:
    """Return the line of one imported export, or raise ``export-unknown``."""
    entries = {entry.file: entry for entry in read_entries(project)}
    if file not in entries:
        what, where = f"no export is called '{file}'.", project.address(exports_folder(project))
        raise CorpusError("export-unknown", what, where=where, remedy=near(file, entries))
    return entries[file]


def write_entries(project: Project, entries: Iterable[ExportEntry]) -> None:
    """Write the lines in the order given."""
    lines = (json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) + "\n" for entry in entries)
    write_text(exports_folder(project) / "manifest.jsonl", "".join(lines))


def _entry(line: str, where: str) -> ExportEntry:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise CorpusError("exports-manifest", f"no JSON: {error}.", where=where, remedy=_RESTORE) from error
    known = [one.name for one in fields(ExportEntry)]
    for key in given if isinstance(given, dict) else ():
        if key not in known:
            remedy = f"{near(key, known)} {_RESTORE}"
            raise CorpusError("exports-manifest", f"unknown key '{key}'.", where=where, remedy=remedy)
    given = {"replaces": []} | given if isinstance(given, dict) else {}
    for one in fields(ExportEntry):
        kind = list if one.name == "replaces" else one.type
        if one.name not in given or not isinstance(given[one.name], kind):  # type: ignore[arg-type]
            what = f"{one.name} is {given[one.name]!r}." if one.name in given else f"the key '{one.name}' is missing."
            raise CorpusError("exports-manifest", what, where=where, remedy=_RESTORE)
    return ExportEntry(**{**given, "replaces": tuple(given["replaces"])})
