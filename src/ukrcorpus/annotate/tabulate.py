"""An imported export as Parquet tables, every span proved: task by task, in memory that does not grow with its size."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.annotate.manifest import ExportEntry
from ukrcorpus.annotate.rounds import read_rounds
from ukrcorpus.annotate.rows import annotation_rows, round_row
from ukrcorpus.annotate.values import Present, Problems, Task
from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.tables import ROWS_PER_GROUP, WRITER, atomic_path
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Schema

ROUNDS: Final = "annotation_rounds"
REGIONS: Final = "annotations"
_ROWS_AT_ONCE: Final = 2_000  # as objects, before they are columns

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tabulated:
    """What an export came to: rows of both tables, and what was set aside, repaired or noted."""

    n_rounds: int
    n_annotations: int
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something was set aside, else 0."""
        return 1 if any(finding.severity is Severity.ERROR for finding in self.findings) else 0

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        counts = f"{self.n_rounds:,} rounds, {self.n_annotations:,} annotations"
        return "\n".join([*(finding.as_text() for finding in self.findings), counts])


def tabulate(
    export: Path, entry: ExportEntry, schema: Schema, articles: Mapping[str, Present], folder: Path
) -> Tabulated:
    """Write ``annotation_rounds.parquet`` and ``annotations.parquet`` of one export, in its order.

    What cannot be proved is a finding and no row. A file that is no export raises ``CorpusError``, and nothing is left.
    """
    problems = Problems(export.name)
    with ExitStack() as stack:
        rounds, regions = (_Rows(stack, folder / f"{name}.parquet", schema, name) for name in (ROUNDS, REGIONS))
        for task, own in read_rounds(export, entry, schema, articles, problems):
            for one in own:
                rounds.add(round_row(one))
                text = _text(task, articles[task.article_id])
                for row in annotation_rows(one, text, schema.scheme_version):
                    regions.add(row)
        counts = rounds.close(), regions.close()
    return Tabulated(*counts, tuple(problems.findings))


def _text(task: Task, article: Present) -> str:
    """Return the article's present text, without asking for it where the task has it."""
    return task.text if task.text_sha256 == article.text_sha256 else article.text


class _Rows:
    """Rows on their way into a Parquet file, which takes its place when the stack ends without an error."""

    def __init__(self, stack: ExitStack, path: Path, schema: Schema, name: str) -> None:
        self._schema = arrow_schema(schema.table(name))
        beside = stack.enter_context(atomic_path(path))
        self._writer = stack.enter_context(pq.ParquetWriter(beside, self._schema, **WRITER))
        self._pending: list[Row] = []
        self._batches: list[pa.RecordBatch] = []
        self._n_rows = 0

    def add(self, row: Row) -> None:
        """Take a row; columns that it does not name are null."""
        self._pending.append(row)
        if len(self._pending) == _ROWS_AT_ONCE:
            self._turn()

    def close(self) -> int:
        """Write what is left; return how many rows there are."""
        self._turn()
        self._write()
        return self._n_rows

    def _turn(self) -> None:
        """Turn the rows at hand into columns."""
        rows, self._pending = self._pending, []
        arrays = [pa.array([row.get(field.name) for row in rows], field.type) for field in self._schema]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._n_rows += len(rows)
        if len(self._batches) * _ROWS_AT_ONCE >= ROWS_PER_GROUP:
            self._write()

    def _write(self) -> None:
        table = pa.Table.from_batches(self._batches, self._schema).combine_chunks()
        if table.num_rows:
            self._writer.write_table(table, row_group_size=ROWS_PER_GROUP)
        self._batches.clear()
