"""Rules on adjudicated claims: sources, issues, stances and tier fit together."""

from collections.abc import Iterator

import polars as pl

from ukrcorpus.annotate.adjudication.units import ROLES
from ukrcorpus.core.problems import Severity
from ukrcorpus.measure.statements import HOLDERS, TIERS
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

_MOST_ISSUES = 2


def check_sources(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``claim-source`` for each claim that nobody holds, ascribes or relays."""
    without = evidence.scan("claims").join(evidence.scan("claim_sources"), on="claim_id", how="anti")
    for row in rows(without):
        yield Broken(address(evidence.subject, row), "no row in claim_sources", "at least one source")


def check_issues(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``claim-issue`` for each claim without one or two issues of which one is the first."""
    issues = evidence.scan("claim_issues", "is_primary").group_by("claim_id")
    counts = issues.agg(n=pl.len(), n_primary=pl.col("is_primary").sum())
    claims = evidence.scan("claims").join(counts, on="claim_id", how="left")
    claims = claims.with_columns(pl.col("n", "n_primary").fill_null(0))
    for row in rows(claims.filter((pl.col("n") > _MOST_ISSUES) | (pl.col("n_primary") != 1))):
        got = f"{row['n']} rows in claim_issues, {row['n_primary']} of them primary"
        yield Broken(address(evidence.subject, row), got, "one or two, exactly one of them primary")


def check_stance_issue(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``stance-issue`` for each stance on an issue that its claim does not have."""
    wrong = evidence.scan("stances").join(evidence.scan("claim_issues"), on=["claim_id", "issue"], how="anti")
    for row in rows(wrong):
        yield Broken(
            address(evidence.subject, row, "issue"), show(row["issue"]), "an issue of this claim in claim_issues"
        )


def check_stance_holder(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``stance-holder`` for each stance of an actor who does not hold its claim."""
    holders = evidence.scan("claim_sources").filter(pl.col("role") == ROLES[HOLDERS])
    for row in rows(evidence.scan("stances").join(holders, on=["claim_id", "actor_id"], how="anti")):
        yield Broken(
            address(evidence.subject, row, "actor_id"), show(row["actor_id"]), "a holder of this claim in claim_sources"
        )


def check_position(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``position-polarity`` for each position on which no polarity was coded."""
    positions = evidence.scan("claims", "type").filter(pl.col("type") == "position")
    for row in rows(positions.join(evidence.scan("stances"), on="claim_id", how="anti")):
        yield Broken(
            address(evidence.subject, row), "a position without a row in stances", "a polarity on one of its issues"
        )


def check_tier(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``claim-tier`` for each claim whose tier does not follow from its voice."""
    tier = pl.col("voice").replace_strict(TIERS, default=None, return_dtype=pl.Int32)
    claims = evidence.scan("claims", "voice", "tier").with_columns(derived=tier)
    for row in rows(claims.filter(pl.col("derived").ne_missing(pl.col("tier")))):
        expected = f"{show(row['derived'])} for voice {row['voice']}"
        yield Broken(address(evidence.subject, row, "tier"), show(row["tier"]), expected)


CLAIMS = (
    Rule(
        "claim-source",
        Depth.CORPUS,
        reads("claims", "claim_sources"),
        check_sources,
        "Every claim has at least one source: a holder, an ascriber or a relayer.",
        "Name the source in the annotation or in a decision; pseudo:unspecified where the text names nobody.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "claim-issue",
        Depth.CORPUS,
        reads("claims", "claim_issues"),
        check_issues,
        "Every claim has one or two issues, exactly one of them primary.",
        "Decide the claim's issue in annotations/decisions/.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "claim-tier",
        Depth.CORPUS,
        reads("claims"),
        check_tier,
        "tier follows from voice: 1 stated or enacted, 2 ascribed, 3 author.",
        "Build again: tier is derived, never annotated.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "stance-issue",
        Depth.CORPUS,
        reads("stances", "claim_issues"),
        check_stance_issue,
        "Every stance is on an issue of its claim.",
        "Decide in annotations/decisions/ which issue the claim has.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "stance-holder",
        Depth.CORPUS,
        reads("stances", "claim_sources"),
        check_stance_holder,
        "Every stance is one of a holder of its claim, not of an ascriber or relayer.",
        "Decide in annotations/decisions/ who holds the claim.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "position-polarity",
        Depth.CORPUS,
        reads("claims", "stances"),
        check_position,
        "A claim of type position has a polarity on one of its issues.",
        "Code the polarity, or another type if the actor takes no side.",
        Severity.NOTE,
        alone=Alone.ARTICLE,
    ),
)
