"""What stands around the title of a page: dates and times, facts about the page, who wrote it."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.bylines import ends_signed, is_dated_name, is_desk, is_lone_name, is_role, is_signed
from ukrcorpus.normalise.function_words import ENGLISH
from ukrcorpus.normalise.lines import Line, drop, ends_sentence, n_words, remembered
from ukrcorpus.normalise.page_lines import furniture_kind, is_section
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.times import stamp_of
from ukrcorpus.normalise.zones import Page, is_paragraph, page_of
from ukrcorpus.schema.model import Repairs

_NAME = r"(?:[A-ZА-ЯЁІЇЄҐ][\w’'ʼ.\-]*|de|von|van|der|al|bin)"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,5}}"
_ROLE = alternatives(r"""
(?i:(?:[\w’'-]+ ){0,3}(?:writer|reporter|correspondent|editor|journalist|columnist|analyst|contributor|producer|
    staff|desk|кореспондент\w*|журналіст\w*|журналист\w*|корреспондент\w*|редактор\w*|оглядач\w*|обозревател\w*|
    автор\w*))
""")
_PEOPLE = re.compile(
    alternatives(
        r"""
(?P<names>%names%(?:(?:,| and| &| та| і| и|, and) %names%)*)(?: \((?:now|earlier|
    and earlier)\)| and earlier)?(?:,? (?:for|in|at|of|with|from|у|в) %names%|(?:,| [|–—-])? ?%role%|
    [ ,]*\([^()]*\))*
""",
        {"names": _NAMES, "role": _ROLE},
    )
)
BY = alternatives(r"""
(?i:(?:(?:written|reported|posted|compiled|edited|reviewed|translated|published|words|story|text|report|analysis|
    interview|photos?|pictures) )?by:?|authors?:?|reporters?:|editors?:|автори?:?|авторка:?|від:|текст:|
    журналіст(?:ка)?:|журналист(?:ка)?:|редактор(?:ка)?:|підготува(?:в|ла|ли):?|подготовил[аи]?:?|
    кореспондент(?:ка)?:|корреспондент:|перекла(?:в|ла):?|перев[её]л[аи]?:?)\s+
""")
_BY = re.compile(rf"(?:^|(?<=[\s|•·,–—-])){BY}")
_WORD = re.compile(r"[^\W\d_][\w’'ʼ\-]*")
_BARE_NAME = re.compile(
    r"[A-ZА-ЯЁІЇЄҐ][\w’'ʼ\-]+(?: [A-ZА-ЯЁІЇЄҐ]\.?){0,2}(?: (?:de|von|van|der|al|bin))?(?: [A-ZА-ЯЁІЇЄҐ][\w’'ʼ\-]+){1,2}"
)
_NAME_JOIN = re.compile(r",? (?:and|&|та|і|и) |, ")
_EARLIER = re.compile(r" \((?:now|earlier|and earlier)\)")
_DESK = re.compile(
    alternatives(r"""
(?:.{0,30}\b)?(?:staff(?: (?:writer|reporter|report)s?)?|web ?desk|news ?desk|news ?room|editorial (?:team|board|
    staff)|(?:our|special) correspondent|agencies|office of the .{3,40}
    |press (?:office|service)(?: of .{3,40})?|редакція|редакция)
"""),
    re.IGNORECASE,
)
_BYLINE_CHARS = 140
_PART_WORDS = 8
# `Daily briefing – May 14` may be a title.
_TITLE_DATE = re.compile(r"[^|•·/]+ [–—-] [^|•·/:–—]+")
# Two words in capitals that head a list, not a person.
_HEADS_LIST = re.compile(
    r"\b(?:key|points|takeaways|summary|highlights|overview|background|contents|facts|main|executive|quick|fast|bottom|"
    r"context|analysis|timeline|conclusion|introduction|findings|questions|answers)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[|•·] ?| [–—-] | / ")
_GIVEN, _YEAR_CHARS, _DECK_LINES = 2, 4, 10


def stamps(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop lines of dates and times; a bare date between paragraphs is a heading of a chronicle.

    >>> from ukrcorpus.normalise.passes import shown
    >>> paragraph = "Both sides met again and parted without a single result."
    >>> shown(stamps, f"Talks stall\nMay 3, 2025\n{paragraph}\n14:35 GMT\nMay 4")
    'Talks stall\nBoth sides met again and parted without a single result.'
    """
    page = page_of(text.text)
    found = [(index, stamp) for index, line in enumerate(page.lines) if (stamp := stamp_of(line.text))]
    counts = {index for index, line in enumerate(page.lines) if line.text.isdecimal() and len(line.text) < _YEAR_CHARS}
    chronicle = any(stamp.bare_date and page.first < index < page.last for index, stamp in found)
    gone = {
        index
        for index, stamp in found
        if not stamp.bare_date or index > page.last or (index < page.first and not chronicle)
    }
    gone |= {index for index, line in enumerate(page.head) if lists_facts(line.text)}
    gone |= {index for index in counts if 0 < index < page.first or index > page.last}
    if len(gone) < len(page.lines):
        yield from drop([page.lines[index] for index in sorted(gone)], text.text)


@remembered
def lists_facts(line: str) -> bool:
    """Say whether a line lists short facts about the page, one of them a date or a time: `Brief No. 4 | May 2025`."""
    if _TITLE_DATE.fullmatch(line):
        return False
    parts = [part for part in _PARTS.split(line) if part]
    if len(parts) < _GIVEN or any(n_words(part) > _PART_WORDS or ends_sentence(part) for part in parts):
        return False
    return (any(stamp_of(part) for part in parts) and "|" in line) or sum(bool(stamp_of(p)) for p in parts) * 2 >= len(
        parts
    )


def byline(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the author's line at the head; it becomes metadata.

    A bare name is one where a date, a button or another author stands beside it.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(byline, "Talks stall\nBy Ann Example, Senior Editor\nBoth sides met for an hour.")
    'Talks stall\nBoth sides met for an hour.'
    """
    page = page_of(text.text)
    gone = [
        line
        for index, line in enumerate(page.head)
        if index and (_names_author(line.text) or is_signed(line.text) or _is_bare_author(page, index))
    ]
    dated = [line for line in page.head[1:] if line not in gone and is_dated_name(line.text)]
    if dated and not any(is_dated_name(line.text) for line in page.lines[page.first :]):
        gone += dated
    gone += _roles(page, gone)
    if page.head and _names_author(page.head[0].text) and not ends_sentence(page.head[0].text):
        gone.insert(0, page.head[0])
    gone += [line for line in _under_deck(page) if _names_author(line.text)]
    gone += [line for line in page.lines[page.first + 1 :] if ends_signed(line.text)]
    gone += [line for line in page.tail if is_desk(line.text) or _signs_below(line.text)]
    if len(gone) < len(page.lines):
        yield from drop(sorted(set(gone)), text.text)


def _roles(page: Page, gone: list[Line]) -> list[Line]:
    """Return the lines of the head that say what the author above them is, with a bare name above one."""
    roles = [index for index, line in enumerate(page.head) if index > 1 and is_role(line.text)]
    named = [(page.lines[at - 1], page.lines[at]) for at in roles]
    return [
        line
        for name, role in named
        if name in gone or is_lone_name(name.text)
        for line in (name, role)
        if line not in gone
    ]


def _under_deck(page: Page) -> tuple[Line, ...]:
    """Return the short lines between the first paragraph, which may be a deck, and the next one."""
    under = list(takewhile(lambda line: not is_paragraph(line.text), page.lines[page.first + 1 : page.last]))
    return tuple(under[:_DECK_LINES])


def _signs_below(line: str) -> bool:
    return _names_author(line) and _BY.match(line) is not None


@remembered
def written_by(line: str) -> str | None:
    """Return the names in an author's line, None for any other line.

    >>> written_by("Posted on May 14, 2025 by Ann"), written_by("By Ann Example | May 3, 2025")
    ('Ann', 'Ann Example')
    """
    if len(line) > _BYLINE_CHARS:
        return None
    line = line.strip("()[] ")
    for by in _BY.finditer(line):
        before, rest = line[: by.start()].strip(" |•·,–—-"), line[by.end() :].strip()
        if another := _BY.search(rest):
            rest = rest[: another.start()].strip(" |•·,–—-")
        people = _PEOPLE.match(rest)
        dated = bool(before) and stamp_of(before) is not None
        if people is None or (before and not dated):
            continue
        after = rest[people.end() :].strip(" |•·,–—-.")
        if (
            after
            and stamp_of(after) is None
            and written_by(after) is None
            and not _is_post(rest[people.end() :], by.group())
        ):
            continue
        if (
            dated
            or len(_WORD.findall(people["names"])) > 1
            or ":" in by.group()
            or rest.lower() in ("admin", "редакція")
        ):
            return people.group().strip(" ,")
    return None


def _is_post(after: str, by: str) -> bool:
    """Say whether what follows a name behind `Author:` is what the author does: `, a retired diplomat`."""
    return ":" in by and after.startswith(",") and n_words(after) <= _PART_WORDS and not ends_sentence(after)


def _names_author(line: str) -> bool:
    return written_by(line) is not None or (
        len(line) < _BYLINE_CHARS and line.lower() in ("author admin", "автор admin")
    )


def _is_bare_author(page: Page, index: int) -> bool:
    """Say whether a line of the head is a name or a desk, with furniture of the page beside it."""
    line = page.lines[index].text
    if _DESK.fullmatch(line):
        return True
    names = _NAME_JOIN.split(_EARLIER.sub("", line))
    if not all(_BARE_NAME.fullmatch(name) for name in names) or is_section(line):
        return False
    if (
        any(word.lower() in ENGLISH for word in line.split()[::2])
        or _HEADS_LIST.search(line)
        or sum(other.text == line for other in page.lines) > 1
    ):
        return False
    beside = [page.lines[at].text for at in (index - 1, index + 1) if at < page.first]
    return any(
        stamp_of(one) or furniture_kind(one) or lists_facts(one) or written_by(one) or _DESK.fullmatch(one)
        for one in beside
    )
