"""Splits given to the tables of a corpus, and certified from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.policy.splits.assign import assign_splits
from ukrcorpus.policy.splits.candidates import COLUMNS, Candidate, candidates, issues_of
from ukrcorpus.policy.splits.certificate import Certificate, certify
from ukrcorpus.policy.splits.marks import KnownMarks
from ukrcorpus.policy.splits.plan import Split, SplitPlan

READS: Final[Mapping[str, tuple[str, ...]]] = {
    "articles": (*COLUMNS, "split", "status"),
    "claims": ("claim_id", "article_id"),
    "claim_issues": ("claim_id", "issue"),
}
WITHDRAWN: Final = "withdrawn"
Tables = Mapping[str, pa.Table]
_LAST: Final[list[tuple[object, Certificate]]] = []  # what was asked of a certificate last, and the answer


@dataclass(frozen=True, slots=True)
class Splitting:
    """What splits are decided by beside the tables: the declared plan, and the splits of published articles.

    ``marks`` are those of texts that are known from earlier.
    """

    plan: SplitPlan = field(default_factory=SplitPlan)
    published: Mapping[str, Split] = field(default_factory=dict)
    marks: KnownMarks = field(default_factory=KnownMarks, compare=False)


def with_splits(tables: Tables, given: Splitting) -> pa.Table:
    """Return the articles with their splits; of the tables ``READS`` says what is read."""
    articles, known = tables["articles"], split_candidates(tables, given.plan)
    splits = assign_splits(known, given.plan, given.published, given.marks)
    values = pa.array([splits[id_].value for id_ in articles["article_id"].to_pylist()], pa.string())
    index = articles.schema.get_field_index("split")
    return articles.set_column(index, articles.schema.field("split"), values)


def certificate(tables: Tables, given: Splitting) -> Certificate:
    """Return what the checks say of the splits that the articles have.

    A build asks when it validates and when it writes the release: of what was asked last the answer is known.
    """
    asked = (_digest(tables, given.plan), given)
    if not _LAST or _LAST[0][0] != asked:
        kept = split_candidates(without_withdrawn(tables), given.plan)
        found = certify(kept, known_splits(tables["articles"]), given.plan, given.published, given.marks)
        _LAST[:] = [(asked, found)]
    return _LAST[0][1]


def without_withdrawn(tables: Tables) -> Tables:
    """Return the tables without articles that have no words left to leak."""
    articles = tables["articles"]
    return {**tables, "articles": articles.filter(pc.not_equal(articles["status"], WITHDRAWN))}


def known_splits(articles: pa.Table) -> dict[str, Split]:
    """Return the split that each article has."""
    pairs = zip(articles["article_id"].to_pylist(), articles["split"].to_pylist(), strict=True)
    return {name: Split(split) for name, split in pairs}


def split_candidates(tables: Tables, plan: SplitPlan) -> tuple[Candidate, ...]:
    """Return what splits are decided by."""
    event = plan.event
    issues = issues_of(tables["claims"], tables["claim_issues"]) if event and event.issues else {}
    return candidates(tables["articles"], event, issues)


def _digest(tables: Tables, plan: SplitPlan) -> tuple[str, ...]:
    """Return the hashes of all that is read of the tables; that of a text stands for the text."""
    keys = {"articles": ["article_id"]}
    if plan.event and plan.event.issues:
        keys |= {"claims": ["claim_id"], "claim_issues": ["claim_id", "issue"]}
    columns = {name: [one for one in READS[name] if one != "text"] for name in keys}
    return tuple(logical_hash(tables[name].select(columns[name]), key) for name, key in keys.items())
