"""Tell whom a clause has speak whose verb is not behind its subject: “…, said the minister”."""

import re
from collections.abc import Sequence
from typing import Final

from ukrcorpus.annotate.suggest.around import is_verb
from ukrcorpus.annotate.suggest.mentions import Mention

_ENGLISH_VERBS: Final = frozenset(
    "said says added adds noted notes explained explains announced reported stated declared argued argues warned"
    " insisted insists claimed claims wrote writes remarked recalled stressed confirmed replied concluded complained"
    " admitted".split()
)
_SLAVIC: Final = re.compile(r"[а-яіїєґ’']+")
_PRONOUN: Final = re.compile(r"\s+(he|she|they|it|він|вона|вони|он|она|они)\b")
_CLOSED: Final = (",", "”", "»", '"')
_NEAR: Final = 60
_PERSON: Final = "per:"


def can_follow(text: str, start: int, verb: str) -> bool:
    """Say whether a subject may stand behind this verb: content before it ends with a comma or a quotation mark."""
    closed = text[:start].rstrip().endswith(_CLOSED)
    return closed and (verb in _ENGLISH_VERBS or _SLAVIC.fullmatch(verb) is not None)


def pronoun_behind(text: str, end: int) -> str | None:
    """Return the pronoun right behind a verb that nothing but the rest of its frame follows."""
    found = _PRONOUN.match(text, end)
    return found[1].lower() if found and not is_verb(text, found.end()) else None


def subject_behind(text: str, end: int, inside: Sequence[Mention]) -> Mention | None:
    """Return the actor behind a verb, a person before the body that its title names; None where a clause follows."""
    near = [one for one in inside if 0 < one.span.start - end < _NEAR and "," not in text[end : one.span.start]]
    persons = [one for one in near if one.actor_ids[0].startswith(_PERSON)]
    chosen = next(iter(persons or near), None)
    if chosen is None or re.search(r"\bthat\b|, що\b|, что\b", text[end : chosen.span.start]):
        return None
    owns = re.match(r"[’']s\b", text[chosen.span.end : chosen.span.end + 2])
    return None if owns or is_verb(text, chosen.span.end) else chosen
