"""The figures of a release: counts, agreement, examples; what its card, Croissant and papers print."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.derive.numbers import AgreementFigure, ReleaseNumbers, TableNumbers
from ukrcorpus.derive.profile import Counts
from ukrcorpus.measure.agreement import measure_agreement
from ukrcorpus.policy.rights import Edition, TextRights
from ukrcorpus.release.profile import profile
from ukrcorpus.schema.model import Kind, Schema, SplitBy

N_EXAMPLES: Final = 3
WANTED_FIRST: Final = ("statements", "statements_all", "articles")
# Counted in the card's own sections, or a copy of what another table counts.
_UNCOUNTED: Final = frozenset({"annotations", "statements_all"})
_OWN_SECTION: Final = frozenset({"articles.genre"})

_COUNTED: Final = ["status", "origin", "language", "genre", "licence", "text_rights"]
_TOLD: Final = ["holder_id", "stance", "issue", "holder", "sentence", "date", "polarity"]
_HANDY: Final = range(60, 180)

_Tables = Mapping[str, pa.Table]


def release_numbers(
    schema: Schema,
    tables: _Tables,
    written: tuple[TableNumbers, ...],
    conflicts: tuple[tuple[str, int, int], ...] = (),
    edition: Edition = Edition.FULL,
) -> ReleaseNumbers:
    """Return the figures of a release of these tables; articles that were withdrawn are not counted.

    The figures are those of the full tables in every edition; the examples may be shown in each.
    """
    articles = tables["articles"].select(_COUNTED)
    live = articles.filter(pc.equal(articles["status"], "live"))
    return ReleaseNumbers(
        tables=written,
        default_config=default_config(written),
        n_articles=live.num_rows,
        n_machine_written=pc.sum(pc.equal(live["origin"], "machine_written")).as_py() or 0,
        languages=_counts(live["language"]),
        genres=_counts(live["genre"]),
        licences=_counts(live["licence"]),
        annotator_kinds=_counts(tables["annotation_rounds"]["annotator_kind"]),
        labels=tuple(_labels(schema, tables)),
        agreement=tuple(_agreement(schema, tables)),
        examples=tuple(examples(tables, shareable=True)),
        profile=profile(tables),
        conflicts=conflicts,
        text_free=edition is Edition.TEXT_FREE,
        n_without_text=pc.sum(pc.equal(live["text_rights"], TextRights.NONE)).as_py() or 0,
    )


def default_config(written: Iterable[TableNumbers]) -> str | None:
    """Return the first of the tables most people want that has rows."""
    filled = {table.table for table in written if table.splits}
    return next((name for name in WANTED_FIRST if name in filled), None)


def examples(tables: _Tables, *, shareable: bool) -> list[dict[str, Any]]:
    """Return a few clear statements, of different holders, stances and issues as far as there are such.

    ``shareable`` leaves out articles whose text may not be passed on.
    """
    articles, rows = tables["articles"].select(["article_id", "text_rights"]), tables["statements"]
    may = articles.filter(pc.equal(articles["text_rights"], "full")) if shareable else articles
    rows = rows.filter(pc.is_in(rows["article_id"], may["article_id"].combine_chunks()))
    told = rows.select(_TOLD).to_pylist()
    clear_first = sorted(range(len(told)), key=lambda at: not _is_clear(told[at]))
    chosen: list[int] = []
    for fresh in (("holder_id", "stance", "issue"), ("holder_id",), ()):
        chosen += _differing(told, clear_first, fresh, chosen)
    return [row for at in chosen for row in rows.slice(at, 1).to_pylist()]


def _is_clear(row: Mapping[str, Any]) -> bool:
    """Say whether a row explains itself: a dated, unhedged stance, and a short sentence that names its holder."""
    named = row["holder"].split()[-1] in row["sentence"]
    return named and row["date"] is not None and row["polarity"] % 2 == 0 and len(row["sentence"]) in _HANDY


def _differing(rows: list[dict[str, Any]], order: list[int], columns: tuple[str, ...], chosen: list[int]) -> list[int]:
    """Return which rows differ from those chosen and from each other in every one of the columns."""
    found: list[int] = []
    for at in order:
        known = chosen + found
        if len(known) == N_EXAMPLES:
            break
        repeats = any(rows[other][name] == rows[at][name] for other in known for name in columns)
        if not repeats and at not in known:
            found.append(at)
    return found


def _counts(column: pa.ChunkedArray) -> Counts:
    """Return how often each value stands, the most frequent first; null is no value."""
    counted = pc.value_counts(column.drop_null()).to_pylist()
    return tuple(sorted(((one["values"], one["counts"]) for one in counted), key=lambda pair: (-pair[1], pair[0])))


def _labels(schema: Schema, tables: _Tables) -> Iterator[tuple[str, Counts]]:
    for table in schema.tables:
        if table.split is SplitBy.REGISTRY or table.name in _UNCOUNTED:
            continue
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if column.kind is Kind.LABEL and column.vocabulary and name not in _OWN_SECTION:
                yield name, _counts(tables[table.name][column.name])


def _agreement(schema: Schema, tables: _Tables) -> Iterator[AgreementFigure]:
    rounds, annotations = (tables[name].to_pylist() for name in ("annotation_rounds", "annotations"))
    agreement = measure_agreement(schema, rounds, annotations)
    one_pair = len({(pair.first, pair.second) for pair in agreement.pairs}) == 1
    for pair in agreement.pairs:
        what = pair.what if one_pair else f"{pair.what} ({pair.first}, {pair.second})"
        yield AgreementFigure(what, f"F1, {pair.measure}", pair.f1, pair.n_first + pair.n_second)
    for one in agreement.alphas:
        yield AgreementFigure(f"{one.layer}: {one.attribute}", f"alpha, {one.level}", one.alpha, one.n_entering)
