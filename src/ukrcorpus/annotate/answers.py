"""Turn what was ticked or typed into typed answers, checked against the schema."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from ukrcorpus.annotate.values import Answer, Fault
from ukrcorpus.core.problems import near
from ukrcorpus.derive.label_studio_controls import SEARCH
from ukrcorpus.measure.statements import SLOTS
from ukrcorpus.schema.model import FLAG_VALUE, Attribute, Control, Kind, Layer, Schema

NO_POLARITY: Final = "none"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
MEND: Final = "Mend it in Label Studio, export and import again."


def parse_answer(attribute: Attribute, schema: Schema, given: Sequence[str]) -> Answer | Fault:
    """Return the typed answer to a question, or why it is none; ``given`` is not empty."""
    if attribute.control not in _SEVERAL and len(given) > 1:
        return Fault("values-too-many", _quoted(given), f"one value for {attribute.name}", f"Keep one of them. {MEND}")
    return _PARSE[attribute.control](attribute, schema, given)


def _choice(attribute: Attribute, schema: Schema, given: Sequence[str]) -> Answer | Fault:
    known = schema.vocabulary(str(attribute.vocabulary)).names
    for value in given:
        if value not in known:
            expected = f"a value of {attribute.name}: {', '.join(known)}"
            return Fault("choice-unknown", f"'{value}'", expected, f"{near(value, known)} {MEND}")
    if is_polarity(attribute, schema):
        return None if given[0] == NO_POLARITY else int(given[0])
    return given[0] if attribute.control is Control.CHOICE else tuple(dict.fromkeys(given))


def _issue(attribute: Attribute, schema: Schema, given: Sequence[str]) -> Answer | Fault:
    if schema.issue(given[0]):
        return given[0]
    if given[0] in [group.group for group in schema.groups]:
        got = f"the group '{given[0]}'"
        return Fault("issue-not-a-leaf", got, f"an issue of it for {attribute.name}", f"Choose the issue. {MEND}")
    remedy = f"{near(given[0], [issue.issue for issue in schema.issues])} {MEND}"
    return Fault("issue-unknown", f"'{given[0]}'", "an issue of schema/issues.toml", remedy)


def _actors(_attribute: Attribute, schema: Schema, given: Sequence[str]) -> Answer | Fault:
    for actor_id in given:
        if schema.actor(actor_id) is None:
            remedy = near(actor_id, [actor.id for actor in schema.actors])
            remedy = f"{remedy} A new actor is entered in schema/actors.toml, with its id for ever."
            return Fault("actor-unknown", f"'{actor_id}'", "ids of schema/actors.toml", remedy)
    return tuple(dict.fromkeys(given))


def _text(_attribute: Attribute, _schema: Schema, given: Sequence[str]) -> Answer | Fault:
    return given[0]


def _day(attribute: Attribute, _schema: Schema, given: Sequence[str]) -> Answer | Fault:
    fault = Fault("date-unreadable", f"'{given[0]}'", f"a day such as 2025-05-16 for {attribute.name}", MEND)
    if not _DAY.fullmatch(given[0]):
        return fault
    try:
        return date.fromisoformat(given[0])
    except ValueError:
        return fault


def _flag(attribute: Attribute, _schema: Schema, given: Sequence[str]) -> Answer | Fault:
    if given[0] == FLAG_VALUE:
        return True
    return Fault("choice-unknown", f"'{given[0]}'", f"'{FLAG_VALUE}' for {attribute.name}", MEND)


_SEVERAL: Final = (Control.CHOICES, Control.ACTORS)
_PARSE: Final[dict[Control, Callable[[Attribute, Schema, Sequence[str]], Answer | Fault]]] = {
    Control.CHOICE: _choice,
    Control.CHOICES: _choice,
    Control.ISSUE: _issue,
    Control.ACTORS: _actors,
    Control.TEXT: _text,
    Control.DATE: _day,
    Control.FLAG: _flag,
}


def is_polarity(attribute: Attribute, schema: Schema) -> bool:
    """Say whether a question asks for a polarity: its column holds one."""
    return schema.table("annotations").column(attribute.name).kind is Kind.POLARITY


def contradictions(answers: Mapping[str, Answer], schema: Schema) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    """Yield why answers cannot stand beside the others, and the questions whose answers fall."""
    first = answers.get(SLOTS[0].issue)
    for slot in SLOTS:
        name, polarity = answers.get(slot.issue), answers.get(slot.polarity)
        issue = schema.issue(name) if isinstance(name, str) else None
        if issue and issue.pole is None and polarity is not None:
            got = f"polarity {polarity} on '{name}'"
            fault = Fault("polarity-without-pole", got, f"'{NO_POLARITY}': the issue has no pole", MEND)
            yield fault, (slot.polarity,)
        if slot is not SLOTS[0] and name is not None and name == first:
            fault = Fault("issue-twice", f"'{name}' twice", "two different issues", MEND)
            yield fault, (slot.issue, slot.polarity, slot.conditional)
        if name is None and (polarity is not None or answers.get(slot.conditional)):
            fault = Fault("answer-without-issue", f"{slot.polarity} {polarity}", f"an answer to {slot.issue}", MEND)
            yield fault, (slot.polarity, slot.conditional)


def missing(answers: Mapping[str, Answer], layer: Layer, schema: Schema) -> list[str]:
    """Return the required questions of a layer that have no answer."""
    return [one.name for one in schema.attributes_of(layer) if one.required and one.name not in answers]


def join_searches(answers: dict[str, Answer]) -> None:
    """Put the actors that were searched for in the registry beside those that were clicked on."""
    for name in [name for name in answers if name.endswith(SEARCH)]:
        found, clicked = answers.pop(name), answers.get(name.removesuffix(SEARCH))
        both = [*(clicked if isinstance(clicked, tuple) else ()), *(found if isinstance(found, tuple) else ())]
        answers[name.removesuffix(SEARCH)] = tuple(dict.fromkeys(both))


def not_asked(answers: Mapping[str, Answer], layer: Layer, schema: Schema) -> Iterator[tuple[Fault, str]]:
    """Yield the answers to questions that the other answers leave no room for: the screen no longer shows them."""
    for one in schema.attributes_of(layer):
        if one.name in answers and _unasked(one, answers, schema) and answers[one.name] != _otherwise(one, schema):
            assert one.asked_if is not None
            why = f"{one.asked_if.question} {answers.get(one.asked_if.question, 'unanswered')}"
            expected = f"no answer to {one.name}, which was given before that changed"
            yield Fault("answer-not-asked", f"{one.name} beside {why}", expected, MEND), one.name


def implied(answers: Mapping[str, Answer], layer: Layer, schema: Schema) -> dict[str, Answer]:
    """Return what the answers say of questions that they leave no room for."""
    return {
        one.name: _otherwise(one, schema)
        for one in schema.attributes_of(layer)
        if one.otherwise is not None and _unasked(one, answers, schema)
    }


def _unasked(attribute: Attribute, answers: Mapping[str, Answer], schema: Schema) -> bool:
    """Say whether an answer rules a question out; where the answer is due but missing, nothing is known."""
    asked_if = attribute.asked_if
    if asked_if is None:
        return False
    given = answers.get(asked_if.question)
    if given is None:
        return not next(one for one in schema.attributes if one.name == asked_if.question).required
    said = FLAG_VALUE if given is True else str(given)
    return bool(asked_if.answers) and said not in asked_if.answers


def _otherwise(attribute: Attribute, schema: Schema) -> Answer:
    if attribute.otherwise is None:
        return None
    answer = parse_answer(attribute, schema, (attribute.otherwise,))
    assert not isinstance(answer, Fault), attribute.otherwise
    return answer


def _quoted(given: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in given)
