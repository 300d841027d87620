"""What a curator reads beside an article under review: each open unit, and what each annotator says of it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ukrcorpus.annotate.adjudication.judge import POLARITY, Judged
from ukrcorpus.annotate.adjudication.versions import BOUNDARY, ISSUES, UNIT, Version, aspect_of
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()<>#+|~!-])")
_HEAD: Final = (
    "What the annotators agree on is filled in. Answer what is empty; where two spans of one unit stand, take away the "
    "wrong one; take away a span that should not be there. Write the reason into its note."
)
REMARKS: Final = ("unsure", "note")


def panel(units: Sequence[tuple[Layer, Judged]], annotators: Sequence[str], text: str, schema: Schema) -> str:
    """Return the units as Markdown; the words of articles and annotators are escaped."""
    noun = "unit is" if len(units) == 1 else "units are"
    parts = [f"**{len(units)} {noun} open.** {_HEAD}"]
    for number, (layer, unit) in enumerate(units, 1):
        span = unit.versions[0].span
        quote = f" “{plain(text[span.start : span.end])}”" if span else ""
        label = next(one.label for one in schema.layers if one.layer is layer)
        parts.append(f"**{number}. {label}**{quote}")
        parts.append("\n".join(_lines(layer, unit, annotators, text, schema)))
    return "\n\n".join(parts) + "\n"


def _lines(layer: Layer, unit: Judged, annotators: Sequence[str], text: str, schema: Schema) -> Iterator[str]:
    for aspect in unit.open:
        said = [f"{version.annotator}: {_said(version, aspect, layer, text, schema)}" for version in unit.versions]
        if aspect == UNIT:
            marked = [version.annotator for version in unit.versions]
            said += [f"{name}: not marked" for name in annotators if name not in marked]
        yield f"- {plain(_title(aspect, schema))}"
        yield from (f"    - {plain(one)}" for one in said)
    for version in unit.versions:
        remarks = [f"{name}: {version.answers[name]}" for name in REMARKS if version.answers.get(name)]
        if remarks:
            yield f"- {plain(f'{version.annotator} remarks: ' + '; '.join(remarks))}"


def _title(aspect: str, schema: Schema) -> str:
    """Return an aspect as the screen asks for it."""
    if aspect in (UNIT, BOUNDARY):
        return {UNIT: "Is it one at all?", BOUNDARY: "Where does it begin and end?"}[aspect]
    name, _, issue = aspect.partition(":")
    question = next((one.question for one in schema.attributes if one.name == name), name)
    return f"{question}: {_issue(issue, schema)}" if issue else question


def _said(version: Version, aspect: str, layer: Layer, text: str, schema: Schema) -> str:
    name, _, issue = aspect.partition(":")
    span = version.span
    if aspect == UNIT:
        return "marked"
    if aspect == BOUNDARY and span is not None:
        return f"“{text[span.start : span.end]}”"
    if not version.coded:
        return "was not asked"
    if before := [said for key, said in version.pending.items() if aspect_of(key) == name]:
        return f"{'; '.join(before)} (before the scheme changed)"
    return _answered(version, name, issue, layer, schema)


def _answered(version: Version, name: str, issue: str, layer: Layer, schema: Schema) -> str:
    """Return what a version answers to a question, or codes for an issue."""
    code = version.code(issue) if issue else None
    if code is not None and name != POLARITY:
        return "yes" if code.conditional else "no"
    if name == ISSUES:
        return ", ".join(_issue(one.issue, schema) for one in version.issues) or "none"
    attribute = next(one for one in schema.attributes_of(layer) if one.name == name)
    if code is not None:
        return _labels("none" if code.polarity is None else code.polarity, attribute, schema)
    return _labels(version.hard.get(name), attribute, schema)


def _labels(value: object, attribute: Attribute, schema: Schema) -> str:
    """Return a stored answer in the words of the screen."""
    if value is None or value == frozenset():
        return "none"
    if attribute.control is Control.ACTORS and isinstance(value, frozenset):
        actors = [schema.actor(one) for one in sorted(value)]
        return ", ".join(actor.name for actor in actors if actor)
    names = (
        {}
        if attribute.vocabulary is None
        else {v.value: v.label for v in schema.vocabulary(attribute.vocabulary).values}
    )
    values = sorted(value) if isinstance(value, frozenset) else [value]
    return ", ".join(names.get(str(one), str(one)) for one in values)


def _issue(name: str, schema: Schema) -> str:
    found = schema.issue(name)
    return found.label if found else name


def plain(text: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    >>> print(plain("*no* <b>"))
    \*no\* \<b\>
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
