"""Where a finding points: a file of the project and its line, as far as its address says or the file shows."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import STAGE

_SUFFIXES: Final = (".toml", ".json", ".jsonl", ".md")
_LINE: Final = re.compile(r"^(?P<file>.*?)(?::(?P<colon>\d+)|: line (?P<word>\d+))(?::|$)")
_NAMED: Final = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and its line from 1; None where the finding is about the rows of a built table, whose file is ``table``.

    Paths are relative to the folder you are in, where the project lies below; else to the project.
    """

    file: str | None = None
    line: int | None = None
    table: str | None = None


def place_of(where: str, project: Project, schema: Schema) -> Place:
    """Return the file that an address names; for an entry of a TOML or JSONL file also the line it stands on."""
    head = where.split(": ", 1)[0]
    if any(table.name == head for table in schema.tables):
        return Place(table=_from_here(project, project.address(project.table(STAGE, head))))
    told = _LINE.match(where)
    file = told["file"] if told else head
    if "/" not in file and not file.endswith(_SUFFIXES):
        return Place()
    if told:
        return Place(_from_here(project, file), int(told["colon"] or told["word"]))
    return Place(_from_here(project, file), _line(project.root / file, where[len(head) :]))


def _from_here(project: Project, file: str) -> str:
    return (_way(project.root, Path.cwd()) / file).as_posix()


@lru_cache(maxsize=1)
def _way(root: Path, here: Path) -> Path:
    """Return the way from a folder to the project below it; none where the project lies elsewhere."""
    whole, start = root.resolve(), here.resolve()
    return whole.relative_to(start) if whole.is_relative_to(start) else Path()


def _line(path: Path, address: str) -> int | None:
    """Return the line of the entry that an address such as ``: actors (per:x): roles`` names, each name in turn."""
    names = _NAMED.findall(address) or ([address.removeprefix(": ")] if path.suffix == ".jsonl" else [])
    if path.suffix not in _SUFFIXES or not names or not path.is_file():
        return None
    lines = iter(enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1))
    found = None
    for name in names:
        found = next((number for number, line in lines if f'"{name}"' in line), None)
    return found
