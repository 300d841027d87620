"""The discourse network of two releases: holders by issues, statements for the pole less those against."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl
import pyarrow as pa

_KEY: Final = ["holder_id", "issue"]


class Fate(StrEnum):
    """What became of an edge."""

    NEW = "new"
    GONE = "gone"
    SIGN = "changed sign"
    WEIGHT = "changed weight"


@dataclass(frozen=True, slots=True)
class NetworkDiff:
    """Edges that differ, those of most weight first; ``weight`` is the sum of the signs of ``n`` statements."""

    n_old: int
    n_new: int
    edges: pl.DataFrame

    def count(self, fate: Fate) -> int:
        """Return how many edges have a fate."""
        return int((self.edges["fate"] == fate.value).sum())


def compare_edges(old: pa.Table, new: pa.Table) -> NetworkDiff:
    """Return how the networks of two tables of statements differ."""
    before, after = _edges(old), _edges(new)
    both = before.join(after, on=_KEY, how="full", coalesce=True, suffix="_new")
    weight, n = pl.col("weight"), pl.col("n")
    later, n_later = pl.col("weight_new"), pl.col("n_new")
    fate = (
        pl.when(n.is_null())
        .then(pl.lit(Fate.NEW.value))
        .when(n_later.is_null())
        .then(pl.lit(Fate.GONE.value))
        .when(weight.sign() != later.sign())
        .then(pl.lit(Fate.SIGN.value))
        .when((weight != later) | (n != n_later))
        .then(pl.lit(Fate.WEIGHT.value))
    )
    edges = both.with_columns(fate.alias("fate")).filter(pl.col("fate").is_not_null())
    size = pl.max_horizontal(weight.abs().fill_null(0), later.abs().fill_null(0))
    return NetworkDiff(len(before), len(after), edges.sort(-size, *_KEY))


def _edges(statements: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(statements.select([*_KEY, "polarity"]))
    assert isinstance(frame, pl.DataFrame)
    return frame.group_by(_KEY).agg(
        pl.col("polarity").cast(pl.Int64).sign().sum().alias("weight"), pl.len().cast(pl.Int64).alias("n")
    )
