"""Find registry actors in a text by their exact names: for suggestions and task options, never for labels."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ukrcorpus.schema.model import Actor, ActorType, Name

_WORD: Final = re.compile(r"\w+")
_DERIVED: Final = re.compile(r"\b(?:anti|pro|non|ex)[-‐‑]$", re.IGNORECASE)
_SPUN: Final = "spun"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A name of an actor at ``text[start:end]``; an ``ambiguous`` one is offered, never linked."""

    start: int
    end: int
    actor_id: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    actor_id: str
    name: Name


@dataclass(frozen=True)
class Gazetteer:
    """Every name of the registry, by its first word without case; longer names first."""

    by_word: dict[str, tuple[_Entry, ...]]

    @classmethod
    def of(cls, actors: Iterable[Actor]) -> "Gazetteer":
        """Return the gazetteer of a registry; pseudo actors have no names in texts."""
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for actor in actors:
            if actor.type is not ActorType.PSEUDO:
                for name in (Name(actor.name, "name", None), *actor.names):
                    if first := _WORD.search(name.text):
                        entries[first[0].casefold()].append(_Entry(actor.id, name))
        order = {word: sorted(found, key=_longest_first) for word, found in entries.items()}
        return cls({word: tuple(found) for word, found in order.items()})

    def find(self, text: str, *, spun: bool = False) -> tuple[Hit, ...]:
        """Return the mentions in text order: the longest name at each place, none inside another.

        A name counts with word boundaries around it and within its own limits (``case``, ``after``, ``not_in``).
        Names that are a paraphrasing tool's damage count only where ``spun``. An ambiguous name gives a hit for
        each actor that has it.
        """
        hits: list[Hit] = []
        named: set[str] = set()
        behind = 0
        for word in _WORD.finditer(text):
            if word.start() < behind or _DERIVED.search(text, max(0, word.start() - 6), word.start()):
                continue
            found = self._at(text, word, named, spun=spun)
            hits += found
            named.update(hit.actor_id for hit in found)
            behind = max((hit.end for hit in found), default=behind)
        return tuple(hits)

    def _at(self, text: str, word: re.Match[str], named: set[str], *, spun: bool) -> list[Hit]:
        """Return the hits of the longest name that begins at a word; several where it is ambiguous."""
        hits: list[Hit] = []
        for entry in self.by_word.get(word[0].casefold(), ()):
            name = entry.name
            start = word.start() - (_WORD.search(name.text) or word).start()
            end = start + len(name.text)
            if hits and end < hits[0].end:
                break
            if (spun or name.kind != _SPUN) and _stands(text, start, end, name) and _allowed(text, start, name, named):
                hits.append(Hit(start, end, entry.actor_id, name.ambiguous))
        sure = [hit for hit in hits if not hit.ambiguous]
        return sure[:1] or hits


def _longest_first(entry: _Entry) -> tuple[int, str, str]:
    return -len(entry.name.text), entry.name.text, entry.actor_id


def _stands(text: str, start: int, end: int, name: Name) -> bool:
    """Say whether the name stands here as whole words, in the case it asks for."""
    there = text[start:end] if start >= 0 else ""
    if there.casefold() != name.text.casefold() or _is_word(text, start - 1) or _is_word(text, end):
        return False
    if name.case == "upper":
        return there == there.upper()
    return name.case != "title" or there[:1] == there[:1].upper()


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and bool(_WORD.match(text, at))


def _allowed(text: str, start: int, name: Name, named: set[str]) -> bool:
    if name.after and not named.intersection(name.after):
        return False
    return not any(low <= start < high for phrase in name.not_in for low, high in _places(text, phrase))


def _places(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE))
