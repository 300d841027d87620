"""Runs of spaces, outer spaces, empty lines, and lines that were wrapped at a column."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, ends_sentence, lines_of
from ukrcorpus.normalise.structure import ITEM_PASSES
from ukrcorpus.schema.model import Repairs

_RUNS = re.compile(r"(?<= ) +")
_BLANK = re.compile(r"\n(\n+)")
_WRAP_COLUMNS = range(45, 111)
_LONG_WORD, _FEW, _NEARLY_ALL = 18, 3, 0.75
_DIVIDED, _REST = re.compile(r"([^\W\d_]{2,})-$"), re.compile(r"[a-zà-öø-ÿа-яёіїєґ]+")
# What stands before a hyphen that belongs to its word.
_COMPOUNDS = frozenset(
    """
    self ex non co anti pro well long short high low cross far half mid multi post pre semi two three four five six
    seven eight nine ten first second third vice left right front back year day week month large small state full all
    part so per by like ever near newly hard ill pan inter euro war peace air sea land north south east west then
    військово міжнародно соціально економічно північно південно східно західно будь хто що де як коли по
    военно международно социально экономически северо юго северно южно восточно западно кто что где как когда
    """.split()
)
_MARKER = re.compile(r"[-*•▪●|#>]|\d+[.)] |\d+\.\d+ [A-ZА-Я]|\(?[a-zа-я\d]\) ")
# In a text whose paragraphs empty lines part, shorter lines run on as well; headings are shorter still.
_HALF, _PARTED = 0.55, 0.6


def edges(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Trim every line.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(edges, "  one ")
    'one'
    """
    for start, end, line in lines_of(text.text):
        first, last = start + len(line) - len(line.lstrip(" ")), start + len(line.rstrip(" "))
        yield Change(start, first, "")
        if first < last:
            yield Change(last, end, "")


def runs(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Make one space of several.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(runs, "one   two")
    'one two'
    """
    for match in _RUNS.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def unwrap(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Join lines that were broken at a column, as mails and old pages do; a block is one line here.

    A text counts as wrapped when several lines run on in lower case, nearly all of those end
    within a word's length of one column, and they outweigh the longer lines. Items of a list stay
    apart, whatever they begin with.
    """
    items = {edit.start for edit in text.edits if ITEM_PASSES & set(edit.passes)}
    lines = list(lines_of(text.text))
    pairs = [(a, b) for a, b in pairwise(lines) if a.text and b.text and b.start not in items]
    running_on = [len(a.text) for a, b in pairs if _runs_on(a, b) and len(a.text) in _WRAP_COLUMNS]
    width = max(running_on, default=0)
    full = [length for length in running_on if length > width - _LONG_WORD]
    longer = sum(len(line.text) for line in lines if len(line.text) not in range(_WRAP_COLUMNS.stop))
    if len(full) < _FEW or len(full) < _NEARLY_ALL * len(running_on) or sum(full) < longer:
        return
    least = _HALF * width if _is_parted(lines, width) else width + 1
    for line, after in pairs:
        fits = len(line.text) + 1 + len(after.text.split(" ", 1)[0]) <= width
        goes_on = len(line.text) <= width and (not fits or len(line.text) >= least)
        if not _MARKER.match(after.text) and (_runs_on(line, after) or goes_on):
            yield _joint(text.text, line, after)


def _is_parted(lines: list[Line], width: int) -> bool:
    """Say whether empty lines part the paragraphs: most of the short lines that end a sentence stand before one."""
    last = [
        not after.text
        for line, after in pairwise((*lines, Line(0, 0, "")))
        if 0 < len(line.text) < width * _NEARLY_ALL and ends_sentence(line.text)
    ]
    return len(last) >= _FEW and sum(last) >= _PARTED * len(last)


def _joint(text: str, line: Line, after: Line) -> Change:
    """Return the change that joins two lines; a word that was divided at their break becomes one again."""
    broken = _DIVIDED.search(line.text)
    rest = _REST.match(after.text)
    if broken is None or rest is None:
        return Change(line.end, line.end + 1, " ")
    first, second = broken[1], rest.group()
    compound = first.lower() in _COMPOUNDS or f"{first}-{second}" in text
    kept = compound and f"{first}{second}" not in text
    return Change(line.end - (not kept), line.end + 1, "")


def blank_lines(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove empty lines: a block is a line.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(blank_lines, "one\n\n\ntwo\n")
    'one\ntwo'
    """
    first, last = len(text.text) - len(text.text.lstrip("\n")), len(text.text.rstrip("\n"))
    yield Change(0, first, "")
    for match in _BLANK.finditer(text.text, first, last):
        yield Change(match.start(1), match.end(1), "")
    if first < last:
        yield Change(last, len(text.text), "")


def has_edges(text: str) -> bool:
    """Say whether any line has outer spaces."""
    return any(line.text[:1] == " " or line.text[-1:] == " " for line in lines_of(text))


def has_blank_lines(text: str) -> bool:
    """Say whether any line is empty."""
    return "\n\n" in text or text.startswith("\n") or text.endswith("\n")


def has_small_starts(text: str) -> bool:
    """Say whether any line begins with a small letter, as the rest of a wrapped one may."""
    return any(line.text[:1].islower() for line in lines_of(text))


def _runs_on(line: Line, after: Line) -> bool:
    return after.text[0].islower() and line.text[-1] not in ";:" and not ends_sentence(line.text)
