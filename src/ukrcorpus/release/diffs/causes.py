"""Why a row of a release changed: what else changed about its article, its actors, the scheme or its votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from ukrcorpus.release.diffs.rows import CHANGED, RowDiff
from ukrcorpus.release.diffs.subjects import (
    ACTOR_IDS,
    COMPUTED,
    DECIDED,
    ISSUE,
    OF_REGISTRY,
    OF_SCHEME,
    PLACES,
    Change,
    Subject,
)
from ukrcorpus.release.diffs.taken_out import TakenOut, names_one, only

ARTICLE_ID: Final = "article_id"
_CURATOR: Final = "curator"
_WITHDRAWN, _CAME, _TEXT, _VOTES, _ABOUT = ":withdrawn", ":came", ":text", ":votes", ":about"
# What a round or a region changes without its annotator: where its text moved, and the scheme it was carried to.
_CARRIED: Final = frozenset({"start", "end", "quote", "text_sha256", "scheme_version"})
_KNOWN_OF: Final = frozenset(
    {"title", "byline", "language", "origin", "publisher", "url", "published", "published_precision", "fetched_at"}
    | {"licence", "text_rights", "raw_file", "raw_sha256", "supersedes"}
)


class Cause(StrEnum):
    """Why a row changed; of several causes the one that explains it first."""

    WITHDRAWAL = "withdrawal"
    ARTICLE = "article"
    REGISTRY = "registry"
    SCHEME = "scheme"
    TEXT = "text"
    METADATA = "metadata"
    ANNOTATION = "annotation"
    ADJUDICATION = "adjudication"
    DERIVED = "derived"


MEANING: Final[dict[Cause, str]] = {
    Cause.WITHDRAWAL: "the article, a person named in it or the mention was withdrawn",
    Cause.ARTICLE: "the article came into the corpus or left it",
    Cause.REGISTRY: "an actor came, went or is described otherwise",
    Cause.SCHEME: "the scheme or the codebook changed",
    Cause.TEXT: "the article's normalised text changed",
    Cause.METADATA: "what is known of the article changed: publisher, dates, licence, language",
    Cause.ANNOTATION: "annotators handed in other rounds",
    Cause.ADJUDICATION: "the same votes were decided otherwise",
    Cause.DERIVED: "computed otherwise: another version of the toolkit, another neighbour or threshold",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What changed between two releases, as far as it explains rows: flags by article, and ids in one release only."""

    articles: pl.DataFrame
    actors: pl.Series
    issues: pl.Series
    scheme: bool
    taken_out: TakenOut


def evidence(diffs: Mapping[str, RowDiff], *, scheme: bool) -> Evidence:
    """Return what explains the changes; ``diffs`` are those of all tables, ``scheme`` whether its version differs."""
    articles = diffs["articles"]
    facts = {
        _WITHDRAWN: [_with(articles, frozenset({"status"}), "withdrawn")],
        _CAME: [articles.added[ARTICLE_ID], articles.removed[ARTICLE_ID]],
        _TEXT: [_with(articles, frozenset({"text_sha256"}))],
        _VOTES: [_of_articles(diffs[name]) for name in ("annotation_rounds", "annotations")],
        _ABOUT: [_with(articles, _KNOWN_OF)],
    }
    columns = [
        pl.concat(series).alias(ARTICLE_ID).to_frame().unique().with_columns(pl.lit(value=True).alias(name))
        for name, series in facts.items()
    ]
    flags = columns[0]
    for column in columns[1:]:
        flags = flags.join(column, on=ARTICLE_ID, how="full", coalesce=True)
    return Evidence(
        flags.with_columns(pl.col(*facts).fill_null(value=False)),
        _one_sided(diffs["actors"], "actor_id"),
        _one_sided(diffs["issues"], ISSUE),
        scheme,
        TakenOut.of(diffs),
    )


def with_causes(subject: Subject, rows: pl.DataFrame, known: Evidence) -> pl.DataFrame:
    """Return rows of changes with the column ``cause``.

    The rows have ``change``, ``changed`` and the subject's columns, of the new state where there is one.
    """
    if ARTICLE_ID not in rows.columns:
        cause = Cause.SCHEME if subject.table == "issues" else Cause.REGISTRY
        gone = pl.when(known.taken_out.explains(rows)).then(pl.lit(Cause.WITHDRAWAL.value))
        return rows.with_columns(gone.otherwise(pl.lit(cause.value)).alias("cause"))
    flagged = rows.join(known.articles, on=ARTICLE_ID, how="left", maintain_order="left")
    flags = [name for name in known.articles.columns if name != ARTICLE_ID]
    flagged = flagged.with_columns(pl.col(flags).fill_null(value=False))
    chain = pl.lit(Cause.DERIVED.value)
    for cause, holds in reversed(_chain(subject, rows, known)):
        chain = pl.when(holds).then(pl.lit(cause.value)).otherwise(chain)
    return flagged.with_columns(chain.alias("cause")).drop(flags)


def _chain(subject: Subject, rows: pl.DataFrame, known: Evidence) -> list[tuple[Cause, pl.Expr]]:
    """Return causes and when they hold, the first that does is the one."""
    change, names = pl.col("change"), pl.col(CHANGED)
    whole = change.is_in([Change.ADDED, Change.REMOVED])
    labels = names.list.set_intersection(sorted(subject.labels)).list.len() > 0
    decided = names.list.set_intersection(sorted(DECIDED)).list.len() > 0
    curated = pl.col("decided_by") == _CURATOR if "decided_by" in rows.columns else pl.lit(value=False)
    judged = whole | labels | decided | (change == Change.MOVED)
    about = pl.col(_ABOUT) & (only(COMPUTED | {"language", "genre"}) if subject.table != "articles" else ~labels)
    return [
        (Cause.WITHDRAWAL, pl.col(_WITHDRAWN) | known.taken_out.explains(rows)),
        (Cause.ARTICLE, pl.col(_CAME) & whole),
        (Cause.REGISTRY, names_one(rows, ACTOR_IDS, known.actors) | only(OF_REGISTRY)),
        (Cause.SCHEME, names_one(rows, (ISSUE,), known.issues) | only(OF_SCHEME)),
        (Cause.TEXT, pl.col(_TEXT) & ~labels & ~decided),
        (Cause.METADATA, about & ~whole),
        (Cause.ADJUDICATION, curated & (labels | decided)),
        (Cause.SCHEME, pl.lit(known.scheme) & judged & ~pl.col(_VOTES)),
        (Cause.ANNOTATION, pl.col(_VOTES) & judged),
        (Cause.TEXT, pl.col(_TEXT)),
        (Cause.ADJUDICATION, judged & ~only(COMPUTED | PLACES)),
    ]


def _with(diff: RowDiff, columns: frozenset[str], value: str | None = None) -> pl.Series:
    """Return the articles whose row changed in one of the columns; with ``value``, to that value."""
    changed = diff.columns.list.set_intersection(sorted(columns)).list.len() > 0
    if value is not None:
        changed &= diff.after["status"] == value
    return diff.after.filter(changed)[ARTICLE_ID]


def _of_articles(diff: RowDiff) -> pl.Series:
    """Return the articles of which an annotator's round or region came, went or says something else."""
    said = diff.columns.list.set_difference(sorted(_CARRIED)).list.len() > 0
    return pl.concat([diff.added[ARTICLE_ID], diff.removed[ARTICLE_ID], diff.after.filter(said)[ARTICLE_ID]])


def _one_sided(diff: RowDiff, column: str) -> pl.Series:
    return pl.concat([diff.added[column], diff.removed[column]])
