"""What became of every file and record given to ``ingest``, counted, with the reasons of those not used."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TextIO

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import atomic_path, sha256

_NAME: Final = 50  # characters of a file's name in that of its refusals, which is longer
_OF_FILE: Final = b'"about": "file"'  # in a text the quotation marks would be escaped


class Outcome(StrEnum):
    """What became of a file or a record."""

    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class IngestLine:
    """One file's outcome, with the article it became or is, or the reason why it was refused."""

    file: Path
    outcome: Outcome
    article_id: str | None = None
    error: CorpusError | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file was refused."""
        return self.outcome is Outcome.REFUSED

    def as_text(self) -> str:
        """Return the line a person reads, and one for each statement of the file that was not taken."""
        if self.error is not None:
            return f"{self.outcome:<8} {self.error}"
        lines = [f"{self.outcome:<8} {self.file} as {self.article_id}"]
        return "\n".join([*lines, *(f"         not taken: {one}" for one in self.conflicts)])


@dataclass(slots=True)
class ContainerLines:
    """The outcomes of a file's records: counts, and the first error of each rule.

    ``unfit`` is what the user said of the file and no record bears out.
    """

    file: Path
    refusals: str
    counts: Counter[Outcome] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    first: dict[str, CorpusError] = field(default_factory=dict)
    conflicts: Counter[str] = field(default_factory=Counter)
    unfit: list[CorpusError] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether any record was refused, the file not read to its end, or what was said of it unfit."""
        return self.counts[Outcome.REFUSED] > 0 or bool(self.unfit)

    def add(self, outcome: Outcome, conflicts: tuple[str, ...] = ()) -> None:
        """Count a record, and the fields of which something was not taken."""
        self.counts[outcome] += 1
        self.conflicts.update(conflicts)

    def refuse(self, error: CorpusError) -> None:
        """Count a refused record."""
        self.counts[Outcome.REFUSED] += 1
        self.rules[error.rule] += 1
        self.first.setdefault(error.rule, error)

    def skip(self, reason: str) -> None:
        """Count a record that holds no article by its kind."""
        self.counts[Outcome.SKIPPED] += 1
        self.skipped[reason] += 1

    def as_text(self) -> str:
        """Return the lines a person reads."""
        counted = ", ".join(f"{self.counts[outcome]:,} {outcome}" for outcome in Outcome)
        lines = [f"{self.file}: {counted}", *(f"unfit    {error}" for error in self.unfit)]
        lines += [f"skipped  {n:,} x {reason}" for reason, n in sorted(self.skipped.items())]
        lines += [f"refused  {n:,} x {rule}, such as {self.first[rule]}" for rule, n in sorted(self.rules.items())]
        if self.refused:
            lines.append(f"         every refusal stands in {self.refusals}")
        taken = [f"{n:,} x {name}" for name, n in sorted(self.conflicts.items())]
        if taken:
            lines.append(f"         not taken: {', '.join(taken)}; raw/manifest.jsonl says what, under 'conflicts'")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file, in the order given."""

    lines: tuple[IngestLine | ContainerLines, ...]

    @property
    def refused(self) -> bool:
        """Whether any file or record was refused."""
        return any(line.refused for line in self.lines)


class Refusals:
    """The refused records of one file, a JSON line each; the file is written only where there are any."""

    def __init__(self, path: Path, files: ExitStack) -> None:
        self._path = path
        self._files = files
        self._file: TextIO | None = None

    def add(self, error: CorpusError, *, of_record: bool = True) -> None:
        """Write one refusal, of a record or of what was said of all of them."""
        if self._file is None:
            beside = self._files.enter_context(atomic_path(self._path))
            self._file = self._files.enter_context(beside.open("w", encoding="utf-8"))
        line = {"about": "record" if of_record else "file", "rule": error.rule}
        line |= {"where": error.where, "what": error.what, "remedy": error.remedy}
        self._file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")


def refusals_file(project: Project, file: Path) -> Path:
    """Return where the refusals of a file stand: files of one name in several folders each have their own."""
    digest = sha256(os.fsencode(file.resolve()))[:8]
    return project.quarantine / "ingest" / f"{file.name[:_NAME]}.{digest}.jsonl"


def count_refusals(path: Path) -> int:
    """Return how many records were refused."""
    with path.open("rb") as file:
        return sum(_OF_FILE not in line for line in file)


@contextmanager
def open_refusals(path: Path) -> Iterator[Refusals]:
    """Yield a file for refusals that replaces the one of an earlier run."""
    path.unlink(missing_ok=True)
    with ExitStack() as files:
        yield Refusals(path, files)
