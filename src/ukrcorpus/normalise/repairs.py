"""Repairs where no meaning is at stake: lower-cased names and sentence starts, letter slips."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import filterfalse, groupby, islice

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import (
    CYRILLIC,
    WORD,
    ends_sentence,
    lines_of,
    n_words,
)
from ukrcorpus.normalise.spaces import outside_addresses
from ukrcorpus.normalise.structure import ITEM_PASSES
from ukrcorpus.schema.model import Repairs

_LETTER = r"[^\W\d_]"
_LOWER = "a-zà-öø-ÿа-яёіїєґ"
_WHOLE_WORD = re.compile(r"\w+")
_FIRST_WORD = re.compile(rf"[{_LOWER}][{_LOWER}’'-]*(?=[ ,;|]|: |$)")
_LABEL = re.compile(rf"(?P<label>(?:{_LETTER}|\d)[^:.!?|\n]{{1,70}}):(?= (?P<next>\S))")
_ITEM_LABEL = re.compile(r"(?P<label>[^\W\d_][\w’'-]*(?: [\w’'-]+){0,5}): (?P<next>[^\W\d_]+(?= ))")
_JOINED_BEFORE = re.compile(r"([^\W\d_]+)(?:(?:,| and| or|, and|, or|’s and|'s and)? |[-–—/])$")
_JOINED_AFTER = re.compile(r"(?:(?:,| and| or|, and|, or) |[-–—/])([^\W\d_]+)")
# A country rather than a word, behind one of these.
_OFFICIALS = re.compile(
    r"\b(?:officials?|analysts?|diplomats?|minist(?:ers?|ry)|talks|ambassadors?|envoys?|exports?|imports?|visits?|trips?|ties|"
    r"relations|president|government|troops|embassy|leaders?|trade|borders?) (?:in|from|with|to|of) $",
    re.IGNORECASE,
)
_HALVES = re.compile(
    r"(?:north|south) (?=(?:Korean?s?|Africans?|Africa|Macedonian?|Ossetia|Sudan|America)\b)(?<!\w.{6})"
)
_SHORT_NAMES = frozenset(("us", "uk", "eu", "un"))
_WORD_CHARS = 40
_COUNTRIES = frozenset(("China", "Turkey", "Jordan", "Georgia", "Cuba", "Chile", "Peru", "Mali", "Niger", "Chad"))
_SIC = re.compile(r"[\"”’»)]* ?[\[(]sic\b")
_LABEL_CHARS, _LABEL_WORDS = 71, 8
_SMALL_WORD = 3


def slips(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Mend the closed list of letter slips in schema/repairs.toml, whole words only.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(slips, "Thes talks adn the rest")
    'These talks and the rest'
    """
    for at, wrong in _found(text.text, repairs, repairs.mends):
        if not _SIC.match(text.text, at + len(wrong)):
            yield Change(at, at + len(wrong), repairs.mends[wrong])


def names(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Give lower-cased names and demonyms of schema/repairs.toml their capital.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(names, "ukraine, the Russia-ukraine war and the Global south; see ukraine.ua and #ukraine")
    'Ukraine, the Russia-Ukraine war and the Global South; see ukraine.ua and #ukraine'
    """
    found = dict(_found(text.text, repairs, repairs.capitals))
    for at in outside_addresses(text.text, found):
        if _is_name(text.text, at, found[at], repairs):
            yield Change(at, at + len(found[at]), repairs.capitals[found[at]])
    halves = "north " in text.text or "south " in text.text
    for match in _HALVES.finditer(text.text) if halves else ():
        yield Change(match.start(), match.start() + 1, match.group()[0].upper())
    for phrase in repairs.phrases:
        first, rest = phrase.split(" ", 1)
        if first not in text.text:
            continue
        for match in _damaged(first, rest).finditer(text.text):
            yield Change(match.start(1), match.end(1), rest)


def labels(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Capitalise the label at the head of a line, and what follows it where the other labels do.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(labels, "border Realignments: Some will move.")
    'Border Realignments: Some will move.'
    """
    for at in sorted({*_title_labels(text), *_item_labels(text)}):
        yield Change(at, at + 1, text.text[at].upper())


def _title_labels(text: AlignedText) -> Iterator[int]:
    """Yield where labels in title case begin small, and what follows them where that of most others does not."""
    labelled = [(line, label) for line in lines_of(text.text) if (label := _certain_label(line.text))]
    upper = sum(label["next"].isupper() for _line, label in labelled)
    for line, label in labelled:
        if label["label"][0].islower():
            yield line.start
        if label["next"].islower() and upper * 2 > len(labelled) and ends_sentence(line.text):
            yield line.start + label.start("next")


def _item_labels(text: AlignedText) -> Iterator[int]:
    """Yield where labels of list items begin small, or sentences behind them, when most others of their list do not."""
    items = {edit.start for edit in text.edits if not ITEM_PASSES.isdisjoint(edit.passes)}
    marked = ((line, _ITEM_LABEL.match(line.text) if line.start in items else None) for line in lines_of(text.text))
    for in_list, run in groupby(marked, key=lambda pair: pair[1] is not None):
        pairs = [(line, label) for line, label in run if label] if in_list else []
        for part in ("label", "next"):
            small = [(line, label) for line, label in pairs if label[part][0].islower()]
            if len(small) * 2 >= len(pairs):
                continue
            for line, label in small:
                if part == "label" or ends_sentence(line.text):
                    yield line.start + label.start(part)


def header_cells(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Capitalise the cells of a table's header; only a dropped delimiter row says which line that is.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(header_cells, "outcome | Impact\nKyiv | a truce")
    'outcome | Impact\nKyiv | a truce'
    """
    # The delimiter row is gone by now; the edit that dropped it marks the header.
    dropped = {edit.start for edit in text.edits if "structure.table_rules" in edit.passes}
    for line in lines_of(text.text):
        if line.end not in dropped or " | " not in line.text:
            continue
        at = line.start
        for cell in line.text.split(" | "):
            if _FIRST_WORD.match(cell):
                yield Change(at, at + 1, cell[0].upper())
            at += len(cell) + 3


def run_in_label(line: str) -> re.Match[str] | None:
    """Return the label of a line such as ``Border Realignments: Some will move.``, if it has one."""
    if line.find(": ", 0, _LABEL_CHARS + 2) < 0:
        return None
    label = _LABEL.match(line)
    if (
        label is None
        or n_words(label["label"]) > _LABEL_WORDS
        or not any(islice(WORD.finditer(line, label.end()), 1, 2))
    ):
        return None
    words = [word for word in label["label"].split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return label if len(words) > 1 and capitals * 2 >= len(words) else None


def _certain_label(line: str) -> re.Match[str] | None:
    """Return a label in title case; `Minister Smith stressed: talks go on.` has none."""
    label = run_in_label(line)
    if label is None or CYRILLIC.search(label["label"]):
        return None
    _first, *rest = label["label"].split()
    long = [word for word in rest if len(word) > _SMALL_WORD and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return label if long and capitals == len(long) else None


def _found(text: str, repairs: Repairs, words: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the places of listed words in order: few texts hold any, so a set decides before a pattern is built."""
    first = _present(text, repairs.first_words)
    present = [word for one in first for word in repairs.by_first_word[one] if word in words and word in text]
    found = ((match.start(), -len(word), word) for word in present for match in _whole_word(word).finditer(text))
    end = 0
    for at, _, word in sorted(found):
        if at >= end:
            yield at, word
            end = at + len(word)


def _is_name(text: str, at: int, word: str, repairs: Repairs) -> bool:
    """Say whether a listed word is a name here: `china` only beside another one, `eu` not before a hyphen."""
    end = at + len(word)
    if len(word) <= _SMALL_WORD and text[end : end + 1] == "-":
        return False
    if repairs.capitals[word] not in repairs.uncertain:
        return True
    if repairs.capitals[word] in _COUNTRIES and _OFFICIALS.search(text, max(0, at - _WORD_CHARS), at):
        return True
    joined = (_JOINED_BEFORE.search(text, max(0, at - _WORD_CHARS), at), _JOINED_AFTER.match(text, end))
    beside = [match[1].lower() for match in joined if match]
    return any(name in repairs.capitals or name in _SHORT_NAMES for name in beside)


@lru_cache(maxsize=4)
def _present(text: str, words: frozenset[str]) -> frozenset[str]:
    """Return those of the words that stand in a text."""
    tokens = frozenset(text.split())
    # Most tokens are words as they are; the others hold marks.
    marked = _WHOLE_WORD.findall(" ".join(filterfalse(str.isalnum, tokens)))
    return (words & tokens) | words.intersection(marked)


@lru_cache(maxsize=512)
def _whole_word(word: str) -> re.Pattern[str]:
    word = re.escape(word)
    return re.compile(rf"{word}(?<![\w@#/.]{word})(?![\w@/]|\.\w)")


@lru_cache(maxsize=64)
def _damaged(first: str, rest: str) -> re.Pattern[str]:
    first, rest = re.escape(first), re.escape(rest)
    return re.compile(rf"{first} (?<!\w{first} )((?!{rest}\b)(?i:{rest}))\b")
