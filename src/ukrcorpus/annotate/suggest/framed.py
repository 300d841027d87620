"""Tell who speaks by a frame around the content: “according to …”, “…, the minister said”, “was rejected by …”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ukrcorpus.annotate.suggest.clauses import Clause, has_verb
from ukrcorpus.annotate.suggest.inverted import ENGLISH_VERBS, can_follow, pronoun_behind, subject_behind, writer_behind
from ukrcorpus.annotate.suggest.mentions import Mention
from ukrcorpus.annotate.suggest.spoken import SAID, STATED, Found, Spoken, heard, spoken_by, still_unlisted
from ukrcorpus.annotate.suggest.subjects import (
    PERSON,
    PRONOUN,
    UNLISTED,
    earlier_than,
    inside_of,
    is_role,
    joined,
    referred,
    subject_ids,
)
from ukrcorpus.annotate.suggest.words import suggestion_words
from ukrcorpus.measure.statements import UNSPECIFIED

_WORD: Final = re.compile(r"[\w’'-]+")
_VIEW: Final = "(?:own )?(?:words|view|opinion|eyes|judge?ment|account|reading|assessment)"
_SOURCES: Final = (
    re.compile(r"\b(?:according to|за (?:даними|словами)|по данным),?\s+(?P<who>.{0,40})", re.IGNORECASE),
    re.compile(r"\b(?:за (?P<his>його|її) словами|по (?P<er>его|ее) словам),?\s+(?P<who>.{0,40})", re.IGNORECASE),
    re.compile(rf"\bin the {_VIEW} of (?P<who>.{{0,60}})", re.IGNORECASE),
    re.compile(
        r"\bwas (?:the|a) (?:comment|verdict|answer|reply|reaction|response|message|judgement) (?:of|from)"
        r" (?P<who>.{0,60})"
    ),
    re.compile(rf"\bin (?P<his>his|her|its|their) {_VIEW}\b(?P<who>)", re.IGNORECASE),
    re.compile(rf"\bin (?P<who>[^,;]{{2,60}}?)[’']s {_VIEW}\b", re.IGNORECASE),
)
_FOR: Final = re.compile(r"For (?P<who>(?:the )?[A-ZА-Я][^,;]{1,60}?)(?:,|\s(?:it|this|that|the|there)\s)")
_LED: Final = len("the former president of ")
_NO_SUBJECT: Final = frozenset("who which that where when while and but because since if although though".split())
_TAIL: Final = re.compile(
    r"\s*(?:$|[,;:”»\"]|(?:on|in|at|from|during|after|before|later|again|too|today|yesterday|last|ahead|afterwards|there"
    r"|here|for|through|with|via|aboard|himself|herself|themselves|earlier|recently|when|as)\b"
    r"|to (?:the|a|his|her|reporters|journalists|[A-ZА-Я])|that (?:day|evening|night|morning|week|month|year)\b)"
)
_TO_WHOM: Final = frozenset("told tells assured informed reminded".split())
_FRAMES: Final = frozenset("insisted insists promised promises vowed urged demanded pledged protested agreed".split())
_LONGEST, _LONGEST_TAIL = 9, 14  # words
_NEAR: Final = 60
_BY: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+|also\s+|later\s+|then\s+|not\s+|again\s+)?([a-z]+)\b[^,;:]{0,60}?"
    r"\bby\s+"
)
_CLOSED: Final = re.compile(r"[,;:]\s+|[”»\"],?\s+|\s[–—]\s")
_MARKS: Final = frozenset('” » "'.split())
_RELATIVE: Final = re.compile(
    r"\b(?:which|who|whom|whose|that(?= $)|after|because|since|when|where|before|once|if|unless|until)\b"
)
_WRITTEN: Final = frozenset("issued written published worded phrased".split())
_OBJECT: Final = re.compile(r"(?:him|her|it|them)\b")
_OWNS: Final = re.compile(r"[’']s?\s")


@dataclass(frozen=True, slots=True)
class Source:
    """A place that names a source without a verb: where it begins and who stands where in it."""

    start: int
    end: int
    low: int
    high: int
    word: str
    pronoun: str | None


def source_in(text: str, clause: Clause) -> Source | None:
    """Return the first place in a clause that names a source without a verb."""
    low, high = clause.span.start, clause.span.end
    for pattern in _SOURCES:
        if match := pattern.search(text, low, high):
            groups = match.groupdict()
            pronoun = groups.get("his") or groups.get("er")
            end = match.start("who") if match[0].lower().startswith(("acc", "за", "по")) else match.end()
            word = _WORD.match(text, match.start())
            return Source(
                match.start(), end, match.start("who"), match.end("who"), word[0].lower() if word else "", pronoun
            )
    return None


def told_by(text: str, source: Source, clause: Clause, mentions: Sequence[Mention], before: Spoken | None) -> Spoken:
    """Return whom a source without a verb names."""
    near = [one for one in inside_of(clause, mentions) if source.low <= one.span.start < source.high]
    earlier = earlier_than(text, clause, mentions)
    if source.pronoun:
        holders = referred(source.pronoun, heard(before), earlier)
    elif near:
        holders = _listed(text, near)
    elif is_role(text[source.low : source.high].split(",", maxsplit=1)[0]):
        holders = referred("he", heard(before), earlier)
    else:
        holders = (UNSPECIFIED,)
    return Spoken(STATED, holders, (), SAID, source.word)


def framed_in(text: str, clause: Clause, mentions: Sequence[Mention], before: Spoken | None) -> Spoken | None:
    """Return who speaks by a frame that stands behind its content or within it: “…, the minister said”."""
    inside = inside_of(clause, mentions)
    for found, low in _frames(text, clause):
        own = [one for one in inside if low <= one.span.start and one.span.end <= found.start]
        subject = text[low : found.start].strip(" ,")
        if any(not _OWNS.match(text, one.span.end) for one in own):
            return spoken_by(found, subject_ids(text, own, own))
        if name := UNLISTED.search(subject):
            return spoken_by(found, (), name[0])
        pronoun = PRONOUN.match(subject)
        if pronoun or is_role(subject):
            word = pronoun[0].lower() if pronoun else "he"
            earlier = [*(one for one in reversed(inside) if one.span.end <= low), *earlier_than(text, clause, mentions)]
            return spoken_by(found, referred(word, heard(before), earlier), still_unlisted(word, before))
        if own:
            return spoken_by(found, own[0].actor_ids)
    return _inverted(text, clause, mentions, before)


def _inverted(text: str, clause: Clause, mentions: Sequence[Mention], before: Spoken | None) -> Spoken | None:
    """Return who speaks by a verb before its subject: “…, said the minister”."""
    inside = inside_of(clause, mentions)
    for match in _WORD.finditer(text, clause.span.start, clause.span.end):
        cue = suggestion_words().cues.get(match[0], SAID if match[0] in ENGLISH_VERBS else None)
        if cue is None or match.start() == clause.span.start or not can_follow(text, match.start(), match[0]):
            continue
        found = Found(cue, match[0], match.start(), match.end())
        if pronoun := pronoun_behind(text, found.end):
            if any(word in suggestion_words().cues for word in _WORD.findall(text[clause.span.start : match.start()])):
                return None  # who spoke first in the clause goes on
            who = referred(pronoun, heard(before), earlier_than(text, clause, mentions))
            return spoken_by(found, who, still_unlisted(pronoun, before))
        subject = writer_behind(text, found.end, inside) or subject_behind(text, found.end, inside)
        if subject:
            return spoken_by(found, subject.actor_ids)
        if is_role(text[found.end : clause.span.end]):
            return spoken_by(found, referred("he", heard(before), earlier_than(text, clause, mentions)))
    return None


def _frames(text: str, clause: Clause) -> Iterator[tuple[Found, int]]:
    """Yield the verbs of such frames, and where their subjects begin."""
    cues = suggestion_words().cues
    start, end = clause.span.start, clause.span.end
    for match in _WORD.finditer(text, start, end):
        cue = cues.get(match[0])
        if cue is None or cue.voice != STATED or (cue.kind == "position" and match[0] not in _FRAMES):
            continue
        opened = list(_CLOSED.finditer(text, start, match.start()))
        low = opened[-1].end() if opened else start
        subject, tail = text[low : match.start()].split(), text[match.end() : end]
        if low == start or not 0 < len(subject) < _LONGEST or subject[0].lower() in _NO_SUBJECT:
            continue
        inner = tail.startswith(",")
        ended = match[0] in _TO_WHOM or _TAIL.match(tail) is not None
        if not ended or (not inner and (" that " in f"{tail} " or len(tail.split()) > _LONGEST_TAIL)):
            continue
        if has_verb(text[start:low]) or (inner and has_verb(tail)) or text[low - 2 : low].strip() in _MARKS:
            yield Found(cue, match[0], match.start(), match.end()), low


def passive_in(text: str, clause: Clause, mentions: Sequence[Mention], before: Spoken | None) -> Spoken | None:
    """Return by whom something is said or done: “was rejected by Moscow”."""
    cues = suggestion_words().cues
    for match in _BY.finditer(text, clause.span.start, clause.span.end):
        cue = SAID if match[1] in _WRITTEN else cues.get(match[1])
        if cue is None or _RELATIVE.search(text[clause.span.start : match.start()]):
            continue
        found = Found(cue, match[1], match.start(1), match.end(1))
        if pronoun := _OBJECT.match(text, match.end()):
            return spoken_by(found, referred(pronoun[0], heard(before), earlier_than(text, clause, mentions)))
        behind = [one for one in inside_of(clause, mentions) if one.span.start - match.end() >= 0]
        near = [one for one in behind if one.span.start - match.end() < _NEAR]
        if near:
            return spoken_by(found, _listed(text, near))
    return None


def viewed_by(text: str, clause: Clause, mentions: Sequence[Mention]) -> Spoken | None:
    """Return for whom a clause says that something is so: “For Moscow it was a defeat”."""
    match = _FOR.match(text, clause.span.start, clause.span.end)
    near = [one for one in inside_of(clause, mentions) if match and one.span.end <= match.end("who")]
    return Spoken(STATED, _listed(text, near), (), SAID, "for") if near else None


def _listed(text: str, near: Sequence[Mention]) -> tuple[str, ...]:
    """Return the first of some actors with those that are joined to it; a person whose title names a body alone."""
    if not near:
        return (UNSPECIFIED,)
    titled = len(near) > 1 and near[1].actor_ids[0].startswith(PERSON) and not joined(text, near[0], near[1])
    if titled and "," not in text[near[0].span.end : near[1].span.start]:
        return near[1].actor_ids
    until = next((at for at, pair in enumerate(pairwise(near), 1) if not joined(text, *pair)), len(near))
    return tuple(dict.fromkeys(name for one in near[:until] for name in one.actor_ids))
