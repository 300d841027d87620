"""Which split an article belongs to; near-duplicates are never torn apart."""

import hashlib
from collections.abc import Mapping
from typing import Final

# Below this many duplicate clusters a test split would be too small to measure anything.
MIN_CLUSTERS: Final = 200
# Upper bounds of a cluster's place in 0..99.
_BOUNDS: Final = ((80, "train"), (90, "validation"), (100, "test"))


def assign_splits(clusters: Mapping[str, str]) -> dict[str, str]:
    """Return the split of each article, from its duplicate cluster alone.

    A corpus of fewer than ``MIN_CLUSTERS`` clusters has one split, ``train``.

    >>> assign_splits({"a": "a", "b": "a"})
    {'a': 'train', 'b': 'train'}
    """
    if len(set(clusters.values())) < MIN_CLUSTERS:
        return dict.fromkeys(clusters, "train")
    return {article_id: _split(cluster) for article_id, cluster in clusters.items()}


def _split(cluster: str) -> str:
    place = int.from_bytes(hashlib.sha256(cluster.encode("utf-8")).digest()[:8]) % 100
    return next(split for bound, split in _BOUNDS if place < bound)
