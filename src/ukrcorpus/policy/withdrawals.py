"""Articles taken out: a tombstone stays, and nothing that hangs on the article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One article taken out; ``reason_class`` names a class, never the person who asked."""

    article_id: str
    raw_sha256: str
    withdrawn_on: date
    reason_class: str


def withdraw(tables: Mapping[str, pa.Table], withdrawn: set[str], protected: tuple[str, ...]) -> dict[str, pa.Table]:
    """Return the tables without the rows that hang on withdrawn articles.

    Their rows in ``articles`` stay with status ``withdrawn`` and null in every protected column.
    """
    if not withdrawn:
        return dict(tables)
    gone = pa.array(sorted(withdrawn))
    claims = tables["claims"]
    gone_claims = claims.filter(pc.is_in(claims["article_id"], gone))["claim_id"]
    kept = {name: _without(table, gone, gone_claims) for name, table in tables.items() if name != "articles"}
    return kept | {"articles": _emptied(tables["articles"], gone, protected)}


def _without(table: pa.Table, articles: pa.Array, claims: pa.ChunkedArray) -> pa.Table:
    for column, gone in (("article_id", articles), ("claim_id", claims)):
        if column in table.column_names:
            return table.filter(pc.invert(pc.is_in(table[column], gone)))
    return table


def _emptied(articles: pa.Table, gone: pa.Array, protected: tuple[str, ...]) -> pa.Table:
    hit = pc.is_in(articles["article_id"], gone)
    values = {"status": pa.scalar("withdrawn")} | {name: pa.scalar(None, pa.string()) for name in protected}
    for name, value in values.items():
        index = articles.schema.get_field_index(name)
        articles = articles.set_column(index, articles.schema.field(name), pc.if_else(hit, value, articles[name]))
    return articles
