"""Runs of spaces, outer spaces, empty lines, and lines that were wrapped at a column."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, lines_of
from ukrcorpus.schema.model import Repairs

_RUNS = re.compile(r"(?<= ) +")
_EDGES = re.compile(r"^ +| +$", re.MULTILINE)
_BLANK = re.compile(r"\A\n+|(?<=\n)\n+|\n+\Z")
_WRAP_COLUMNS = range(50, 111)
_MARKER = re.compile(r"[-*•|#>]|\d+[.)]")


def edges(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Trim every line.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(edges, "  one ")
    'one'
    """
    if not _has_edges(text.text):
        return
    for match in _EDGES.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def runs(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Make one space of several.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(runs, "one   two")
    'one two'
    """
    if "  " not in text.text:
        return
    for match in _RUNS.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def unwrap(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Join lines that were broken at a column, as mails and old pages do; a block is one line here.

    A text counts as wrapped when no line is longer than 110 characters and most lines that are
    followed by another end because its first word did not fit.
    """
    lines = list(lines_of(text.text))
    width = max((len(line.text) for line in lines), default=0)
    if width not in _WRAP_COLUMNS:
        return
    pairs = [(a, b) for a, b in pairwise(lines) if a.text and b.text]
    full = [(a, b) for a, b in pairs if _did_not_fit(a, b, width)]
    if len(full) < max(4, len(pairs) // 2):
        return
    for line, after in full:
        if not _MARKER.match(after.text):
            yield Change(line.end, line.end + 1, " ")


def blank_lines(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove empty lines: a block is a line.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(blank_lines, "one\n\n\ntwo\n")
    'one\ntwo'
    """
    if "\n\n" not in text.text and not text.text.startswith("\n") and not text.text.endswith("\n"):
        return
    for match in _BLANK.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def _has_edges(text: str) -> bool:
    """Say whether any line has outer spaces, faster than the pattern finds them."""
    return " \n" in text or "\n " in text or text.startswith(" ") or text.endswith(" ")


def _did_not_fit(line: Line, after: Line, width: int) -> bool:
    return len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width
