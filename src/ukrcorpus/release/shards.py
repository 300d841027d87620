"""Shards of a release: ranges of article ids, cut where an id's hash says so; a file holds the rows of one of them.

Where a shard begins depends on the ids alone, so one article more, less or changed touches one shard of each table,
whatever the size of the corpus. A small corpus is one shard.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

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
    def of(cls, tables: Mapping[str, pa.Table]) -> "Shards":
        """Return the shards of a corpus."""
        ids = tables["articles"]["article_id"].to_pylist()
        starts = sorted(one for one in ids if is_boundary(one, SHARD)) if len(ids) > WHOLE else []
        numbers = np.searchsorted(np.array(starts, object), np.array(ids, object), side="right").astype("int32")
        return cls(tuple(starts), pa.table({"article_id": tables["articles"]["article_id"], "shard": numbers}))

    def parted(self, about: Table, tables: Mapping[str, pa.Table]) -> Iterator[pa.Table]:
        """Yield the rows of a table shard by shard, those of a shard in their order; a registry is never parted.

        Shards without rows of the table are left out.
        """
        table = tables[about.name]
        if not self.starts or about.split is SplitBy.REGISTRY:
            yield from [table] if table.num_rows else []
            return
        numbers = self._numbers(table, tables)
        if (numbers[1:] < numbers[:-1]).any():
            order = np.argsort(numbers, kind="stable")
            table, numbers = table.take(order), numbers[order]
        ends = np.searchsorted(numbers, range(len(self.starts) + 2)).tolist()
        yield from (table.slice(start, end - start) for start, end in pairwise(ends) if start < end)

    def _numbers(self, table: pa.Table, tables: Mapping[str, pa.Table]) -> npt.NDArray[np.int32]:
        """Return the shard of each row: that of its article."""
        owner = owners(table, tables["claims"])
        found = looked_up(owner, self.of_article["article_id"], self.of_article["shard"])
        assert not found.null_count, "rows of no article"
        numbers: npt.NDArray[np.int32] = found.to_numpy()
        return numbers
