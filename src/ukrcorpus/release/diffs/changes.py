"""The changes of one subject between two releases: a row each, with what it was, what it is and why."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from ukrcorpus.release.diffs.causes import ARTICLE_ID, Cause, Evidence, with_causes
from ukrcorpus.release.diffs.rows import CHANGED, RowDiff
from ukrcorpus.release.diffs.subjects import DECIDED, PLACES, Change, Subject

OLD: Final = ":old"
VALUES: Final = "values"
_LONGEST: Final = 160
_COUNTED: Final = ":n"
_VALUE: Final = pl.Struct({"column": pl.String, "old": pl.String, "new": pl.String})
COLUMNS: Final = {
    "id": pl.String,
    "was": pl.String,
    ARTICLE_ID: pl.String,
    "shown": pl.String,
    "change": pl.String,
    "cause": pl.String,
    VALUES: pl.List(_VALUE),
}


def changes(subject: Subject, diff: RowDiff, known: Evidence, articles_of: pl.DataFrame) -> pl.DataFrame:
    """Return the changes with the columns ``COLUMNS``, sorted by id.

    ``was`` is the id in the old release where it was another one. Of what was withdrawn no word is repeated.
    ``articles_of`` leads from claims to articles.
    """
    rows = _rows(subject, diff)
    if ARTICLE_ID not in rows.columns and "claim_id" in rows.columns:
        rows = rows.join(articles_of, on="claim_id", how="left", maintain_order="left")
    rows = with_causes(subject, rows.with_columns(_change(subject)), known)
    compared = [name for name in diff.before.columns if f"{name}{OLD}" in rows.columns]
    names = {column: rows.schema[column] for column in compared}
    kept = pl.col("cause") != Cause.WITHDRAWAL.value
    shown = _text(subject.shown, rows.schema[subject.shown]).str.slice(0, _LONGEST)
    return rows.select(
        _id(diff.key).alias("id"),
        pl.when(_id(diff.key) != _id([f"{name}{OLD}" for name in diff.key]))
        .then(_id([f"{name}{OLD}" for name in diff.key]))
        .alias("was"),
        (pl.col(ARTICLE_ID) if ARTICLE_ID in rows.columns else pl.lit(None, pl.String)).alias(ARTICLE_ID),
        pl.when(kept).then(shown).alias("shown"),
        "change",
        "cause",
        pl.when(kept).then(_values(names)).otherwise(pl.lit([], pl.List(_VALUE))).alias(VALUES),
    ).sort("id")


def _rows(subject: Subject, diff: RowDiff) -> pl.DataFrame:
    """Return every row that differs, new state first: columns, columns with ``:old``, ``changed`` and ``side``."""
    added, removed = diff.added, diff.removed
    matched = [_beside(diff.before, diff.after).with_columns(diff.columns.alias(CHANGED))]
    for same in subject.same:
        pairs = _pairs(removed, added, same)
        added, removed = (
            rows.join(
                pairs.select([f"{name}{mark}" for name in diff.key]),
                left_on=diff.key,
                how="anti",
                right_on=[f"{name}{mark}" for name in diff.key],
            )
            for rows, mark in ((added, ""), (removed, OLD))
        )
        matched.append(pairs)
    none = pl.lit([], pl.List(pl.String)).alias(CHANGED)
    return pl.concat(
        [
            *(rows.with_columns(pl.lit("both").alias("side")) for rows in matched),
            added.with_columns(none, pl.lit("new").alias("side")),
            removed.with_columns(none, pl.lit("old").alias("side")),
        ],
        how="diagonal",
    )


def _beside(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of both states side by side, those of the old one under names with ``:old``."""
    return pl.concat([after, before.rename(lambda name: f"{name}{OLD}")], how="horizontal")


def _pairs(removed: pl.DataFrame, added: pl.DataFrame, same: Sequence[str]) -> pl.DataFrame:
    """Return rows that went and came and are the only ones of theirs to have these values."""
    old, new = (rows.filter(pl.len().over(same) == 1) for rows in (removed, added))
    if old.is_empty() or new.is_empty():
        old, new = old.clear(), new.clear()
    number = _COUNTED
    keyed = new.with_row_index(number).join(old.with_row_index(f"{number}{OLD}"), on=list(same), how="inner")
    before, after = old[keyed[f"{number}{OLD}"].to_list()], new[keyed[number].to_list()]
    pairs = _beside(before, after)
    shared = [name for name in before.columns if name in after.columns]
    return pairs.with_columns(_names(shared).alias(CHANGED))


def _names(columns: Sequence[str]) -> pl.Expr:
    """Return, for each row, the columns that differ between the two states."""
    named = [pl.when(_differs(name)).then(pl.lit(name)).otherwise(None) for name in columns]
    return pl.concat_list(named).list.drop_nulls()


def _differs(column: str) -> pl.Expr:
    return pl.col(column).ne_missing(pl.col(f"{column}{OLD}"))


def _change(subject: Subject) -> pl.Expr:
    side, names = pl.col("side"), pl.col(CHANGED)
    change = pl.lit(Change.EDITED.value)
    for kind, columns in (
        (Change.READJUDICATED, DECIDED),
        (Change.MOVED, PLACES),
        (Change.RELABELLED, subject.labels),
    ):
        hit = names.list.set_intersection(sorted(columns)).list.len() > 0
        change = pl.when(hit).then(pl.lit(kind.value)).otherwise(change)
    change = pl.when(side == "old").then(pl.lit(Change.REMOVED.value)).otherwise(change)
    return pl.when(side == "new").then(pl.lit(Change.ADDED.value)).otherwise(change).alias("change")


def _id(columns: Sequence[str]) -> pl.Expr:
    return pl.concat_str(list(columns), separator="|")


def _values(columns: dict[str, pl.DataType]) -> pl.Expr:
    """Return, for each row that both states have, what differs: column, old and new value as text."""
    parts = [
        pl.when(pl.col(CHANGED).list.contains(name))
        .then(
            pl.struct(
                pl.lit(name).alias("column"),
                _text(f"{name}{OLD}", kind).str.slice(0, _LONGEST).alias("old"),
                _text(name, kind).str.slice(0, _LONGEST).alias("new"),
            )
        )
        .otherwise(None)
        for name, kind in columns.items()
    ]
    return pl.concat_list(parts).list.drop_nulls() if parts else pl.lit([], pl.List(_VALUE))


def _text(column: str, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.List):
        return pl.col(column).list.join(", ")
    return pl.col(column).cast(pl.String)
