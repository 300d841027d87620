"""The controls of Label Studio that each kind of question is asked with, and how their answers are stored."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ukrcorpus.schema.model import FLAG_VALUE, Attribute, Control, Schema

SEARCH: Final = "_search"
"""Ends the name of the control that searches the whole registry, beside the one with the article's own actors."""

NO_KEY: Final = "\N{BULLET}"
"""A key that no keyboard sends. A choice without a key would be given a free one, and fire while it is not shown."""


def controls_of(attribute: Attribute, schema: Schema, *, with_keys: bool) -> Iterator[Element]:
    """Yield the controls of a question, named after it; without ``with_keys`` no key answers it."""
    for tag in CONTROLS[attribute.control](attribute, schema):
        tag.set("name", attribute.name + tag.attrib.pop("suffix", ""))
        for choice in tag.iter("Choice") if tag.tag == "Choices" else ():
            choice.set("hotkey", choice.get("hotkey", NO_KEY) if with_keys else NO_KEY)
        yield tag


def stored_as(attribute: Attribute, schema: Schema, values: Iterable[str]) -> tuple[str, dict[str, list[object]]]:
    """Return the type of a result item and the answer in its value, as the editor stores them.

    >>> from ukrcorpus.schema.model import Layer
    >>> question = Attribute("note", (Layer.CLAIM,), Control.TEXT, "Note", "What the next reader should know.")
    >>> stored_as(question, None, ["two readings"])
    ('textarea', {'text': ['two readings']})
    """
    if attribute.control in (Control.TEXT, Control.DATE):
        return "textarea", {"text": list(values)}
    if attribute.control is Control.ISSUE and not attribute.required:
        named = [(schema.issue(value), value) for value in values]
        return "taxonomy", {"taxonomy": [[issue.group if issue else "", value] for issue, value in named]}
    return "choices", {"choices": list(values)}


def present(**given: str | None) -> dict[str, str]:
    """Return the XML attributes that have a value."""
    return {name: value for name, value in given.items() if value}


def _choice(attribute: Attribute, schema: Schema) -> Iterator[Element]:
    yield _values(attribute, schema, "single")


def _choices(attribute: Attribute, schema: Schema) -> Iterator[Element]:
    yield _values(attribute, schema, "multiple")


def _values(attribute: Attribute, schema: Schema, choice: str) -> Element:
    tag = Element("Choices", choice=choice, showInline="true")
    for one in schema.vocabulary(str(attribute.vocabulary)).values:
        given = present(value=one.label, alias=one.value, hotkey=one.hotkey, hint=one.definition)
        SubElement(tag, "Choice", given)
    return tag


def _issue(attribute: Attribute, schema: Schema) -> Iterator[Element]:
    """Yield the codebook by groups: all of it to click in where an answer is required, else folded away to search."""
    if attribute.required:
        tag = Element("Choices", choice="single", showInline="true")
    else:
        tag = Element("Taxonomy", leafsOnly="true", maxUsages="1", placeholder="none; search or open a group")
    for group in schema.groups:
        if attribute.required:
            branch = SubElement(tag, "View", className="uk-group")
            SubElement(branch, "Header", value=group.label, size="5")
        else:
            branch = SubElement(tag, "Choice", value=group.label, alias=group.group, hint=group.definition)
        for issue in schema.issues:
            if issue.group == group.group:
                hint = issue.pole or issue.definition
                SubElement(branch, "Choice", value=issue.label, alias=issue.issue, hint=hint)
    yield tag


def _actors(attribute: Attribute, schema: Schema) -> Iterator[Element]:
    """Yield the article's actors to click on, and the registry to search for another one.

    The editor makes an object of each choice, so all searches share one store of them: hundreds for each question
    would be a second of waiting.
    """
    yield Element("Choices", choice="multiple", showInline="true", value=f"${attribute.options}")
    found = {"suffix": SEARCH, "sharedStore": "registry", "leafsOnly": "true"}
    search = Element("Taxonomy", found, placeholder="search all", dropdownWidth="340")
    for kind in schema.vocabulary("actor_type").values:
        branch = SubElement(search, "Choice", value=kind.label, alias=kind.value)
        for actor in (one for one in schema.actors if one.type == kind.value):
            SubElement(branch, "Choice", value=actor.name, alias=actor.id)
    yield search


def _text(_attribute: Attribute, _schema: Schema) -> Iterator[Element]:
    yield Element("TextArea", maxSubmissions="1", editable="true", rows="1")


def _date(_attribute: Attribute, _schema: Schema) -> Iterator[Element]:
    yield Element("TextArea", maxSubmissions="1", editable="true", rows="1", placeholder="YYYY-MM-DD")


def _flag(attribute: Attribute, _schema: Schema) -> Iterator[Element]:
    """Yield a box that carries the question and can be ticked and cleared: a multiple choice of one."""
    tag = Element("Choices", choice="multiple", showInline="true")
    given = present(value=attribute.question, alias=FLAG_VALUE, hotkey=attribute.hotkey, hint=attribute.definition)
    SubElement(tag, "Choice", given)
    yield tag


CONTROLS: Final[dict[Control, Callable[[Attribute, Schema], Iterator[Element]]]] = {
    Control.CHOICE: _choice,
    Control.CHOICES: _choices,
    Control.ISSUE: _issue,
    Control.ACTORS: _actors,
    Control.TEXT: _text,
    Control.DATE: _date,
    Control.FLAG: _flag,
}
