"""Find registry actors in a text by their names: for suggestions and task options, never for labels.

All names are looked for at once by an Aho-Corasick automaton: the time does not grow with the registry.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ukrcorpus.schema.model import Actor, ActorType, Name

Forms = Callable[[Name, Actor], Iterable[str]]

_WORD: Final = re.compile(r"\w")
_DERIVED: Final = re.compile(r"\b(?:anti|pro|non|ex)[-‐‑]$", re.IGNORECASE)
_SPUN: Final = "spun"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A name of an actor at ``text[start:end]``; an ``ambiguous`` one is offered, never linked."""

    start: int
    end: int
    actor_id: str
    ambiguous: bool = False
    kind: str = field(default="name", compare=False)


@dataclass(frozen=True, slots=True)
class _Entry:
    actor_id: str
    name: Name


def _as_written(name: Name, _actor: Actor) -> tuple[str, ...]:
    return (name.text,)


@dataclass(frozen=True)
class Gazetteer:
    """Every name of the registry: one automaton over their forms in small letters, and the entries of each form."""

    automaton: Any
    entries: tuple[tuple[_Entry, ...], ...]

    @classmethod
    def of(cls, actors: Iterable[Actor], forms: Forms = _as_written) -> "Gazetteer":
        """Return the gazetteer of a registry; ``forms`` are those that a name is looked for in.

        Pseudo actors have no names in texts.
        """
        from ahocorasick_rs import AhoCorasick

        entries: dict[str, list[_Entry]] = defaultdict(list)
        for actor in actors:
            if actor.type is not ActorType.PSEUDO:
                for name in (Name(actor.name, "name", None), *actor.names):
                    for form in forms(name, actor):
                        entries[_folded(form)].append(_Entry(actor.id, name))
        return cls(AhoCorasick(list(entries)), tuple(tuple(sorted(found, key=_order)) for found in entries.values()))

    def find(self, text: str, *, spun: bool = False, named: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Return the mentions in text order: the longest name at each place, none inside another.

        A name counts with word boundaries around it and within its own limits (``case``, ``after``, ``not_in``).
        Names that are a paraphrasing tool's damage count only where ``spun``. An ambiguous name gives a hit for
        each actor that has it. Actors in ``named`` count as named before the text.
        """
        hits: list[Hit] = []
        known = set(named)
        behind = 0
        for start, ends in self._places(text):
            if start < behind or _DERIVED.search(text, max(0, start - 6), start):
                continue
            found = _longest(text, start, ends, known, spun=spun)
            hits += found
            known.update(hit.actor_id for hit in found)
            behind = max((hit.end for hit in found), default=behind)
        return tuple(hits)

    def _places(self, text: str) -> Iterator[tuple[int, list[tuple[int, tuple[_Entry, ...]]]]]:
        """Yield where names begin, in order, each with the ends of those that stand there as whole words."""
        places: dict[int, list[tuple[int, tuple[_Entry, ...]]]] = defaultdict(list)
        for number, start, end in self.automaton.find_matches_as_indexes(_folded(text), overlapping=True):
            if not _is_word(text, start - 1) and not _is_word(text, end):
                places[start].append((end, self.entries[number]))
        for start in sorted(places):
            yield start, sorted(places[start], key=lambda one: -one[0])


def _longest(
    text: str, start: int, ends: Iterable[tuple[int, tuple[_Entry, ...]]], named: set[str], *, spun: bool
) -> list[Hit]:
    """Return the hits of the longest name that may stand here; several where it is ambiguous."""
    for end, entries in ends:
        hits = [
            Hit(start, end, entry.actor_id, entry.name.ambiguous, entry.name.kind)
            for entry in entries
            if (spun or entry.name.kind != _SPUN) and _allowed(text, start, end, entry.name, named)
        ]
        if hits:
            return [hit for hit in hits if not hit.ambiguous][:1] or hits
    return []


def _order(entry: _Entry) -> tuple[str, str]:
    return entry.name.text, entry.actor_id


def _folded(text: str) -> str:
    """Return the text in small letters, character for character, so that places stay."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and bool(_WORD.match(text, at))


def _allowed(text: str, start: int, end: int, name: Name, named: set[str]) -> bool:
    """Say whether a name may stand here, by its own limits."""
    there = text[start:end]
    if name.case == "upper" and there != there.upper():
        return False
    if name.case == "title" and there[:1] != there[:1].upper():
        return False
    if name.after and not named.intersection(name.after):
        return False
    return not any(_within(text, start, phrase) for phrase in name.not_in)


def _within(text: str, start: int, phrase: str) -> bool:
    """Say whether a phrase stands in the text around a place."""
    low = max(0, start - len(phrase) - 1)
    around = re.finditer(rf"\b{re.escape(phrase)}\b", text[low : start + len(phrase) + 1], re.IGNORECASE)
    return any(low + match.start() <= start < low + match.end() for match in around)
