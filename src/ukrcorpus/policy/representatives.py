"""Who stands for a cluster of near-duplicates once it is known which of its articles are live."""

import pyarrow as pa
import pyarrow.compute as pc

LIVE = "live"


def represent(articles: pa.Table) -> pa.Table:
    """Return the articles with a live representative for each cluster that has a live article.

    Where the one that normalising chose was withdrawn or excluded, the live article with the smallest content hash
    takes its place. The cluster keeps its name, and its articles their split.
    """
    live = pc.equal(articles["status"], LIVE)
    vacant = articles.filter(pc.and_(articles["is_representative"], pc.invert(live)))["duplicate_cluster"]
    left = articles.filter(pc.and_(live, pc.is_in(articles["duplicate_cluster"], value_set=vacant)))
    heirs: dict[str, str] = {}
    for row in left.sort_by([("text_sha256", "ascending"), ("article_id", "ascending")]).to_pylist():
        heirs.setdefault(row["duplicate_cluster"], row["article_id"])
    if not heirs:
        return articles
    taken = pc.is_in(articles["duplicate_cluster"], value_set=pa.array(heirs, pa.string()))
    heir = pc.is_in(articles["article_id"], value_set=pa.array(heirs.values(), pa.string()))
    index = articles.schema.get_field_index("is_representative")
    return articles.set_column(
        index, articles.schema.field(index), pc.if_else(taken, heir, articles["is_representative"])
    )
