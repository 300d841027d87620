"""The labelling configuration: accepted by Label Studio's own library, with the schema's values in results."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from ukrcorpus.derive.label_studio import FLAG_VALUE, labelling_config
from ukrcorpus.schema.model import Control, Layer, Schema

SPAN = {"start": 0, "end": 4, "text": "Kyiv"}


@pytest.fixture(scope="module")
def config(schema: Schema) -> str:
    return labelling_config(schema)


@pytest.fixture(scope="module")
def tree(config: str) -> Element:
    return fromstring(config)  # noqa: S314 - our own XML


@pytest.fixture(scope="module")
def interface(config: str) -> Any:
    from label_studio_sdk.label_interface import LabelInterface

    return LabelInterface(config)


def result(name: str, kind: str, value: object, region: str | None = "r1") -> dict[str, object]:
    where = SPAN if region else {}
    return {"id": region or name, "from_name": name, "to_name": "text", "type": kind, "value": {**where, kind: value}}


def test_label_studio_accepts_the_configuration(interface: Any) -> None:
    interface.validate()


def test_a_sample_task_goes_through_the_configuration(interface: Any) -> None:
    sample = interface.generate_sample_task()
    assert set(sample) == {"text"}
    options = [{"value": "gov:ua", "hint": "Ukraine"}]
    task = {"data": {**sample, "actor_options": options, "source_options": options}}
    assert interface.validate_task(task)
    assert not interface.validate_task({"data": {}})


def test_an_annotation_with_stored_values_of_the_schema_is_valid(interface: Any, schema: Schema) -> None:
    issue = schema.issues[0]
    given = [
        result("label", "labels", ["claim"]),
        result("type", "choices", ["position"]),
        result("polarity", "choices", ["-2"]),
        result("issue", "taxonomy", [[issue.group, issue.issue]]),
        result("conditional", "choices", [FLAG_VALUE]),
        result("condition", "text", ["if the guns fall silent"]) | {"type": "textarea"},
        result("genre", "choices", ["news_report"], region=None),
    ]
    assert interface.validate_prediction({"result": given, "model_version": "x"}, return_errors=True) == []


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [("label", "labels", ["Claim"]), ("type", "choices", ["Position"]), ("issue", "taxonomy", [["war", "peace"]])],
)
def test_a_value_that_is_not_of_the_schema_is_refused(interface: Any, name: str, kind: str, value: object) -> None:
    given = [result(name, kind, value)]
    assert interface.validate_prediction({"result": given, "model_version": "x"}, return_errors=True)


def test_every_question_has_one_control_of_its_name(tree: Element, schema: Schema) -> None:
    named = Counter(tag.get("name") for tag in tree.iter() if tag.get("toName"))
    assert named == Counter(["label", *(attribute.name for attribute in schema.attributes)])


def test_a_question_about_spans_shows_for_the_layers_it_is_asked_of(tree: Element, schema: Schema) -> None:
    for attribute in schema.attributes:
        control = next(tag for tag in tree.iter() if tag.get("name") == attribute.name)
        layers = [str(layer) for layer in attribute.layers if layer is not Layer.DOCUMENT]
        assert control.get("perRegion") == ("true" if layers else None)
        assert control.get("whenTagName") == ("label" if layers else None)
        assert control.get("whenLabelValue") == (",".join(layers) or None)
        assert control.get("required") == ("true" if attribute.required else None)


def test_actors_come_from_the_task(tree: Element, schema: Schema) -> None:
    for attribute in schema.attributes:
        control = next(tag for tag in tree.iter() if tag.get("name") == attribute.name)
        if attribute.control is Control.ACTORS:
            assert control.get("value") == f"${attribute.options}"
            assert control.get("choice") == "multiple"


def test_the_taxonomy_offers_every_issue_below_its_group(tree: Element, schema: Schema) -> None:
    taxonomy = next(tag for tag in tree.iter("Taxonomy") if tag.get("name") == "issue")
    offered = [(group.get("alias"), leaf.get("alias")) for group in taxonomy for leaf in group]
    assert sorted(offered) == sorted((issue.group, issue.issue) for issue in schema.issues)
    assert taxonomy.get("leafsOnly") == "true"


def test_no_hotkey_stands_twice(tree: Element) -> None:
    keys = Counter(tag.get("hotkey") for tag in tree.iter() if tag.get("hotkey"))
    assert set(keys.values()) == {1}


def test_spans_count_symbols(tree: Element) -> None:
    text = next(tree.iter("Text"))
    assert text.attrib == {"name": "text", "value": "$text", "granularity": "symbol"}
