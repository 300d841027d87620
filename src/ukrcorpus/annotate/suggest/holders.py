"""Tell from its verbs who speaks in a clause: the cue, the voice, and whose claim it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ukrcorpus.annotate.suggest.clauses import Clause
from ukrcorpus.annotate.suggest.inverted import can_follow, pronoun_behind, subject_behind
from ukrcorpus.annotate.suggest.mentions import ACTOR, Mention
from ukrcorpus.annotate.suggest.words import Cue, any_of, suggestion_words
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import AUTHOR, UNSPECIFIED

STATED, ASCRIBED, ENACTED, BY_AUTHOR = "stated", "ascribed", "enacted", "author"

_WORD: Final = re.compile(r"[\w’'-]+")
_NOUN_BEFORE: Final = frozenset(
    "the a an its his her their these those this that no of own new more for to with by any such all some our".split()
)
_BE: Final = frozenset("is are was were be been".split())
_ACCORDING: Final = re.compile(
    r"\b(?:according to|за (?:його |її )?словами|за даними|по (?:его |ее )?словам|по данным),?\s+", re.IGNORECASE
)
_SAID: Final = Cue(STATED, None, None)
_POSITION: Final = Cue(STATED, "position", 2)
_ATTITUDE: Final = Cue(ASCRIBED, "position", None)
_REPORTS: Final = re.compile(r"\b(?:reports|report|sources|documents|media)\b", re.IGNORECASE)
_OFFER: Final = "offer|counter-offer|proposal|promise|appeal|demand|statement|pledge|announcement|call|bid|request|case"
_PHRASES: Final = (
    (
        re.compile(rf"\b(made|makes|make|gave|issued|put forward|set out)\s+(?:[\w-]+\s+){{0,4}}?(?:{_OFFER})s?\b"),
        _POSITION,
    ),
    (
        re.compile(
            r"\b(?:is|are|was|were|remains?|remained)\s+(?:\w+ly\s+|not\s+|also\s+)?"
            r"(ready|willing|prepared|eager|keen|reluctant|unwilling|opposed|sceptical|skeptical|against|in favour"
            r"|cautious)\b"
        ),
        _ATTITUDE,
    ),
)
_PRONOUN: Final = re.compile(r"\b(?:he|she|it|they|він|вона|вони|он|она|они)\b", re.IGNORECASE)
_PERSONAL: Final = frozenset("he she він вона он она".split())
_ENGLISH: Final = frozenset("he she".split())  # in Ukrainian and Russian bodies are he and she as well
_UNLISTED: Final = re.compile(r"(?!The\b)\b[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+(?:\s+(?:[A-Z]\.\s*)*[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+)+$")
_CONJUNCTION: Final = re.compile(r"\b(?:and|та|й|і|и)\s")
_COORDINATED: Final = re.compile(r",?\s+(?:and|та|й|і|и)\s+(?:(?:the|its|his|her)\s+)?|,\s+(?:the\s+)?")
_AUXILIARY: Final = re.compile(
    r"(?:\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|also|then|later|even|again|never|not|only"
    r"|already|openly|publicly|too|plainly)\s+)+$"
)
_SUBORDINATE: Final = re.compile(r"(?<=\w),? (?:after|because|since|which|whose|when|until|before|once|if|as) .*$")
_NATION: Final = re.compile(rf"\b({any_of(suggestion_words().demonyms)})\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
_STATE: Final = "gov:"
_PERSON: Final = "per:"
_ADVERBS: Final = 2  # words before the verb of a clause without a subject


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks in a clause; ``cue`` and its word are None where the article itself does."""

    voice: str
    holders: tuple[str, ...]
    ascribers: tuple[str, ...]
    cue: Cue | None
    word: str | None
    unlisted: str | None = None
    relayers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    cue: Cue
    word: str
    start: int
    end: int


def spoken_in(text: str, clause: Clause, mentions: Sequence[Mention], before: Spoken | None) -> Spoken:
    """Return who speaks in a clause; ``before`` is the clause before it, in the same line."""
    inside = _inside(clause, mentions)
    source = _ACCORDING.search(text, clause.span.start, clause.span.end)
    told = _told_by(source, inside, before) if source else None
    begins = source.end() if source and source.start() == clause.span.start else clause.span.start
    second = clause.headless and text[: clause.span.start].endswith("that ")  # that-clause of the clause before
    if source is None and before is not None and before.cue is not None and second:
        return before
    for found in _cues(text, clause):
        if found.start >= begins and (spoken := _with_subject(text, clause, found, mentions, before)):
            return _relayed(spoken, told)
    if told is not None:
        return told
    if clause.headless and before is not None and before.cue is not None:
        return before
    return Spoken(BY_AUTHOR, (AUTHOR,), (), None, None)


def _told_by(source: re.Match[str], inside: Sequence[Mention], before: Spoken | None) -> Spoken:
    """Return whom “according to” names."""
    named = [one for one in inside if 0 <= one.span.start - source.end() < len("the former president of ")]
    taken_up = before.holders if before and len(source[0].split()) > len(("за", "словами")) else ()
    holders = taken_up or (named[0].actor_ids if named else (UNSPECIFIED,))
    return Spoken(STATED, holders, (), _SAID, source[0].strip().lower())


def _relayed(spoken: Spoken, told: Spoken | None) -> Spoken:
    """Return what an actor says, passed on by a body that is named; a person's words are their own."""
    if told is None:
        return spoken
    if not spoken.holders or not told.holders or told.holders[0].startswith(_PERSON):
        return told
    relayers = () if told.holders == (UNSPECIFIED,) else told.holders
    return replace(spoken, relayers=relayers)


def _cues(text: str, clause: Clause) -> Iterator[_Found]:
    """Yield the verbs that may tell who speaks, in order; nouns of the same form are left out."""
    words = suggestion_words()
    quoted = [match.span() for match in re.compile(r"[“«][^”»]*[”»]?").finditer(text, *_bounds(clause))]
    last = ""
    for match in _WORD.finditer(text, *_bounds(clause)):
        cue = words.cues.get(match[0]) or (words.progressive.get(match[0]) if last in _BE else None)
        inside = any(low <= match.start() < high for low, high in quoted)
        passive = re.match(r"\s+by\b", text[match.end() : match.end() + 4]) or (last in _BE and match[0][-2:] == "ed")
        noun = last in _NOUN_BEFORE or last.endswith(("’s", "'s"))
        if cue and not inside and not passive and not noun:
            yield _Found(cue, match[0], match.start(), match.end())
        last = match[0].lower()
    for pattern, cue in _PHRASES:
        for match in pattern.finditer(text, *_bounds(clause)):
            yield _Found(cue, match[1], match.start(), match.end())


def _bounds(clause: Clause) -> tuple[int, int]:
    return clause.span.start, clause.span.end


def _with_subject(
    text: str, clause: Clause, found: _Found, mentions: Sequence[Mention], before: Spoken | None
) -> Spoken | None:
    """Return who speaks by this verb, or None where nobody stands as its subject."""
    inside = _inside(clause, mentions)
    if can_follow(text, found.start, found.word):
        if pronoun := pronoun_behind(text, found.end):
            return _spoken(found, _referred(pronoun, before, _earlier(clause, mentions)))
        if behind := subject_behind(text, found.end, inside):
            return _spoken(found, behind.actor_ids)
    lead = _SUBORDINATE.sub("", _AUXILIARY.sub("", text[clause.span.start : found.start]))
    if clause.headless and before is not None and len(_WORD.findall(lead)) <= _ADVERBS:
        return _spoken(found, before.holders) if before.cue else None
    low = clause.span.start + _subject_start(lead)
    subject = text[low : clause.span.start + len(lead)]
    able = [one for one in inside if one.span.end <= clause.span.start + len(lead) and one.use == ACTOR]
    own = [one for one in able if low <= one.span.start]
    name = _UNLISTED.search(subject.rstrip(" ,"))
    if name and not any(one.span.shared(Span(low + name.start(), low + name.end())) for one in own):
        nation = suggestion_words().demonyms.get(name[0].split()[0].lower())
        return _spoken(found, (_STATE + nation,)) if nation else _spoken(found, (), name[0])
    if own:
        return _spoken(found, _subject(text, own, able))
    holders = _unnamed(text, subject, found, clause, mentions, before)
    return None if holders is None else _spoken(found, holders)


def _unnamed(  # noqa: PLR0913, PLR0917 - all that can tell
    text: str, subject: str, found: _Found, clause: Clause, mentions: Sequence[Mention], before: Spoken | None
) -> tuple[str, ...] | None:
    """Return who is meant by a subject without a name: a pronoun, “the French envoy”, “reports”; None by any other."""
    pronoun = _PRONOUN.search(subject) or _PRONOUN.match(text, found.end + 1)
    if pronoun:
        inside = [one for one in reversed(_inside(clause, mentions)) if one.span.end <= found.start]
        earlier = [*inside, *_earlier(clause, mentions)]
        return _referred(pronoun[0].lower(), before, earlier)
    if nation := _NATION.search(subject):
        return (_STATE + suggestion_words().demonyms[nation[1].lower()],)
    return (UNSPECIFIED,) if _REPORTS.search(subject) else None


def _spoken(found: _Found, holders: tuple[str, ...], unlisted: str | None = None) -> Spoken:
    ascribers = (AUTHOR,) if found.cue.voice == ASCRIBED else ()
    return Spoken(found.cue.voice, holders, ascribers, found.cue, found.word, unlisted)


def _subject_start(lead: str) -> int:
    """Return where the subject begins in what stands before its verb: behind the last comma, or at the head.

    A comma right before the verb closes an apposition, whose noun stands at the head.
    """
    bare = lead.rstrip()
    if bare.endswith(","):
        return 0
    comma = max(bare.rfind(", "), bare.rfind(": "), bare.rfind("; "))
    return comma + 2 if comma >= 0 and re.search(r"\w", bare[comma + 2 :]) else 0


def _subject(text: str, own: Sequence[Mention], able: Sequence[Mention]) -> tuple[str, ...]:
    """Return the ids of the subject: persons before bodies, all that are coordinated, none behind a possessive.

    ``own`` stand behind the last comma before the verb; a list that they end is taken from ``able``, whole.
    """
    free = [one for one in own if not re.match(r"[’']s?\s", text[one.span.end : one.span.end + 3])] or list(own)
    persons = [one for one in free if all(name.startswith(_PERSON) for name in one.actor_ids)]
    chosen = persons or free
    group = [chosen[0]]
    for one in reversed([one for one in able if one.span.end <= chosen[0].span.start]):
        if _COORDINATED.fullmatch(text[one.span.end : group[0].span.start]):
            group.insert(0, one)
    whole = text[group[0].span.start : chosen[-1].span.end]
    group = group if _CONJUNCTION.search(whole) else group[-1:]  # commas alone make no list
    for one in chosen[1:]:
        if _COORDINATED.fullmatch(text[group[-1].span.end : one.span.start]):
            group.append(one)
        elif not persons:
            break
    return tuple(dict.fromkeys(name for one in group for name in one.actor_ids))


def _inside(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    return [one for one in mentions if clause.span.start <= one.span.start and one.span.end <= clause.span.end]


def _earlier(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions before a clause, the last one first."""
    return [one for one in reversed(mentions) if one.span.end <= clause.span.start]


def _referred(pronoun: str, before: Spoken | None, earlier: Sequence[Mention]) -> tuple[str, ...]:
    """Return whom a pronoun takes up: the holders of the clause before where they can be meant, else who was named."""
    said = [before.holders] if before else []
    for ids in (*said, *(one.actor_ids for one in earlier)):
        persons = tuple(name for name in ids if name.startswith(_PERSON))
        bodies = tuple(name for name in ids if not name.startswith((_PERSON, "pseudo:")))
        plural = bodies or (persons if len(persons) > 1 else ())
        spoke = bodies if ids in said and pronoun not in _ENGLISH else ()
        if chosen := (persons[:1] or spoke) if pronoun in _PERSONAL else plural:
            return chosen
    return ()
