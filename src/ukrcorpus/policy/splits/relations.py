"""How the articles of a corpus hang together, worked out once: a build asks when it splits, validates and certifies."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.marks import KnownMarks
from ukrcorpus.policy.splits.overlaps import Overlaps, overlaps
from ukrcorpus.policy.splits.plan import SplitPlan
from ukrcorpus.policy.splits.ties import Ties, ties


@dataclass(frozen=True, slots=True)
class Relations:
    """The overlaps of texts, by the places of their articles in ``names``, and all ties."""

    names: tuple[str, ...]
    overlaps: Overlaps
    ties: Ties


_LAST: dict[str, Relations] = {}  # of the articles asked for last, by their digest: no text is kept


def relations(articles: Sequence[Candidate], plan: SplitPlan, known: KnownMarks | None = None) -> Relations:
    """Return overlaps and ties of some articles; for the same ones as the last time, those found then."""
    asked = _digest(articles, plan)
    if asked not in _LAST:
        marks = (known or KnownMarks()).of([one.text for one in articles])
        found = overlaps(marks)
        made = Relations(tuple(one.article_id for one in articles), found, ties(articles, plan, marks, found))
        _LAST.clear()
        _LAST[asked] = made
    return _LAST[asked]


def _digest(articles: Sequence[Candidate], plan: SplitPlan) -> str:
    said = [f"{plan.whole_publishers}"]
    for one in articles:
        said += (one.article_id, one.cluster, one.page or "", one.publisher, one.text.key.hex())
    return hashlib.sha256("\0".join(said).encode("utf-8")).hexdigest()
