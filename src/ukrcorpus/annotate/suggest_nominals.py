"""Suggest noun phrases that stand for actors of the registry: offices, bodies with a nationality, pairs (A3, A5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from ukrcorpus.annotate.suggest_mentions import (
    ACTOR,
    GROUP,
    METONYM,
    NAME,
    NOMINAL,
    NOMINAL_PLURAL,
    SURE,
    Mention,
    Reading,
)
from ukrcorpus.annotate.suggest_words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Actor, ActorType, Role, Schema

_APPOSITION: Final = re.compile(
    r",?\s+(?:then\s+|now\s+|soon to be\s+|a\s+|an\s+|the\s+|former\s+|as\s+)*", re.IGNORECASE
)
_SIDE_BY_SIDE: Final = re.compile(r"\s+(?:and|та|й|і|и)\s+(?:the\s+)?")
_PAIR: Final = 2
_WARRING: Final = ("gov:ru", "gov:ua")
_NAMED_AFTER: Final = re.compile(r",?\s+(?:[A-Z]\.\s+)*[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+")


@dataclass(frozen=True)
class Nominals:
    """Finds phrases in one article, given the mentions by name."""

    reading: Reading
    schema: Schema
    named: Sequence[Mention]

    def mentions(self) -> Iterator[Mention]:
        """Yield the phrases; they may overlap each other and the names."""
        yield from self._offices()
        yield from self._bare_offices()
        yield from self._bodies()
        yield from self._owned_bodies()
        yield from self._pairs()

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.schema.actors}

    def _offices(self) -> Iterator[Mention]:
        """Yield “the Hungarian prime minister” and, behind “Hungary's”, “prime minister”: who held the office."""
        words = suggestion_words()
        offices = any_of(words.offices)
        text = self.reading.text
        for match in re.finditer(rf"\b({any_of(words.demonyms)})\s+({offices})\b", text, re.IGNORECASE):
            yield from self._held(Span(*match.span()), f"gov:{words.demonyms[match[1].lower()]}", match[2].lower())
        for one in self.named:
            owned = re.compile(rf"[’']s\s+({offices})\b", re.IGNORECASE).match(text, one.span.end)
            if owned and self._is_state(one.actor_ids[0]):
                yield from self._held(Span(*owned.span(1)), one.actor_ids[0], owned[1].lower())

    def _held(self, span: Span, state: str, office: str) -> Iterator[Mention]:
        if _NAMED_AFTER.match(self.reading.text, span.end) or self._in_apposition(span):
            return
        holder = self._holder(state, suggestion_words().offices[office])
        if holder:
            yield Mention(span, (holder,), NOMINAL, ACTOR, SURE[NOMINAL])

    def _in_apposition(self, span: Span) -> bool:
        """Say whether the phrase only says what a person is who is named right before it."""
        before = (one for one in self.named if one.span.end <= span.start and one.actor_ids[0].startswith("per:"))
        last = max((one.span.end for one in before), default=None)
        return last is not None and _APPOSITION.fullmatch(self.reading.text[last : span.start]) is not None

    def _holder(self, state: str, roles: Sequence[str]) -> str | None:
        """Return the person of the state who held the office on the article's day.

        Without a day it is the one whom the article names and who holds it still, or else one of both.
        """
        day = self.reading.day
        named = {actor_id for one in self.named for actor_id in one.actor_ids}
        offices = {actor.id: self._offices_of(actor, state, roles) for actor in self.schema.actors}
        able = [name for name, own in offices.items() if any(day is None or role.holds(day) for role in own)]
        still = [name for name in able if any(role.valid_to is None for role in offices[name])]
        for chosen in (able, [one for one in still if one in named], still, [one for one in able if one in named]):
            if len(chosen) == 1:
                return chosen[0]
        return None

    def _offices_of(self, actor: Actor, state: str, roles: Sequence[str]) -> list[Role]:
        """Return the offices of a person at a state or a body of it that one of the words names."""
        return [
            role
            for role in actor.roles
            if self._state_of(role.org) == state and any(_is_role(role.role, one) for one in roles)
        ]

    def _state_of(self, org: str) -> str:
        actor = self._actors.get(org)
        return self._state_of(actor.rolls_up_to) if actor and actor.rolls_up_to else org

    def _bare_offices(self) -> Iterator[Mention]:
        """Yield “the president”: the last person named before who held such an office."""
        words = suggestion_words()
        text = self.reading.text
        pattern = rf"\b(?:the|his|her)\s+({any_of(words.offices)})\b(?!\s+of\b|[’']s)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            roles = words.offices[match[1].lower()]
            held = [
                actor_id
                for one in self.named
                if one.span.end <= match.start() and one.form == NAME
                for actor_id in one.actor_ids
                if any(_is_role(role.role, wanted) for role in self._actors[actor_id].roles for wanted in roles)
            ]
            if held and not _NAMED_AFTER.match(text, match.end()):
                yield Mention(Span(*match.span(1)), (held[-1],), NOMINAL, ACTOR, SURE[NOMINAL] - 0.2)

    def _bodies(self) -> Iterator[Mention]:
        """Yield “Russian soldiers” and “the Hungarian government”: an adjective of nationality and a noun that acts."""
        words = suggestion_words()
        pattern = rf"\b({any_of(words.demonyms)})\s+({any_of(words.bodies)})\b"
        for match in re.finditer(pattern, self.reading.text, re.IGNORECASE):
            yield from self._body(Span(*match.span()), words.demonyms[match[1].lower()], match[2].lower())

    def _owned_bodies(self) -> Iterator[Mention]:
        """Yield “Hungary's government” and “NATO states”: the name of an actor and a noun that acts."""
        words = suggestion_words()
        for one in self.named:
            owned = re.compile(rf"[’']s\s+({any_of(words.bodies)})\b", re.IGNORECASE)
            match = owned.match(self.reading.text, one.span.end)
            actor_id = one.actor_ids[0]
            if match and self._is(actor_id, ActorType.STATE):
                yield from self._body(
                    Span(one.span.start, match.end()), actor_id.removeprefix("gov:"), match[1].lower()
                )
            members = re.compile(rf"\s+(?:{any_of(words.of('plurals', 'members'))})\b")
            group = words.members.get(actor_id)
            if group and (belong := members.match(self.reading.text, one.span.end)):
                yield Mention(Span(one.span.start, belong.end()), (group,), GROUP, ACTOR, SURE[GROUP])

    def _body(self, span: Span, code: str, noun: str) -> Iterator[Mention]:
        part = suggestion_words().bodies[noun]
        for actor_id in (f"grp:{code}_{part}", f"org:{code}_{part}", f"gov:{code}" if part == "government" else ""):
            if actor_id in self._actors:
                form = GROUP if actor_id.startswith("grp:") else NOMINAL
                yield Mention(span, (actor_id,), form, ACTOR, SURE[form])
                return

    def _pairs(self) -> Iterator[Mention]:
        """Yield “both sides” and “the two presidents”: the two warring states, or the last two who were named."""
        words = suggestion_words()
        kinds = {name: words.of("plurals", name) for name in ("warring", "states", "leaders")}
        nouns = frozenset().union(*kinds.values())
        pattern = rf"\b(?:{any_of(words.of('plurals', 'before'))})\s+({any_of(nouns)})\b"
        for match in re.finditer(pattern, self.reading.text, re.IGNORECASE):
            noun = match[1].lower()
            kind = next(name for name, own in kinds.items() if noun in own)
            ids = self._pair(kind, noun, match.start())
            if len(ids) == _PAIR:
                form = METONYM if noun.startswith("capital") else NOMINAL_PLURAL
                yield Mention(Span(*match.span()), ids, form, ACTOR, SURE[NOMINAL_PLURAL])
        yield from self._slavic_pairs()

    def _slavic_pairs(self) -> Iterator[Mention]:
        words = suggestion_words()
        before, nouns = words.of("plurals", "uk_before"), words.of("plurals", "uk_warring")
        for match in re.finditer(rf"\b(?:{any_of(before)})\s+({any_of(nouns)})\b", self.reading.text, re.IGNORECASE):
            ids = self._pair("warring", match[1].lower(), match.start())
            yield Mention(Span(*match.span()), ids, NOMINAL_PLURAL, ACTOR, SURE[NOMINAL_PLURAL])

    def _pair(self, kind: str, noun: str, at: int) -> tuple[str, ...]:
        if kind == "warring":
            part = "forces" if noun == "armies" else "delegation" if noun.startswith("deleg") else None
            return tuple(f"grp:{state.removeprefix('gov:')}_{part}" if part else state for state in _WARRING)
        line = self.reading.text.rfind("\n", 0, at) + 1
        fits = self._is_leader if kind == "leaders" else self._is_state
        before = [one for one in self.named if one.span.end <= at and fits(one.actor_ids[0])]
        here = [one for one in before if one.span.start >= line]
        if kind != "leaders" and (joined := self._joined(here)):
            return joined
        if kind != "leaders" and noun.startswith("capital"):
            return _WARRING
        for found in (here, before):
            ids = list(dict.fromkeys(one.actor_ids[0] for one in reversed(found)))
            if len(ids) >= _PAIR:
                return tuple(sorted(ids[:_PAIR]))
        return () if kind == "leaders" else _WARRING

    def _joined(self, states: Sequence[Mention]) -> tuple[str, ...]:
        """Return the last two states that stand side by side."""
        for one, other in reversed(list(pairwise(states))):
            between = self.reading.text[one.span.end : other.span.start]
            if _SIDE_BY_SIDE.fullmatch(between) and one.actor_ids != other.actor_ids:
                return tuple(sorted((one.actor_ids[0], other.actor_ids[0])))
        return ()

    def _is_leader(self, actor_id: str) -> bool:
        return any(_is_role(role.role, "president") for role in self._actors[actor_id].roles)

    def _is_state(self, actor_id: str) -> bool:
        return self._is(actor_id, ActorType.STATE)

    def _is(self, actor_id: str, wanted: ActorType) -> bool:
        return self._actors[actor_id].type is wanted


def _is_role(role: str, wanted: str) -> bool:
    """Say whether a role of the registry is the office, not that of a deputy or a former holder."""
    return re.match(rf"(?:federal |interim |acting )?{re.escape(wanted)}\b", role, re.IGNORECASE) is not None
