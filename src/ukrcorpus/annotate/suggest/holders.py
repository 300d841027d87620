"""Tell from its verbs who speaks in a clause: the cue, the voice, and whose claim it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ukrcorpus.annotate.suggest.clauses import Clause
from ukrcorpus.annotate.suggest.framed import framed_in, passive_in, source_in, told_by, viewed_by
from ukrcorpus.annotate.suggest.mentions import ACTOR, Mention
from ukrcorpus.annotate.suggest.spoken import (
    ASCRIBED,
    BY_AUTHOR,
    STATED,
    Found,
    Spoken,
    heard,
    spoken_by,
    still_unlisted,
)
from ukrcorpus.annotate.suggest.subjects import (
    PERSON,
    PRONOUN,
    STATE,
    UNLISTED,
    earlier_than,
    inside_of,
    is_role,
    issuers,
    referred,
    subject_ids,
)
from ukrcorpus.annotate.suggest.words import Cue, any_of, suggestion_words
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import AUTHOR, UNSPECIFIED

_WORD: Final = re.compile(r"[\w’'-]+")
_NOUN_BEFORE: Final = frozenset(
    "the a an its his her their these those this that no of own new more for to with by any such all some our".split()
)
_PLURALS: Final = frozenset(
    "states calls claims demands plans hopes fears views reports notes offers names doubts".split()
)
_AFTER_NOUN: Final = re.compile(
    rf"\s+(?:{any_of(suggestion_words().of('claims', 'aux'))}|of|from|on|and|in|who|which|agreed|met|voted)\b"
)
_BE: Final = frozenset("is are was were be been".split())
_POSITION: Final = Cue(STATED, "position", 2)
_ATTITUDE: Final = Cue(ASCRIBED, "position", None)
_REPORTS: Final = re.compile(r"\b(?:reports|report|sources|documents|media)\b", re.IGNORECASE)
_OFFER: Final = "offer|counter-offer|proposal|promise|appeal|demand|statement|pledge|announcement|call|bid|request|case"
_PHRASES: Final = (
    (
        re.compile(
            r"(?<=[’']s\s)(?:\w+\s+)?(position|view|line|goal|aim|condition|wish)\s+(?:is|was|remains|remained)\b"
        ),
        _ATTITUDE,
    ),
    (
        re.compile(rf"\b(made|makes|make|gave|issued|put forward|set out)\s+(?:[\w-]+\s+){{0,4}}?(?:{_OFFER})s?\b"),
        _POSITION,
    ),
    (
        re.compile(
            r"\b(?:is|are|was|were|remains?|remained)\s+(?:\w+ly\s+|not\s+|also\s+|less\s+|more\s+|very\s+|too\s+)*"
            r"(ready|willing|prepared|eager|keen|reluctant|unwilling|opposed|sceptical|skeptical|against|in favour"
            r"|cautious|pleased|satisfied|content|cheerful|cool|cooler|unhappy|disappointed|alarmed|furious|angry"
            r"|delighted|dissatisfied|optimistic|pessimistic|polite|grateful|concerned|worried|convinced|confident"
            r"|certain|unimpressed|unmoved|outraged|hesitant|doubtful|open to|wary|adamant|noncommittal)\b"
        ),
        _ATTITUDE,
    ),
)
_AUXILIARY: Final = re.compile(
    r"(?:\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|also|then|later|even|again|never|not|only"
    r"|already|openly|publicly|too|plainly)\s+)+$"
)
_SUBORDINATE: Final = re.compile(r"(?<=\w),? (?:after|because|since|which|whose|when|until|before|once|if|as) .*$")
_NATION: Final = re.compile(rf"\b({any_of(suggestion_words().demonyms)})\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
_APPOSED: Final = re.compile(
    r"(?!(?:The|In|On|At|For|After|Before|From|As)\b)[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+(?:\s+[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]+)+(?=,\s.*,\s*$)"
)
_BACKSHIFT: Final = re.compile(
    r"(?!In |On |At |After |Before |But )[A-Z][\w’'-]*(?: (?!that |which |who )[\w’'-]+){0,4}"
    r" (?:would|should|must|had to|ought to)\b"
)
_SECOND: Final = re.compile(r"\b(?:and|but|then)\s*$")  # a verb that is joined to another one
_HEAD: Final = re.compile(r"(?:[^,;:]{0,60}, [A-ZÀ-ÞА-ЯІЇЄҐ][^,;:]{0,40},|(?:[\w’'-]+ ){1,6})")
_NEAR: Final = 60
_SHORT: Final = 14  # words of a subject
_ADVERBS: Final = 2  # words before the verb of a clause without a subject


def spoken_in(text: str, clause: Clause, mentions: Sequence[Mention], before: Spoken | None) -> Spoken:
    """Return who speaks in a clause; ``before`` is the clause before it, in the same line."""
    source = source_in(text, clause)
    told = told_by(text, source, clause, mentions, before) if source else None
    second = clause.headless and text[: clause.span.start].endswith("that ")  # that-clause of the clause before
    if source is None and before is not None and before.cue is not None and second:
        return before
    begins = source.end if source and source.start == clause.span.start else clause.span.start
    by_verb = (
        spoken
        for found in _cues(text, clause)
        if found.start >= begins and (spoken := _with_subject(text, clause, found, mentions, before))
    )
    return (
        (framed_in(text, clause, mentions, before) if told is None else None)
        or next((_relayed(spoken, told) for spoken in by_verb), told)
        or passive_in(text, clause, mentions, before)
        or viewed_by(text, clause, mentions)
        or _going_on(text, clause, before)
        or Spoken(BY_AUTHOR, (AUTHOR,), (), None, None)
    )


def _going_on(text: str, clause: Clause, before: Spoken | None) -> Spoken | None:
    """Return the speaker before where a clause without a frame goes on with their words (“It would be hard”)."""
    if before is None or before.cue is None:
        return None
    words = text[clause.span.start : clause.span.end]
    goes_on = clause.headless or (before.voice == STATED and _BACKSHIFT.match(words) is not None)
    return before if goes_on else None


def _relayed(spoken: Spoken, told: Spoken | None) -> Spoken:
    """Return what an actor says, passed on by a body that is named; a person's words are their own."""
    if told is None:
        return spoken
    if not spoken.holders or not told.holders or told.holders[0].startswith(PERSON):
        return told
    relayers = () if told.holders == (UNSPECIFIED,) else told.holders
    return replace(spoken, relayers=relayers)


def _cues(text: str, clause: Clause) -> Iterator[Found]:
    """Yield the verbs that may tell who speaks, in order; nouns of the same form are left out."""
    words = suggestion_words()
    quoted = [match.span() for match in re.compile(r"[“«][^”»]*[”»]?").finditer(text, *_bounds(clause))]
    last = ""
    for match in _WORD.finditer(text, *_bounds(clause)):
        cue = words.cues.get(match[0]) or (words.progressive.get(match[0]) if last in _BE else None)
        inside = any(low <= match.start() < high for low, high in quoted)
        passive = re.match(r"\s+by\b", text[match.end() : match.end() + 4]) or (last in _BE and match[0][-2:] == "ed")
        behind = text[match.end() : match.end() + 12]
        noun = (
            last in _NOUN_BEFORE or last.endswith(("’s", "'s")) or (match[0] in _PLURALS and _AFTER_NOUN.match(behind))
        )
        if cue and not inside and not passive and not noun:
            yield Found(cue, match[0], match.start(), match.end())
        last = match[0].lower()
    for pattern, cue in _PHRASES:
        for match in pattern.finditer(text, *_bounds(clause)):
            yield Found(cue, match[1], match.start(), match.end())


def _bounds(clause: Clause) -> tuple[int, int]:
    return clause.span.start, clause.span.end


def _with_subject(
    text: str, clause: Clause, found: Found, mentions: Sequence[Mention], before: Spoken | None
) -> Spoken | None:
    """Return who speaks by this verb, or None where nobody stands as its subject."""
    inside = inside_of(clause, mentions)
    lead = _SUBORDINATE.sub("", _AUXILIARY.sub("", text[clause.span.start : found.start]))
    if clause.headless and before is not None and len(_WORD.findall(lead)) <= _ADVERBS:
        return spoken_by(found, before.holders) if before.cue else None
    low = clause.span.start + _subject_start(lead)
    subject = text[low : clause.span.start + len(lead)]
    able = [one for one in inside if one.span.end <= clause.span.start + len(lead) and one.use == ACTOR]
    own = [one for one in able if low <= one.span.start]
    names = (_APPOSED.match(subject), UNLISTED.search(subject.rstrip(" ,")))
    free = (name for name in names if name and not any(one.span.shared(_at(low, name)) for one in own))
    if name := next(free, None):
        nation = suggestion_words().demonyms.get(name[0].split()[0].lower())
        return spoken_by(found, (STATE + nation,)) if nation else spoken_by(found, (), name[0].rstrip(", "))
    if own:
        return spoken_by(found, subject_ids(text, own, able))
    if _SECOND.search(subject) and (heads := _heads(text, clause, able)):
        return spoken_by(found, subject_ids(text, heads, heads))
    before_it = [one for one in reversed(inside) if one.span.end <= found.start]
    holders = _unnamed(subject, found, [*before_it, *earlier_than(text, clause, mentions)], before)
    if holders is None:
        return None
    pronoun = PRONOUN.search(subject)
    return spoken_by(found, () if _unlisted_again(pronoun, before) else holders, _unlisted_again(pronoun, before))


def _unlisted_again(pronoun: re.Match[str] | None, before: Spoken | None) -> str | None:
    return still_unlisted(pronoun[0].lower(), before) if pronoun else None


def _at(low: int, name: re.Match[str]) -> Span:
    return Span(low + name.start(), low + name.end())


def _heads(text: str, clause: Clause, able: Sequence[Mention]) -> list[Mention]:
    """Return the actors of the subject that a clause begins with, persons in an apposition to it included."""
    head = _HEAD.match(text, clause.span.start, clause.span.end)
    return [one for one in able if head and one.span.end <= head.end()]


def _unnamed(subject: str, found: Found, earlier: Sequence[Mention], before: Spoken | None) -> tuple[str, ...] | None:
    """Return who is meant by a pronoun, “the minister”, “the statement” as a subject; None by any other."""
    pronoun = PRONOUN.search(subject)
    if pronoun:
        return referred(pronoun[0].lower(), heard(before), earlier)
    if nation := _NATION.search(subject):
        return (STATE + suggestion_words().demonyms[nation[1].lower()],)
    if is_role(subject.rstrip(" ,")):
        return referred("he", heard(before), earlier) or None
    low = found.start - len(subject)
    within = [one.actor_ids for one in reversed(earlier) if low <= one.span.start < found.start]
    if (issued := issuers(subject, heard(before), earlier)) is not None:
        return within[0] if within and len(subject.split()) < _SHORT else issued
    return (UNSPECIFIED,) if _REPORTS.search(subject) else None


def _subject_start(lead: str) -> int:
    """Return where the subject begins in what stands before its verb: behind the last comma, or at the head.

    A comma right before the verb closes an apposition, whose noun stands at the head.
    """
    bare = lead.rstrip()
    if bare.endswith(","):
        return 0
    comma = max(bare.rfind(", "), bare.rfind(": "), bare.rfind("; "))
    return comma + 2 if comma >= 0 and re.search(r"\w", bare[comma + 2 :]) else 0
