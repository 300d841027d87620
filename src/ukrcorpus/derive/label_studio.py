"""The labelling configuration of Label Studio: one screen per article, stored values as in the schema."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby
from typing import Any, Final
from xml.etree.ElementTree import Comment, Element, SubElement, indent, tostring

from ukrcorpus.derive.label_studio_controls import NO_KEY, controls_of, present
from ukrcorpus.schema.model import AskedIf, Attribute, Control, Layer, LayerText, Schema

LABEL_CONTROL: Final = "label"
TEXT_OBJECT: Final = "text"
LAYOUT: Final = "layout"
REVIEW: Final = "review"
STEPS: Final = ("units", "codes", "both", "adjudication")

_ABOUT_SPANS: Final = ("codes", "both", "adjudication")
_MARKED: Final = ("units", "both", "adjudication")
_ESCAPE: Final = " Press Escape to see the questions about the article."


def result_item(region_id: str, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """Return an item of a result, as the editor stores it: the label of a region, or one answer about it."""
    return {"id": region_id, "from_name": name, "to_name": TEXT_OBJECT, "type": kind, "value": value}


def labelling_config(schema: Schema, step: str = "both") -> str:
    """Return the XML for a step; results hold the schema's values, never what the screen shows.

    Tasks bring ``text``, ``layout`` (``label_studio_layout``), the lists that questions about actors name in
    ``options`` and, for ``adjudication``, ``review``: what is to be settled, as Markdown. ``units`` asks to mark spans
    and about the article, ``codes`` asks about spans that are there already.
    """
    assert step in STEPS, step
    view = Element("View", className="uk-screen")
    view.append(Comment(f' Generated from schema/ by "ukrcorpus schema write"; scheme {schema.scheme_version}. '))
    style = files("ukrcorpus.derive").joinpath("label_studio.css").read_text(encoding="utf-8")
    SubElement(view, "Style").text = "\n" + style
    SubElement(view, "Markdown", value=f"${LAYOUT}", className="uk-layout")
    view.append(_article(schema, marked=step in _MARKED))
    view.append(_form(schema, step))
    indent(view)
    return tostring(view, encoding="unicode") + "\n"


def _article(schema: Schema, *, marked: bool) -> Element:
    """Return the column of the text; spans that are only coded get no labels to mark more with."""
    column = Element("View", className="uk-article")
    bar = SubElement(column, "View", className="uk-bar" if marked else "uk-bar uk-hidden")
    labels = SubElement(bar, "Labels", name=LABEL_CONTROL, toName=TEXT_OBJECT)
    for text in schema.layers:
        if text.layer is not Layer.DOCUMENT:
            SubElement(labels, "Label", _label(text, marked=marked))
    SubElement(column, "Text", name=TEXT_OBJECT, value=f"${TEXT_OBJECT}", granularity="symbol")
    return column


def _label(text: LayerText, *, marked: bool) -> dict[str, str]:
    hotkey = text.hotkey if marked and text.hotkey else NO_KEY
    return present(value=text.layer, html=text.label, hotkey=hotkey, background=text.colour, hint=text.definition)


def _form(schema: Schema, step: str) -> Element:
    """Return the column of questions: about the selected span, or about the article while none is selected."""
    column = Element("View", className="uk-form")
    if step == "adjudication":
        SubElement(column, "Markdown", value=f"${REVIEW}", className="uk-review")
    keyed: set[str] = set()
    for layers, attributes in groupby(_asked(schema, step), lambda one: one.layers):
        part = SubElement(column, "View", _part(layers))
        for attribute in attributes:
            _question(part, attribute, schema, keyed)
    return column


def _asked(schema: Schema, step: str) -> Iterator[Attribute]:
    """Yield the questions of a step: those about spans stand in the schema's order, then those about the article."""
    of_document = schema.attributes_of(Layer.DOCUMENT)
    if step in _ABOUT_SPANS:
        yield from (one for one in schema.attributes if one not in of_document)
    if step in _MARKED:
        yield from of_document


def _part(layers: tuple[Layer, ...]) -> dict[str, str]:
    scope = _scope(layers)
    return {"className": "uk-spans", "visibleWhen": "region-selected", **scope} if scope else {"className": "uk-whole"}


def _scope(layers: tuple[Layer, ...]) -> dict[str, str]:
    """Return when a question shows: for regions of its layers, or always for the document."""
    of_spans = [str(layer) for layer in layers if layer is not Layer.DOCUMENT]
    return {"whenTagName": LABEL_CONTROL, "whenLabelValue": ",".join(of_spans)} if of_spans else {}


def _question(part: Element, attribute: Attribute, schema: Schema, keyed: set[str]) -> None:
    """Add a question with its controls; ``keyed`` holds the vocabularies whose hotkeys are given away."""
    scope = _scope(attribute.layers)
    tags = list(controls_of(attribute, schema, with_keys=attribute.vocabulary not in keyed))
    keys = {choice.get("hotkey") for tag in tags for choice in tag.iter("Choice")} - {NO_KEY, None}
    kind = f"uk-{attribute.control}" + ("" if keys else " uk-keyless")
    view = SubElement(part, "View", className=f"uk-question {kind} uk-of-{attribute.name}")
    view.attrib |= _condition(attribute.asked_if)
    if attribute.control is not Control.FLAG:
        SubElement(view, "Header", value=attribute.question, size="5")
    for tag in tags:
        tag.attrib["toName"] = TEXT_OBJECT
        tag.attrib |= {"perRegion": "true", **scope} if scope else {}
        view.append(tag)
    if attribute.required and attribute.asked_if is None:  # the editor would demand an answer it does not show
        message = f"Please answer: {attribute.question}{'' if scope else _ESCAPE}"
        view[-1].attrib |= {"required": "true", "requiredMessage": message}
    keyed.update([attribute.vocabulary] if attribute.vocabulary else [])


def _condition(asked_if: AskedIf | None) -> dict[str, str]:
    if asked_if is None:
        return {}
    answers = ",".join(asked_if.answers) or None
    return present(visibleWhen="choice-selected", whenTagName=asked_if.question, whenChoiceValue=answers)
