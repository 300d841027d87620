"""Rounds and their regions as columns of ``annotation_rounds`` and ``annotations``, with little work for each row.

What was said of many units alike is made into a row once and taken by its number; ids are joined, and what is the same
in all rows is repeated, by Arrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.exports.manifest import ExportEntry
from ukrcorpus.annotate.exports.plain_task import PlainRound, PlainSpan, PlainTask, Said
from ukrcorpus.annotate.rounds import Submission
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Layer, Schema

ROUNDS: Final = "annotation_rounds"
REGIONS: Final = "annotations"
_OF_ROUND: Final = (
    "round_id",
    "article_id",
    "annotator",
    "status",
    "n_regions",
    "lead_time_s",
    "scheme_version",
    "text_sha256",
    "created_at",
)
_OF_EXPORT: Final = (
    "annotator_kind",
    "step",
    "blind",
    "suggestions_shown",
    "suggestion_version",
    "guideline_version",
)
_OF_SPAN: Final = ("start", "end", "region_id", "quote", "origin")
_OF_UNIT: Final = (*_OF_SPAN, "said")
_NO_SPAN: Final = (None,) * len(_OF_SPAN)

Columns = dict[str, pa.Array]


@dataclass(slots=True)
class Pending:
    """Rounds on their way into columns, each with the number of its units; a unit is a span or the document.

    Values of units wait column by column: lists of texts and numbers are nothing that Python's collector follows.
    """

    schema: Schema
    entry: ExportEntry
    rounds: list[tuple[object, ...]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    units: tuple[list[Any], ...] = field(default_factory=lambda: tuple([] for _ in _OF_UNIT))

    @property
    def n_rows(self) -> int:
        """Return how many rows wait for the longer table."""
        return max(len(self.rounds), len(self.units[0]))

    def add_plain(self, task: PlainTask, one: PlainRound) -> None:
        """Take a round whose copies are the quotes."""
        who = (one.round_id, task.article_id, one.person.pseudonym, str(one.status), len(one.spans), one.lead_time_s)
        self._add((*who, task.scheme_version, task.text_sha256, one.created_at), one.spans, one.document)

    def add(self, one: Submission, text: str) -> None:
        """Take a proved round over the present text."""
        made = one.round
        head = (made.round_id, one.article_id, one.annotator, str(made.status), made.n_regions, made.lead_time_s)
        spans = [
            (*(at := (r.span.start, r.span.end)), r.region_id, text[slice(*at)], r.origin, Said(r.layer, r.answers))
            for r in made.regions
        ]
        document = Said(Layer.DOCUMENT, made.document)
        self._add((*head, one.scheme_version, one.text_sha256, made.created_at), spans, document)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Return the rows of both tables, and forget them."""
        rounds, regions = (arrow_schema(self.schema.table(name)) for name in (ROUNDS, REGIONS))
        columns = _of_rounds(self.rounds, self.entry, rounds)
        of_round = pa.array(list(chain.from_iterable(map(repeat, range(len(self.counts)), self.counts))), pa.int32())
        units = _of_units(self.units, self.schema.scheme_version, regions)
        units |= {name: columns[name].take(of_round) for name in ("round_id", "article_id")}
        region_ids = pc.fill_null(units["region_id"], str(Layer.DOCUMENT))
        units["annotation_id"] = pc.binary_join_element_wise(units["round_id"], region_ids, ":")
        waiting: tuple[list[Any], ...] = (self.rounds, self.counts, *self.units)
        for one in waiting:
            one.clear()
        return _table(columns, rounds), _table(units, regions)

    def _add(self, row: tuple[object, ...], spans: Sequence[PlainSpan], document: Said) -> None:
        units = [*spans, (*_NO_SPAN, document)] if document.answers else spans
        self.rounds.append(row)
        self.counts.append(len(units))
        for column, values in zip(self.units, zip(*units, strict=True), strict=bool(units)):
            column.extend(values)


def _of_rounds(rows: Sequence[Sequence[object]], entry: ExportEntry, schema: pa.Schema) -> Columns:
    values = zip(*rows, strict=True) if rows else [()] * len(_OF_ROUND)
    columns = {name: pa.array(own, schema.field(name).type) for name, own in zip(_OF_ROUND, values, strict=True)}
    return columns | {name: _same(getattr(entry, name), len(rows), schema.field(name).type) for name in _OF_EXPORT}


def _of_units(units: Sequence[Sequence[Any]], scheme_version: str, schema: pa.Schema) -> Columns:
    """Return the columns of units but for their rounds; those of answers are made from what differs."""
    *of_span, said = units
    columns = {name: pa.array(own, schema.field(name).type) for name, own in zip(_OF_SPAN, of_span, strict=True)}
    numbers = {one: number for number, one in enumerate(dict.fromkeys(said))}
    index = pa.array([numbers[one] for one in said], pa.int32())
    once = [{"layer": str(one.layer), **one.answers} for one in numbers]
    asked = {name for one in once for name in one}
    for column in schema:
        if column.name in asked:
            columns[column.name] = pa.array([one.get(column.name) for one in once], column.type).take(index)
    return columns | {"scheme_version": _same(scheme_version, len(said), pa.string())}


def _same(value: object, n_rows: int, kind: pa.DataType) -> pa.Array:
    return pa.repeat(pa.scalar(value, kind), n_rows)


def _table(columns: Mapping[str, pa.Array], schema: pa.Schema) -> pa.Table:
    """Return a table of exactly this schema; columns that are not there are null."""
    n_rows = len(next(iter(columns.values())))
    arrays = [columns[one.name] if one.name in columns else pa.nulls(n_rows, one.type) for one in schema]
    return pa.Table.from_arrays(arrays, schema=schema)
