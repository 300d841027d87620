"""The labelling configuration: accepted by Label Studio's own library, with the schema's values in results."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from ukrcorpus.derive.label_studio import STEPS, labelling_config
from ukrcorpus.derive.label_studio_controls import NO_KEY, SEARCH, stored_as
from ukrcorpus.derive.label_studio_layout import layout_of
from ukrcorpus.schema.model import FLAG_VALUE, Attribute, Control, Layer, Schema

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


def of(step: str, schema: Schema) -> Element:
    return fromstring(labelling_config(schema, step))  # noqa: S314 - our own XML


def attribute(name: str, schema: Schema) -> Attribute:
    return next(one for one in schema.attributes if one.name == name)


def control(name: str, tree: Element) -> Element:
    return next(tag for tag in tree.iter() if tag.get("name") == name)


def names(tree: Element) -> Counter[str | None]:
    return Counter(tag.get("name") for tag in tree.iter() if tag.get("toName"))


def result(name: str, kind: str, value: object, region: str | None = "r1") -> dict[str, object]:
    where = SPAN if region else {}
    return {"id": region or name, "from_name": name, "to_name": "text", "type": kind, "value": {**where, kind: value}}


@pytest.mark.parametrize("step", STEPS)
def test_label_studio_accepts_the_configuration_of_each_step(step: str, schema: Schema) -> None:
    from label_studio_sdk.label_interface import LabelInterface

    LabelInterface(labelling_config(schema, step)).validate()


def test_a_sample_task_goes_through_the_configuration(interface: Any) -> None:
    sample = interface.generate_sample_task()
    assert set(sample) == {"text"}
    options = [{"value": "gov:ua", "hint": "Ukraine"}]
    task = {"data": {**sample, "actor_options": options, "source_options": options}}
    assert interface.validate_task(task)
    assert not interface.validate_task({"data": {}})


def test_an_annotation_with_stored_values_of_the_schema_is_valid(interface: Any, schema: Schema) -> None:
    first, second = schema.issues[:2]
    answers = {
        "type": "position",
        "polarity": "-2",
        "issue": first.issue,
        "issue2": second.issue,
        "conditional": FLAG_VALUE,
        "condition": "if the guns fall silent",
    }
    given = [result("label", "labels", ["claim"]), result("genre", "choices", ["news_report"], region=None)]
    for name, answer in answers.items():
        kind, value = stored_as(attribute(name, schema), schema, [answer])
        given.append(result(name, kind, None) | {"value": SPAN | value})
    found = result("source_ids" + SEARCH, "taxonomy", [["state", "gov:ua"]])
    assert interface.validate_prediction({"result": [*given, found], "model_version": "x"}, return_errors=True) == []


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("label", "labels", ["Claim"]),
        ("type", "choices", ["Position"]),
        ("issue", "choices", ["peace"]),
        ("issue2", "taxonomy", [["war", "peace"]]),
    ],
)
def test_a_value_that_is_not_of_the_schema_is_refused(interface: Any, name: str, kind: str, value: object) -> None:
    given = [result(name, kind, value)]
    assert interface.validate_prediction({"result": given, "model_version": "x"}, return_errors=True)


def test_every_question_has_one_control_of_its_name_and_those_about_actors_a_search(
    tree: Element, schema: Schema
) -> None:
    searches = [one.name + SEARCH for one in schema.attributes if one.control is Control.ACTORS]
    assert names(tree) == Counter(["label", *(one.name for one in schema.attributes), *searches])


def test_spans_are_marked_in_one_step_and_coded_in_the_next(schema: Schema) -> None:
    of_document = {one.name for one in schema.attributes_of(Layer.DOCUMENT)}
    of_spans = {one.name for one in schema.attributes} - of_document
    assert {name for name in names(of("units", schema)) if name} == {"label", *of_document}
    coded = of("codes", schema)
    assert {name for name in names(coded) if name and not name.endswith(SEARCH)} == {"label", *of_spans}
    assert {label.get("hotkey") for label in coded.iter("Label")} == {NO_KEY}
    assert [view.get("className") for view in coded.iter("View") if view.find("Labels") is not None] == [
        "uk-bar uk-hidden"
    ]


def test_what_is_to_be_settled_stands_above_the_questions_of_an_adjudication(schema: Schema, tree: Element) -> None:
    shown = [tag.get("value") for tag in of("adjudication", schema).iter("Markdown")]
    assert shown == ["$layout", "$review"]
    assert [tag.get("value") for tag in tree.iter("Markdown")] == ["$layout"]


def test_a_question_about_spans_shows_for_the_layers_it_is_asked_of(tree: Element, schema: Schema) -> None:
    views = {tag: view for view in tree.iter("View") for tag in view.iter()}
    for one in schema.attributes:
        tag = control(one.name, tree)
        layers = [str(layer) for layer in one.layers if layer is not Layer.DOCUMENT]
        assert tag.get("perRegion") == ("true" if layers else None)
        assert tag.get("whenTagName") == ("label" if layers else None)
        assert tag.get("whenLabelValue") == (",".join(layers) or None)
        assert tag.get("required") == ("true" if one.required and not one.asked_if else None)
        condition = views[tag].get("whenTagName") if views[tag].get("visibleWhen") == "choice-selected" else None
        assert condition == (one.asked_if.question if one.asked_if else None)


def test_actors_come_from_the_task_and_the_search_offers_the_whole_registry(tree: Element, schema: Schema) -> None:
    for one in schema.attributes:
        if one.control is Control.ACTORS:
            tag, search = control(one.name, tree), control(one.name + SEARCH, tree)
            assert tag.get("value") == f"${one.options}"
            assert tag.get("choice") == "multiple"
            offered = sorted(str(leaf.get("alias")) for group in search for leaf in group)
            assert offered == sorted(actor.id for actor in schema.actors)
            assert search.get("sharedStore") == "registry"


def test_the_issues_stand_in_their_groups_with_the_pole_as_hint(tree: Element, schema: Schema) -> None:
    grid, folded = control("issue", tree), control("issue2", tree)
    groups = [
        (group.findtext("Header") or group[0].get("value"), [one for one in group if one.tag == "Choice"])
        for group in grid
    ]
    assert [label for label, _ in groups] == [group.label for group in schema.groups]
    hints = {one.get("alias"): one.get("hint") for _, own in groups for one in own}
    assert hints == {issue.issue: issue.pole or issue.definition for issue in schema.issues}
    offered = [(group.get("alias"), leaf.get("alias")) for group in folded for leaf in group]
    assert sorted(offered) == sorted((issue.group, issue.issue) for issue in schema.issues)
    assert folded.get("leafsOnly") == "true"


def test_no_hotkey_stands_twice_and_no_choice_waits_for_a_free_one(tree: Element) -> None:
    keys = Counter(tag.get("hotkey") for tag in tree.iter() if tag.get("hotkey"))
    assert {count for key, count in keys.items() if key != NO_KEY} == {1}
    boxes = [choice for choices in tree.iter("Choices") for choice in choices.iter("Choice")]
    assert all(choice.get("hotkey") for choice in boxes)


def test_the_style_survives_the_editor_that_escapes_angle_brackets(tree: Element) -> None:
    [style] = tree.iter("Style")
    assert style.text
    assert not set("<>&") & set(style.text)


def test_spans_count_symbols(tree: Element) -> None:
    text = next(tree.iter("Text"))
    assert text.attrib == {"name": "text", "value": "$text", "granularity": "symbol"}


def test_every_kind_of_line_but_a_paragraph_looks_different(schema: Schema) -> None:
    kinds = schema.vocabulary("block_kind").names
    looks = {layout_of([kind]) for kind in kinds}
    assert len(looks) == len(kinds)
    assert [kind for kind in kinds if not layout_of([kind])] == ["paragraph"]


def test_a_long_table_takes_one_selector() -> None:
    assert layout_of(["title", *["table_row"] * 200]).count("nth-of-type") == 3
