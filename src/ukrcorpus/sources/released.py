"""``releases.jsonl``: the rows of every published version; lines are added and never changed.

A build reads it, so that no number that was published comes to stand for other rows.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ukrcorpus.core.project import FORMAT, Project
from ukrcorpus.core.records import read_ledger, write_records
from ukrcorpus.core.tables import sha256

NAME: Final = "releases.jsonl"
_FORMS: Final = {
    "version": re.compile(r"\d+\.\d+\.\d+"),
    "released_on": re.compile(r"\d{4}-\d\d-\d\d"),
    "rows_sha256": re.compile(r"[0-9a-f]{64}"),
}
_RULE: Final = "released-line"
_RESTORE: Final = "Restore the file from git; ukrcorpus release record writes it."


@dataclass(frozen=True, slots=True)
class Released:
    """A published version, its ISO date, and the hash of its full edition's rows, whichever edition was published."""

    version: str
    released_on: str
    rows_sha256: str
    format: int = FORMAT


def released_file(project: Project) -> Path:
    """Return where the record of published versions lies."""
    return project.root / NAME


def read_released(project: Project) -> Mapping[str, Released]:
    """Return the published versions by number; a line that is none, or the second of one, is ``released-line``."""
    path = released_file(project)
    return read_ledger(path, project.address(path), Released, _FORMS, rule=_RULE, remedy=_RESTORE)


def add_released(project: Project, one: Released) -> None:
    """Add a published version as the last line."""
    write_records(released_file(project), [*read_released(project).values(), one])


def rows_sha256(hashes: Mapping[str, str]) -> str:
    """Return one hash for the logical hashes of all tables of a full edition."""
    return sha256(json.dumps(hashes, sort_keys=True).encode("utf-8"))


def rows_of_record(release: Mapping[str, Any]) -> str:
    """Return that hash from a ``release.json``, of whichever edition."""
    tables = release["tables"].items()
    return rows_sha256({name: about.get("full_logical_hash", about["logical_hash"]) for name, about in tables})
