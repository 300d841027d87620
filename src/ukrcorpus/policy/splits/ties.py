"""What ties articles together, so that they must not stand in two splits: each tie is a key that they share."""

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ukrcorpus.core.letters import letters_of
from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.overlaps import Overlaps
from ukrcorpus.policy.splits.plan import SplitPlan

# A line of fewer letters may be a heading that two writers chose; of more it is a page's own or a copy.
LINE: Final = 40
# Copies share at least this part of the shorter text; independent reports share a tenth.
SIMILAR: Final = 0.3
_DIGITS: Final = bytes.maketrans(b"0123456789", b"0" * 10)

Key = tuple[str, ...]
BY_TEXT: Final = ("template", "similar")  # what cannot be seen without the texts
# What must hold, by the first part of a key, and what is counted.
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "cluster": ("Near-duplicates, by the clusters that normalising made, stand in one split.", "clusters"),
    "page": ("Articles under one url stand in one split.", "urls"),
    "template": (
        f"A publisher's articles that share a line of {LINE} letters, whatever its digits, stand in one split.",
        "lines",
    ),
    "publisher": ("Articles of one publisher stand in one split.", "publishers"),
    "similar": (f"Articles that share {SIMILAR:.0%} or more of the shorter one's words stand in one split.", "pairs"),
}


@dataclass(frozen=True, slots=True)
class Ties:
    """The keys of each article, and the articles of each key that two or more share."""

    keys: Mapping[str, tuple[Key, ...]]
    members: Mapping[Key, tuple[str, ...]]


def ties(articles: Sequence[Candidate], plan: SplitPlan, found: Overlaps) -> Ties:
    """Return all ties between articles; ``found`` are the overlaps of their texts, in the same order."""
    members: dict[Key, list[str]] = defaultdict(list)
    for one in articles:
        for key in _keys(one, plan):
            members[key].append(one.article_id)
    for first, second in found.at_least(SIMILAR):
        pair = articles[first].article_id, articles[second].article_id
        members["similar", *pair] = list(pair)
    shared = {key: tuple(names) for key, names in members.items() if len(names) > 1} | _templates(articles)
    keys: dict[str, list[Key]] = {one.article_id: [] for one in articles}
    for key, names in shared.items():
        for name in names:
            keys[name].append(key)
    return Ties({name: tuple(own) for name, own in keys.items()}, shared)


def _keys(one: Candidate, plan: SplitPlan) -> Iterator[Key]:
    yield "cluster", one.cluster
    if one.page:
        yield "page", one.page
    if plan.whole_publishers and one.publisher:
        yield "publisher", one.publisher


def _templates(articles: Sequence[Candidate]) -> dict[Key, tuple[str, ...]]:
    """Return the long lines that stand in several articles of a publisher, by their hash."""
    lines, owners = array("Q"), array("L")
    for place, one in enumerate(articles):
        own = _lines(one)
        lines.extend(own)
        owners.extend([place] * len(own))
    hashes, places = np.frombuffer(lines, np.uint64), np.frombuffer(owners, np.uint64)
    order = np.argsort(hashes, kind="stable")
    starts = np.flatnonzero(np.diff(hashes[order], prepend=~hashes[order][:1]))
    ends = np.append(starts[1:], len(order))
    some = ends - starts > 1
    groups = [places[order[start:end]] for start, end in zip(starts[some], ends[some], strict=True)]
    names = [f"{line:016x}" for line in hashes[order[starts[some]]]]
    return {
        ("template", name): tuple(articles[place].article_id for place in group)
        for name, group in zip(names, groups, strict=True)
    }


def _lines(one: Candidate) -> set[int]:
    """Return a hash for each different line that is long enough to be a page's own."""
    lines = (letters_of(line.casefold().encode("utf-8")) for line in one.text.split("\n") if len(line) >= LINE)
    own = one.publisher.encode("utf-8") + b"\0"
    return {_hash(own + line.translate(_DIGITS)) for line in lines if len(line) >= LINE}


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())
