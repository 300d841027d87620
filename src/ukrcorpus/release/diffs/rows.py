"""Two states of one table, row by row: what was added, removed and changed, by key and column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
import pyarrow as pa

from ukrcorpus.core.problems import CorpusError

CHANGED: Final = "changed"  # names the columns in which two rows of one key differ
_OLD: Final = ":old"


@dataclass(frozen=True, slots=True)
class RowDiff:
    """Only rows that differ are kept. ``before`` and ``after`` are the changed rows in both states, side by side.

    ``columns`` has, for each of them, the names of the columns that differ; only columns that both states have are
    compared.
    """

    name: str
    key: tuple[str, ...]
    n_old: int
    n_new: int
    added: pl.DataFrame
    removed: pl.DataFrame
    before: pl.DataFrame
    after: pl.DataFrame
    columns: pl.Series
    new_columns: tuple[str, ...] = ()
    gone_columns: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether both states are the same, also in their columns."""
        return not (self.n_rows or self.new_columns or self.gone_columns or self.retyped)

    @property
    def n_rows(self) -> int:
        """How many rows differ."""
        return len(self.added) + len(self.removed) + len(self.after)


def compare_rows(name: str, key: Sequence[str], old: pa.Table, new: pa.Table) -> RowDiff:
    """Return the difference of two states of a table whose rows have one key each."""
    before, after = _frame(old), _frame(new)
    shared = [column for column in before.columns if column in after.columns]
    retyped = [column for column in shared if before.schema[column] != after.schema[column]]
    _check_key(name, key, shared, retyped)
    changed = _changed(before, after, key, [column for column in shared if column not in (*key, *retyped)])
    return RowDiff(
        name=name,
        key=tuple(key),
        n_old=len(before),
        n_new=len(after),
        added=after.join(before, on=key, how="anti").sort(key),
        removed=before.join(after, on=key, how="anti").sort(key),
        before=changed.select(key).join(before, on=key, how="left", maintain_order="left"),
        after=changed.select(key).join(after, on=key, how="left", maintain_order="left"),
        columns=changed[CHANGED],
        new_columns=tuple(column for column in after.columns if column not in shared),
        gone_columns=tuple(column for column in before.columns if column not in shared),
        retyped=tuple(retyped),
    )


def other_rows(name: str, key: Sequence[str], old: pa.Table, new: pa.Table) -> RowDiff:
    """Return the difference of two states whose rows have nothing in common by which they could be matched."""
    came = compare_rows(name, key, new.schema.empty_table(), new)
    return replace(came, n_old=old.num_rows, removed=_frame(old))


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _check_key(name: str, key: Sequence[str], shared: Sequence[str], retyped: Sequence[str]) -> None:
    if not set(key) <= set(shared) - set(retyped):
        raise CorpusError(
            "diff-key",
            f"its rows cannot be matched: the key is {', '.join(key)} in one release only.",
            where=name,
            remedy="Compare each of the two with a release in between, or read both by hand.",
        )


def _changed(before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str], compared: Sequence[str]) -> pl.DataFrame:
    """Return key and ``CHANGED`` of each row that both have and that differs."""
    both = after.select(*key, *compared).join(before.select(*key, *compared), on=key, how="inner", suffix=_OLD)
    differs = [pl.col(column).ne_missing(pl.col(f"{column}{_OLD}")) for column in compared]
    rows = both.filter(pl.any_horizontal(differs)) if differs else both.clear()
    named = [pl.when(one).then(pl.lit(column)).otherwise(None) for column, one in zip(compared, differs, strict=True)]
    names = pl.concat_list(named).list.drop_nulls() if named else pl.lit([], pl.List(pl.String))
    return rows.select(*key, names.alias(CHANGED)).sort(key)
