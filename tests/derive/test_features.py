"""Features: what the card says, what `datasets` makes of it, and what Arrow says are one."""

import pytest
from datasets import Features

from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.derive.features import features, features_yaml
from ukrcorpus.schema.model import Schema

NAMES = ("articles", "statements", "annotation_rounds", "edits", "annotations", "signals")


@pytest.mark.parametrize("name", NAMES)
def test_the_yaml_of_the_card_is_what_datasets_would_write(schema: Schema, name: str) -> None:
    table = schema.table(name)
    assert features_yaml(table) == features(table)._to_yaml_list()


@pytest.mark.parametrize("name", NAMES)
def test_features_survive_the_way_through_yaml_and_arrow(schema: Schema, name: str) -> None:
    table = schema.table(name)
    again = Features._from_yaml_list(features_yaml(table))
    assert again == features(table)
    assert again.arrow_schema.remove_metadata().types == arrow_schema(table).types
