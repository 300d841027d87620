"""Cut an article into the clauses that can be claims: rules C1 to C5 of the scheme, inside one sentence each."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ukrcorpus.annotate.suggest.inverted import ENGLISH_VERBS
from ukrcorpus.annotate.suggest.words import any_of, suggestion_words
from ukrcorpus.measure.matching import Span

_WITHOUT: Final = ("title", "subtitle", "heading", "question", "table_header", "notice")  # C3
_LABELLED: Final = ("list_item", "callout")
_ROW: Final = "table_row"
_CELL: Final = " | "

_KNOW: Final = re.compile(r"Did you know that\s+", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?:[A-ZА-ЯІЇЄҐ][\w’'-]*)(?:\s+[\w’'-]+){0,4}:\s+(?=[A-ZА-ЯІЇЄҐ“\"«])")
_TAIL: Final = re.compile(r"[\s.!?…;,:”\"’»)\]]+$")
_OPENED: Final = re.compile(r"[“«][^”»]*$")
_JOINT: Final = re.compile(
    r";\s+|,?\s+(?:but|and|або|але|проте|а|й|та|і|и|но|однако)\s+"
    r"|,\s+(?:so|yet|while|whereas|although|though|тоді як)\s+|,\s+",
    re.IGNORECASE,
)
_OPEN_APPOSITION: Final = re.compile(r", (?:who|which|whose|then|now|issued|published|the|a|an|speaking)\b[^,]*$")
_INVERTED: Final = re.compile(r"\s+(?:the|a|an|his|her|its|their)\s+(?!\w+ that )[^,]*(?:,[^,]*)?$")
_PLAIN: Final = ","
_WORD: Final = re.compile(r"[\w’'-]+")
_DETERMINERS: Final = frozenset(
    "the a an no his her its their this that these those any some all both neither there nobody nothing each"
    " such".split()
)
_LOOK: Final = 8  # words behind a joint among which a verb must stand
_LOOK_FAR: Final = 12  # the same behind “whereas”
_CONCEDED: Final = re.compile(r",\s+(?:while|whereas|although|though)\b")
_LEAST: Final = 12  # characters: shorter pieces are no clause


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at a place of the text; ``headless`` says that its subject stands in the clause before it."""

    span: Span
    sentence: Span
    headless: bool
    kind: str


def clauses_of(text: str, kinds: Sequence[str], sentences: Sequence[Span]) -> Iterator[Clause]:
    """Yield the clauses of an article's sentences, whose lines have these kinds."""
    for line, kind in kinds_of(text, kinds):
        if kind not in _WITHOUT:
            low, high = (bisect_left(sentences, Span(at, 0)) for at in (line.start, line.end))
            for sentence in sentences[low:high]:
                yield from _of_sentence(text, sentence, kind, first=sentence.start == line.start)


def kinds_of(text: str, kinds: Sequence[str] = ()) -> Iterator[tuple[Span, str]]:
    """Yield the lines of a text with their kinds; without any they are told by their look."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        yield Span(start, start + len(line)), kinds[number] if number < len(kinds) else _look(line, number)
        start += len(line) + 1


def _look(line: str, number: int) -> str:
    """Return what a line seems to be."""
    if _CELL in line:
        return _ROW
    if any(line.lower().startswith(word) for word in suggestion_words().of("claims", "last_words")):
        return "notice"
    if line.endswith("?"):
        return "question"
    ended = line.rstrip('”"’»)').endswith((".", "!", ":", "…"))
    return "paragraph" if ended and number else "heading"


def _of_sentence(text: str, sentence: Span, kind: str, *, first: bool) -> Iterator[Clause]:
    body = text[sentence.start : sentence.end]
    known = _KNOW.search(body)
    if (body.rstrip('”"»').endswith("?") and not known) or body.endswith(":") or (kind == _ROW and first):
        return
    if kind == _ROW and not _verb_within(body, len(body.split())):
        return
    low = sentence.start + (known.end() if known else _lead(body, kind))
    joints = list(_joints(text, Span(low, sentence.end)))
    bounds = [(low, False), *((joint.end, headless) for joint, headless in joints)]
    ends = [*(joint.start for joint, _ in joints), sentence.end]
    for (start, headless), end in zip(bounds, ends, strict=True):
        tail = _TAIL.search(text, start, end)
        stop = tail.start() if tail else end
        if stop - start >= _LEAST or headless:
            yield Clause(Span(start, stop), sentence, headless, kind)


def _lead(body: str, kind: str) -> int:
    """Return how many characters stand in front of the claim: a label, a connective, a subordinator (C1)."""
    words = suggestion_words()
    label = _LABEL.match(body) if kind in _LABELLED else None
    start = label.end() if label else 0
    opened = re.compile(r"[“\"«‘]+").match(body, start)
    start = opened.end() if opened and not re.search(r"[”\"»’]", body[opened.end() : -3]) else start
    connective = re.compile(
        rf"(?:{any_of(words.of('claims', 'connectives'))}),\s+|(?:but|and|так|ні)\s+", re.IGNORECASE
    )
    concessive = re.compile(rf"(?:{any_of(words.of('claims', 'concessive'))})\s+", re.IGNORECASE)
    for pattern in (connective, concessive):
        found = pattern.match(body, start)
        start = found.end() if found else start
    return start


def _joints(text: str, span: Span) -> Iterator[tuple[Span, bool]]:
    """Yield the places where a coordination is split (C2), and whether what follows has no subject of its own."""
    start = span.start
    opener = text[max(0, span.start - 12) : span.start].strip().lower()
    split_open = opener.split(" ")[-1] in suggestion_words().of("claims", "concessive")
    for match in _JOINT.finditer(text, span.start, span.end):
        before, after = text[start : match.start()], text[match.end() : span.end]
        if _OPENED.search(text[span.start : match.start()]) or match.end() <= start:
            continue
        if split_open and match[0].strip() == _PLAIN and _has_subject(after):
            split_open, headless = False, False
        else:
            joined = _joined(match[0], before, after)
            if joined is None:
                continue
            headless = joined
        that = re.match(r"that\s+", after)
        end = match.end() + (that.end() if that else 0)
        yield Span(match.start(), end), headless
        start = end


def _joined(joint: str, before: str, after: str) -> bool | None:
    """Say of a joint whether the clause behind it has no subject; None where nothing is split."""
    first = _first_verb(after)
    plain = joint.strip() == _PLAIN
    if plain and first in ENGLISH_VERBS and _INVERTED.match(after, len(first)):
        return None
    if first and _verb_within(before, len(before.split())) and not (plain and _OPEN_APPOSITION.search(before)):
        inverted = re.match(rf"{re.escape(first)}\s+(?:[A-ZА-ЯІЇЄҐ]|he\b|she\b|він\b|вона\b|он\b|она\b)", after)
        return None if plain and inverted else True
    if re.match(r"that\s+\w", after) and not plain:
        return True if before.count(" that ") <= 1 else None
    if plain or not (joint.lstrip().startswith((",", ";")) or " but " in joint or " але " in joint):
        return None
    return False if _has_subject(after, _LOOK_FAR if _CONCEDED.match(joint) else _LOOK) else None


def _first_verb(after: str) -> str | None:
    """Return the cue that a clause begins with, behind adverbs."""
    words = suggestion_words()
    for word in _WORD.findall(after[:60]):
        if word.lower() not in words.of("claims", "adverbs"):
            return word if word in words.cues else None
    return None


def _has_subject(after: str, n_words: int = _LOOK) -> bool:
    """Say whether a clause begins with a subject and a verb soon after it."""
    found = _WORD.match(after.lstrip('“"«'))
    if found is None:
        return False
    word = found[0]
    begins = word[:1].isupper() or word.lower() in _DETERMINERS | suggestion_words().of("claims", "pronouns")
    return begins and _verb_within(after, n_words)


def _verb_within(part: str, n_words: int) -> bool:
    words = _WORD.findall(part)[:n_words]
    return any(
        word.lower() in _verbs() or (word.endswith("ed") and word.islower() and len(word) > len("need"))
        for word in words
    )


@cache
def _verbs() -> frozenset[str]:
    words = suggestion_words()
    return words.of("claims", "aux") | frozenset(words.cues)


def has_verb(part: str) -> bool:
    """Say whether a verb that tells, wants or does, or an auxiliary, stands in a part of a text."""
    return _verb_within(part, len(part.split()))
