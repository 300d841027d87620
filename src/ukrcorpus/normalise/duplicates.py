"""Near-duplicates: clusters of texts of one form, found from their signatures alone.

The signatures stay on disk and are looked at one column at a time, in the order of the texts' content hashes; in memory
are a few numbers a text, and eight bytes for each pair of copies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.normalise.signatures import FIELDS, SLOTS
from ukrcorpus.normalise.sketches import Sketches

# Copies share at least this part of the shorter text's shingles; independent reports share a tenth. In a short text
# one quote is a large part, so more must be shared.
WORDS_SHARED: Final = 0.3
SKELETON_SHARED: Final = 0.3
SHORT_SHARED: Final = 0.5
_SHORT: Final = 80
# Two reports of one template share form but not their numbers; fewer than this many numbers prove nothing.
NUMBERS_SHARED: Final = 0.25
_ENOUGH_NUMBERS, ENOUGH_SKELETON = 4, 20
# Field, least size of its set, slots a band: a pair at Jaccard 0.2 meets with probability 0.93 by words alone.
BANDS: Final = (("words", 1, 2), ("skeleton", ENOUGH_SKELETON, 3))
# In a larger group each text is compared with this many first ones only, so that work stays linear.
GROUP: Final = 8
PAIRS_AT_ONCE: Final = 200_000
_AT_ONCE: Final = 50_000
# A pair is one number, the row of the first text in its upper half, so that pairs sort fast and weigh little.
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)


def clusters(sketches: Sketches) -> pa.Table:
    """Return ``article_id`` and ``duplicate_cluster`` of each article that another one stands for, by id.

    The graph of similar pairs is cut into stars, the best connected article first: each member is
    similar to its star's centre, so that no chain of small steps joins what is not alike. The
    representative is the member with the smallest content hash. Neither order nor hash seed matters.
    """
    article_ids = sketches.article_ids
    by_id = pc.sort_indices(article_ids).to_numpy()
    texts = _Texts.of(sketches, by_id)
    stands = texts.first[_centres(len(texts.first), _pairs(texts))][texts.rows]
    others = by_id[stands[by_id] != by_id]
    columns = {"article_id": article_ids.take(others), "duplicate_cluster": article_ids.take(stands[others])}
    return pa.table(columns).combine_chunks()


def similar(one: bytes, other: bytes) -> bool:
    """Say whether two signatures are those of copies: the rule that decides every candidate pair."""
    sketches = Sketches()
    sketches.add(pa.table({"article_id": ["one", "other"], "signature": [one, other]}))
    return bool(_copies(sketches, np.array([0]), np.array([1]))[0])


@dataclass(frozen=True, slots=True)
class _Texts:
    """The different texts, as rows in the order of their content hashes: the place of each one's first article."""

    sketches: Sketches
    first: Any
    rows: Any  # the row of each article's text, by the article's place

    @classmethod
    def of(cls, sketches: Sketches, by_id: Any) -> "_Texts":
        high, low = (sketches.column("content", half).astype(np.uint64)[by_id] for half in range(2))
        order = np.lexsort((low, high))
        fresh = np.ones(len(order), dtype=bool)
        fresh[1:] = (np.diff(high[order]) != 0) | (np.diff(low[order]) != 0)
        places = by_id[order].astype(np.uint32)
        rows = np.empty(len(order), dtype=np.uint32)
        rows[places] = np.cumsum(fresh) - 1
        return cls(sketches, places[fresh], rows)

    def column(self, field: str, slot: int) -> Any:
        """Return one value of every text."""
        return self.sketches.column(field, slot)[self.first]


def _pairs(texts: _Texts) -> Any:
    """Return the pairs of rows that are copies, sorted, each once, the smaller row first."""
    room = max(PAIRS_AT_ONCE, len(texts.first))
    found: Any = np.zeros(0, dtype=np.uint64)
    waiting = [found]
    for candidates in _candidates(texts):
        waiting.append(_without(candidates, found))
        if sum(map(len, waiting)) > room:
            waiting = [np.unique(np.concatenate(waiting))]
            # Copies meet in many bands, so that most of what waits may have been the same.
            if len(waiting[0]) > room // 2:
                found, waiting = _with_copies(texts, found, waiting[0]), [found[:0]]
    return _with_copies(texts, found, np.unique(np.concatenate(waiting)))


def _without(pairs: Any, found: Any) -> Any:
    at = np.minimum(np.searchsorted(found, pairs), max(0, len(found) - 1))
    return pairs[found[at] != pairs] if len(found) else pairs


def _with_copies(texts: _Texts, found: Any, candidates: Any) -> Any:
    """Return the pairs found before and those of the candidates that are copies."""
    copies = _copies(texts.sketches, *(texts.first[half] for half in _halves(candidates)))
    return np.union1d(found, candidates[copies])


def _halves(pairs: Any) -> tuple[Any, Any]:
    return (pairs >> _HALF).astype(np.uint32), (pairs & _LOWER).astype(np.uint32)


def _candidates(texts: _Texts) -> Iterator[Any]:
    """Yield, band by band, pairs of rows that agree in all slots of the band."""
    for name, least, width in BANDS:
        rows = np.flatnonzero(texts.column("sizes", FIELDS.index(name)) >= least).astype(np.uint32)
        for at in range(0, SLOTS[FIELDS.index(name)] - width + 1, width):
            key = np.zeros(len(rows), dtype=np.uint64)
            for slot in range(at, at + width):
                key = (key << np.uint64(16)) | texts.column(name, slot)[rows]
            for one, other in _meetings(key):
                yield (rows[one].astype(np.uint64) << _HALF) | rows[other]


def _meetings(key: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of places that hold one key; in a large group, those with its first places."""
    order = np.argsort(key, kind="stable").astype(np.uint32)
    key = key[order]
    later = np.flatnonzero(key[1:] == key[:-1]) + 1
    # Where the group of each of them begins: its first place is the one before the first of a run of later ones.
    begins = np.maximum.accumulate(np.where(key[later - 1] != key[later - 2], later - 1, 0)) if len(later) else later
    for step in range(GROUP):
        some = begins + step < later
        later, begins = later[some], begins[some]
        if not len(later):
            return
        yield order[begins + step], order[later]


def _copies(sketches: Sketches, one: Any, other: Any) -> Any:
    """Return which pairs of articles are copies."""
    same = [_n_same(sketches, name, one, other) for name in FIELDS]
    sizes = [sketches.column("sizes", at) for at in range(len(FIELDS))]
    alike = [np.zeros(0, dtype=bool)]
    for start in range(0, len(one), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        pairs = [(own[some], size[one[some]], size[other[some]]) for own, size in zip(same, sizes, strict=True)]
        alike.append(_alike(*pairs))
    return np.concatenate(alike)


def _n_same(sketches: Sketches, name: str, one: Any, other: Any) -> Any:
    """Count the slots of a sketch in which the articles of each pair agree."""
    same = np.zeros(len(one), dtype=np.uint8)
    for slot in range(SLOTS[FIELDS.index(name)]):
        column = sketches.column(name, slot)
        same += column[one] == column[other]
    return same


def _alike(*pairs: tuple[Any, Any, Any]) -> Any:
    """Return which pairs have enough form in common, and no numbers that deny it.

    For each sketch are given: the slots in common, the sizes of both sets.
    """
    words, skeleton, numbers = (
        _contained(same / slots, one, other) for slots, (same, one, other) in zip(SLOTS, pairs, strict=True)
    )
    n_words, n_skeleton, n_numbers = (np.minimum(one, other) for _, one, other in pairs)
    short = np.where(n_words < _SHORT, SHORT_SHARED, 0)
    alike = words >= np.maximum(short, WORDS_SHARED)
    alike |= (skeleton >= np.maximum(short, SKELETON_SHARED)) & (n_skeleton >= ENOUGH_SKELETON)
    return alike & ((n_numbers < _ENOUGH_NUMBERS) | (numbers >= NUMBERS_SHARED))


def _contained(jaccard: Any, one: Any, other: Any) -> Any:
    """Return the estimated share of the smaller set that the larger one holds."""
    shared = jaccard * (one.astype(float) + other) / (1 + jaccard)
    return np.minimum(1.0, shared / np.maximum(1.0, np.minimum(one, other)))


def _centres(n: int, pairs: Any) -> Any:
    """Return for each of ``n`` rows the smallest row of its star."""
    one, other = _halves(pairs)
    ends, near = np.concatenate([one, other]), np.concatenate([other, one])
    near = near[np.argsort(ends, kind="stable")]
    rows, degrees = np.unique(ends, return_counts=True)
    behind = np.cumsum(degrees)
    centre, done = np.arange(n, dtype=np.uint32), np.zeros(n, dtype=bool)
    for at in np.lexsort((rows, -degrees)).tolist():
        if not done[rows[at]]:
            own = near[behind[at] - degrees[at] : behind[at]]
            star = np.append(own[~done[own]], rows[at])
            centre[star] = star.min()
            done[star] = True
    return centre
