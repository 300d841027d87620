"""What rules were asked and found nothing in, by the hash of all that decides it, kept from build to build."""

import json
import platform
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from ukrcorpus.core.stamps import Hashes, Known
from ukrcorpus.core.tables import write_text

Ends = tuple[str, str] | None
_EndsOf = dict[str, Ends]


class Ledger:
    """Questions without findings, and the ends of columns, by hashes. Losing it costs time only.

    ``known`` hashes files; ``tools`` are the hash of this code and the versions of what it works with: with others,
    nothing of it holds.
    """

    def __init__(self, path: Path, known: Known, tools: Hashes) -> None:
        self._path, self._known = path, known
        self._tools = tools | {"version of Python": platform.python_version()}
        self._kept, self._kept_ends = _read(path, self._tools)
        self._clean: set[str] = set()
        self._ends: dict[str, _EndsOf] = {}

    def sha256(self, file: Path) -> str:
        """Return the hash of a file; that of one that is not there is empty."""
        try:
            return self._known.sha256(file)
        except FileNotFoundError:
            return ""

    def is_clean(self, question: str) -> bool:
        """Say whether a question was asked and found nothing."""
        if question in self._kept:
            self._clean.add(question)
        return question in self._clean

    def enter(self, question: str) -> None:
        """Note a question that found nothing."""
        self._clean.add(question)

    def ends(self, file: Path, columns: Sequence[str]) -> _EndsOf:
        """Return the least and the greatest value of columns of a file, by name; None where it has no rows."""
        name = f"{self.sha256(file)} {' '.join(columns)}"
        if name not in self._ends:
            self._ends[name] = self._kept_ends.get(name) or _ends(file, columns)
        return self._ends[name]

    def keep(self) -> None:
        """Keep for the next run what this one asked for; to be called where the report has no errors."""
        if self._clean != self._kept or self._ends != self._kept_ends:
            kept = {"tools": self._tools, "clean": sorted(self._clean), "ends": self._ends}
            write_text(self._path, json.dumps(kept, sort_keys=True))


def _read(path: Path, tools: Hashes) -> tuple[set[str], dict[str, _EndsOf]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        ends = {name: {column: one and _pair(one) for column, one in own.items()} for name, own in kept["ends"].items()}
        return (set(kept["clean"]), ends) if kept["tools"] == tools else (set(), {})
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return set(), {}


def _ends(file: Path, columns: Sequence[str]) -> _EndsOf:
    scan = pl.scan_parquet(file, glob=False).select(*{*columns})
    both = pl.concat([scan.min(), scan.max()]).collect(engine="streaming")
    return {name: _pair(both[name].to_list()) for name in columns}


def _pair(ends: list[str | None]) -> Ends:
    least, greatest = ends
    return None if least is None or greatest is None else (least, greatest)
