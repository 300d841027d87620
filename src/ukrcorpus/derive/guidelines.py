"""The annotation guidelines: one Markdown page that an annotator can learn from."""

from collections.abc import Iterable
from typing import Final

from ukrcorpus.derive.markdown import bullets, link, plain, table
from ukrcorpus.schema.model import Attribute, Border, Control, Group, Issue, Layer, LayerText, Schema, Value

_TITLE: Final = "Annotation guidelines"
_PURPOSE: Final = """\
The corpus records who claims what about the diplomacy of the war in Ukraine, and which stance each actor takes on
which issue. Three things are annotated: the article as a whole, the mentions of actors in it, and its claims. You
decide what the text says, not whether it is true or wise. What you know from elsewhere does not count, and a pole is
a ruler, not the view of this project."""
_WORKFLOW: Final = """\
1. Read the whole article first. Then answer the questions about the document.
2. Check the mentions of actors that are marked already; add what is missing, remove what is wrong.
3. Go through the text line by line and mark the claims, all of them before you code any: the unit comes first.
4. Select each claim and answer its questions from top to bottom. Decision lists are read in order: the first line that
   fits decides.
5. Where two answers seem equally right, take the one the rule favours, tick `unsure` and say why in the note. Never
   leave a required question open and never guess a date.
6. Submit an article without any claim too: looked and found nothing is a result.
7. Work alone. Somebody else annotates the same article without seeing your work; differences are decided afterwards,
   and both versions are kept and published."""
_SCREEN: Final = """\
- Once, on the first article: open the settings (the sliders at the bottom left) and tick “Select region after creating
  it”. A span is then selected as soon as it is marked, and its questions stand beside it.
- Press the key of a label, then drag over the words. Spans count single characters: take care at the ends, no final
  full stop. White space at an end does no harm.
- Click a span to see its questions. Keys answer the selected span; Escape leaves it and shows the questions about the
  article. Alt and full stop goes to the next span, Backspace removes the selected one, Ctrl and Enter submits.
- Questions that an earlier answer settles are not shown. Rest the pointer on an answer to read what it means; on an
  issue, to read its pole.
- The lists of actors hold those found in the article. “search all” looks through the whole registry, and whoever is
  not in it either is typed as an actor outside the registry.
- The version of the guidelines is stored with every annotation; the change log of the corpus says what changed."""


def guidelines(schema: Schema) -> str:
    """Return the page, with the versions of scheme and guidelines at its head."""
    parts = [
        [f"# {_TITLE}", "", _head(schema)],
        ["## Contents", "", *_contents(schema)],
        ["## Purpose", "", _PURPOSE],
        ["## Workflow", "", _WORKFLOW],
        ["## The screen", "", _SCREEN, "", *_hotkeys(schema)],
    ]
    for text in schema.layers:
        parts += [_layer(text), *_questions(text.layer, schema)]
    parts += [["## Issues", "", _issues_head(schema)]]
    for group in schema.groups:
        parts += [_group(group), *(_issue(issue, schema) for issue in schema.issues if issue.group == group.group)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(schema: Schema) -> str:
    return (
        f"Guidelines {schema.guideline_version} for scheme {schema.scheme_version}. Generated from `schema/` by "
        "`ukrcorpus schema write`; edit `schema/scheme.toml` and `schema/issues.toml` instead of this page. All "
        "examples are invented."
    )


def _contents(schema: Schema) -> list[str]:
    lines = bullets(link(heading) for heading in ("Purpose", "Workflow", "The screen"))
    for text in schema.layers:
        lines += bullets([link(_layer_heading(text))])
        lines += bullets((link(_question_heading(one)) for one in _asked_first(text.layer, schema)), "  ")
    lines += bullets([link("Issues")])
    return lines + bullets((link(_group_heading(group)) for group in schema.groups), "  ")


def _hotkeys(schema: Schema) -> list[str]:
    rows = [(f"`{text.hotkey}`", f"mark a span: {text.label}") for text in schema.layers if text.hotkey]
    for name in dict.fromkeys(attribute.vocabulary for attribute in schema.attributes if attribute.vocabulary):
        keyed = [value for value in schema.vocabulary(name).values if value.hotkey]
        question = next(attribute.name for attribute in schema.attributes if attribute.vocabulary == name)
        rows += [(f"`{value.hotkey}`", f"{question}: {value.label}") for value in keyed]
    rows += [(f"`{one.hotkey}`", f"{one.name}: tick it") for one in schema.attributes if one.hotkey]
    return table(("Key", "What it does"), rows)


def _layer_heading(text: LayerText) -> str:
    return f"Unit: {text.label.lower()}"


def _layer(text: LayerText) -> list[str]:
    lines = [f"## {_layer_heading(text)}", "", plain(text.definition)]
    lines += ["", "**Rules**", "", *bullets(_rule(rule) for rule in text.rules)] if text.rules else []
    return lines + _examples(
        "In square brackets: what is marked", "Not marked", text.positive, text.negative, text.border
    )


def _rule(rule: str) -> str:
    name, colon, rest = rule.partition(":")
    return f"**{name}**: {plain(rest.strip())}" if colon and " " not in name else plain(rule)


def _asked_first(layer: Layer, schema: Schema) -> tuple[Attribute, ...]:
    """Return a layer's questions without those that an earlier layer has shown already."""
    order = [text.layer for text in schema.layers]
    earlier = set(order[: order.index(layer)])
    return tuple(one for one in schema.attributes_of(layer) if not earlier.intersection(one.layers))


def _questions(layer: Layer, schema: Schema) -> Iterable[list[str]]:
    shown: set[str] = set()
    for attribute in _asked_first(layer, schema):
        yield _question(attribute, schema)
        if attribute.vocabulary and attribute.vocabulary not in shown:
            shown.add(attribute.vocabulary)
            yield from (_value(value) for value in schema.vocabulary(attribute.vocabulary).values)


def _question_heading(attribute: Attribute) -> str:
    return f"{attribute.question} (`{attribute.name}`)"


def _question(attribute: Attribute, schema: Schema) -> list[str]:
    asked = "required" if attribute.required else "optional"
    layers = " and ".join(text.label.lower() for text in schema.layers if text.layer in attribute.layers)
    how = f"{asked}; {ANSWERS[attribute.control]}{_asked_if(attribute)}"
    lines = [f"### {_question_heading(attribute)}", "", f"*For {layers}; {how}.*", ""]
    lines.append(plain(attribute.definition))
    if attribute.vocabulary:
        values = schema.vocabulary(attribute.vocabulary).values
        lines += ["", "Values, in this order: " + ", ".join(f"`{value.value}`" for value in values) + "."]
    return lines


def _asked_if(attribute: Attribute) -> str:
    if attribute.asked_if is None:
        return ""
    answers = " or ".join(f"`{answer}`" for answer in attribute.asked_if.answers)
    where = f"; asked where `{attribute.asked_if.question}` is {answers or 'answered'}"
    return f"{where}, else it is `{attribute.otherwise}`" if attribute.otherwise else where


ANSWERS: Final[dict[Control, str]] = {
    Control.CHOICE: "one value",
    Control.CHOICES: "any number of values",
    Control.ISSUE: "one issue of the codebook",
    Control.ACTORS: "any number of actors",
    Control.TEXT: "free text",
    Control.DATE: "a day as YYYY-MM-DD",
    Control.FLAG: "a box to tick",
}


def _value(value: Value) -> list[str]:
    key = f", key `{value.hotkey}`" if value.hotkey else ""
    lines = [f"#### `{value.value}`: {value.label}{key}", "", plain(value.definition)]
    return lines + _examples("Examples", "Not this", value.positive, value.negative, _one(value.border))


def _issues_head(schema: Schema) -> str:
    n_poles = sum(issue.pole is not None for issue in schema.issues)
    return (
        f"There are {n_poles} issues with a pole. The pole is the one proposition that polarity is measured "
        "against: a holder who supports it gets +2, one who rejects it -2. Where two issues fit, the near "
        "misses say which one is right; where both are really meant, code the second issue with its own polarity."
    )


def _group_heading(group: Group) -> str:
    return f"Group: {group.label}"


def _group(group: Group) -> list[str]:
    return [f"### {_group_heading(group)}", "", plain(group.definition)]


def _issue(issue: Issue, schema: Schema) -> list[str]:
    notes = ["almost nobody opposes the pole in words"] * issue.valence + ["background, used seldom"] * issue.context
    lines = [f"#### `{issue.issue}`: {issue.label}", ""]
    lines += [f"> **Pole:** {plain(issue.pole)}", ""] if issue.pole else ["No pole: polarity is `none`.", ""]
    lines.append(plain(issue.definition) + (f" *({'; '.join(notes)})*" if notes else ""))
    if issue.near_misses:
        near = (
            f"`{miss.issue}` ({_label(miss.issue, schema)}) when {plain(miss.because)}" for miss in issue.near_misses
        )
        lines += ["", "Near misses. The other one is right:", "", *bullets(near)]
    return lines + _examples("Examples", "Belongs elsewhere", issue.positive, issue.negative, _one(issue.border))


def _label(name: str, schema: Schema) -> str:
    issue = schema.issue(name)
    assert issue is not None
    return issue.label


def _one(border: Border | None) -> tuple[Border, ...]:
    return (border,) if border else ()


def _examples(
    yes: str, no: str, positive: tuple[str, ...], negative: tuple[str, ...], border: tuple[Border, ...]
) -> list[str]:
    lines: list[str] = []
    if positive:
        lines += ["", f"{yes}:", "", *bullets(plain(text) for text in positive)]
    if negative:
        lines += ["", f"{no}:", "", *bullets(plain(text) for text in negative)]
    if border:
        cases = (f"{plain(case.text)} **→** {plain(case.decision)}" for case in border)
        lines += ["", "Border cases:" if len(border) > 1 else "Border case:", "", *bullets(cases)]
    return lines
