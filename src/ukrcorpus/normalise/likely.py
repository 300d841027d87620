"""Furniture in words that no list has: what a line's words, form and place make likely.

A logistic regression over whole lines (``likely_model.toml``, made by ``benchmarks/furniture_fit.py``). It is asked
last, about what phrases and forms have left, and takes only what it is sure of. Weights are hundredths, summed as
integers, so that every machine comes to the same verdict.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import Final, NamedTuple

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.frame import is_article_over
from ukrcorpus.normalise.lines import drop, ends_sentence, is_question, is_short, lines_of, title_case_share
from ukrcorpus.normalise.structure import ITEM_PASSES, is_callout
from ukrcorpus.normalise.zones import is_notice, page_of
from ukrcorpus.schema.model import Repairs

HEAD, BODY, TAIL = "head", "body", "tail"

_WORD = re.compile(r"[^\W\d_]+")
# Endings say less than stems, in all three languages.
_STEM = 6
# A paragraph of an article has at least so many spaces; a line with more than the second number is not asked about,
# nor one between paragraphs with more than the third.
_PARAGRAPH, _LONGEST, _LONGEST_INSIDE = 13, 48, 28
_TEXT = "text"
_WORD_STEPS, _CAPITAL_STEPS, _PLACE_STEPS = (0, 1, 2, 4, 7, 11, 16, 24), (0.0, 0.3, 0.6, 0.99), (1, 2, 3, 5, 8)
_HEADLINE_WORDS = 3
_TOLD = 50
_LIST, _LEAD_WORDS = 12, 4
_ITEM = re.compile(
    r"(?:[-*•·▪◦‣●■□✓✔✅➤►–—]|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?|\(?\d{1,2}[.)]|\[\d+\]|[QAПВОЗ]:)\s"
)
# A sentence that tells who said something is the article's own.
_SAYS = re.compile(
    r"\b(?:said|says|reported|reports|told|wrote|announced|according to|повідом\w+|сообщ\w+|сказа\w+|заяв\w+|писа\w+|"
    r"за словами|по словам)\b",
    re.IGNORECASE,
)
_SIGNS: Final = {
    "symbol": re.compile(r"[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\U0001f300-\U0001faff›‹◄►▸»]"),
    "time": re.compile(r"\d{1,2}:\d\d"),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "number": re.compile(r"\d"),
    "address": re.compile(r"https?:|www\.|\.(?:com|org|net|info|ua|ru)\b|@"),
    "item": _ITEM,
    "quotation": re.compile(r"[“”«]"),
}
_MARKS: Final = ("|", "*", " / ", "#", "...", "…", "!", "(", " · ", " – ", "[", "+", "©", ": ")


class Reading(NamedTuple):
    """A line's zone on its page, signs of its form and place, stems of its words, and if it stands over a paragraph."""

    zone: str
    signs: tuple[str, ...]
    words: frozenset[str]
    heads: bool


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in hundredths of the logarithm of the odds, and from which sum on a line of a zone goes."""

    limits: Mapping[str, int]
    signs: Mapping[str, int]
    words: Mapping[str, int]

    def score(self, reading: Reading) -> int:
        """Return the logarithm of the odds that a line is furniture, in hundredths."""
        return sum(self.signs.get(sign, 0) for sign in reading.signs) + self.told(reading)

    def told(self, reading: Reading) -> int:
        """Return the part of the words in it."""
        return sum(self.words.get(word, 0) for word in reading.words)

    def is_furniture(self, reading: Reading, *, is_over: bool) -> bool:
        """Say whether a line goes; as a heading, or behind a text that nothing shows to be over, by its words too."""
        unsure = (reading.zone == TAIL and not is_over) or (reading.zone == HEAD and reading.heads)
        if unsure and self.told(reading) < _TOLD:
            return False
        return self.score(reading) > self.limits[reading.zone]


def likely(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop lines that are most likely furniture by their words, form and place; items, rows and notices stay.

    >>> body = "\n".join(["Both sides met for the third time in as many weeks and parted late without a date."] * 2)
    >>> page = AlignedText.of("Talks end\r\n" + body + "\nEnjoyed this? Sign up and we will send you more.")
    >>> page = page.change("unicode.newlines", [Change(9, 10, "")])
    >>> page.change("boilerplate.likely", likely(page, None)).text == "Talks end\n" + body
    True
    """
    # A text that no pass had work on is one that comes in again: its lists have lost their marks, its lines were asked.
    if not text.edits:
        return
    lines = lines_of(text.text)
    items = frozenset(edit.start for edit in text.edits if not ITEM_PASSES.isdisjoint(edit.passes))
    gone = furniture_of(
        [line.text for line in lines], model_in_use(), is_over=is_article_over(text, page_of(text.text))
    )
    yield from drop((lines[index] for index in gone if lines[index].start not in items), text.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page and its outermost paragraphs; without any, all is head."""

    lines: Sequence[str]
    kinds: Sequence[str]
    first: int
    last: int

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Layout":
        """Return the layout of a page's lines."""
        kinds = [_TEXT if _is_paragraph(line) else "short" if is_short(line) else "other" for line in lines]
        places = [index for index, kind in enumerate(kinds) if kind == _TEXT] or [len(lines)]
        return cls(lines, ["top", *kinds, "end"], places[0], places[-1])

    @property
    def has_article(self) -> bool:
        """Whether there are two paragraphs: in less there is no article to tell furniture from."""
        return self.first < self.last

    def zone(self, index: int) -> str:
        """Return the part of the page that a line stands in."""
        return HEAD if index < self.first else TAIL if index > self.last else BODY

    def reading(self, index: int) -> Reading:
        """Return what the model is told of a line."""
        zone, line = self.zone(index), self.lines[index]
        from_first, from_last = index - self.first, index - self.last
        place = -from_first if zone == HEAD else from_last if zone == TAIL else min(from_first, -from_last)
        words = _WORD.findall(line)
        around = "-".join(self.kinds[index : index + 3])
        signs = tuple(_signs(line, len(words), zone, place, around))
        return Reading(zone, signs, _stems(words), self.kinds[index + 2] == _TEXT)


def read(lines: Sequence[str]) -> list[Reading]:
    """Return what the model is told of each line of a page."""
    layout = Layout.of(lines)
    return [layout.reading(index) for index in range(len(lines))]


def furniture_of(lines: Sequence[str], model: Model, *, is_over: bool) -> list[int]:
    """Return the places of lines that go."""
    layout = Layout.of(lines)
    if not layout.has_article:
        return []
    title = _title(layout, model)
    asked = (index for index in range(len(lines)) if index != title and _may_go(layout, index))
    return [index for index in asked if model.is_furniture(layout.reading(index), is_over=is_over)]


def _may_go(layout: Layout, index: int) -> bool:
    """Say whether a line is worth asking about: no item, row, notice, heading, answer, or long paragraph."""
    lines, line, zone = layout.lines, layout.lines[index], layout.zone(index)
    if not line or line.count(" ") > (_LONGEST_INSIDE if zone == BODY else _LONGEST):
        return False
    if line.startswith("|") or " | " in line or line.endswith(";") or not _WORD.search(line):
        return False
    if line[0].islower() or _is_listed(lines, index):
        return False
    if _ITEM.match(line) or is_notice(line) or is_callout(line) or (ends_sentence(line) and _SAYS.search(line)):
        return False
    if zone == HEAD:
        return True
    # A heading has text under it; furniture there goes first, and then the heading is asked about again.
    heads = (is_short(line) or is_question(line)) and index + 1 < len(lines) and not is_short(lines[index + 1])
    return not heads and not (index > 0 and is_question(lines[index - 1]))


def _is_listed(lines: Sequence[str], index: int) -> bool:
    """Say whether a line stands in a list without marks: lines without stops up to one that ends in a colon."""
    above = takewhile(lambda line: not ends_sentence(line), reversed(lines[max(0, index - _LIST) : index]))
    return any(line.endswith(":") and len(_WORD.findall(line)) >= _LEAD_WORDS for line in above)


def _title(layout: Layout, model: Model) -> int | None:
    """Return the place of the head's line that is least like furniture, among those that can be a headline."""
    head = ((layout.reading(index), index) for index in range(layout.first))
    titles = [(model.score(one), index) for one, index in head if len(one.words) >= _HEADLINE_WORDS]
    return min(titles)[1] if titles else None


def _signs(line: str, n_words: int, zone: str, place: int, around: str) -> Iterator[str]:
    length, end = f"words {_step(n_words, _WORD_STEPS)}", f"end {_end(line)}"
    yield from ("any", zone, length, end, f"{zone}, {length}, {end}")
    yield f"{zone}, place {_step(place, _PLACE_STEPS)}"
    yield f"around {around}"
    yield f"{zone}, around {around}"
    yield f"capitals {_step(title_case_share(line), _CAPITAL_STEPS)}"
    if line.isupper():
        yield "upper"
    if line[:1].islower():
        yield "lower"
    yield from (name for name, pattern in _SIGNS.items() if pattern.search(line))
    yield from (f"has {mark.strip()}" for mark in _MARKS if mark in line)


def _is_paragraph(line: str) -> bool:
    return line.count(" ") >= _PARAGRAPH and ends_sentence(line)


def _end(line: str) -> str:
    if is_question(line):
        return "?"
    if line.endswith(("...", "…")):
        return "…"
    return "." if ends_sentence(line) else ":" if line.endswith(":") else "none"


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM] for word in words)


def _step(value: float, steps: Sequence[float]) -> int:
    return next((index for index, step in enumerate(steps) if value <= step), len(steps))


@lru_cache(maxsize=1)
def model_in_use() -> Model:
    """Return the fitted model; it is read once."""
    text = files(__package__).joinpath("likely_model.toml").read_text(encoding="utf-8")
    return Model(**tomllib.loads(text))
