"""Tell whom a clause has speak whose verb is not behind its subject: “…, said the minister”."""

import re
from collections.abc import Sequence
from typing import Final

from ukrcorpus.annotate.suggest.around import is_verb
from ukrcorpus.annotate.suggest.mentions import Mention

ENGLISH_VERBS: Final = frozenset(
    "said says added adds noted notes explained explains announced reported stated declared argued argues warned"
    " insisted insists claimed claims wrote writes remarked recalled stressed confirmed replied concluded complained"
    " admitted observed judged commented conceded warned went reads read runs ran promised urged countered retorted"
    " responded assured contended repeated believes believed thinks thought hopes hoped fears feared".split()
)
_SLAVIC: Final = re.compile(r"[а-яіїєґ’']+")
_PRONOUN: Final = re.compile(r"\s+(he|she|they|it|він|вона|вони|он|она|они)\b")
_CLOSED: Final = (",", "”", "»", '"')
_DOCUMENT: Final = re.compile(
    r"\s+(?:a|the|an|its|their|his|her)\s+(?:[\w-]+\s+){0,2}?(?:statement|declaration|memorandum|resolution|communiqué"
    r"|document|text|paper|letter|report|agreement|decision|post|article)\b"
)
_APPOSED: Final = re.compile(r"\s+(?:a|an|the|his|her|its|their)\s+[^,.;]*,\s+")
_ELSEWHERE: Final = re.compile(r"\b(?:on|in|at|to|from|during|after|before|with|about|by|for|against|as)\b")
_NEAR: Final = 60
_PERSON: Final = "per:"


def can_follow(text: str, start: int, verb: str) -> bool:
    """Say whether a subject may stand behind this verb: content before it ends with a comma or a quotation mark."""
    closed = text[:start].rstrip().endswith(_CLOSED)
    return closed and (verb in ENGLISH_VERBS or _SLAVIC.fullmatch(verb) is not None)


def pronoun_behind(text: str, end: int) -> str | None:
    """Return the pronoun right behind a verb that nothing but the rest of its frame follows."""
    found = _PRONOUN.match(text, end)
    return found[1].lower() if found and not is_verb(text, found.end()) else None


def writer_behind(text: str, end: int, inside: Sequence[Mention]) -> Mention | None:
    """Return the first actor behind a document that speaks: “…, reads a resolution that the Assembly adopted”."""
    if not _DOCUMENT.match(text, end):
        return None
    return next((one for one in inside if end < one.span.start), None)


def subject_behind(text: str, end: int, inside: Sequence[Mention]) -> Mention | None:
    """Return the actor behind a verb, a person before the body that its title names; None where a clause follows."""
    apposed = _APPOSED.match(text, end)
    named = next((one for one in inside if apposed and one.span.start == apposed.end()), None)
    if named and named.actor_ids[0].startswith(_PERSON):
        return named
    near = [one for one in inside if 0 < one.span.start - end < _NEAR and "," not in text[end : one.span.start]]
    persons = [one for one in near if one.actor_ids[0].startswith(_PERSON)]
    chosen = next(iter(persons or near), None)
    if chosen is None or re.search(r"\bthat\b|, що\b|, что\b", text[end : chosen.span.start]):
        return None
    if _ELSEWHERE.search(text[end : chosen.span.start]):
        return None
    owns = re.match(r"[’']s\b", text[chosen.span.end : chosen.span.end + 2])
    return None if owns or is_verb(text, chosen.span.end) else chosen
