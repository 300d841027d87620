"""Rules on what was decided about articles: withdrawals leave nothing behind, one article stands for its copies."""

from collections.abc import Iterable, Iterator

import polars as pl

from ukrcorpus.policy.cascade import KEPT
from ukrcorpus.policy.representatives import LIVE
from ukrcorpus.policy.withdrawals import WITHDRAWN, Kind
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

_EXCLUDED = "excluded"


def check_tombstones(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``withdrawn-listed`` where status and tombstones disagree, or more was kept than a row needs."""
    tombstones = evidence.scan("withdrawals").filter(pl.col("kind") == Kind.ARTICLE.value)
    listed = tombstones.select(article_id="withdrawn_id", listed=True)
    articles = evidence.scan("articles", "status").join(listed, on="article_id", how="left")
    withdrawn = pl.col("status") == WITHDRAWN
    for row in rows(articles.filter(withdrawn != pl.col("listed").is_not_null())):
        expected = f"{WITHDRAWN} exactly where withdrawals has the article"
        yield Broken(address(evidence.subject, row, "status"), show(row["status"]), expected)
    if not any(rows(articles.filter(withdrawn))):
        return
    idle = [one.name for one in evidence.subject.columns if not one.required and one.name != KEPT]
    kept = pl.any_horizontal(pl.col(idle).is_not_null())
    for row in rows(evidence.scan("articles", "status", *idle).filter(withdrawn & kept)):
        for column in (name for name in idle if row[name] is not None):
            yield Broken(address(evidence.subject, row, column), "a value", "null: the article is withdrawn")


def check_excluded(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``excluded-reason`` where an article is excluded without a reason, or has one and is not."""
    articles = evidence.scan("articles", "status", "excluded_by")
    for row in rows(articles.filter((pl.col("status") == _EXCLUDED) != pl.col("excluded_by").is_not_null())):
        where, got = address(evidence.subject, row, "status"), f"{show(row['status'])} by {show(row['excluded_by'])}"
        yield Broken(where, got, f"{_EXCLUDED} exactly where excluded_by says why")


def check_left(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``withdrawn-left`` for each table and withdrawn article of which it still has rows."""
    withdrawn = evidence.scan("articles", "status").filter(pl.col("status") == WITHDRAWN).select("article_id")
    left = evidence.scan(evidence.subject.name, "article_id").join(withdrawn, on="article_id", how="semi")
    for row in rows(left.group_by("article_id").len()):
        where = f"{evidence.subject.name}: article_id={row['article_id']}"
        yield Broken(where, f"rows left: {row['len']}", "none: the article is withdrawn")


def check_clusters(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``cluster-torn`` for each cluster without its namesake or its one representative."""
    stands, live = pl.col("is_representative"), pl.col("status") == LIVE
    articles = evidence.scan("articles", "duplicate_cluster", "is_representative", "status")
    namesakes = pl.col("article_id") == pl.col("duplicate_cluster")
    # Who stands for nobody else is a whole cluster: keys are unique.
    several = articles.filter(~(stands & namesakes)).select("duplicate_cluster").unique()
    clusters = (
        articles.join(several, on="duplicate_cluster", how="semi")
        .group_by("duplicate_cluster")
        .agg(
            named=pl.col("article_id").filter(stands).sort(),
            namesake=namesakes.any(),
            lives=(live & stands).any() | ~live.any(),
        )
    )
    whole = (pl.col("named").list.len() == 1) & pl.col("namesake") & pl.col("lives")
    for row in rows(clusters.filter(~whole)):
        where = f"{evidence.subject.name}: duplicate_cluster={row['duplicate_cluster']}"
        got = f"representatives: {', '.join(row['named']) or 'none'}"
        expected = f"{row['duplicate_cluster']} among its articles, and one representative, live if one is"
        yield Broken(where, got, expected)


def of_articles(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give each table whose rows hang on articles, with the articles."""
    others = (table.name for table in schema.tables if table.name not in ("articles", "withdrawals"))
    return ((name, "articles") for name in others if "article_id" in schema.table(name).names)


POLICIES = (
    Rule(
        "withdrawn-listed",
        Depth.CORPUS,
        reads("articles", "withdrawals"),
        check_tombstones,
        "An article is withdrawn exactly where withdrawals has its tombstone, and then keeps nothing that may be null.",
        "Build again; withdrawals are listed in raw/withdrawals.toml.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "excluded-reason",
        Depth.CORPUS,
        reads("articles"),
        check_excluded,
        "An article is excluded exactly where excluded_by says which signal broke which threshold.",
        "Build again; thresholds stand in corpus.toml and are applied when the corpus is assembled.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "withdrawn-left",
        Depth.CORPUS,
        of_articles,
        check_left,
        "No table has rows that hang on a withdrawn article.",
        "Build again; if it stays, release has kept a row, which is a fault of ours to report.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "cluster-torn",
        Depth.CORPUS,
        reads("articles"),
        check_clusters,
        "One article represents its near-duplicates, a live one if there is any; one names their cluster.",
        "Build again; clusters are derived.",
    ),
)
