"""An imported export as Parquet tables, every span proved: task by task, in memory that does not grow with its size."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from ukrcorpus.annotate.exports.columns import REGIONS, ROUNDS, Pending
from ukrcorpus.annotate.exports.manifest import ExportEntry
from ukrcorpus.annotate.exports.plain_task import PlainRound, PlainTask
from ukrcorpus.annotate.exports.stream import stream_either
from ukrcorpus.annotate.rounds import UNITS_ONLY, prove_rounds
from ukrcorpus.annotate.spans.anchors import at_a_glance, text_fault
from ukrcorpus.annotate.spans.places import NONE, Places
from ukrcorpus.annotate.values import Present, Problems, Task
from ukrcorpus.core.problems import Finding, exit_code
from ukrcorpus.core.tables import ROWS_PER_GROUP, WRITER, atomic_path
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Schema

_BY_HAND: Final = frozenset((None, "manual"))


@dataclass(frozen=True, slots=True)
class Tabulated:
    """What an export came to: rows of both tables, and what was set aside, repaired or noted."""

    n_rounds: int
    n_annotations: int
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something was set aside, else 0."""
        return exit_code(self.findings)

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        counts = f"{self.n_rounds:,} rounds, {self.n_annotations:,} annotations"
        return "\n".join([*(finding.as_text() for finding in self.findings), counts])


def tabulate(  # noqa: PLR0913 - what a round is proved by, and where the tables go
    export: Path,
    entry: ExportEntry,
    schema: Schema,
    articles: Mapping[str, Present],
    folder: Path,
    *,
    places: Places = NONE,
) -> Tabulated:
    """Write ``annotation_rounds.parquet`` and ``annotations.parquet`` of one export, in its order.

    ``places`` are those that humans gave to labels over texts that changed.
    What cannot be proved is a finding and no row. A file that is no export raises ``CorpusError``, and nothing is left.
    """
    proving = _Proving(articles, places, Problems(export.name))
    pending = Pending(schema, entry)
    with ExitStack() as stack:
        files = _Files(stack, schema, folder)
        for task in stream_either(export, schema, proving.problems, coded=entry.step != UNITS_ONLY):
            if isinstance(task, PlainTask) and _is_sound(task, entry, articles.get(task.article_id)):
                for one in task.rounds:
                    pending.add_plain(task, one)
            else:
                proving.add(task.whole() if isinstance(task, PlainTask) else task, pending)
            if pending.n_rows >= ROWS_PER_GROUP:
                files.write(pending)
        files.write(pending)
    return Tabulated(files.n_rows[ROUNDS], files.n_rows[REGIONS], tuple(proving.problems.findings))


def _is_sound(task: PlainTask, entry: ExportEntry, article: Present | None) -> bool:
    """Say whether proving a task would change nothing and find nothing to say; False leaves it open."""
    if article is None or article.text_sha256 != task.text_sha256 or text_fault(task):
        return False
    return all(_is_round_sound(one, task.text, entry) for one in task.rounds)


def _is_round_sound(one: PlainRound, text: str, entry: ExportEntry) -> bool:
    told = [(start, end, copy) for start, end, _, copy, _, _ in one.spans if copy is not None]
    if one.person.pseudonym is None or len(told) < len(one.spans) or not at_a_glance(told, text):
        return False
    return entry.suggestions_shown or _BY_HAND.issuperset([span[4] for span in one.spans])


@dataclass(frozen=True, slots=True)
class _Proving:
    """What tasks that need a closer look are proved by."""

    articles: Mapping[str, Present]
    places: Places
    problems: Problems

    def add(self, task: Task, pending: Pending) -> None:
        """Add the rounds of a task."""
        for one in prove_rounds(task, pending.entry, self.articles, self.problems, self.places):
            article = self.articles[task.article_id]  # its text is asked for only where the task has another
            pending.add(one, task.text if task.text_sha256 == article.text_sha256 else article.text)


class _Files:
    """Both tables as Parquet files, which take their places when the stack ends without an error."""

    def __init__(self, stack: ExitStack, schema: Schema, folder: Path) -> None:
        self.n_rows = dict.fromkeys((ROUNDS, REGIONS), 0)
        self._writers = {}
        for name in self.n_rows:
            beside = stack.enter_context(atomic_path(folder / f"{name}.parquet"))
            writer = pq.ParquetWriter(beside, arrow_schema(schema.table(name)), **WRITER)
            self._writers[name] = stack.enter_context(writer)

    def write(self, pending: Pending) -> None:
        """Write what is pending as a group of rows of each file."""
        for name, table in zip(self._writers, pending.tables(), strict=True):
            self.n_rows[name] += table.num_rows
            if table.num_rows:
                self._writers[name].write_table(table, row_group_size=table.num_rows)
