"""The profile of a corpus: who made each layer, when, and who says what, counted by hand on a few rows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from ukrcorpus.core.project import Project
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.derive.profile import Days, MachineShare, Profile, Size, StanceCell
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.profile import profile
from ukrcorpus.schema.model import Schema

ROUNDS = {"r-model": "model", "r-person": "human"}
UNITS = {"c-model": ["a-m1", "a-m2"], "c-both": ["a-m1", "a-p1"], "c-lost": ["a-m1", "gone"], "c-silent": None}
STATEMENTS = [
    ("per:putin", "ceasefire", "oppose", date(2025, 3, 2)),
    ("per:putin", "ceasefire", "neutral", date(2025, 3, 9)),
    ("per:zelensky", "ceasefire", "support", None),
    ("per:zelensky", "ceasefire", "support", date(2025, 1, 5)),
    ("per:zelensky", "sanctions", "support", date(2025, 3, 5)),
]


def rows(schema: Schema, name: str, given: list[dict[str, Any]]) -> pa.Table:
    """A table of rows in which everything that is not given is null."""
    made = arrow_schema(schema.table(name))
    loose = pa.schema([field.with_nullable(nullable=True) for field in made])
    return pa.Table.from_pylist(given, schema=loose)


@pytest.fixture(scope="module")
def tables(schema: Schema) -> Mapping[str, pa.Table]:
    fetched = datetime(2026, 1, 2, 23, tzinfo=UTC)
    live = {"status": "live", "n_chars": 100, "n_sentences": 4, "fetched_at": fetched}
    given: dict[str, list[dict[str, Any]]] = {
        "articles": [
            live | {"article_id": "a", "origin": "machine_written", "publisher": "one"},
            live | {"article_id": "b", "origin": "published", "publisher": "two", "published": date(2025, 2, 3)},
            live | {"article_id": "gone", "status": "withdrawn"},
        ],
        "signals": [{"article_id": one, "name": "n_words", "value": 20.0} for one in ("a", "b", "gone")],
        "annotation_rounds": [
            {"round_id": one, "article_id": "a", "annotator": one, "annotator_kind": kind}
            | {"status": "submitted", "step": "both"}
            for one, kind in ROUNDS.items()
        ]
        + [
            {"round_id": "r-draft", "article_id": "b", "annotator": "r-model", "annotator_kind": "model"}
            | {"status": "draft", "step": "both"}
        ],
        "annotations": [
            {"annotation_id": "a-m1", "round_id": "r-model", "layer": "claim", "origin": "manual"},
            {"annotation_id": "a-m2", "round_id": "r-model", "layer": "claim", "origin": "prediction"},
            {"annotation_id": "a-p1", "round_id": "r-person", "layer": "claim", "origin": "prediction-changed"},
        ],
        "mentions": [],
        "claims": [{"claim_id": one, "annotation_ids": ids, "decided_by": "curator"} for one, ids in UNITS.items()],
        "claim_issues": [{"issue": "ceasefire"}, {"issue": "ceasefire"}, {"issue": "sanctions"}],
        "stances": [{"claim_id": "c-model"}, {"claim_id": "c-both"}, {"claim_id": "c-both"}],
        "statements": [
            {"holder_id": holder, "issue": issue, "stance": stance, "date": day}
            for holder, issue, stance, day in STATEMENTS
        ],
    }
    return {name: rows(schema, name, own) for name, own in given.items()}


@pytest.fixture(scope="module")
def found(tables: Mapping[str, pa.Table]) -> Profile:
    return profile(tables)


def test_one_person_is_enough_and_what_is_not_recorded_is_not_guessed(found: Profile) -> None:
    assert {one.layer: one for one in found.machine} == {
        "articles: texts": MachineShare("articles: texts", 2, 1, 0),
        "annotations: claim": MachineShare("annotations: claim", 3, 2, 0, 2),
        "mentions": MachineShare("mentions", 0, 0, 0),
        "claims": MachineShare("claims", 4, 1, 2),
        "stances": MachineShare("stances", 3, 1, 0),
    }
    assert [one.share for one in found.machine] == [f"{n}\u00a0%" if n else "–" for n in (50.0, 66.7, None, 50.0, 33.3)]


def test_articles_that_are_not_live_are_not_counted(found: Profile) -> None:
    assert (found.size, found.n_publishers, found.n_withdrawn) == (Size(200, 40, 8), 2, 1)
    assert found.published == Days(date(2025, 2, 3), date(2025, 2, 3), 1, 1, (("2025-02", 1),))
    assert found.fetched == (date(2026, 1, 2), date(2026, 1, 2))


def test_drafts_are_no_reading(found: Profile) -> None:
    assert (found.rounds, found.annotators, found.n_curated) == ((("2", 1),), (("human", 1), ("model", 1)), 4)


def test_stances_are_counted_by_holder_and_issue(found: Profile) -> None:
    assert found.holders == (("per:zelensky", 3), ("per:putin", 2))
    assert found.issues == (("ceasefire", 4), ("sanctions", 1))
    assert found.claims_by_issue == (("ceasefire", 2), ("sanctions", 1))
    assert found.stances == (
        StanceCell("per:zelensky", "ceasefire", 0, 0, 2),
        StanceCell("per:zelensky", "sanctions", 0, 0, 1),
        StanceCell("per:putin", "ceasefire", 1, 1, 0),
    )
    assert found.stated == Days(date(2025, 1, 5), date(2025, 3, 9), 4, 1, (("2025-01", 1), ("2025-03", 3)))


def test_a_corpus_without_rows_has_a_profile(tables: Mapping[str, pa.Table]) -> None:
    none = profile({name: table.slice(0, 0) for name, table in tables.items()})
    assert (none.size, none.fetched, none.stances, none.holders) == (Size(0, 0, 0), None, (), ())


def test_every_article_of_a_release_is_in_its_profile(staged_project: Project, schema: Schema) -> None:
    tables = read_tables(staged_project, schema)
    found = profile(tables)
    assert found.size.n_chars == sum(tables["articles"]["n_chars"].to_pylist())
    assert sum(n for _, n in found.holders) == tables["statements"].num_rows
