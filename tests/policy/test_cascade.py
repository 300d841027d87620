"""What goes with an article, a person or a mention, table by table, and what stays."""

from typing import Any

import pyarrow as pa
import pytest

from ukrcorpus.policy import cascade
from ukrcorpus.policy.cascade import Cascade
from ukrcorpus.policy.withdrawals import Kind, Withdrawn
from ukrcorpus.schema.model import Schema

IDS = pa.list_(pa.string())
TABLES = {
    "articles": pa.table(
        {"article_id": ["a", "b"], "text": ["A.", "B."], "status": ["live", "live"], "supersedes": [None, "a"]},
        pa.schema(
            [
                pa.field("article_id", pa.string(), nullable=False),
                pa.field("text", pa.string()),
                pa.field("status", pa.string(), nullable=False),
                pa.field("supersedes", pa.string()),
            ]
        ),
    ),
    "claims": pa.table(
        {
            "claim_id": ["c1", "c2", "c3", "c4"],
            "article_id": ["a", "b", "a", "a"],
            "annotation_ids": pa.array([["r1"], ["r2"], ["r3", "r4"], ["r5"]], IDS),
        }
    ),
    "claim_sources": pa.table(
        {
            "claim_id": ["c1", "c2", "c3", "c3", "c4", "c4"],
            "actor_id": ["per:x", "gov:ua", "per:x", "gov:ua", "per:x", "gov:ua"],
            "role": ["holder", "holder", "holder", "holder", "holder", "ascriber"],
        }
    ),
    "stances": pa.table({"claim_id": ["c1", "c2", "c3"], "actor_id": ["per:x", "gov:ua", "gov:ua"]}),
    "mentions": pa.table(
        {
            "mention_id": ["m1", "m2", "m3"],
            "article_id": ["a", "a", "b"],
            "start": [0, 10, 0],
            "end": [5, 15, 5],
            "actor_ids": pa.array([["per:x"], ["per:x", "gov:ua"], ["gov:ua"]], IDS),
            "annotation_ids": pa.array([["r6"], [], []], IDS),
        }
    ),
    "annotations": pa.table(
        {
            "annotation_id": ["r1", "r2", "r3", "r4", "r5", "r6", "r7"],
            "article_id": ["a", "b", "a", "a", "a", "a", "a"],
            "layer": ["claim", "claim", "claim", "claim", "claim", "mention", "mention"],
            "start": [0, 0, 0, 0, 0, 0, 12],
            "end": [9, 9, 9, 9, 9, 5, 20],
            "source_ids": pa.array(
                [["per:x"], ["gov:ua"], ["gov:ua"], ["per:x"], ["per:x", "gov:ua"], None, None], IDS
            ),
            "actor_ids": pa.array([None, None, None, None, None, ["per:x"], ["gov:ua"]], IDS),
            "note": ["Is it X Smith?", "no", None, None, None, None, None],
        }
    ),
    "actors": pa.table({"actor_id": ["per:x", "gov:ua"]}),
    "actor_names": pa.table(
        {"actor_id": ["per:x", "gov:ua", "gov:ua"], "after": pa.array([[], ["per:x"], ["per:x", "gov:ua"]], IDS)}
    ),
}


def left(names: frozenset[str] = frozenset(), **gone: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that are left of every table."""
    withdrawn = Withdrawn.by_kind((Kind(kind), one) for kind, one in gone.items())
    made = Cascade(withdrawn, lambda name, columns: TABLES[name].select(list(columns)), names).all_left(TABLES)
    assert all(made[name].schema == table.schema for name, table in TABLES.items())
    return {name: table.to_pylist() for name, table in made.items()}


def column(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


def test_nothing_hangs_on_a_withdrawn_article_but_its_emptied_row() -> None:
    rows = left(article="b")
    assert rows["articles"] == [
        {"article_id": "a", "text": "A.", "status": "live", "supersedes": None},
        {"article_id": "b", "text": None, "status": "withdrawn", "supersedes": "a"},
    ]
    assert column(rows["claims"], "claim_id") == ["c1", "c3", "c4"]
    assert column(rows["stances"], "claim_id") == ["c1", "c3"]
    assert column(rows["annotations"], "annotation_id") == ["r1", "r3", "r4", "r5", "r6", "r7"]
    assert rows["actors"] == TABLES["actors"].to_pylist()


def test_a_withdrawn_person_leaves_every_label_and_claims_that_nobody_else_holds_go() -> None:
    rows = left(person="per:x", names=frozenset({"x smith"}))
    assert column(rows["claims"], "claim_id") == ["c2", "c3"]
    assert {row["actor_id"] for name in ("claim_sources", "stances", "actors") for row in rows[name]} == {"gov:ua"}
    assert column(rows["mentions"], "actor_ids") == [["gov:ua"], ["gov:ua"]]
    assert column(rows["annotations"], "annotation_id") == ["r2", "r3", "r5", "r7"]
    assert column(rows["annotations"], "source_ids") == [["gov:ua"], ["gov:ua"], ["gov:ua"], None]
    assert column(rows["claims"], "annotation_ids") == [["r2"], ["r3"]]
    assert column(rows["actor_names"], "after") == [["gov:ua"]]
    assert len(rows["articles"]) == 2


def test_a_note_that_names_a_withdrawn_person_is_cleared() -> None:
    rows = left(mention="m3", names=frozenset({"x SMITH"}))
    assert column(rows["annotations"], "note")[:2] == [None, "no"]


def test_a_withdrawn_mention_takes_the_regions_on_its_characters_along() -> None:
    rows = left(mention="m2")
    assert column(rows["mentions"], "mention_id") == ["m1", "m3"]
    assert column(rows["annotations"], "annotation_id") == ["r1", "r2", "r3", "r4", "r5", "r6"]
    rows = left(mention="m1")
    assert "r6" not in column(rows["annotations"], "annotation_id")
    assert "r7" in column(rows["annotations"], "annotation_id")


def test_nothing_withdrawn_changes_nothing() -> None:
    assert left() == {name: table.to_pylist() for name, table in TABLES.items()}


def test_every_column_that_names_an_actor_is_known(schema: Schema) -> None:
    bodies = {"rolls_up_to", "org_id", "holder_org"}  # never a person
    named = {one.name for table in schema.tables for one in table.columns if one.references == "actors.actor_id"}
    assert named - bodies <= {*cascade.OF_ONE, *cascade.OF_SEVERAL}


@pytest.mark.parametrize("name", cascade.TYPED)
def test_what_annotators_type_is_a_column(schema: Schema, name: str) -> None:
    assert schema.table("annotations").column(name).protected
