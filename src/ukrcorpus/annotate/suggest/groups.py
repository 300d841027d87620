"""Suggest noun phrases that stand for groups, bodies and pairs of actors: “Russian troops”, “both sides” (A3, A5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ukrcorpus.annotate.suggest.around import LESS_SURE, NAMED_AFTER, Around, is_verb
from ukrcorpus.annotate.suggest.mentions import ACTOR, GROUP, NOMINAL, SURE, Mention
from ukrcorpus.annotate.suggest.words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span

_MINISTRY: Final = "[Ff]oreign [Mm]inistry|[Dd]efen[cs]e [Mm]inistry"
_ALWAYS: Final = "bloc"  # there is one only
_ALLIANCE: Final = "org:nato"
_AGAIN: Final = 4  # times


@dataclass(frozen=True)
class Groups:
    """Finds such phrases in one article."""

    around: Around

    def mentions(self) -> Iterator[Mention]:
        """Yield the phrases; they may overlap each other and the names."""
        yield from self._bodies()
        yield from self._owned_bodies()
        yield from self._their_bodies()
        yield from self._bare_bodies()
        yield from self._members()
        yield from self._short()
        yield from self._peoples()

    def _bodies(self) -> Iterator[Mention]:
        """Yield “Russian soldiers” and “the Hungarian government”: an adjective of nationality and a noun that acts."""
        words = suggestion_words()
        pattern = rf"\b({any_of(words.demonyms)})\s+(?:state\s+)?({any_of(words.bodies)})\b"
        for match in re.finditer(rf"(?<!-){pattern}", self.around.reading.text, re.IGNORECASE):
            if self._describes(match):
                continue
            yield from self._body(Span(*match.span()), words.demonyms[match[1].lower()], match[2].lower())

    def _owned_bodies(self) -> Iterator[Mention]:
        """Yield “Hungary's government” and “NATO states”: the name of an actor and a noun that acts."""
        words = suggestion_words()
        for one in self.around.named:
            owned = re.compile(rf"[’']s\s+({any_of(words.bodies)})\b", re.IGNORECASE)
            match = owned.match(self.around.reading.text, one.span.end)
            actor_id = one.actor_ids[0]
            if match and self.around.is_state(actor_id) and not self._describes(match):
                yield from self._body(
                    Span(one.span.start, match.end()), actor_id.removeprefix("gov:"), match[1].lower()
                )
            members = re.compile(rf"\s+(?:{any_of(words.of('plurals', 'members'))})\b")
            group = words.members.get(actor_id)
            if group and (belong := members.match(self.around.reading.text, one.span.end)):
                yield Mention(Span(one.span.start, belong.end()), (group,), GROUP, ACTOR, SURE[GROUP])
            yield from self._belonging(one)

    def _belonging(self, one: Mention) -> Iterator[Mention]:
        """Yield “leaders of the alliance”: a noun for members before the body's name."""
        group = suggestion_words().members.get(one.actor_ids[0])
        members = any_of(suggestion_words().of("plurals", "members"))
        before = re.search(rf"\b(?:{members})\s+of\s+(?:the\s+)?$", self.around.reading.text[: one.span.start])
        ministry = re.search(rf"\b(?:{_MINISTRY})\s+of\s+(?:the\s+)?$", self.around.reading.text[: one.span.start])
        if ministry and self.around.is_state(one.actor_ids[0]):
            noun = ministry[0].lower().split(" of")[0]
            yield from self._body(Span(ministry.start(), one.span.end), one.actor_ids[0].removeprefix("gov:"), noun)
        if group and before:
            yield Mention(Span(before.start(), one.span.end), (group,), GROUP, ACTOR, SURE[GROUP])

    def _their_bodies(self) -> Iterator[Mention]:
        """Yield “his army”: that of the person or state named last in the line."""
        words = suggestion_words()
        for match in re.finditer(
            rf"\b(his|her|its)\s+({any_of(words.of('bare', 'owned'))})\b", self.around.reading.text
        ):
            line = self.around.reading.text.rfind("\n", 0, match.start()) + 1
            kind = ("gov:",) if match[1] == "its" else ("per:",)
            owners = [
                state
                for one in self.around.named
                if line <= one.span.start and one.span.end <= match.start() and one.actor_ids[0].startswith(kind)
                if (state := self.around.country_of(one.actor_ids[0]))
            ]
            if owners and not self._describes(match):
                yield from self._body(Span(*match.span(2)), owners[-1].removeprefix("gov:"), match[2])

    def _bare_bodies(self) -> Iterator[Mention]:
        """Yield “the parliament”: that of the state named last in the line, or else in the line before."""
        text = self.around.reading.text
        for match in re.finditer(_bare_pattern(), text):
            found = Span(*match.span(2 if match[2] else 4))
            article = (match[1] or "the").lower()
            spokes = re.match(r"\s+(?:spokes|official)", text[match.end() : match.end() + 10])
            line = text.rfind("\n", 0, match.start()) + 1
            states = [
                state
                for one in self.around.named
                if line <= one.span.start and one.span.end <= match.start()
                if (state := self._state_near(one, persons=match[2] is not None and match[2].endswith("inistry")))
            ]
            if states and (article in {"the", "its"} or spokes):
                yield from self._body(found, states[-1].removeprefix("gov:"), (match[2] or match[4]).lower())

    def _state_near(self, one: Mention, *, persons: bool) -> str | None:
        """Return the state that a mention names, or that a named person serves, where these count."""
        name = one.actor_ids[0]
        return self.around.country_of(name) if self.around.is_state(name) or (persons and "per:" in name) else None

    def _describes(self, match: re.Match[str]) -> bool:
        """Say whether “military” only describes the noun behind it."""
        behind = re.match(r"\s+([a-z]+)", self.around.reading.text[match.end() : match.end() + 20])
        words = suggestion_words()
        verb = behind is not None and (behind[1] in words.cues or behind[1] in words.of("claims", "aux"))
        small = behind is not None and len(behind[1]) > len("with") and not behind[1].endswith("ed")
        return match[0].lower().endswith("military") and small and not verb

    def _members(self) -> Iterator[Mention]:
        """Yield “all member states”, and “the allies” in an article that names the alliance again and again."""
        yield from self._member_states()
        named = [one for one in self.around.named if one.actor_ids == (_ALLIANCE,)]
        if len(named) < _AGAIN:
            return
        group = suggestion_words().members[_ALLIANCE]
        for match in re.finditer(r"\b(?:the|all|which)\s+(allies|members)\b", self.around.reading.text, re.IGNORECASE):
            yield Mention(Span(*match.span(1)), (group,), GROUP, ACTOR, LESS_SURE)

    def _member_states(self) -> Iterator[Mention]:
        """Yield “all member states”: those of the body that the article names most often."""
        words = suggestion_words()
        for match in re.finditer(r"\bmember (?:states|countries|nations)\b(?!\s+of\b)", self.around.reading.text):
            named = [one.actor_ids[0] for one in reversed(self.around.named) if one.actor_ids[0] in words.members]
            body = max(dict.fromkeys(named), key=named.count, default=None)
            if body:
                yield Mention(Span(*match.span()), (words.members[body],), GROUP, ACTOR, LESS_SURE)

    def _body(self, span: Span, code: str, noun: str) -> Iterator[Mention]:
        part = suggestion_words().bodies[noun]
        named = suggestion_words().parliaments.get(code, "") if part == "parliament" else ""
        state = f"gov:{code}" if part == "government" else ""
        for actor_id in (f"grp:{code}_{part}", f"org:{code}_{part}", named, state):
            if actor_id in self.around.actors:
                form = GROUP if actor_id.startswith("grp:") else NOMINAL
                yield Mention(span, (actor_id,), form, ACTOR, SURE[form])
                return

    def _peoples(self) -> Iterator[Mention]:
        """Yield “the Poles” where they do something, and “European governments”."""
        words = suggestion_words()
        text = self.around.reading.text
        for match in re.finditer(rf"\b[Tt]he\s+({any_of(words.people)})\b", text, re.IGNORECASE):
            if is_verb(text, match.end()) and match[1][0].isupper():
                yield Mention(Span(*match.span(1)), (f"gov:{words.people[match[1].lower()]}",), GROUP, ACTOR, LESS_SURE)
        pattern = rf"\b({any_of(words.unions)})\s+(?:{any_of(words.of('bare', 'many'))})\b"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Mention(Span(*match.span()), (words.unions[match[1].lower()],), GROUP, ACTOR, SURE[GROUP])

    def _short(self) -> Iterator[Mention]:
        """Yield “the bloc”: the one body it can stand for that is named before."""
        words = suggestion_words()
        for match in re.finditer(rf"\bthe\s+({any_of(words.short)})\b", self.around.reading.text, re.IGNORECASE):
            named = {one.actor_ids[0] for one in self.around.named if one.span.end <= match.start()}
            named |= {self.around.state_of(one) for one in named if one.startswith("org:")}
            able = [body for body in words.short[match[1].lower()] if body in named or match[1].lower() == _ALWAYS]
            if len(able) == 1 and not NAMED_AFTER.match(self.around.reading.text, match.end()):
                yield Mention(Span(*match.span(1)), (able[0],), NOMINAL, ACTOR, LESS_SURE)


@cache
def _bare_pattern() -> re.Pattern[str]:
    """Return the pattern of “the parliament” and, in front of a spokesman, “Foreign Ministry”."""
    words = suggestion_words()
    ministries = "|".join(one.title() for one in sorted(words.bodies) if one.endswith("ministry"))
    bodies = f"{any_of(words.of('bare', 'state'))}|{ministries}|{ministries.lower()}"
    spokes = r"(?=\s+(?:spokes|official))"
    return re.compile(rf"\b([Tt]he|[Aa]|[Ii]ts)\s+({bodies})\b(?!\s+of\b)|\b()({ministries})\b{spokes}")
