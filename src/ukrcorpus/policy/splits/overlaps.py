"""How many words pairs of texts share, found without comparing every pair.

Similarity is the shared part of the kept windows of the shorter text (``marks``).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.policy.splits.marks import MIX

LEAST_SHARED: Final = 4  # windows; fewer are one phrase
# A window that many texts have is compared with this many first ones only, so that work stays linear.
GROUP: Final = 16
_BITS, _LEAST_BITS = 24, 10
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Pairs of texts, by their places, that share ``LEAST_SHARED`` windows or more, and how similar they are."""

    first: Any
    second: Any
    similarity: Any

    def at_least(self, bound: float) -> list[tuple[int, int]]:
        """Return the pairs that are as similar as a bound, or more."""
        some = self.similarity >= bound
        return list(zip(self.first[some].tolist(), self.second[some].tolist(), strict=True))


def overlaps(marks: pa.Table) -> Overlaps:
    """Return the overlapping pairs of texts, ordered by place; ``marks`` has a row for each text."""
    owners, hashes, sizes = _windows(marks)
    pairs, shared = _pairs(owners, hashes)
    first, second = (pairs >> _HALF).astype(np.int64), (pairs & _LOWER).astype(np.int64)
    return Overlaps(first, second, shared / np.maximum(1, np.minimum(sizes[first], sizes[second])))


def flat(lists: pa.ChunkedArray) -> tuple[Any, Any]:
    """Return the number of the row that each value of a column of lists stands in, and the values."""
    whole = lists.combine_chunks()
    return pc.list_parent_indices(whole).to_numpy(), pc.list_flatten(whole).to_numpy()


def _windows(marks: pa.Table) -> tuple[Any, Any, Any]:
    """Return owner and hash of each kept window that several texts have, by hash, and the number of windows by text."""
    owners, hashes = flat(marks["windows"])
    sizes = np.bincount(owners, minlength=len(marks))
    some = _may_repeat(hashes)
    owners, hashes = owners[some], hashes[some]
    order = np.lexsort((owners, hashes))
    owners, hashes = owners[order], hashes[order]
    fresh = np.ones(len(owners), dtype=bool)
    fresh[1:] = (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1])
    owners, hashes = owners[fresh], hashes[fresh]
    repeats = np.zeros(len(owners) + 1, dtype=bool)
    repeats[1:-1] = hashes[1:] == hashes[:-1]
    several = repeats[1:] | repeats[:-1]
    return owners[several], hashes[several], sizes


def _may_repeat(hashes: Any) -> Any:
    """Say which hashes may stand twice or more: a table of the first bits of those that do rules most others out."""
    ordered = np.sort(hashes)
    seen = np.zeros(1 << _BITS, dtype=bool)
    seen[ordered[1:][ordered[1:] == ordered[:-1]] >> np.uint64(64 - _BITS)] = True
    return seen[hashes >> np.uint64(64 - _BITS)]


def _pairs(owners: Any, hashes: Any) -> tuple[Any, Any]:
    """Return the pairs as numbers, the first text in the upper half, and how many windows each shares."""
    n = len(hashes)
    fresh = np.ones(n, dtype=bool)
    fresh[1:] = hashes[1:] != hashes[:-1]
    begins = np.maximum.accumulate(np.where(fresh, np.arange(n), 0)) if n else np.zeros(0, np.int64)
    rank = np.arange(n) - begins
    later, made = np.arange(n), [np.zeros(0, np.uint64)]
    for step in range(GROUP):
        later = later[rank[later] > step]
        pairs = owners[begins[later] + step].astype(np.uint64)
        pairs <<= _HALF
        pairs |= owners[later].astype(np.uint64)
        made.append(pairs)
    every = np.concatenate(made)
    pairs, shared = np.unique(every[_may_be_often(every)], return_counts=True)
    enough = shared >= LEAST_SHARED
    return pairs[enough], shared[enough]


def _may_be_often(pairs: Any) -> Any:
    """Say which pairs may stand ``LEAST_SHARED`` times: so many share a bucket, which rules most others out."""
    bits = max(_LEAST_BITS, len(pairs).bit_length())
    mixed = pairs * MIX
    mixed >>= np.uint64(64 - bits)
    buckets = mixed.view(np.int64)
    return (np.bincount(buckets, minlength=1 << bits) >= LEAST_SHARED)[buckets]
