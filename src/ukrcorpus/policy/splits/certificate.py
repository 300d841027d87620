"""What is checked of the splits, and what was found: nothing leaks, or exactly what does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, Final

import numpy as np

from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.marks import NO_TEXT, KnownMarks
from ukrcorpus.policy.splits.plan import PARTS, Split, SplitPlan
from ukrcorpus.policy.splits.relations import Relations, relations
from ukrcorpus.policy.splits.ties import KINDS, SIMILAR

EVENT: Final = "event"
TIME: Final = "time"
_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Leak:
    """Articles of several splits that one check would have in one; ``known`` if each was published before."""

    check: str
    articles: tuple[str, ...]
    splits: tuple[Split, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what must hold, of how many of what it was asked, what leaks, and figures of its own."""

    name: str
    what: str
    unit: str
    n_checked: int
    leaks: tuple[Leak, ...]
    figures: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the check with the keys of ``splits.json``."""
        leaks = [{"articles": list(one.articles), "known": one.known} for one in self.leaks]
        said: dict[str, object] = {"check": self.name, "what": self.what, "checked": self.n_checked, "unit": self.unit}
        return said | {"holds": not leaks, "leaks": leaks} | dict(self.figures)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The splits of a corpus in figures, and every check. The days of a split are those without the held-out event."""

    plan: SplitPlan
    sizes: Mapping[str, Mapping[str, object]]
    checks: tuple[Check, ...]

    @property
    def leaks(self) -> tuple[Leak, ...]:
        """Whatever leaks, by any check."""
        return tuple(leak for check in self.checks for leak in check.leaks)

    def as_json(self) -> dict[str, object]:
        """Return ``splits.json``."""
        return {
            "declared": self.plan.as_json(),
            "splits": {name: dict(size) for name, size in self.sizes.items()},
            "checks": [check.as_json() for check in self.checks],
        }


def certify(
    articles: Sequence[Candidate],
    splits: Mapping[str, Split],
    plan: SplitPlan,
    published: Mapping[str, Split],
    marks: KnownMarks | None = None,
) -> Certificate:
    """Return what the checks find. ``held_back`` is compared with nothing; a corpus with one split has no pairs."""
    several = len({splits[one.article_id] for one in articles} & {*PARTS}) > 1
    inside = [one for one in articles if several and splits[one.article_id] in PARTS]
    found = relations(articles if several else (), plan, marks)
    checks = [
        *_tied(inside, splits, plan, published, found),
        *([_event(inside, splits, plan, published)] if plan.event else []),
        _time(inside, splits, published),
    ]
    return Certificate(plan, _sizes(articles, splits), tuple(checks))


def _sizes(articles: Sequence[Candidate], splits: Mapping[str, Split]) -> dict[str, dict[str, object]]:
    sizes: dict[str, dict[str, object]] = {}
    for split in Split:
        own = [one for one in articles if splits[one.article_id] is split]
        days = [one.days for one in own if one.days and not one.of_event]
        sizes[split.value] = {
            "articles": len(own),
            "clusters": len({one.cluster for one in own}),
            "of_event": sum(one.of_event for one in own),
            "first_day": min(day for day, _ in days).isoformat() if days else None,
            "last_day": max(day for _, day in days).isoformat() if days else None,
            "undated": sum(one.days is None for one in own),
        }
    return {name: size for name, size in sizes.items() if size["articles"]}


def _tied(
    inside: Sequence[Candidate],
    splits: Mapping[str, Split],
    plan: SplitPlan,
    published: Mapping[str, Split],
    found: Relations,
) -> Iterator[Check]:
    """Yield a check for each kind of tie; clusters of one article count as checked."""
    known = {one.article_id for one in inside}
    kept = ((key, tuple(name for name in names if name in known)) for key, names in found.ties.members.items())
    members = {key: names for key, names in kept if len(names) > 1}
    for kind, (what, unit) in KINDS.items():
        if kind == "publisher" and not plan.whole_publishers:
            continue
        keys = {key: names for key, names in members.items() if key[0] == kind}
        torn = (_leak(kind, names, splits, published) for names in keys.values())
        leaks = tuple(sorted((leak for leak in torn if len(leak.splits) > 1), key=lambda leak: leak.articles))
        n_checked = len({one.cluster for one in inside}) if kind == "cluster" else len(keys)
        if kind == "similar":
            yield Check(kind, what, unit, _n_pairs(inside, splits), leaks, _largest(splits, found))
        else:
            yield Check(kind, what, unit, n_checked, leaks)


def _leak(check: str, names: Sequence[str], splits: Mapping[str, Split], published: Mapping[str, Split]) -> Leak:
    across = tuple(split for split in PARTS if split in {splits[name] for name in names})
    return Leak(check, tuple(sorted(names)), across, all(name in published for name in names))


def _n_pairs(inside: Sequence[Candidate], splits: Mapping[str, Split]) -> int:
    texts = [splits[one.article_id] for one in inside if one.text.sha256 != NO_TEXT.sha256]
    return sum(texts.count(one) * texts.count(other) for one, other in combinations(PARTS, 2))


def _largest(splits: Mapping[str, Split], found: Relations) -> dict[str, object]:
    """Return the largest similarity of two articles of different splits, and which two."""
    order = {split: place for place, split in enumerate(PARTS)}
    part: Any = np.array([order.get(splits[name], -1) for name in found.names], np.int64)
    pairs = found.overlaps
    first, second = part[pairs.first], part[pairs.second]
    across = np.flatnonzero((first != second) & (first >= 0) & (second >= 0))
    limit: dict[str, object] = {"limit": SIMILAR}
    if not len(across):
        return limit | {"largest": 0.0, "between": []}
    best = across[np.argmax(pairs.similarity[across])]
    pair = [found.names[place] for place in (int(pairs.first[best]), int(pairs.second[best]))]
    return limit | {"largest": round(float(pairs.similarity[best]), _DIGITS), "between": pair}


def _event(
    inside: Sequence[Candidate], splits: Mapping[str, Split], plan: SplitPlan, published: Mapping[str, Split]
) -> Check:
    assert plan.event
    about = [one.article_id for one in inside if one.of_event]
    leaks = [_leak(EVENT, [name], splits, published) for name in about if splits[name] is not Split.TEST]
    what = f"Articles about the held-out event, {plan.event.name}, stand in test only."
    return Check(EVENT, what, "articles", len(about), tuple(leaks), {"articles": about})


def _time(inside: Sequence[Candidate], splits: Mapping[str, Split], published: Mapping[str, Split]) -> Check:
    """Check that every article of a split is later than all of the splits before it.

    Articles of the held-out event stand aside: no other split has one, whatever its day.
    """
    dated = [one for one in inside if one.days and not one.of_event]
    leaks = []
    for earlier, later in combinations(PARTS, 2):
        before, behind = ([one for one in dated if splits[one.article_id] is split] for split in (earlier, later))
        names = _out_of_order(before, behind)
        leaks += [_leak(TIME, [name], splits, published) for name in names]
    unique = {leak.articles: leak for leak in leaks}
    what = "Every article of train is earlier than those of validation, and both are earlier than those of test."
    aside = sum(one.of_event for one in inside)
    figures = {"undated": sum(one.days is None for one in inside), "of_event": aside}
    return Check(TIME, what, "articles", len(dated), tuple(unique[names] for names in sorted(unique)), figures)


def _out_of_order(before: Sequence[Candidate], behind: Sequence[Candidate]) -> list[str]:
    """Return the fewest articles without which all of ``before`` would be earlier than all of one side or the other."""
    last = max((one.days[1] for one in before if one.days), default=date.min)
    first = min((one.days[0] for one in behind if one.days), default=date.max)
    late = [one.article_id for one in before if one.days and one.days[1] >= first]
    early = [one.article_id for one in behind if one.days and one.days[0] <= last]
    return min(late, early, key=len)
