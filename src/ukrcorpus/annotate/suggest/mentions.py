"""Suggest actor mentions: names of the registry by rules A1 to A8 of the scheme, and phrases that stand for actors."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ukrcorpus.annotate.gazetteer import Gazetteer, Hit
from ukrcorpus.annotate.suggest.words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Actor, ActorType, Schema

NAME, METONYM, GROUP, NOMINAL, NOMINAL_PLURAL = "name", "metonym", "group", "nominal", "nominal_plural"
ACTOR, PLACE = "actor", "place"

# How sure a suggestion is, by its kind: its precision on the development articles, rounded down (docs/suggestions.md).
SURE: Final = {NAME: 0.95, METONYM: 0.95, GROUP: 0.75, NOMINAL: 0.9, NOMINAL_PLURAL: 0.75}
_OFFERED: Final = 0.5  # ambiguous in the registry: offered, never linked by rule

_DATED: Final = re.compile(r",\s+(?:\d{1,2}\s+)?[A-ZА-ЯІЇЄҐa-zа-яіїєґ]+\s+(?:19|20)\d\d")
_PEOPLE: Final = re.compile(r"grp:([a-z]{2})_public")
_BODY, _WORLD = "org:", "org:un"
_DERIVED: Final = re.compile(
    r"-(?:backed|led|installed|controlled|held|occupied|appointed|aligned|brokered|based|run|made)\b"
)
_WHOLE: Final = re.compile(
    r"\b(?:Western|Eastern|Central|Northern|Southern)\s+$"
    r"|\b(?:all|part|rest|whole|map|history|future|security|most|much) of\s+(?:the\s+)?$"
)
_MINISTER: Final = re.compile(r"\s+(?:[Mm]inister|[Dd]esk|[Dd]ay)\b")
_BACK: Final = 60  # characters before a name that can tell a venue


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A suggested mention."""

    span: Span
    actor_ids: tuple[str, ...]
    form: str
    use: str
    score: float


@dataclass(frozen=True)
class Reading:
    """One article as the rules see it."""

    text: str
    day: date | None
    spun: bool


def named_mentions(reading: Reading, gazetteer: Gazetteer, schema: Schema) -> tuple[Mention, ...]:
    """Return the mentions by names of the registry, in text order, without venues, titles, articles and currencies.

    A name that counts only after another one counts where that is named anywhere in the article.
    """
    actors = {actor.id: actor for actor in schema.actors}
    first = gazetteer.find(reading.text, spun=reading.spun)
    plain = {hit.actor_id for hit in first if not hit.ambiguous}
    hits = gazetteer.find(reading.text, spun=reading.spun, named=plain | _kin(plain, actors))
    found = [_named(reading, one, actors[one.actor_id]) for one in _single(reading.text, hits)]
    kept = [one for one in found if one is not None]
    return tuple(sorted([*kept, *_short_forms(reading.text, kept, actors)]))


def _kin(named: set[str], actors: dict[str, Actor]) -> set[str]:
    """Return the bodies that some others belong to or consist of; everybody knows whose assembly is meant."""
    bodies = {actor.id: actor.rolls_up_to for actor in actors.values() if actor.id.startswith(_BODY)}
    above = {above for one in named if (above := bodies.get(one)) and above.startswith(_BODY)}
    return above | {_WORLD} | {one for one, above_it in bodies.items() if above_it in named and above_it in bodies}


def _single(text: str, hits: tuple[Hit, ...]) -> Iterator[Hit]:
    """Yield the hits that name one actor.

    An ambiguous name counts where only one actor has it, and that one is named plainly elsewhere or can act here.
    """
    plain = {hit.actor_id for hit in hits if not hit.ambiguous}
    places: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        places.setdefault((hit.start, hit.end), []).append(hit)
    for same in places.values():
        if len(same) == 1 and (same[0].actor_id in plain or _acts(text, same[0])):
            yield same[0]


def _acts(text: str, hit: Hit) -> bool:
    """Say whether the word behind is a verb that reports, wants or does."""
    behind = re.match(r"(?:\s+\w+ly|\s+in\s+[A-Z]\w+)?\s+([\w’'-]+)", text[hit.end : hit.end + 40])
    before = re.search(r"according to (?:\w+ )?$", text[max(0, hit.start - 30) : hit.start], re.IGNORECASE)
    words = suggestion_words()
    verb = behind[1].lower() if behind else ""
    named = text[hit.start].isupper() and not text[hit.start : hit.end].endswith("s")  # no group in the plural
    return bool(before) or verb in words.cues or (named and verb in words.of("claims", "aux"))


def _named(reading: Reading, hit: Hit, actor: Actor) -> Mention | None:
    text = reading.text
    span = _bare(text, Span(hit.start, hit.end), actor)
    there = text[span.start : span.end]
    words = suggestion_words()
    if re.match(rf"\s+(?:{any_of(words.of('places', 'currency'))})\b", text[span.end : span.end + 12]):
        return None
    form = _form(there, hit, actor)
    if (form == GROUP and _MINISTER.match(text, span.end)) or _DERIVED.match(text, span.end):
        return None
    if (form == METONYM and _is_venue(text, span)) or (form == GROUP and " " not in there and _is_region(text, span)):
        return None
    score = _OFFERED if hit.ambiguous else SURE[form]
    people = _PEOPLE.fullmatch(hit.actor_id)
    if people and " " not in there:
        before = text[max(0, span.start - _BACK) : span.start]
        if re.search(r"\d\s+$", before):
            return None  # so many of them are no actor
        if re.search(r"(?<!of )\bthe\s+$", before, re.IGNORECASE):
            return Mention(span, (f"gov:{people[1]}",), form, ACTOR, _OFFERED)
    return Mention(span, (hit.actor_id,), form, _use(text, span, form, actor), score)


def _bare(text: str, span: Span, actor: Actor) -> Span:
    """Return the span without an article and, for a person, without titles (A1)."""
    titles = suggestion_words().of("titles", "words") if actor.type is ActorType.PERSON else frozenset(["the"])
    match = re.compile(rf"(?:(?:{any_of(titles)})\s+)*", re.IGNORECASE).match(text, span.start, span.end)
    return Span(match.end(), span.end) if match and match.end() < span.end else span


def _form(there: str, hit: Hit, actor: Actor) -> str:
    if hit.kind == METONYM or (hit.ambiguous and actor.id == "org:eu"):
        return METONYM
    if actor.type is ActorType.GROUP:
        return GROUP
    common = there == there.lower() and not any(character.isdigit() for character in there)
    return NOMINAL if common and actor.type is ActorType.ORGANISATION and " " not in there else NAME


def _use(text: str, span: Span, form: str, actor: Actor) -> str:
    """Return ``place`` for the name of a state behind a preposition of place (A7)."""
    if form != NAME or actor.type is not ActorType.STATE:
        return ACTOR
    before = re.search(r"([\w’']+)\s+(?:the\s+)?$", text[max(0, span.start - 20) : span.start])
    inside = before is not None and before[1].lower() in suggestion_words().of("places", "place")
    return PLACE if inside and not re.match(r"[’']s\b", text[span.end : span.end + 2]) else ACTOR


def _is_region(text: str, span: Span) -> bool:
    """Say whether the name of a region is only where something is (A6)."""
    before = re.search(r"([\w’']+)\s+(?:the\s+)?$", text[max(0, span.start - 20) : span.start])
    owns = re.match(r"[’']s\b", text[span.end : span.end + 2])
    whole = _WHOLE.search(text, max(0, span.start - _BACK), span.start)
    return bool(owns or whole) or (before is not None and before[1].lower() in suggestion_words().of("places", "place"))


def _is_venue(text: str, span: Span) -> bool:
    """Say whether a capital is only where something is (A4)."""
    words = suggestion_words()
    before = text[max(0, span.start - _BACK) : span.start]
    bare = re.sub(r"\b[Tt]he $", "", before)
    listed = re.sub(r"(?:[A-ZА-ЯІЇЄҐ][\w’'-]*(?:,\s+|\s+and\s+|\s+та\s+|\s+и\s+|\s+і\s+))+$", "", bare)
    word = re.search(r"([\w’']+)\s+$", listed)
    if word and word[1].lower() in words.of("places", "venue"):
        return True
    moved = re.search(rf"\b(?:{any_of(words.of('places', 'motion'))})\s+(?:\w+\s+){{0,3}}(?:to|from|for)\s+$", listed)
    if moved:
        return True
    if _DATED.match(text, span.end) and text[max(0, span.start - 1) : span.start] in ("", "\n"):
        return True
    behind = set(re.findall(r"[\w’']+", text[span.end : span.end + 30])[:2])
    if behind & words.of("places", "meeting") and re.match(r"\s+\w", text[span.end : span.end + 2]):
        return bool(re.search(r"\b(?:the|a|an|this|that|its|scheduled|planned)\s+$", before, re.IGNORECASE))
    return False


def _short_forms(text: str, found: list[Mention], actors: dict[str, Actor]) -> Iterator[Mention]:
    """Yield surnames of persons, and head nouns of bodies behind “the”, after their full names."""
    taken = [one.span for one in found]
    full: dict[str, tuple[str, int, bool]] = {}
    for one in found:
        actor = actors[one.actor_ids[0]]
        words = text[one.span.start : one.span.end].split()
        person = actor.type is ActorType.PERSON
        if one.form == NAME and len(words) > 1 and (person or actor.type is ActorType.ORGANISATION):
            full.setdefault(words[-1], (actor.id, one.span.end, person))
    for word, (actor_id, behind, person) in full.items():
        if not word[:1].isupper() or len(word) < len("Xxxx"):
            continue
        lead = "" if person else r"(?<=\bthe )|(?<=\bThe )"
        for match in re.compile(rf"(?:{lead})\b{re.escape(word)}\b(?!\s+[A-ZА-Я]|-)").finditer(text, behind):
            span = Span(*match.span())
            if not any(span.shared(other) for other in taken):
                yield Mention(span, (actor_id,), NAME, ACTOR, SURE[NOMINAL])


def without_overlaps(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in text order; of those that share characters the longest stays."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda one: (one.span.start - one.span.end, one.span)):
        if not any(one.span.shared(other.span) for other in kept):
            kept.append(one)
    return tuple(sorted(kept))
