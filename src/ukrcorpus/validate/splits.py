"""Rules on splits: nothing leaks from one into another, and no published article moves."""

from collections.abc import Iterator

import polars as pl

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.tables import read_table
from ukrcorpus.policy.splits.certificate import Leak
from ukrcorpus.policy.splits.tables import READS, certificate
from ukrcorpus.sources.published import published_file, read_published
from ukrcorpus.sources.splitting import read_splitting
from ukrcorpus.validate.evidence import Evidence, address, rows
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

_LEAK = "split-leak"
_SHOWN = 3
_SEVERAL = 2


def check_leaks(evidence: Evidence) -> Iterator[Broken | Finding]:
    """Yield ``split-leak`` for each tie, event or day that stands across splits.

    Among articles that were all published before, nothing can be moved any more: such a finding is legacy.
    """
    given = read_splitting(evidence.project, evidence.schema.issues)
    if evidence.scan("articles", "split").select(pl.col("split").n_unique()).collect().item() < _SEVERAL:
        return
    found = certificate(
        {name: read_table(evidence.path(name), list(columns)) for name, columns in READS.items()}, given
    )
    what = {check.name: check.what for check in found.checks}
    for leak in found.leaks:
        where, got = _where(leak), f"{leak.check} in {', '.join(leak.splits)}"
        if leak.known:
            remedy = "They stay, for they were published; splits.json lists them, so that users can leave one side out."
            yield Finding(_LEAK, where, got, what[leak.check], remedy, Severity.LEGACY)
        else:
            yield Broken(where, got, what[leak.check])


def _where(leak: Leak) -> str:
    more = f" and {len(leak.articles) - _SHOWN} more" if len(leak.articles) > _SHOWN else ""
    return f"articles: {', '.join(leak.articles[:_SHOWN])}{more}"


def check_moved(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``split-moved`` for each published article in another split than it was published in."""
    published = evidence.once(read_published)
    for row in rows(evidence.scan("articles", "split")):
        first = published.get(row["article_id"])
        if first and first.split != row["split"]:
            yield Broken(
                address(evidence.subject, row, "split"), row["split"], f"{first.split}, as in {first.version} and since"
            )


SPLITS = (
    Rule(
        _LEAK,
        Depth.CORPUS,
        reads(*READS),
        check_leaks,
        "What is near-duplicate, similar, of one page, template or held-out event stands in one split; test is later "
        "than train.",
        "Build again; splits are derived. Where a published article stays, those that came later are held back.",
    ),
    Rule(
        "split-moved",
        Depth.CORPUS,
        reads("articles"),
        check_moved,
        "Every published article is in the split that published.jsonl has.",
        "Build again; lines of published.jsonl are added and never changed.",
        alone=Alone.ARTICLE,
        given=lambda project: [published_file(project)],
    ),
)
