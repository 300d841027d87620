"""What stands at the head of a page before the article: breadcrumb, doubled title, byline, table of contents."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import ITEM_MARK, Line, drop, ends_sentence, is_short, key, lines_of, n_words
from ukrcorpus.normalise.signs import opens
from ukrcorpus.schema.model import Repairs

# How far into a text the lines before the article can reach.
_HEAD_LINES = 12
_CRUMBS, _CRUMB_WORDS, _CRUMB_CHARS = 3, 5, 300
_BYLINE_CHARS = 90

_HOME = re.compile(r"(?:home|main|start|homepage|головна|главная)\s*(?:[»›>/|→·•:]|$)", re.IGNORECASE)
_CRUMB = re.compile(r"\s*[»›→>]\s*")
BY = r"(?i:(?:written |reported |posted |words )?by|authors?:?|автори?:?|від:|текст:)\s+"
_BYLINE = re.compile(rf"{BY}(?:(?:[A-ZА-ЯІЇЄҐ][\w’'.\-]*|and|of|the|та|и|de|von|van|&|,|\|)[ ,]*){{1,12}}")
_BYLINE_NAME = re.compile(r"\b[A-ZА-ЯІЇЄҐ][\w’'\-]+")
_TOC_HEAD = re.compile(
    r"(?:(?:table of )?contents|in this (?:article|story|guide)|on this page|what(?:’|')s inside|"
    r"jump to(?: section)?|зміст(?: статті)?|содержание(?: статьи)?|оглавление)\s*:?",
    re.IGNORECASE,
)
has_contents_head = opens(
    "table of", "contents", "in this", "on this", "what", "jump to", "зміст", "содержание", "оглавление"
)
_TOC_TOGGLE = re.compile(r"\[?(?:toggle|hide|show|сховати|показати)\]?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[-*•]\s*)?(\d{1,2})(?:\.\d{1,2})*[.)]?\s+(?=\S)")


def breadcrumb(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the path to the page at its head: it repeats the title and names no actor.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(breadcrumb, "Home » World » Talks stall\nTalks stall")
    'Talks stall'
    """
    yield from drop(filter(_is_breadcrumb, _head(text, _HEAD_LINES // 2)), text.text)


def _is_breadcrumb(line: Line) -> bool:
    if len(line.text) > _CRUMB_CHARS:
        return False
    crumbs = [crumb for crumb in _CRUMB.split(line.text) if crumb]
    leads_home = _HOME.match(line.text) and (len(crumbs) > 1 or "/" in line.text or "|" in line.text)
    # « » is also a pair of quotation marks.
    chain = (
        "«" not in line.text and len(crumbs) >= _CRUMBS and all(n_words(crumb) <= _CRUMB_WORDS for crumb in crumbs[:-1])
    )
    return bool(leads_home or chain)


def doubled_title(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the second copy of the title at the head of a text.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(doubled_title, "Talks stall\nTalks Stall\nBoth sides met.")
    'Talks stall\nBoth sides met.'
    """
    title, *others = _head(text, _HEAD_LINES)
    if is_short(title.text) and n_words(title.text) > 1:
        words, longest = key(title.text), 2 * len(title.text)
        copies = (line for line in others if len(line.text) <= longest and key(line.text) == words)
        # A lead that repeats the title as a sentence is text.
        copies = (line for line in copies if ends_sentence(title.text) or not ends_sentence(line.text))
        yield from drop(copies, text.text)


def repeated_line(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop a line that says again what the line before says, word for word: pages show headlines twice.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(repeated_line, "Both sides met.\nWhat Kyiv wants\nWhat Kyiv wants\nA truce.")
    'Both sides met.\nWhat Kyiv wants\nA truce.'
    """
    pairs = pairwise(lines_of(text.text))
    yield from drop((line for before, line in pairs if line.text == before.text and n_words(line.text) > 1), text.text)


def has_equal_lines(text: str) -> bool:
    """Say whether any line stands twice."""
    lines = text.split("\n")
    return len(set(lines)) < len(lines)


def byline(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the author's line at the head; it becomes metadata.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(byline, "Talks stall\nBy Ann Example, Senior Editor\nBoth sides met.")
    'Talks stall\nBoth sides met.'
    """
    yield from drop(filter(_is_byline, _head(text, _HEAD_LINES)), text.text)


def _is_byline(line: Line) -> bool:
    written = len(line.text) < _BYLINE_CHARS and _BYLINE.fullmatch(line.text)
    return bool(written) and len(_BYLINE_NAME.findall(line.text)) > 1


def _head(text: AlignedText, n_lines: int) -> list[Line]:
    return list(islice(lines_of(text.text), n_lines))


def contents(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop a table of contents with its header: its items stand again as headings.

    An item is a numbered line whose number goes on, or a line that stands again further down.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(contents, "Contents\n- 1. The plan\n- 2. The ans\nBoth sides met.\nThe plan\nIt has nine steps.")
    'Both sides met.\nThe plan\nIt has nine steps.'
    """
    lines = list(lines_of(text.text))
    for index, line in enumerate(lines):
        if not _TOC_HEAD.fullmatch(line.text):
            continue
        items = list(_contents_items(lines[index + 1 :]))
        yield from drop([line, *items] if items else [], text.text)
        return


def _contents_items(lines: list[Line]) -> Iterator[Line]:
    last = {key(line.text): index for index, line in enumerate(lines)}
    number = 0
    for index, line in enumerate(lines):
        numbered = _NUMBER.match(line.text)
        goes_on = numbered is not None and number <= int(numbered[1]) <= number + 1
        title = key(ITEM_MARK.sub("", line.text, count=1))
        stands_again = bool(title) and last.get(title, 0) > index
        marked = line.text[:1] in "-*•·" and is_short(line.text)
        if not (goes_on or stands_again or _TOC_TOGGLE.fullmatch(line.text) or (marked and number == 0 and index > 0)):
            return
        number = int(numbered[1]) if numbered and goes_on else number
        yield line
