"""Tables of contents, with a header or without one, and the numbers of pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, drop, ends_sentence, is_short, key, lines_of, remembered
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.zones import page_of
from ukrcorpus.schema.model import Repairs

_HEAD = re.compile(
    alternatives(r"""
(?:(?:table of |article )?contents|in this (?:article|story|guide|post|issue)|on this page|what(?:’|')s (?:inside|
    in this article)|contents of (?:this|the) (?:article|page|post|guide)|(?:jump|skip) to(?: an?)?(?: section)?|
    quick (?:links|navigation)(?: \([^()]{1,30}\))?|(?:article|page|post) (?:outline|overview|map)|outline|
    in this (?:briefing|brief|report|piece|analysis)|where this (?:post|article|piece) goes|what (?:this|the)
    (?:article|page|post|guide|piece) (?:covers|contains)|про що (?:ця|цей) (?:стаття|текст|матеріал)|
    о ч[её]м (?:эта|этот) (?:статья|текст|материал)|зміст(?: статті| матеріалу)?|
    содержание(?: статьи| материала)?|оглавление|[ув] (?:цій|цьому) (?:статті|матеріалі)|в этой статье|
    в этом материале|навігація(?: по статті)?|навигация(?: по статье)?|план (?:статті|статьи)|про що (?:стаття|
    читайте|йдеться))\s*:?
"""),
    re.IGNORECASE,
)
# These are the button of a table of contents, whatever stands under them.
_LONE_HEAD = re.compile(
    r"table of contents|(?:table of )?contents:? ?(?:\[?(?:hide|show|toggle)\]?)|"
    r"зміст:? ?\[?(?:сховати|приховати|показати)\]?|"
    r"(?:содержание|оглавление):? ?\[?(?:скрыть|показать|убрать)\]?",
    re.IGNORECASE,
)
# These also head summaries: a table of contents is what follows only where its lines stand again.
_MAYBE_HEAD = re.compile(
    r"(?:what you(?:’|'| wi)ll learn|what(?:’|')?s? (?:this (?:article|guide) covers|covered)|що ви дізнаєтес[ья]|"
    r"что вы узнаете|о ч[её]м (?:статья|эта статья|речь)|key (?:events|developments|moments|topics)|"
    r"highlights|summary|overview|topics|sections|main (?:events|topics)|"
    r"головне|коротко|ключові (?:події|теми)|главное|ключевые (?:события|темы))\s*:?",
    re.IGNORECASE,
)
_TOGGLE = re.compile(
    r"\[?(?:toggle|hide|show|expand|collapse|сховати|показати|приховати|скрыть|показать)\]?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:[-*•]\s*)?(\d{1,2})(?:\.\d{1,2})*[.)]?\s+(?=\S)")
_MARK = re.compile(r"^(?:[-*•·–‣◦▪→»]\s*)?(?:\(?(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[ivxIVX]{1,4}[.)]|[a-zа-яіїєґ]\))\s+)?")
_LEADER = re.compile(r"(?:\s?\.{3,}\s?|\s?…+\s?| {2,})\d{1,3}$")
_BULLETS = "-*•·‣◦▪"
_FEW, _LONGEST = 3, 200
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|с\. ?|стор\. ?|стр\. ?|- ?|– ?)?(\d{1,3})(?: ?-| ?–)?(?: (?:of|/|з|из) \d{1,3})?", re.IGNORECASE
)


def contents(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop a table of contents with its header: its items stand again as headings.

    An item is a numbered line whose number goes on, or a line that stands again further down.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(contents, "Contents\n- 1. The plan\n- 2. The ans\nBoth sides met.\nThe plan\nIt has nine steps.")
    'Both sides met.\nThe plan\nIt has nine steps.'
    """
    lines = list(lines_of(text.text))
    last = {item_key(line.text): index for index, line in enumerate(lines) if len(line.text) <= _LONGEST}
    for index, line in enumerate(lines):
        head = _head_of(line.text)
        if head is None:
            continue
        items: Sequence[Line] = ()
        if head is not _MAYBE_HEAD:
            items = list(_items(lines, index + 1, last))
        else:
            items = _repeated(lines, index + 1, last)
            items = items if len(items) > 1 else ()
        if items or (head is _LONE_HEAD and index < len(lines) - 1):
            yield from drop([line, *items], text.text)
            return
    yield from drop(_without_header(lines, last, page_of(text.text).first), text.text)


@remembered
def item_key(line: str) -> str:
    """Return the words of a contents item or heading without its mark, number or page.

    >>> item_key("- 1.2 The plan ..... 7") == item_key("The Plan")
    True
    """
    line = _MARK.sub("", line, count=1)
    return key(_LEADER.sub("", line) if line[-1:].isdecimal() else line)


@remembered
def _head_of(line: str) -> re.Pattern[str] | None:
    """Return the kind of header of contents that a line is."""
    return next((head for head in (_LONE_HEAD, _HEAD, _MAYBE_HEAD) if head.fullmatch(line)), None)


def _items(lines: list[Line], start: int, last: dict[str, int]) -> Iterator[Line]:
    number = 0
    for index in range(start, len(lines)):
        line = lines[index]
        numbered = _NUMBER.match(line.text)
        goes_on = (
            numbered is not None
            and number <= int(numbered[1]) <= number + 1
            and not ends_sentence(line.text.rstrip("?!"))
        )
        words = item_key(line.text) if len(line.text) <= _LONGEST else ""
        again = bool(words) and last.get(words, 0) > index
        marked = line.text[:1] in _BULLETS and is_short(line.text) and number == 0 and index > start
        if not (goes_on or again or _TOGGLE.fullmatch(line.text) or marked or _LEADER.search(line.text)):
            return
        number = int(numbered[1]) if numbered and goes_on else number
        yield line


def _repeated(lines: list[Line], start: int, last: dict[str, int]) -> list[Line]:
    """Return the lines from one on that stand again further down, in a row."""
    found: list[Line] = []
    for index in range(start, len(lines)):
        words = item_key(lines[index].text) if len(lines[index].text) <= _LONGEST else ""
        again = last.get(words, 0)
        if not words or again <= index + 1:
            break
        # Headings have text between them; a list or table that stands twice has not.
        if found and again == last[item_key(found[-1].text)] + 1:
            break
        found.append(lines[index])
    return found


def _without_header(lines: list[Line], last: dict[str, int], first: int) -> list[Line]:
    """Return three lines or more in a row that stand again: contents whose header is lost."""
    for index in range(1, min(first + _FEW, len(lines))):
        found = _repeated(lines, index, last)
        if len(found) >= _FEW and all(is_short(line.text) or line.text[:1] in _BULLETS for line in found):
            return _with_numbers(lines, index, found)
    return []


def _with_numbers(lines: list[Line], index: int, found: list[Line]) -> list[Line]:
    """Return contents with the items around them whose numbers go on, though they do not stand again."""
    before, behind = index, index + len(found)
    while before > 0 and _follows(lines[before - 1], lines[before]):
        before -= 1
    while behind < len(lines) and _follows(lines[behind - 1], lines[behind]):
        behind += 1
    return lines[before:behind]


def _follows(line: Line, after: Line) -> bool:
    numbers = _NUMBER.match(line.text), _NUMBER.match(after.text)
    counts = [int(number[1]) for number in numbers if number]
    return len(counts) == len(numbers) and counts[1] == counts[0] + 1 and not ends_sentence(after.text.rstrip("?!"))


def page_numbers(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the numbers of pages, counting upwards through the text, and the running heads beside them.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(page_numbers, "Both sides met.\n12\nNobody came.\n13\n")
    'Both sides met.\nNobody came.\n'
    """
    found = [
        (line, int(number[1]))
        for line in lines_of(text.text)
        if 0 < len(line.text) < 15 and (number := _PAGE_NUMBER.fullmatch(line.text))  # noqa: PLR2004
    ]
    counting = {
        line
        for (one, first), (two, second) in pairwise(found)
        if second == first + 1 and two.start > one.end + 1
        for line in (one, two)
    }
    if counting:
        lines = [line for line in lines_of(text.text) if line.text]
        yield from drop(sorted({*counting, *_running_heads(lines, counting)}), text.text)


def _running_heads(lines: list[Line], numbers: set[Line]) -> Iterator[Line]:
    """Yield the lines beside the numbers of pages that stand beside more than one of them."""
    beside = [
        lines[at + step]
        for at, line in enumerate(lines)
        if line in numbers
        for step in (-1, 1)
        if 0 < at + step < len(lines) and lines[at + step] not in numbers
    ]
    n_times = Counter(line.text for line in beside)
    yield from (line for line in beside if n_times[line.text] > 1 and is_short(line.text))
