"""Near-duplicates: clusters of texts of one form, found from their signatures alone."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.signatures import FIELDS, SIGNATURE_VERSION, layout

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
_BANDS = (("words", 1, 2), ("skeleton", ENOUGH_SKELETON, 3))
# In a larger group each text is compared with this many first ones only, so that work stays linear.
_GROUP = 8
_PAIRS_AT_ONCE = 100_000


def clusters(signatures: Mapping[str, bytes]) -> dict[str, str]:
    """Return the representative of each article's cluster, by id; an article without copies has itself.

    The graph of similar pairs is cut into stars, the best connected article first: each member is
    similar to its star's centre, so that no chain of small steps joins what is not alike. The
    representative is the member with the smallest content hash. Neither order nor hash seed matters.
    """
    import numpy as np

    names, rows = _distinct(signatures)
    near: dict[int, list[int]] = {}
    for one, other in _pairs(rows).tolist():
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    centre = np.arange(len(rows))
    done: set[int] = set()
    for at in sorted(near, key=lambda at: (-len(near[at]), at)):
        if at not in done:
            star = [at, *(other for other in near[at] if other not in done)]
            # Rows stand in the order of their hashes.
            centre[star] = min(star)
            done.update(star)
    return {name: names[centre[at]][0] for at, same in enumerate(names) for name in same}


def similar(one: bytes, other: bytes) -> bool:
    """Say whether two signatures are those of copies: the rule that decides every candidate pair."""
    import numpy as np

    rows = _rows([one, other])
    return bool(_copies(rows, np.array([[0, 1]]))[0])


def _distinct(signatures: Mapping[str, bytes]) -> tuple[list[list[str]], Any]:
    """Return ids by text and the texts' rows, both in the order of the content hashes."""
    by_signature: dict[bytes, list[str]] = {}
    for name in sorted(signatures):
        by_signature.setdefault(signatures[name], []).append(name)
    order = sorted(by_signature, key=lambda one: one[4:20])
    return [by_signature[one] for one in order], _rows(order)


def _rows(signatures: list[bytes]) -> Any:
    import numpy as np

    size = layout().itemsize
    if any(len(one) != size for one in signatures):
        raise _stale(f"a signature has not {size} bytes")
    rows: Any = np.frombuffer(b"".join(signatures), dtype=layout())
    if (rows["version"] != SIGNATURE_VERSION).any():
        raise _stale(f"a signature has version {rows['version'][rows['version'] != SIGNATURE_VERSION][0]}")
    return rows


def _stale(what: str) -> CorpusError:
    return CorpusError(
        "signature-version",
        f"{what}, expected version {SIGNATURE_VERSION}.",
        where="signatures of near-duplicates",
        remedy="Normalise the articles again; signatures of two versions cannot be compared.",
    )


def _pairs(rows: Any) -> Any:
    """Return the pairs of rows that are copies, each once, the smaller number first."""
    import numpy as np

    found = [np.zeros((0, 2), dtype=np.int64)]
    for candidates in _candidates(rows):
        for at in range(0, len(candidates), _PAIRS_AT_ONCE):
            some = candidates[at : at + _PAIRS_AT_ONCE]
            found.append(some[_copies(rows, some)])
    return np.unique(np.concatenate(found), axis=0)


def _candidates(rows: Any) -> Iterator[Any]:
    """Yield, band by band, pairs of rows that agree in all slots of the band."""
    import numpy as np

    for name, least, width in _BANDS:
        places = np.flatnonzero(rows["sizes"][:, FIELDS.index(name)] >= least)
        sketch = rows[name]
        for at in range(0, sketch.shape[1] - width + 1, width):
            key = np.zeros(len(places), dtype=np.uint64)
            for slot in range(at, at + width):
                key = (key << np.uint64(16)) | sketch[places, slot]
            yield places[_meetings(key)]


def _meetings(key: Any) -> Any:
    """Return the pairs of places that hold one key; in a large group, those with its first places."""
    import numpy as np

    order = np.argsort(key, kind="stable")
    fresh = np.diff(key[order], prepend=~key[order[:1]]) != 0
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(key)), 0))
    later = np.flatnonzero(~fresh)
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for step in range(_GROUP):
        later = later[first[later] + step < later]
        if not len(later):
            break
        pairs.append(np.stack([order[first[later] + step], order[later]], axis=1))
    return np.concatenate(pairs)


def _copies(rows: Any, pairs: Any) -> Any:
    """Return which pairs of rows are copies: enough shared form, and numbers that do not deny it."""
    import numpy as np

    one, other = rows[pairs[:, 0]], rows[pairs[:, 1]]
    words, skeleton, numbers = (_contained(one, other, name) for name in FIELDS)
    short = np.minimum(one["sizes"][:, 0], other["sizes"][:, 0]) < _SHORT
    wanted = np.where(short, SHORT_SHARED, WORDS_SHARED), np.where(short, SHORT_SHARED, SKELETON_SHARED)
    few = (one["sizes"] < ENOUGH_SKELETON) | (other["sizes"] < ENOUGH_SKELETON)
    alike = (words >= wanted[0]) | ((skeleton >= wanted[1]) & ~few[:, 1])
    unproved = (one["sizes"][:, 2] < _ENOUGH_NUMBERS) | (other["sizes"][:, 2] < _ENOUGH_NUMBERS)
    return alike & (unproved | (numbers >= NUMBERS_SHARED))


def _contained(one: Any, other: Any, name: str) -> Any:
    """Return the estimated share of the smaller set that the larger one holds."""
    import numpy as np

    jaccard = (one[name] == other[name]).mean(axis=1)
    at = FIELDS.index(name)
    left, right = one["sizes"][:, at].astype(float), other["sizes"][:, at].astype(float)
    shared = jaccard * (left + right) / (1 + jaccard)
    return np.minimum(1.0, shared / np.maximum(1.0, np.minimum(left, right)))
