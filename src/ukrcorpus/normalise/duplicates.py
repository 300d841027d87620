"""Near-duplicates: clusters of texts that share most of their word 5-grams."""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from ukrcorpus.core.tables import sha256

SIMILARITY = 0.5
_SHINGLE = 5
_PERMUTATIONS, _BANDS = 128, 32
_WORD = re.compile(r"\w+")


def clusters(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the representative of each text's cluster, by id.

    MinHash and LSH propose pairs, the exact Jaccard similarity of their shingles decides. The
    representative is the member with the smallest content hash: neither order nor hash seed matters.
    """
    shingles = {name: _shingles(text) for name, text in texts.items()}
    parent = {name: name for name in texts}
    for one, other in _candidates(shingles):
        if _jaccard(shingles[one], shingles[other]) >= SIMILARITY:
            parent[_root(parent, one)] = _root(parent, other)
    members: dict[str, list[str]] = {}
    for name in texts:
        members.setdefault(_root(parent, name), []).append(name)
    rank = {name: (sha256(text.encode("utf-8")), name) for name, text in texts.items()}
    best = {root: min(names, key=rank.__getitem__) for root, names in members.items()}
    return {name: best[_root(parent, name)] for name in texts}


def _candidates(shingles: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    from rensa import RMinHash, RMinHashLSH

    names = sorted(shingles)
    index = RMinHashLSH(SIMILARITY, _PERMUTATIONS, _BANDS)
    hashes = []
    for number, name in enumerate(names):
        minhash = RMinHash(_PERMUTATIONS, 1)
        minhash.update(sorted(shingles[name]))
        index.insert(number, minhash)
        hashes.append(minhash)
    pairs: set[tuple[str, str]] = set()
    for minhash in hashes:
        pairs |= set(combinations(sorted(names[number] for number in index.query(minhash)), 2))
    return pairs


def _shingles(text: str) -> frozenset[str]:
    words: Sequence[str] = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name
