"""What ties articles together, so that they must not stand in two splits: each tie is a key that they share."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.marks import LINE, MIX, number_of
from ukrcorpus.policy.splits.overlaps import Overlaps, flat
from ukrcorpus.policy.splits.plan import SplitPlan

# Copies share at least this part of the shorter text; independent reports share a tenth.
SIMILAR: Final = 0.3

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


def ties(articles: Sequence[Candidate], plan: SplitPlan, marks: pa.Table, found: Overlaps) -> Ties:
    """Return all ties between articles; marks and overlaps are those of their texts, in the same order."""
    members: dict[Key, list[str]] = defaultdict(list)
    for kind, values in _values(articles, plan):
        several = Counter(values)
        for one, value in zip(articles, values, strict=True):
            if value and several[value] > 1:
                members[kind, value].append(one.article_id)
    for first, second in found.at_least(SIMILAR):
        pair = articles[first].article_id, articles[second].article_id
        members["similar", *pair] = list(pair)
    shared = {key: tuple(names) for key, names in members.items()} | _templates(articles, marks)
    keys: dict[str, list[Key]] = {one.article_id: [] for one in articles}
    for key, names in shared.items():
        for name in names:
            keys[name].append(key)
    return Ties({name: tuple(own) for name, own in keys.items()}, shared)


def _values(articles: Sequence[Candidate], plan: SplitPlan) -> Iterator[tuple[str, list[str | None]]]:
    """Yield what may tie articles, of each article."""
    yield "cluster", [one.cluster for one in articles]
    yield "page", [one.page for one in articles]
    if plan.whole_publishers:
        yield "publisher", [one.publisher for one in articles]


def _templates(articles: Sequence[Candidate], marks: pa.Table) -> dict[Key, tuple[str, ...]]:
    """Return the long lines that stand in several articles of a publisher, by their hash."""
    places, lines = flat(marks["lines"])
    publishers = {name: number_of(name.encode("utf-8")) for name in {one.publisher for one in articles}}
    own = np.array([publishers[one.publisher] for one in articles], np.uint64)
    hashes = (lines ^ own[places]) * MIX if len(places) else lines
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
