"""Rules on the tables most people load: each row stands on a stance, and the headline table holds what it promises."""

from collections.abc import Iterable, Iterator

import polars as pl

from ukrcorpus.measure.statements import TIERS
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

ALL, HEADLINE = "statements_all", "statements"
_STANCE = ["claim_id", "holder_id", "issue", "polarity", "conditional"]


def check_stance(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``statement-stance`` for each row that no stance stands behind."""
    stances = evidence.scan("stances", "polarity", "conditional").rename({"actor_id": "holder_id"})
    for row in rows(evidence.scan(evidence.subject.name, *_STANCE).join(stances, on=_STANCE, how="anti")):
        got = ", ".join(f"{name}={show(row[name])}" for name in _STANCE)
        yield Broken(address(evidence.subject, row), got, "a row in stances with the same values")


def check_complete(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``statement-missing`` for each stance that has no row in ``statements_all``."""
    table = evidence.schema.table("stances")
    statements = evidence.scan(ALL, "claim_id", "holder_id", "issue").rename({"holder_id": "actor_id"})
    for row in rows(evidence.scan(table.name).join(statements, on=list(table.key), how="anti")):
        yield Broken(address(table, row), f"no row in {ALL}", "one row for every stance")


def check_claim(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``statement-claim`` where sentence[claim_start:claim_end], claim and the quote in claims differ."""
    columns = ("claim_id", "sentence", "claim", "claim_start", "claim_end")
    there = pl.col("sentence").str.slice(pl.col("claim_start"), pl.col("claim_end") - pl.col("claim_start"))
    told = evidence.scan(evidence.subject.name, *columns).with_columns(there=there).drop("sentence")
    told = told.join(evidence.scan("claims", "quote"), on="claim_id")
    wrong = pl.col("claim").ne_missing(pl.col("there")) | pl.col("claim").ne_missing(pl.col("quote"))
    for row in rows(told.filter(wrong)):
        expected = f"{show(row['quote'])} in claims, {show(row['there'])} in the sentence, both the same"
        yield Broken(address(evidence.subject, row, "claim"), show(row["claim"]), expected)


def check_sign(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``statement-sign`` where ``stance`` is not the sign of ``polarity`` in words."""
    sign = pl.col("polarity").sign().replace_strict(_SIGNS, return_dtype=pl.String)
    told = evidence.scan(evidence.subject.name, "polarity", "stance").with_columns(sign=sign)
    for row in rows(told.filter(pl.col("sign") != pl.col("stance"))):
        expected = f"{show(row['sign'])} for polarity {row['polarity']}"
        yield Broken(address(evidence.subject, row, "stance"), show(row["stance"]), expected)


def check_headline(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``statement-headline`` for each row of ``statements`` that belongs only into ``statements_all``."""
    for row in rows(_told(evidence, HEADLINE).drop_nulls("barred")):
        yield Broken(address(evidence.subject, row), row["barred"], "a row of statements_all only")


def check_headline_complete(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``statement-left-out`` for each row of ``statements_all`` that ``statements`` should have too."""
    fit = _told(evidence, ALL).filter(pl.col("barred").is_null())
    for row in rows(fit.join(evidence.scan(HEADLINE), on="statement_id", how="anti")):
        yield Broken(address(evidence.schema.table(ALL), row), "no row in statements", "the same row in statements")


def _told(evidence: Evidence, table: str) -> pl.LazyFrame:
    """Return a table of statements with the reason that bars each row from the headline table, or null."""
    articles = evidence.scan("articles", "status", "is_representative", "machine_spun")
    barred = (
        pl.when(pl.col("status") == "withdrawn")
        .then(pl.format("a withdrawn article, {}", "article_id"))
        .when(pl.col("status") == "excluded")
        .then(pl.format("an excluded article, {}", "article_id"))
        .when(~pl.col("is_representative"))
        .then(pl.format("a near-duplicate, {}", "article_id"))
        .when(pl.col("machine_spun") == "heavy")
        .then(pl.format("a heavily spun article, {}", "article_id"))
        .when(~pl.col("voice").is_in(_OWN_VOICES))
        .then(pl.format("voice {}", "voice"))
    )
    return evidence.scan(table, "article_id", "voice").join(articles, on="article_id").with_columns(barred=barred)


def statements(_: Schema) -> Iterable[tuple[str, ...]]:
    """Give both tables of statements, each with the claims and stances behind it."""
    return ((name, "stances", "claims") for name in (HEADLINE, ALL))


_SIGNS = {-1: "oppose", 0: "neutral", 1: "support"}
_OWN_VOICES = [voice for voice, tier in TIERS.items() if tier == 1]

STATEMENTS = (
    Rule(
        "statement-stance",
        Depth.CORPUS,
        statements,
        check_stance,
        "Every statement is a stance: same claim, holder, issue, polarity and condition.",
        "Build again: statements are derived from stances, never annotated.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "statement-missing",
        Depth.CORPUS,
        reads(ALL, "stances"),
        check_complete,
        "Every stance has its row in statements_all.",
        "Build again; if it stays, release has dropped a row, which is a fault of ours to report.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "statement-claim",
        Depth.CORPUS,
        statements,
        check_claim,
        "sentence[claim_start:claim_end] is the claim, and the claim is the quote in claims.",
        "Build again; offsets count code points from the start of the sentence.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "statement-sign",
        Depth.CORPUS,
        statements,
        check_sign,
        "stance says the sign of polarity in words.",
        "Build again: stance is derived from polarity.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "statement-headline",
        Depth.CORPUS,
        reads(HEADLINE, "articles"),
        check_headline,
        "statements holds only live, representative, not heavily spun articles and stances that are stated or enacted.",
        "Build again; if it stays, the article's status, cluster or machine_spun changed behind the build.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "statement-left-out",
        Depth.CORPUS,
        reads(HEADLINE, ALL, "articles"),
        check_headline_complete,
        "statements holds every row of statements_all that fits it.",
        "Build again; if it stays, release has dropped a row, which is a fault of ours to report.",
        alone=Alone.ARTICLE,
    ),
)
