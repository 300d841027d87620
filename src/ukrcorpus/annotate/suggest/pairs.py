"""Suggest noun phrases that stand for two actors: “both sides”, “the two ministers”, “the delegations” (A5)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from ukrcorpus.annotate.suggest.around import Around, is_verb
from ukrcorpus.annotate.suggest.mentions import ACTOR, METONYM, NOMINAL_PLURAL, SURE, Mention
from ukrcorpus.annotate.suggest.words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span

_SIDE_BY_SIDE: Final = re.compile(r"\s+(?:and|та|й|і|и)\s+(?:the\s+)?")
_OFTEN: Final = 3
_PAIR: Final = 2
_WARRING: Final = ("gov:ru", "gov:ua")
_PERSONS: Final = {  # noun for persons -> words of their roles
    "leader": ("president", "prime minister", "chancellor"),
    "minister": ("minister", "secretary of"),
    "foreign minister": ("minister of foreign", "foreign minister", "secretary of state", "for foreign affairs"),
    "diplomat": ("minister of foreign", "secretary of state", "ambassador", "representative"),
    "premier": ("prime minister",),
    "envoy": ("envoy", "special representative", "aide"),
    "politician": ("president", "minister", "chancellor", "secretary"),
}
_BOTH: Final = re.compile(
    r"\b[Tt]he (delegations|negotiators|negotiating teams|warring (?:parties|sides|states|countries))\b"
)


@dataclass(frozen=True)
class Pairs:
    """Finds such phrases in one article."""

    around: Around

    def mentions(self) -> Iterator[Mention]:
        """Yield the phrases; they may overlap each other and the names."""
        yield from self._pairs()
        yield from self._slavic_pairs()
        yield from self._delegations()
        yield from self._of_two_states()

    def _of_two_states(self) -> Iterator[Mention]:
        """Yield “the Russian and Ukrainian delegations” and “the French and US presidents”."""
        words = suggestion_words()
        demonyms, nouns = any_of(words.demonyms), any_of(words.bodies)
        plural = "|".join(f"{re.escape(one)}s" for one in words.offices)
        pattern = rf"\b({demonyms})\s+and\s+({demonyms})\s+(?:({nouns})s?|({plural}))\b"
        for match in re.finditer(pattern, self.around.reading.text, re.IGNORECASE):
            states = (words.demonyms[match[1].lower()], words.demonyms[match[2].lower()])
            ids = [self._at(code, match, self.around.day_at(match.start())) for code in states]
            if all(ids):
                both = tuple(sorted(one for one in ids if one))
                yield Mention(Span(*match.span()), both, NOMINAL_PLURAL, ACTOR, SURE[NOMINAL_PLURAL])

    def _at(self, code: str, match: re.Match[str], day: date | None) -> str | None:
        """Return the group or body of a state, or who holds the office there."""
        words = suggestion_words()
        if match[3]:
            part = words.bodies[match[3].lower()]
            able = (f"grp:{code}_{part}", f"org:{code}_{part}", f"gov:{code}" if part == "government" else "")
            return next((one for one in able if one in self.around.actors), None)
        return self.around.holder(f"gov:{code}", words.offices[match[4].lower().removesuffix("s")], day)

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

    def _delegations(self) -> Iterator[Mention]:
        """Yield “the delegations” and “the warring parties” where the article names both states."""
        named = {one.actor_ids[0] for one in self.around.named}
        if not named.issuperset(_WARRING):
            return
        for match in re.finditer(_BOTH, self.around.reading.text):
            ids = _WARRING if match[1].startswith("warring") else self._pair("warring", "delegations", match.start())
            yield Mention(Span(*match.span(1)), ids, NOMINAL_PLURAL, ACTOR, SURE[NOMINAL_PLURAL])

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
        before = [one for one in self.around.named if one.span.end <= at and self.around.is_state(one.actor_ids[0])]
        here = [one for one in before if one.span.start >= line]
        if kind == "leaders":
            wanted = _PERSONS.get(noun.rstrip("s"), ("president",))
            before = [one for one in self.around.named if one.span.end <= at]
            fitting = [one for one in before if self._has_role(one.actor_ids[0], wanted)]
            near = [one for one in fitting if one.span.start >= line]
            return _last_two(near) or _last_two(fitting)
        joined = self._joined(here) or (self._joined(before) if noun.startswith("countr") else ())
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

    def _has_role(self, actor_id: str, wanted: Sequence[str]) -> bool:
        return any(one in role.role.lower() for role in self.around.actors[actor_id].roles for one in wanted)


def _last_two(found: Sequence[Mention]) -> tuple[str, ...]:
    """Return the ids of the two that were named last, or nobody where fewer were."""
    ids = list(dict.fromkeys(one.actor_ids[0] for one in reversed(found)))
    return tuple(sorted(ids[:_PAIR])) if len(ids) >= _PAIR else ()
