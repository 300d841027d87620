"""Suggest noun phrases that stand for groups, bodies and pairs of actors: “Russian troops”, “both sides” (A3, A5)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from ukrcorpus.annotate.suggest.around import LESS_SURE, NAMED_AFTER, Around, is_role, is_verb
from ukrcorpus.annotate.suggest.mentions import ACTOR, GROUP, METONYM, NOMINAL, NOMINAL_PLURAL, SURE, Mention
from ukrcorpus.annotate.suggest.words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span

_SIDE_BY_SIDE: Final = re.compile(r"\s+(?:and|та|й|і|и)\s+(?:the\s+)?")
_ALLIANCE: Final = "org:nato"
_AGAIN: Final = 4  # times
_OFTEN: Final = 3
_PAIR: Final = 2
_WARRING: Final = ("gov:ru", "gov:ua")


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
        yield from self._pairs()

    def _bodies(self) -> Iterator[Mention]:
        """Yield “Russian soldiers” and “the Hungarian government”: an adjective of nationality and a noun that acts."""
        words = suggestion_words()
        pattern = rf"\b({any_of(words.demonyms)})\s+(?:state\s+)?({any_of(words.bodies)})\b"
        for match in re.finditer(pattern, self.around.reading.text, re.IGNORECASE):
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
                one.actor_ids[0]
                for one in self.around.named
                if line <= one.span.start and one.span.end <= match.start() and self.around.is_state(one.actor_ids[0])
            ]
            if states and (article == "the" or spokes):
                yield from self._body(found, states[-1].removeprefix("gov:"), (match[2] or match[4]).lower())

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
        """Yield “all member states”: those of the body that was named last."""
        words = suggestion_words()
        for match in re.finditer(r"\bmember (?:states|countries|nations)\b(?!\s+of\b)", self.around.reading.text):
            named = (one.actor_ids[0] for one in reversed(self.around.named) if one.span.end <= match.start())
            body = next((one for one in named if one in words.members), None)
            if body:
                yield Mention(Span(*match.span()), (words.members[body],), GROUP, ACTOR, LESS_SURE)

    def _body(self, span: Span, code: str, noun: str) -> Iterator[Mention]:
        part = suggestion_words().bodies[noun]
        for actor_id in (f"grp:{code}_{part}", f"org:{code}_{part}", f"gov:{code}" if part == "government" else ""):
            if actor_id in self.around.actors:
                form = GROUP if actor_id.startswith("grp:") else NOMINAL
                yield Mention(span, (actor_id,), form, ACTOR, SURE[form])
                return

    def _short(self) -> Iterator[Mention]:
        """Yield “the bloc”: the one body it can stand for that is named before."""
        words = suggestion_words()
        for match in re.finditer(rf"\bthe\s+({any_of(words.short)})\b", self.around.reading.text, re.IGNORECASE):
            named = {one.actor_ids[0] for one in self.around.named if one.span.end <= match.start()}
            able = [body for body in words.short[match[1].lower()] if body in named]
            if len(able) == 1 and not NAMED_AFTER.match(self.around.reading.text, match.end()):
                yield Mention(Span(*match.span(1)), (able[0],), NOMINAL, ACTOR, LESS_SURE)

    def _pairs(self) -> Iterator[Mention]:
        """Yield “both sides” and “the two presidents”: the two warring states, or the last two who were named."""
        words = suggestion_words()
        kinds = {name: words.of("plurals", name) for name in ("warring", "states", "leaders")}
        nouns = frozenset().union(*kinds.values())
        pattern = rf"\b(?:{any_of(words.of('plurals', 'before'))})\s+({any_of(nouns)})\b"
        for match in re.finditer(pattern, self.around.reading.text, re.IGNORECASE):
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
        for match in re.finditer(
            rf"\b(?:{any_of(before)})\s+({any_of(nouns)})\b", self.around.reading.text, re.IGNORECASE
        ):
            ids = self._pair("warring", match[1].lower(), match.start())
            yield Mention(Span(*match.span()), ids, NOMINAL_PLURAL, ACTOR, SURE[NOMINAL_PLURAL])

    def _pair(self, kind: str, noun: str, at: int) -> tuple[str, ...]:
        """Return the two who are meant, or nobody."""
        if kind == "warring":
            part = "forces" if noun == "armies" else "delegation" if noun.startswith("deleg") else None
            parts = tuple(f"grp:{state.removeprefix('gov:')}_{part}" for state in _WARRING)
            return parts if part else self._often_joined() or _WARRING
        line = self.around.reading.text.rfind("\n", 0, at) + 1
        fits = self._is_leader if kind == "leaders" else self.around.is_state
        before = [one for one in self.around.named if one.span.end <= at and fits(one.actor_ids[0])]
        here = [one for one in before if one.span.start >= line]
        if kind == "leaders":
            return _last_two(here) or _last_two(before)
        joined = self._joined(here)
        if joined or noun.startswith("capital"):
            return joined or _WARRING
        far = () if noun.startswith("countr") else _last_two(before)
        return self._often_joined() or _last_two(here) or far or _WARRING

    def _often_joined(self) -> tuple[str, ...]:
        """Return the two states that the article joins again and again, where these are not the warring ones."""
        states = [one for one in self.around.named if self.around.is_state(one.actor_ids[0])]
        joined = Counter(pair for one in pairwise(states) if (pair := self._joined(one)))
        pair, times = max(joined.items(), key=lambda one: (one[1], one[0]), default=((), 0))
        return pair if times >= _OFTEN and joined[_WARRING] < times else ()

    def _joined(self, states: Sequence[Mention]) -> tuple[str, ...]:
        """Return the last two states that stand side by side before a verb, or else anywhere."""
        text = self.around.reading.text
        pairs = [
            (one, other)
            for one, other in reversed(list(pairwise(states)))
            if one.actor_ids != other.actor_ids and _SIDE_BY_SIDE.fullmatch(text[one.span.end : other.span.start])
        ]
        acting = [pair for pair in pairs if is_verb(text, pair[1].span.end)]
        return next((tuple(sorted((one.actor_ids[0], other.actor_ids[0]))) for one, other in acting or pairs), ())

    def _is_leader(self, actor_id: str) -> bool:
        return any(is_role(role.role, "president") for role in self.around.actors[actor_id].roles)


@cache
def _bare_pattern() -> re.Pattern[str]:
    """Return the pattern of “the parliament” and, in front of a spokesman, “Foreign Ministry”."""
    words = suggestion_words()
    ministries = "|".join(one.title() for one in sorted(words.bodies) if one.endswith("ministry"))
    spokes = r"(?=\s+(?:spokes|official))"
    return re.compile(
        rf"\b([Tt]he|[Aa])\s+({any_of(words.of('bare', 'state'))})\b(?!\s+of\b)|\b()({ministries})\b{spokes}"
    )


def _last_two(found: Sequence[Mention]) -> tuple[str, ...]:
    """Return the ids of the two that were named last, or nobody where fewer were."""
    ids = list(dict.fromkeys(one.actor_ids[0] for one in reversed(found)))
    return tuple(sorted(ids[:_PAIR])) if len(ids) >= _PAIR else ()
