"""Tell where a speaker tells what another state wants: “he said that Moscow wants …” is ascribed to Moscow."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ukrcorpus.annotate.suggest.clauses import Clause
from ukrcorpus.annotate.suggest.mentions import ACTOR, Mention
from ukrcorpus.annotate.suggest.spoken import ASCRIBED, STATED, Spoken
from ukrcorpus.schema.model import Actor, Schema

_POSITION: Final = "position"
_STATE: Final = "gov:"
_ATTITUDE: Final = re.compile(
    r"(?:,[^,]*,)?\s+(?:(?:had|has|have|also|still|now|really|only|clearly|never|always)\s+)*"
    r"(?:(?:does|do|did)\s+not\s+want\b|wants?\b|wanted\b"
    r"|(?:is|are|was|were|remains?|remained)\s+(?:(?:not|also|still|now|no longer)\s+)?"
    r"(?:ready|willing|prepared|unwilling|interested)\b)"
)


def states_of(schema: Schema) -> dict[str, frozenset[str]]:
    """Return the states that each actor of the registry is or holds offices at."""
    actors = {actor.id: actor for actor in schema.actors}
    return {
        actor.id: frozenset(_top(actors, one) for one in (actor.id, *(role.org for role in actor.roles)))
        for actor in schema.actors
    }


def _top(actors: Mapping[str, Actor], actor_id: str) -> str:
    actor = actors.get(actor_id)
    return _top(actors, actor.rolls_up_to) if actor and actor.rolls_up_to else actor_id


def of_another(
    text: str, clause: Clause, spoken: Spoken, mentions: Sequence[Mention], states: Mapping[str, frozenset[str]]
) -> Spoken:
    """Return what a speaker tells of another state's wish as ascribed to it; of one's own it is one's own claim."""
    if spoken.voice != STATED or spoken.cue is None or spoken.cue.kind == _POSITION:
        return spoken
    own = frozenset[str]().union(*(states.get(holder, frozenset()) for holder in spoken.holders))
    if not any(state.startswith(_STATE) for state in own):
        return spoken
    for one in mentions:
        inside = clause.span.start <= one.span.start and one.span.end <= clause.span.end
        other = one.use == ACTOR and all(name.startswith(_STATE) and name not in own for name in one.actor_ids)
        if inside and other and _ATTITUDE.match(text, one.span.end, clause.span.end):
            return replace(spoken, voice=ASCRIBED, holders=one.actor_ids, ascribers=spoken.holders)
    return spoken
