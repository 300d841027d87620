"""The labelling configuration of Label Studio: one control per question, stored values as in the schema."""

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Comment, Element, SubElement, indent, tostring

from ukrcorpus.schema.model import Attribute, Control, Layer, LayerText, Schema, Vocabulary

LABEL_CONTROL: Final = "label"
TEXT_OBJECT: Final = "text"
FLAG_VALUE: Final = "yes"

_COLUMNS = "display: flex; gap: 1.5em; align-items: flex-start"
_TEXT = "flex: 3"
_QUESTIONS = "flex: 2; position: sticky; top: 0; max-height: 95vh; overflow-y: auto"


def labelling_config(schema: Schema) -> str:
    """Return the XML; results hold the schema's values, never what the screen shows.

    Tasks bring ``text`` and the lists that questions about actors name in ``options``.
    """
    view = Element("View", style=_COLUMNS)
    view.append(Comment(f' Generated from schema/ by "ukrcorpus schema write"; scheme {schema.scheme_version}. '))
    left = SubElement(view, "View", style=_TEXT)
    labels = SubElement(left, "Labels", name=LABEL_CONTROL, toName=TEXT_OBJECT)
    for text in schema.layers:
        if text.layer is not Layer.DOCUMENT:
            SubElement(labels, "Label", _label(text))
    SubElement(left, "Text", name=TEXT_OBJECT, value=f"${TEXT_OBJECT}", granularity="symbol")
    right = SubElement(view, "View", style=_QUESTIONS)
    keyed: set[str] = set()
    for attribute in schema.attributes:
        right.append(_question(attribute, schema, keyed))
    indent(view)
    return tostring(view, encoding="unicode") + "\n"


def _label(text: LayerText) -> dict[str, str]:
    return _present(value=text.layer, hotkey=text.hotkey, background=text.colour, hint=text.label)


def _question(attribute: Attribute, schema: Schema, keyed: set[str]) -> Element:
    """Return a question with its control; ``keyed`` holds the vocabularies whose hotkeys are given away."""
    scope = _scope(attribute)
    view = Element("View", {"visibleWhen": "region-selected", **scope} if scope else {})
    SubElement(view, "Header", value=attribute.question, size="5")
    tag, children = CONTROLS[attribute.control](attribute, schema)
    if attribute.vocabulary in keyed:
        for choice in children:
            choice.attrib.pop("hotkey", None)
    keyed.update([attribute.vocabulary] if attribute.vocabulary else [])
    tag.attrib |= {"name": attribute.name, "toName": TEXT_OBJECT}
    tag.attrib |= {"perRegion": "true", **scope} if scope else {}
    if attribute.required:
        tag.attrib |= {"required": "true", "requiredMessage": f"Please answer: {attribute.question}"}
    tag.extend(children)
    view.append(tag)
    return view


def _scope(attribute: Attribute) -> dict[str, str]:
    """Return when a question shows: for regions of its layers, or always for the document."""
    layers = [str(layer) for layer in attribute.layers if layer is not Layer.DOCUMENT]
    return {"whenTagName": LABEL_CONTROL, "whenLabelValue": ",".join(layers)} if layers else {}


def _choice(attribute: Attribute, schema: Schema) -> tuple[Element, list[Element]]:
    assert attribute.vocabulary is not None
    return Element("Choices", choice="single", showInLine="true"), _values(schema.vocabulary(attribute.vocabulary))


def _choices(attribute: Attribute, schema: Schema) -> tuple[Element, list[Element]]:
    assert attribute.vocabulary is not None
    return Element("Choices", choice="multiple", showInLine="true"), _values(schema.vocabulary(attribute.vocabulary))


def _values(vocabulary: Vocabulary) -> list[Element]:
    return [
        Element("Choice", _present(value=one.label, alias=one.value, hotkey=one.hotkey, hint=one.definition))
        for one in vocabulary.values
    ]


def _issue(_attribute: Attribute, schema: Schema) -> tuple[Element, list[Element]]:
    groups = []
    for group in schema.groups:
        branch = Element("Choice", value=group.label, alias=group.group, hint=group.definition)
        for issue in schema.issues:
            if issue.group == group.group:
                hint = issue.pole or issue.definition
                SubElement(branch, "Choice", value=issue.label, alias=issue.issue, hint=hint)
        groups.append(branch)
    return Element("Taxonomy", leafsOnly="true", maxUsages="1", showFullPath="true"), groups


def _actors(attribute: Attribute, _schema: Schema) -> tuple[Element, list[Element]]:
    return Element("Choices", choice="multiple", showInLine="true", value=f"${attribute.options}"), []


def _text(_attribute: Attribute, _schema: Schema) -> tuple[Element, list[Element]]:
    return Element("TextArea", maxSubmissions="1", editable="true", rows="1"), []


def _date(_attribute: Attribute, _schema: Schema) -> tuple[Element, list[Element]]:
    return Element("TextArea", maxSubmissions="1", editable="true", rows="1", placeholder="YYYY-MM-DD"), []


def _flag(_attribute: Attribute, _schema: Schema) -> tuple[Element, list[Element]]:
    # A multiple choice of one: it shows as a box that can be ticked and cleared.
    return Element("Choices", choice="multiple", showInLine="true"), [Element("Choice", value="Yes", alias=FLAG_VALUE)]


CONTROLS: Final[dict[Control, Callable[[Attribute, Schema], tuple[Element, list[Element]]]]] = {
    Control.CHOICE: _choice,
    Control.CHOICES: _choices,
    Control.ISSUE: _issue,
    Control.ACTORS: _actors,
    Control.TEXT: _text,
    Control.DATE: _date,
    Control.FLAG: _flag,
}


def _present(**given: str | None) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}
