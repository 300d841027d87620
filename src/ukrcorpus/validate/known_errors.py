"""The rule on known errors: what each of them is about is there."""

from collections.abc import Iterator

import polars as pl

from ukrcorpus.annotate.known_errors import ABOUT, listed_errors
from ukrcorpus.validate.evidence import Evidence, rows, show
from ukrcorpus.validate.rules import Broken, Depth, Rule, reads


def check_about(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``known-error-unknown`` for a known error about an id that no table has."""
    listed = evidence.once(listed_errors)
    wanted = sorted({one.about for one, _ in listed})
    if not wanted:
        return
    asked = ((evidence.scan(name).filter(pl.col(column).is_in(wanted)), column) for name, column in ABOUT.items())
    known = {row[column] for scan, column in asked for row in rows(scan)}
    for one, where in listed:
        if one.about not in known:
            yield Broken(where, show(one.about), "the id of an article, claim, mention, statement or actor")


KNOWN_ERRORS = (
    Rule(
        "known-error-unknown",
        Depth.CORPUS,
        reads(*ABOUT),
        check_about,
        "Every error in annotations/known-errors.toml is about an id that a table has.",
        "Take the entry out if the error is mended, or correct the id.",
    ),
)
