"""How the articles of a corpus hang together, worked out once: a build asks when it splits, validates and certifies."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.marks import KnownMarks, text_key
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
    texts = [one.text for one in articles]
    keys = [text_key(text) for text in texts]
    asked = _digest(articles, keys, plan)
    if asked not in _LAST:
        marks = (known or KnownMarks()).of(texts, keys)
        found = overlaps(marks)
        made = Relations(tuple(one.article_id for one in articles), found, ties(articles, plan, marks, found))
        _LAST.clear()
        _LAST[asked] = made
    return _LAST[asked]


def _digest(articles: Sequence[Candidate], keys: Sequence[bytes], plan: SplitPlan) -> str:
    about = (f"{one.article_id}\0{one.cluster}\0{one.page or ''}\0{one.publisher}\0\0" for one in articles)
    digest = hashlib.sha256(f"{plan.whole_publishers}".encode())
    digest.update("".join(about).encode("utf-8"))
    digest.update(b"".join(keys))
    return digest.hexdigest()
