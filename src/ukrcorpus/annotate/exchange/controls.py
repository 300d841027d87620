"""What a labelling configuration lets a result say: its controls, their values and its objects."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, canonicalize, fromstring

from ukrcorpus.core.problems import CorpusError

_KINDS: Final = {"Labels": "labels", "Choices": "choices", "Taxonomy": "taxonomy", "TextArea": "textarea"}
_VALUED: Final = ("Label", "Choice")
_ENTITIES: Final = ("<!DOCTYPE", "<!ENTITY")
_RELATION: Final = "relation"


@dataclass(frozen=True, slots=True)
class ControlTag:
    """A control: the type of its results, its object, and its values; None where anything can be typed.

    ``options`` names the key of the task's data that brings the values; ``per_region`` is a question about spans.
    """

    kind: str
    object: str
    values: frozenset[str] | None
    options: str | None
    per_region: bool

    def allowed(self, data: Mapping[str, Any]) -> frozenset[str] | None:
        """Return the values for a task with these data."""
        if self.options is None:
            return self.values
        given = data.get(self.options)
        options = given if isinstance(given, list) else []
        return frozenset(str(one["value"]) for one in options if isinstance(one, dict) and "value" in one)


@dataclass(frozen=True, slots=True)
class Controls:
    """All controls of a configuration by name."""

    by_name: Mapping[str, ControlTag]

    @classmethod
    def of(cls, config: str, where: str) -> "Controls":
        """Return what a configuration has, or raise ``config-syntax``."""
        tags = [one for one in _parsed(config, where).iter() if one.tag in _KINDS and one.get("name")]
        stores: dict[str, list[Element]] = defaultdict(list)
        for tag in tags:
            stores[tag.get("sharedStore") or tag.attrib["name"]].append(tag)
        return cls({tag.attrib["name"]: _control(tag, store) for store in stores.values() for tag in store})

    def unknown(self, items: Iterable[Any]) -> Iterator[str]:
        """Yield each control, or value of one, that results use and the configuration lacks."""
        for item in items:
            if not isinstance(item, dict) or item.get("type") == _RELATION:
                continue
            name = str(item.get("from_name"))
            control = self.by_name.get(name)
            if control is None:
                yield name
            elif control.options is None and control.values is not None:
                yield from (f"{name}={one}" for one in given_values(item, control.kind) if one not in control.values)


def given_values(item: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """Return the labels, choices or taxonomy entries of a result, in whatever shape they come."""
    value = item.get("value")
    given = value.get(kind) if isinstance(value, dict) else None
    listed = given if isinstance(given, list) else [given] if given is not None else []
    flat = (part for one in listed for part in (one if isinstance(one, list) else [one]))
    return tuple(str(one) for one in flat)


def same_config(one: str, other: str, where: str) -> bool:
    """Say whether two configurations differ in comments and white space only."""
    for config in (one, other):
        _parsed(config, where)
    return canonicalize(one, strip_text=True) == canonicalize(other, strip_text=True)


def _parsed(config: str, where: str) -> Element:
    if any(one in config for one in _ENTITIES):
        what, remedy = "the labelling configuration declares entities.", "Set the configuration anew in Label Studio."
        raise CorpusError("config-syntax", what, where=where, remedy=remedy)
    try:
        return fromstring(config)  # noqa: S314 - without entities there is nothing to expand
    except ParseError as error:
        what = f"the labelling configuration is no XML: {error}."
        raise CorpusError("config-syntax", what, where=where, remedy="Set it anew in Label Studio.") from error


def _control(tag: Element, store: Iterable[Element]) -> ControlTag:
    """Return a control; tags of one store have their values in common, wherever those stand."""
    source = tag.get("value") or ""
    options = source.removeprefix("$") if source.startswith("$") else None
    closed = _KINDS[tag.tag] != "textarea"
    listed = (one for part in store for one in part.iter() if one.tag in _VALUED)
    values = (one.get("alias") or one.attrib.get("value", "") for one in listed)
    return ControlTag(
        kind=_KINDS[tag.tag],
        object=tag.attrib.get("toName", ""),
        values=frozenset(values) if closed else None,
        options=options,
        per_region=tag.get("perRegion") == "true",
    )
