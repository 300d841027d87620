"""Which rows differ between two releases because a person or a mention was withdrawn, or a cluster's first article."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from ukrcorpus.policy.cascade import REGIONS
from ukrcorpus.policy.naming import CUT, OF_ARTICLES
from ukrcorpus.policy.withdrawals import WITHDRAWN, Kind
from ukrcorpus.release.diffs.rows import CHANGED, RowDiff
from ukrcorpus.release.diffs.subjects import ACTOR_IDS

_STANDS: Final = frozenset({"is_representative"})
_REGIONS: Final = frozenset({REGIONS})


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Ids with a tombstone in the newer release only, claims that named such a person, clusters short of an article."""

    persons: pl.Series
    mentions: pl.Series
    claims: pl.Series
    clusters: pl.Series

    @classmethod
    def of(cls, diffs: Mapping[str, RowDiff]) -> "TakenOut":
        """Return what was taken out between two releases; either may have tombstones of another form."""
        added = diffs["withdrawals"].added
        if "kind" not in added.columns:  # both are from before persons and mentions had tombstones
            added = added.select(kind=pl.lit(Kind.ARTICLE.value), withdrawn_id=pl.col("article_id"))
        by_kind = {kind: _ids(added.filter(pl.col("kind") == kind.value)["withdrawn_id"]) for kind in Kind}
        sources, articles = diffs["claim_sources"].removed, diffs["articles"]
        named = sources.filter(pl.col("actor_id").is_in(by_kind[Kind.PERSON].implode()))
        gone = articles.after.filter((pl.col("status") == WITHDRAWN) & (articles.before["status"] != WITHDRAWN))
        return cls(
            by_kind[Kind.PERSON], by_kind[Kind.MENTION], _ids(named["claim_id"]), _ids(gone["duplicate_cluster"])
        )

    def explains(self, rows: pl.DataFrame) -> pl.Expr:
        """Say whether one of these explains a row of changes, given in both states."""
        found = names_one(rows, ACTOR_IDS, self.persons)
        for column, ids in (("mention_id", self.mentions), ("claim_id", self.claims)):
            if column in rows.columns:
                found |= pl.col(column).is_in(ids.implode())
        if REGIONS in rows.columns and len(self.persons) + len(self.mentions):
            found |= only(_REGIONS)
        if "duplicate_cluster" in rows.columns:
            found |= only(_STANDS) & pl.col("duplicate_cluster").is_in(self.clusters.implode())
        if set(OF_ARTICLES) <= rows.schema.keys():
            found |= self._address()
        return found

    def _address(self) -> pl.Expr:
        """Say whether an article differs in nothing but addresses that were cut, where a person was withdrawn."""
        cut = (was_cut(pl.col(name)) | ~pl.col(CHANGED).list.contains(name) for name in OF_ARTICLES)
        return pl.lit(len(self.persons) > 0) & only(frozenset({*OF_ARTICLES, *_STANDS})) & pl.all_horizontal(cut)


def was_cut(address: pl.Expr) -> pl.Expr:
    """Say whether nothing is left of a changed address, or its site."""
    return address.is_null() | address.str.ends_with(CUT)


def only(columns: frozenset[str]) -> pl.Expr:
    """Say whether a row that both states have differs in nothing but these columns."""
    names = pl.col(CHANGED)
    return (names.list.len() > 0) & (names.list.set_difference(sorted(columns)).list.len() == 0)


def names_one(rows: pl.DataFrame, columns: tuple[str, ...], ids: pl.Series) -> pl.Expr:
    """Say whether a row names, in either state, an id that only one release has."""
    found = pl.lit(value=False)
    for name in (*columns, *(f"{column}:old" for column in columns)):
        kind = rows.schema.get(name)
        if kind == pl.String:
            found |= pl.col(name).is_in(ids.implode()).fill_null(value=False)
        elif kind is not None:
            found |= (pl.col(name).list.set_intersection(ids.to_list()).list.len() > 0).fill_null(value=False)
    return found


def _ids(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).unique()
