"""Lines of a text with their offsets, and the changes that drop or cut them."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from ukrcorpus.core.alignment import Change

# A sentence ends in a stop; these may stand behind it.
_STOPS = (".", "!", "?", "…")
_CLOSERS = "\"'”’»)]"
_TWO_SENTENCES = re.compile(r"[.!…](?<=[^\W\d_]{2}.)[”\"»]? +[A-ZА-ЯІЇЄҐ]")
WORD = re.compile(r"[^\W\d_]+(?:[’'\-–][^\W\d_]+)*")
# No heading is longer.
_HEADING_CHARS, _HEADING_WORDS = 160, 22
# `Part one. The plan` is a heading too.
_TWO_PART_WORDS = 5
# Articles and prepositions stay small in title case; a heading in it has at least this share of capitals.
_SMALL_WORD = 3
TITLE_CASE = 0.6
# The bullet or number of a list or contents item.
ITEM_MARK = re.compile(r"(?:[-*•·–]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+)?")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# So many lines are remembered with what was told of them: more than a page has.
_REMEMBERED = 1024
_Told = TypeVar("_Told")


class Line(NamedTuple):
    """``text[start:end]``, without its line end."""

    start: int
    end: int
    text: str


def remembered(tell: Callable[[str], _Told]) -> Callable[[str], _Told]:
    """Return a function of a line that remembers its answers: most lines are the same from pass to pass."""
    return lru_cache(maxsize=_REMEMBERED)(tell)


@remembered
def _same(line: str) -> str:
    """Return the line as it was first seen: to find what is remembered of it, its hash is taken once."""
    return line


# Most passes look at the text that the one before them looked at.
@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text; offsets are code points."""
    lines, start = [], 0
    for line in map(_same, text.split("\n")):
        lines.append(Line(start, start + len(line), line))
        start += len(line) + 1
    return tuple(lines)


def drop(lines: Iterable[Line], text: str) -> Iterator[Change]:
    """Yield the changes that remove lines, each with the line end before it; at the head, with the one behind."""
    head = 0
    for line in lines:
        if line.start == head:
            head = line.end + 1
            yield Change(line.start, min(head, len(text)), "")
        else:
            yield Change(line.start - 1, line.end, "")


@remembered
def n_words(text: str) -> int:
    """Count words; a hyphen compound is one."""
    return len(WORD.findall(text))


def has_words(text: str, number: int) -> bool:
    """Say whether there are at least so many words, without counting the others."""
    return len(list(islice(WORD.finditer(text), number))) == number


def is_question(text: str) -> bool:
    """Say whether a line ends as a question."""
    return text.rstrip(_CLOSERS).endswith("?")


def ends_sentence(text: str) -> bool:
    """Say whether a line ends with a full stop, question or exclamation mark, quotes aside."""
    return text.rstrip(_CLOSERS).endswith(_STOPS)


@remembered
def is_short(text: str) -> bool:
    """Say whether a line is short enough for a heading, and no sentence: at most 22 words, no final stop."""
    if not text or len(text) > _HEADING_CHARS or text[-1] in ".,;:!…" or ends_sentence(text.rstrip("?")):
        return False
    words = n_words(text)
    return words <= _HEADING_WORDS and (words <= _TWO_PART_WORDS or not _TWO_SENTENCES.search(text))


def whole_words(alternatives: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words for a folded text, from regular expressions in small letters."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


@remembered
def key(text: str) -> str:
    """Return a line's words in lower case: two copies of a heading rarely have the same marks.

    >>> key("- The  Plan!") == key("the plan")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


@remembered
def title_case_share(text: str) -> float:
    """Return the share of capitalised words among those of four letters and more.

    >>> title_case_share("The Failed Promise of Direct Talks")
    1.0
    """
    words = [word for word in WORD.findall(text) if len(word) > _SMALL_WORD]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0
