"""Tell whom the subject of a verb means: names, lists of them, pronouns, “the minister”, “the statement”."""

import re
from collections.abc import Sequence
from typing import Final

from ukrcorpus.annotate.suggest.clauses import Clause
from ukrcorpus.annotate.suggest.mentions import Mention
from ukrcorpus.measure.statements import UNSPECIFIED

PERSON: Final = "per:"
STATE: Final = "gov:"

PRONOUN: Final = re.compile(r"\b(?:he|she|it|they|він|вона|вони|он|она|они)\b", re.IGNORECASE)
UNLISTED: Final = re.compile(r"(?!The\b)\b[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+(?:\s+(?:[A-Z]\.\s*)*[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+)+$")

_PERSONAL: Final = frozenset("he she him his her його її его ее він вона он она".split())
_ENGLISH: Final = frozenset("he she him his her".split())  # in Ukrainian and Russian bodies are he and she as well
_CONJUNCTION: Final = re.compile(r"\b(?:and|та|й|і|и)\s")
_COORDINATED: Final = re.compile(r",?\s+(?:and|та|й|і|и)\s+(?:(?:the|its|his|her)\s+)?|,\s+(?:the\s+)?")
_ROLE: Final = re.compile(
    r"\b(?:the|his|her|its|their)\s+(?:[\w-]+\s+){0,3}?(?:president|premier|minister|chancellor|leader|diplomat|envoy"
    r"|ambassador|spokes(?:man|woman|person)|official|politician|negotiator|adviser|advisor|aide|general|commander"
    r"|speaker|chief|head|host|guest|visitor|pontiff|pope|representative|secretary|commissioner|statesman|latter|statesmen|lawyer|judge|deputy|lawmaker|senator|cardinal|bishop|chairman)\b"
    r"(?:\s+(?:himself|herself))?\s*$",
    re.IGNORECASE,
)
_DOCUMENT: Final = re.compile(
    r"\b(?:the|a|an|this|its|their|his|her|both|joint|final)\s+(?:[\w-]+\s+){0,3}?(?:statement|declaration|memorandum"
    r"|resolution|communiqué|communique|document|text|paper|plan|proposal|letter|report|draft|framework|agreement"
    r"|protocol|points|note|order|ruling|decision|conclusions|summary|readout|appeal|declarations|statements)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[.!?…][”»\"]?\s|\n")
_PAIR: Final = 2
_RECENT: Final = 4  # mentions
_BODY: Final = "org:"


def subject_ids(text: str, own: Sequence[Mention], able: Sequence[Mention]) -> tuple[str, ...]:
    """Return the ids of the subject: persons before bodies, all that are coordinated, none behind a possessive.

    ``own`` stand behind the last comma before the verb; a list that they end is taken from ``able``, whole.
    """
    free = [one for one in own if not re.match(r"[’']s?\s", text[one.span.end : one.span.end + 3])] or list(own)
    free = [one for one in free if not text[: one.span.start].endswith("by ")] or free
    persons = [one for one in free if all(name.startswith(PERSON) for name in one.actor_ids)]
    chosen = persons or free
    group = [chosen[0]]
    for one in reversed([one for one in able if one.span.end <= chosen[0].span.start]):
        if _COORDINATED.fullmatch(text[one.span.end : group[0].span.start]):
            group.insert(0, one)
    whole = text[group[0].span.start : chosen[-1].span.end]
    group = group if _CONJUNCTION.search(whole) else group[-1:]  # commas alone make no list
    for one in chosen[1:]:
        if _COORDINATED.fullmatch(text[group[-1].span.end : one.span.start]):
            group.append(one)
        elif not persons:
            break
    return tuple(dict.fromkeys(name for one in group for name in one.actor_ids))


def inside_of(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a clause, in text order."""
    return [one for one in mentions if clause.span.start <= one.span.start and one.span.end <= clause.span.end]


def earlier_than(text: str, clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions before a clause: the last sentence first, in each the subject first."""
    sentences: list[list[Mention]] = []
    for one in (one for one in mentions if one.span.end <= clause.span.start):
        if not sentences or _BETWEEN.search(text[sentences[-1][-1].span.end : one.span.start]):
            sentences.append([])
        sentences[-1].append(one)
    return [one for sentence in reversed(sentences) for one in sentence]


def referred(pronoun: str, said: tuple[str, ...] | None, earlier: Sequence[Mention]) -> tuple[str, ...]:
    """Return whom a pronoun takes up: the holders of the clause before where they can be meant, else who was named."""
    heard = [said] if said else []
    for ids in (*heard, *(one.actor_ids for one in earlier)):
        persons = tuple(name for name in ids if name.startswith(PERSON))
        bodies = tuple(name for name in ids if not name.startswith((PERSON, "pseudo:")))
        plural = bodies or (persons if len(persons) > 1 else ())
        spoke = bodies if ids in heard and pronoun not in _ENGLISH else ()
        if chosen := (persons[:1] or spoke) if pronoun in _PERSONAL else plural:
            return chosen
    return ()


def is_role(subject: str) -> bool:
    """Say whether a subject only says what a person is: “the minister”."""
    return _ROLE.search(subject) is not None


def issuers(subject: str, said: tuple[str, ...] | None, earlier: Sequence[Mention]) -> tuple[str, ...] | None:
    """Return for whom a document speaks, as far as the lines before tell; None where the subject is no document.

    ``earlier`` are the mentions before its verb, the last one first.
    """
    if not _DOCUMENT.search(subject):
        return None
    if said and not any(name.startswith("pseudo:") for name in said) and ("joint" not in subject or len(said) > 1):
        return said
    bodies = [one.actor_ids for one in earlier if one.actor_ids[0].startswith((STATE, _BODY))]
    if "joint" in subject.lower():
        return tuple(sorted(list(dict.fromkeys(ids[0] for ids in bodies))[:_PAIR]))
    near = [ids for ids in bodies[:_RECENT] if ids[0].startswith(_BODY)]
    return next(iter(near or bodies), (UNSPECIFIED,))


def joined(text: str, one: Mention, other: Mention) -> bool:
    """Say whether two actors stand side by side in a list."""
    return _COORDINATED.fullmatch(text[one.span.end : other.span.start]) is not None
