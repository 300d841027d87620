"""How many words pairs of texts share, found without comparing every pair.

A text is its letters, cut into all windows of ``WINDOW`` letters, about seven words. Of these one in sixteen is
kept, by its first letters, so that two texts keep the same ones. Similarity is the shared part of the windows of the
shorter text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ukrcorpus.core.letters import letters_of

WINDOW: Final = 40
LEAST_SHARED: Final = 4  # windows; fewer are one phrase
# A window that many texts have is compared with this many first ones only, so that work stays linear.
GROUP: Final = 16
_EIGHT: Final = 8
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_TURN, _DRAWN = np.uint64(29), np.uint64(64 - 4)  # one in sixteen has four leading bits of zero
_BITS: Final = 24
_CHUNK: Final = 1 << 22  # letters hashed at once
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


def overlaps(texts: Sequence[str]) -> Overlaps:
    """Return the overlapping pairs of texts, ordered by place."""
    letters = [letters_of(text.casefold().encode("utf-8")) for text in texts]
    owners, hashes, sizes = _windows(letters)
    pairs, shared = _pairs(owners, hashes)
    first, second = (pairs >> _HALF).astype(np.int64), (pairs & _LOWER).astype(np.int64)
    return Overlaps(first, second, shared / np.maximum(1, np.minimum(sizes[first], sizes[second])))


def _windows(letters: Sequence[bytes]) -> tuple[Any, Any, Any]:
    """Return owner and hash of each kept window that several texts have, by hash, and the number of windows by text."""
    found: list[tuple[Any, Any]] = [(np.zeros(0, np.int64), np.zeros(0, np.uint64))]
    start = size = 0
    for end, one in enumerate(letters, start=1):
        size += len(one)
        if size >= _CHUNK or end == len(letters):
            found.append(_kept(letters[start:end], start))
            start, size = end, 0
    owners, hashes = (np.concatenate(some) for some in zip(*found, strict=True))
    sizes = np.bincount(owners, minlength=len(letters))
    some = _doubled(hashes)
    owners, hashes = owners[some], hashes[some]
    order = np.lexsort((owners, hashes))
    owners, hashes = owners[order], hashes[order]
    fresh = np.ones(len(owners), dtype=bool)
    fresh[1:] = (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1])
    return owners[fresh], hashes[fresh], sizes


def _doubled(hashes: Any) -> Any:
    """Return the places of the hashes that stand twice or more; a table of their first bits rules most others out."""
    ordered = np.sort(hashes)
    double = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    seen = np.zeros(1 << _BITS, dtype=bool)
    seen[double >> np.uint64(64 - _BITS)] = True
    some = np.flatnonzero(seen[hashes >> np.uint64(64 - _BITS)])
    at = np.minimum(np.searchsorted(double, hashes[some]), max(0, len(double) - 1))
    return some[double[at] == hashes[some]]


def _kept(letters: Sequence[bytes], start: int) -> tuple[Any, Any]:
    """Return owner and hash of the kept windows of some texts; the first letters of a window decide about it."""
    joined = b"".join(letters)
    if len(joined) < WINDOW:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    eights: Any = np.ndarray((len(joined) - _EIGHT + 1,), "<u8", joined, strides=(1,))
    places = np.flatnonzero((eights[: len(joined) - WINDOW + 1] * _MIX) >> _DRAWN == 0)
    ends = np.cumsum([len(one) for one in letters])
    owners = np.searchsorted(ends, places, "right")
    whole = places + WINDOW <= ends[owners]  # a window belongs to one text
    places, owners = places[whole], owners[whole]
    mixed: Any = np.zeros(len(places), np.uint64)
    for at in range(0, WINDOW, _EIGHT):
        mixed ^= eights[places + at]
        mixed *= _MIX
        mixed ^= mixed >> _TURN
    return owners + start, mixed


def _pairs(owners: Any, hashes: Any) -> tuple[Any, Any]:
    """Return the pairs as numbers, the first text in the upper half, and how many windows each shares."""
    n = len(hashes)
    fresh = np.ones(n, dtype=bool)
    fresh[1:] = hashes[1:] != hashes[:-1]
    begins = np.maximum.accumulate(np.where(fresh, np.arange(n), 0)) if n else np.zeros(0, np.int64)
    rank = np.arange(n) - begins
    made: list[Any] = [np.zeros(0, np.uint64)]
    for step in range(GROUP):
        later = np.flatnonzero(rank > step)
        firsts = owners[begins[later] + step].astype(np.uint64)
        made.append((firsts << _HALF) | owners[later].astype(np.uint64))
    pairs, shared = np.unique(np.concatenate(made), return_counts=True)
    enough = shared >= LEAST_SHARED
    return pairs[enough], shared[enough]
