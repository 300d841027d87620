"""What stands around a phrase in an article: who is named where, and what the registry says of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from ukrcorpus.annotate.adjudication.dates import days_in
from ukrcorpus.annotate.suggest.mentions import Mention, Reading
from ukrcorpus.annotate.suggest.words import suggestion_words
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Actor, ActorType, Role, Schema

LESS_SURE: Final = 0.6  # what only the lines around tell
NAMED_AFTER: Final = re.compile(r",?\s+(?:[A-Z]\.\s+)*[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+")
_APPOSITION: Final = re.compile(
    r",?\s+(?:then\s+|now\s+|soon to be\s+|a\s+|an\s+|the\s+|former\s+|as\s+)*", re.IGNORECASE
)


@dataclass(frozen=True)
class Around:
    """One article with its mentions by name."""

    reading: Reading
    schema: Schema
    named: Sequence[Mention]

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The registry by id."""
        return {actor.id: actor for actor in self.schema.actors}

    @cached_property
    def _days(self) -> tuple[tuple[int, date], ...]:
        return days_in(self.reading.text)

    def day_at(self, at: int) -> date | None:
        """Return the day that a place of the text is read by: the article's, else that written last before it."""
        before = [day for start, day in self._days if start < at]
        return self.reading.day or (before[-1] if before else None)

    def is_state(self, actor_id: str) -> bool:
        """Say whether an actor is a state."""
        return self.actors[actor_id].type is ActorType.STATE

    def state_of(self, org: str) -> str:
        """Return the state that a body belongs to, or what else it rolls up to at last."""
        actor = self.actors.get(org)
        return self.state_of(actor.rolls_up_to) if actor and actor.rolls_up_to else org

    def country_of(self, actor_id: str) -> str | None:
        """Return the state itself, or the one state at which a person holds offices."""
        if self.is_state(actor_id):
            return actor_id
        states = {self.state_of(role.org) for role in self.actors[actor_id].roles}
        chosen = [state for state in states if state.startswith("gov:")]
        return chosen[0] if len(chosen) == 1 else None

    def holder(self, state: str, roles: Sequence[str], day: date | None) -> str | None:
        """Return the person of the state who held the office on a day.

        Without a day it is the one whom the article names and who holds it still, or else one of both.
        """
        named = {actor_id for one in self.named for actor_id in one.actor_ids}
        offices = {actor.id: self._offices_of(actor, state, roles) for actor in self.schema.actors}
        able = [name for name, own in offices.items() if any(day is None or role.holds(day) for role in own)]
        known = [name for name, own in offices.items() if own and name in named]
        if len(known) == 1 and not named.intersection(able):
            return known[0]
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
            if state in {role.org, self.state_of(role.org)} and any(is_role(role.role, one) for one in roles)
        ]

    def in_apposition(self, span: Span) -> bool:
        """Say whether a phrase only says what a person is who is named right before it."""
        before = (one for one in self.named if one.span.end <= span.start and one.actor_ids[0].startswith("per:"))
        last = max((one.span.end for one in before), default=None)
        return last is not None and _APPOSITION.fullmatch(self.reading.text[last : span.start]) is not None


def is_role(role: str, wanted: str) -> bool:
    """Say whether a role of the registry is the office, not that of a deputy or a former holder."""
    return re.match(rf"(?:federal |interim |acting )?{re.escape(wanted)}\b", role, re.IGNORECASE) is not None


def is_verb(text: str, at: int) -> bool:
    """Say whether the word behind a place is a verb that tells, wants or does, or an auxiliary."""
    behind = re.match(r"(?:\s+\w+ly)?\s+([\w’'-]+)", text[at : at + 40])
    words = suggestion_words()
    return behind is not None and (behind[1].lower() in words.cues or behind[1].lower() in words.of("claims", "aux"))
