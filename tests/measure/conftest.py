"""Rows of two or three annotators over one article."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ukrcorpus.measure.rounds import Row
from ukrcorpus.schema.model import Schema

MakeRow = Callable[..., dict[str, object]]
SAID = {"voice": "stated", "issue": "ceasefire", "source_ids": ["gov:ua"]}


def make_round(annotator: str, article: str = "talks", **over: Any) -> Row:
    when = datetime(2026, 11, 22, tzinfo=UTC)
    about = {"round_id": f"{annotator}-{article}", "article_id": article, "annotator": annotator, "created_at": when}
    asked = {"annotator_kind": "human", "step": "both", "status": "submitted"}
    return {**about, **asked, "blind": True, "suggestions_shown": False, **over}


@pytest.fixture
def row(schema: Schema) -> MakeRow:
    """Make a row of ``annotations``."""

    def make(
        annotator: str,
        layer: str,
        span: tuple[int | None, int | None] = (None, None),
        article: str = "talks",
        **answers: object,
    ) -> dict[str, object]:
        blank: dict[str, object] = dict.fromkeys(schema.table("annotations").names)
        start, end = span
        about = {"annotation_id": f"{annotator}:{article}:{layer}:{start}", "round_id": f"{annotator}-{article}"}
        return {**blank, **about, "layer": layer, "article_id": article, "start": start, "end": end, **answers}

    return make


@pytest.fixture
def annotations(row: MakeRow) -> list[Row]:
    return [
        row("a", "claim", (0, 10), type="fact", polarity=2, **SAID),
        row("b", "claim", (0, 10), type="fact", polarity=1, **SAID),
        row("a", "claim", (20, 30), type="position", polarity=-2, **SAID),
        row("b", "claim", (20, 28), type="fact", polarity=None, **SAID),
        row("a", "claim", (40, 50), type="fact", polarity=None, voice="author", issue="other"),
        row("a", "document", genre="opinion"),
        row("b", "document", genre="opinion"),
    ]


@pytest.fixture
def a_round() -> Callable[..., Row]:
    """Make a row of ``annotation_rounds``."""
    return make_round
