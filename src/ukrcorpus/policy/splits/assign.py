"""The split of each article: what is tied stays together, time goes one way, and nothing published ever moves."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.marks import KnownMarks
from ukrcorpus.policy.splits.periods import Periods, periods
from ukrcorpus.policy.splits.plan import PARTS, Split, SplitPlan
from ukrcorpus.policy.splits.relations import relations
from ukrcorpus.policy.splits.ties import Ties

# Below this many duplicate clusters a test split would be too small to measure anything.
MIN_CLUSTERS: Final = 200
_ALL: Final = 100


def is_too_small(articles: Sequence[Candidate], published: Mapping[str, Split]) -> bool:
    """Say whether the corpus has one split, ``train``: few clusters, and nothing published elsewhere."""
    few = len({one.cluster for one in articles}) < MIN_CLUSTERS
    return few and set(published.values()) <= {Split.TRAIN}


def assign_splits(
    articles: Sequence[Candidate], plan: SplitPlan, published: Mapping[str, Split], marks: KnownMarks | None = None
) -> dict[str, Split]:
    """Return the split of each article; published articles keep theirs.

    Of the others those that share keys are a group. A group takes the split of the published articles that it is tied
    to; a free one that of its period, or else one drawn by its ids in the declared shares. ``held_back`` is whatever
    ties published splits together, and within a group whatever lies outside of its split's period. The held-out event
    goes to ``test``, whenever it was.
    """
    given = {one.article_id: published[one.article_id] for one in articles if one.article_id in published}
    if is_too_small(articles, given):
        return dict.fromkeys((one.article_id for one in articles), Split.TRAIN)
    found = relations(articles, plan, marks).ties
    bounds, known = periods(articles, plan, given), {one.article_id: one for one in articles}
    taken = {key: {given[name] for name in names if name in given} & {*PARTS} for key, names in found.members.items()}
    splits = dict(given)
    free = [one for one in articles if one.article_id not in given]
    tied = [one.article_id for one in free if found.keys[one.article_id]]
    for one in free:
        if not found.keys[one.article_id]:
            splits |= _of_group([one], set(), bounds, plan)
    for name in tied:
        if len(_of_keys(name, found, taken)) > 1:
            splits[name] = Split.HELD_BACK
    for group in _groups([name for name in tied if name not in splits], found):
        told = {split for name in group for split in _of_keys(name, found, taken)}
        splits |= _of_group([known[name] for name in group], told, bounds, plan)
    return splits


def _of_keys(name: str, found: Ties, taken: Mapping[tuple[str, ...], set[Split]]) -> set[Split]:
    return {split for key in found.keys[name] for split in taken[key]}


def _of_group(
    group: Sequence[Candidate], told: set[Split], bounds: Periods, plan: SplitPlan
) -> Iterator[tuple[str, Split]]:
    """Yield the split of each article of a group; ``told`` are those of published articles that it is tied to."""
    split = None if len(told) > 1 else next(iter(told), None) or _free(group, bounds, plan)
    for one in group:
        fits = split is not None and _fits(one, split, bounds)
        yield one.article_id, split if split and fits else Split.HELD_BACK


def _fits(one: Candidate, split: Split, bounds: Periods) -> bool:
    return split is Split.TEST if one.of_event else bounds.fits(split, one.days)


def _free(group: Sequence[Candidate], bounds: Periods, plan: SplitPlan) -> Split:
    if any(one.of_event for one in group):
        return Split.TEST
    dated = [one for one in group if one.days]
    whole = [split for split in PARTS if all(bounds.fits(split, one.days) for one in dated)]
    return whole[0] if dated and whole else _drawn(min(one.article_id for one in group), plan)


def _drawn(name: str, plan: SplitPlan) -> Split:
    """Return a split that depends on nothing but a name and the shares."""
    place = int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[:8]) % _ALL
    for split in PARTS:
        place -= plan.shares[split]
        if place < 0:
            return split
    raise AssertionError


def _groups(names: Iterable[str], found: Ties) -> Iterator[tuple[str, ...]]:
    """Yield the sets of articles that keys connect, each in the order of ids."""
    parent = {name: name for name in names}
    for members in found.members.values():
        own = [name for name in members if name in parent]
        for one in own[1:]:
            first, other = sorted((_root(parent, own[0]), _root(parent, one)))
            parent[other] = first
    groups: dict[str, list[str]] = {}
    for name in sorted(parent):
        groups.setdefault(_root(parent, name), []).append(name)
    yield from map(tuple, groups.values())


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name
