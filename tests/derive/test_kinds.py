"""Each target knows every kind, and Arrow's types are those of the data model."""

import pyarrow as pa
import pytest

from ukrcorpus.derive import arrow, cells, features, frames, guidelines, label_studio_controls
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.derive.documents import croissant
from ukrcorpus.schema.model import Control, Kind, Schema


@pytest.mark.parametrize("target", [arrow.TYPES, features.FORMS, frames.TYPES, cells.CONDITIONS, croissant.TYPES])
def test_a_target_knows_every_kind(target: dict[Kind, object]) -> None:
    assert set(target) == set(Kind)


@pytest.mark.parametrize("target", [label_studio_controls.CONTROLS, guidelines.ANSWERS])
def test_a_target_knows_every_control(target: dict[Control, object]) -> None:
    assert set(target) == set(Control)


def test_an_arrow_schema_has_the_columns_in_order_without_metadata(schema: Schema) -> None:
    made = arrow_schema(schema.table("mentions"))
    assert made.names == list(schema.table("mentions").names)
    assert made.metadata is None
    assert made.field("mention_id") == pa.field("mention_id", pa.string(), nullable=False)
    assert made.field("actor_ids") == pa.field("actor_ids", pa.list_(pa.string()), nullable=False)
    assert made.field("form") == pa.field("form", pa.string(), nullable=True)


def test_instants_are_utc_in_microseconds(schema: Schema) -> None:
    assert arrow_schema(schema.table("annotation_rounds")).field("created_at").type == pa.timestamp("us", tz="UTC")
