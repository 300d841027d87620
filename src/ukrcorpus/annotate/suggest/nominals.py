"""Suggest noun phrases that stand for one person or state: “the Hungarian prime minister”, “his country” (A5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ukrcorpus.annotate.suggest.around import LESS_SURE, NAMED_AFTER, Around, is_role
from ukrcorpus.annotate.suggest.mentions import ACTOR, METONYM, NAME, NOMINAL, SURE, Mention
from ukrcorpus.annotate.suggest.words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import ActorType

_HEADS: Final = ("president", "secretary general", "secretary-general", "director general", "director", "chairman")
_CHIEFS: Final = "chief|boss|leader|head|secretary general|secretary-general|director general"
_LONGEST: Final = 50  # characters of an office before “of” and a name


@dataclass(frozen=True)
class Nominals:
    """Finds such phrases in one article."""

    around: Around

    def mentions(self) -> Iterator[Mention]:
        """Yield the phrases; they may overlap each other and the names."""
        yield from self._offices()
        yield from self._offices_of_states()
        yield from self._chiefs()
        yield from self._counterparts()
        yield from self._bare_offices()
        yield from self._functions()
        yield from self._functions_of()

    def _offices(self) -> Iterator[Mention]:
        """Yield “the Hungarian prime minister” and, behind “Hungary's”, “prime minister”: who held the office."""
        words = suggestion_words()
        offices = any_of(words.offices)
        text = self.around.reading.text
        for match in re.finditer(rf"\b({any_of(words.demonyms)})\s+({offices})\b", text, re.IGNORECASE):
            yield from self._held(Span(*match.span()), f"gov:{words.demonyms[match[1].lower()]}", match[2].lower())
        capitals = self._capitals()
        for match in re.finditer(rf"\b({offices})\s+in\s+({any_of(capitals)})\b", text):
            yield from self._held(Span(*match.span(1)), capitals[match[2]], match[1])
        for one in self.around.named:
            owned = re.compile(rf"[’']s\s+({offices})\b", re.IGNORECASE).match(text, one.span.end)
            if owned and self.around.is_state(one.actor_ids[0]):
                yield from self._held(Span(*owned.span(1)), one.actor_ids[0], owned[1].lower())

    def _capitals(self) -> dict[str, str]:
        """Return the states by their capitals."""
        actors = (actor for actor in self.around.schema.actors if actor.type is ActorType.STATE)
        return {name.text: actor.id for actor in actors for name in actor.names if name.kind == METONYM}

    def _offices_of_states(self) -> Iterator[Mention]:
        """Yield “president” in “the president of Brazil” and “head” in “the head of the Commission”."""
        offices = any_of(suggestion_words().offices)
        text = self.around.reading.text
        for one in self.around.named:
            owner = one.actor_ids[0]
            heads = f"|{_CHIEFS}" if owner.startswith("org:") else ""
            pattern = rf"\b(?<!deputy )({offices}{heads})\s+of\s+(?:the\s+)?$"
            before = re.search(pattern, text[max(0, one.span.start - _LONGEST) : one.span.start], re.IGNORECASE)
            if before and owner.startswith(("gov:", "org:")) and not NAMED_AFTER.match(text, one.span.end):
                low = max(0, one.span.start - _LONGEST)
                yield from self._held(Span(low + before.start(1), low + before.end(1)), owner, before[1].lower())

    def _chiefs(self) -> Iterator[Mention]:
        """Yield “NATO chief” and “Kremlin leader”: who heads the body, or the state whose presidency it is."""
        words = suggestion_words()
        text = self.around.reading.text
        for one in self.around.named:
            body = one.actor_ids[0]
            match = re.compile(rf"\s+({any_of(words.of('bare', 'chiefs'))})\b(?!\s+of\b)").match(text, one.span.end)
            if not match or not body.startswith("org:"):
                continue
            presides = body.endswith("_presidency")
            owner, roles = (self.around.state_of(body), _HEADS[:1]) if presides else (body, _HEADS)
            holder = self.around.holder(owner, roles, self.around.day_at(one.span.start))
            span = Span(one.span.start, match.end())
            if holder and not NAMED_AFTER.match(text, span.end) and not self.around.in_apposition(span):
                yield Mention(span, (holder,), NOMINAL, ACTOR, LESS_SURE)

    def _counterparts(self) -> Iterator[Mention]:
        """Yield “Russian counterpart”: who held there the office of the person named last in the line."""
        words = suggestion_words()
        text = self.around.reading.text
        pattern = rf"\b({any_of(words.demonyms)})\s+(?:{any_of(words.of('bare', 'counterparts'))})\b"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            line = text.rfind("\n", 0, match.start()) + 1
            persons = [
                one.actor_ids[0]
                for one in self.around.named
                if line <= one.span.start and one.span.end <= match.start() and one.actor_ids[0].startswith("per:")
            ]
            offices = [
                office
                for person in persons[-1:]
                for office, roles in words.offices.items()
                if any(is_role(own.role, role) for own in self.around.actors[person].roles for role in roles)
            ]
            for office in offices[:1]:
                yield from self._held(Span(*match.span()), f"gov:{words.demonyms[match[1].lower()]}", office)

    def _held(self, span: Span, state: str, office: str) -> Iterator[Mention]:
        """Yield the office of a state, or of the head of a body, as a mention of who held it."""
        if NAMED_AFTER.match(self.around.reading.text, span.end) or self.around.in_apposition(span):
            return
        roles = suggestion_words().offices[office] if self.around.is_state(state) else _HEADS
        holder = self.around.holder(state, roles, self.around.day_at(span.start))
        if holder:
            yield Mention(span, (holder,), NOMINAL, ACTOR, SURE[NOMINAL])

    def _bare_offices(self) -> Iterator[Mention]:
        """Yield “the president”: the last person named before who held such an office."""
        words = suggestion_words()
        text = self.around.reading.text
        owned = rf"[’']s\s+(?:\w+\s+)?(?:{any_of(words.bodies)})\b"
        pattern = rf"\b(?:the|his|her|its|their)\s+({any_of(words.offices)})\b(?!\s+of\b|{owned})"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            roles = words.offices[match[1].lower()]
            held = [
                actor_id
                for one in self.around.named
                if one.span.end <= match.start() and one.form == NAME
                for actor_id in one.actor_ids
                if any(is_role(role.role, wanted) for role in self.around.actors[actor_id].roles for wanted in roles)
            ]
            span = Span(*match.span(1))
            if held and not NAMED_AFTER.match(text, match.end()) and not self.around.in_apposition(span):
                yield Mention(span, (held[-1],), NOMINAL, ACTOR, LESS_SURE)

    def _functions(self) -> Iterator[Mention]:
        """Yield “the envoy”: the last person named before, in the line at best, whose role has the word."""
        words = suggestion_words()
        text = self.around.reading.text
        pattern = rf"\b(the|his|her|its)\s+({any_of(words.functions)})\b(?![’']s|\s+of\b)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            span = Span(*match.span(2))
            before = [one.actor_ids for one in self.around.named if one.span.end <= match.start()]
            persons = [ids for ids in before if ids[0].startswith("per:")]
            owner = persons[-1:] if match[1].lower() in {"his", "her"} else []
            held = [ids for ids in before if ids not in owner and self._does(ids[0], match[2].lower())]
            if held and not NAMED_AFTER.match(text, match.end()) and not self.around.in_apposition(span):
                yield Mention(span, held[-1], NOMINAL, ACTOR, LESS_SURE)

    def _functions_of(self) -> Iterator[Mention]:
        """Yield “spokesman” in “the Kremlin's spokesman”: the one person with such a role there, named at best."""
        words = suggestion_words()
        text = self.around.reading.text
        for one in self.around.named:
            owner = one.actor_ids[0]
            match = re.compile(rf"([’']s)?\s+({any_of(words.functions)})\b").match(text, one.span.end)
            if not match or NAMED_AFTER.match(text, match.end()) or (owner.startswith("per:") and not match[1]):
                continue
            served = self.around.country_of(owner) or owner if owner.startswith("per:") else owner
            able = self._doing(served, match[2].lower(), self.around.day_at(match.start()))
            able = [other for other in able if other != owner]
            span = Span(match.start(2) if match[1] else one.span.start, match.end())
            if len(able) == 1 and not self.around.in_apposition(span):
                yield Mention(span, (able[0],), NOMINAL, ACTOR, LESS_SURE)

    def _does(self, actor_id: str, function: str) -> bool:
        """Say whether a role of an actor has one of the words of a function."""
        wanted = suggestion_words().functions[function]
        return any(one in role.role.lower() for role in self.around.actors[actor_id].roles for one in wanted)

    def _doing(self, owner: str, function: str, day: date | None) -> list[str]:
        """Return who has a function at a body or state, or, where several have, those whom the article names."""
        wanted = suggestion_words().functions[function]
        able = [
            actor.id
            for actor in self.around.schema.actors
            for role in actor.roles
            if owner in {role.org, self.around.state_of(role.org)}
            and any(one in role.role.lower() for one in wanted)
            and (role.valid_to is None if day is None else role.holds(day))
        ]
        named = {actor_id for one in self.around.named for actor_id in one.actor_ids}
        return list(dict.fromkeys([one for one in able if one in named] or able))

    def countries(self) -> Iterator[Mention]:
        """Yield “his country”, that of the person named last, and “the country”, the state named last in the line."""
        text = self.around.reading.text
        for match in re.finditer(r"\b(the|his|her)\s+(country)\b", text, re.IGNORECASE):
            line = text.rfind("\n", 0, match.start()) + 1
            before = [one for one in self.around.named if line <= one.span.start and one.span.end <= match.start()]
            if match[1].lower() == "the":
                found = [
                    one.actor_ids[0] for one in before if one.form == NAME and self.around.is_state(one.actor_ids[0])
                ]
            else:
                persons = [
                    one.actor_ids[0] for one in before if self.around.actors[one.actor_ids[0]].type is ActorType.PERSON
                ]
                found = [state for person in persons[-1:] if (state := self.around.country_of(person))]
            if found:
                yield Mention(Span(*match.span(2)), (found[-1],), NOMINAL, ACTOR, LESS_SURE)
