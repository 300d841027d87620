"""Shards of a release: ranges of article ids, cut where an id's hash says so; a file holds the rows of one of them.

Where a shard begins depends on the ids alone, so one article more, less or changed touches one shard of each table,
whatever the size of the corpus. A small corpus is one shard.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.logical_hash import is_in_order
from ukrcorpus.normalise.shards import is_boundary
from ukrcorpus.policy.owners import looked_up, owners
from ukrcorpus.schema.model import SplitBy, Table

SHARD = 16_384  # articles in a shard, on average
WHOLE = 2 * SHARD  # a corpus of up to so many articles is one shard


@dataclass(frozen=True, slots=True)
class Shards:
    """``starts`` are the first ids of all shards but the first; ``of_article`` has ``article_id`` and its ``shard``."""

    starts: tuple[str, ...]
    of_article: pa.Table

    @classmethod
    def of(cls, articles: pa.Table) -> "Shards":
        """Return the shards of a corpus."""
        ids = articles["article_id"].to_pylist()
        starts = [one for one in sorted(ids)[1:] if is_boundary(one, SHARD)] if len(ids) > WHOLE else []
        numbers = np.searchsorted(np.array(starts, object), np.array(ids, object), side="right").astype("int32")
        return cls(tuple(starts), pa.table({"article_id": articles["article_id"], "shard": numbers}))

    def starts_of(self, about: Table) -> tuple[str, ...]:
        """Return the first ids of a table's shards but the first; a registry is never parted."""
        return () if about.split is SplitBy.REGISTRY else self.starts

    def parted(self, about: Table, tables: Mapping[str, pa.Table]) -> list[pa.Table]:
        """Return the rows of each shard of a table, in the order that they have there."""
        starts, table = self.starts_of(about), tables[about.name]
        if not starts:
            return [table]
        numbers = self._numbers(owners(table, tables["claims"]))
        if (numbers[1:] < numbers[:-1]).any():  # as of a table that was read split by split
            return [table.filter(pa.array(numbers == number)) for number in range(len(starts) + 1)]
        ends = np.searchsorted(numbers, range(len(starts) + 2)).tolist()
        return [table.slice(start, end - start) for start, end in pairwise(ends)]

    def _numbers(self, owner: pa.ChunkedArray) -> npt.NDArray[np.int32]:
        """Return the shard of each row: that of its article. Rows of an article mostly stand together."""
        runs = [pc.run_end_encode(chunk) for chunk in owner.chunks]
        lengths = [np.empty(0, np.int64), *(np.diff(one.run_ends.to_numpy(), prepend=0) for one in runs)]
        articles = pa.chunked_array([one.values for one in runs], pa.string())
        found = looked_up(articles, self.of_article["article_id"], self.of_article["shard"])
        assert not found.null_count, "rows of no article"
        return np.repeat(found.to_numpy(), np.concatenate(lengths))


def in_order(table: pa.Table, key: tuple[str, ...]) -> pa.Table:
    """Return the rows of a table in the order of its key; those of several parts may not be."""
    return table if is_in_order(table, key) else table.sort_by([(name, "ascending") for name in key])


def piece(table: str, split: str, number: int) -> str:
    """Return the path of a shard's file of a split, until it is known how many there are."""
    return f"data/{table}/{split}-{number:05d}.parquet"
