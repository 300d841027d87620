"""What follows an article on its page: readers’ comments, a word about the author, its source."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.head import written_by
from ukrcorpus.normalise.lines import ITEM_MARK, Line, drop, is_short, key, n_words, remembered
from ukrcorpus.normalise.page_lines import furniture_kind
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.related import AROUND, HEADER_CHARS
from ukrcorpus.normalise.times import stamp_of
from ukrcorpus.normalise.zones import is_card_line, is_notice, page_of
from ukrcorpus.schema.model import Repairs

_COMMENTS = re.compile(
    alternatives(r"""
(?:all |view |show |top |user |reader |readers(?:’|') )?comments?(?: ?\(?\d+\)?)?
\d+ (?:comments?|responses?|replies|thoughts?)(?: (?:on|to) .{3,160})?|join the (?:conversation|discussion)
discussion
(?:\d+ )?(?:коментар(?:і|ів|я|ь)?|комментари(?:и|й|ев|я)|відгук(?:и|ів)|отзыв(?:ы|
    ов)?)(?: ?\(?\d+\)?)?(?: читачів| читателей)?
обговорення|обсуждение|свежие комментарии
"""),
    re.IGNORECASE,
)
_SAYS = re.compile(
    alternatives(r"""
.{1,40} (?:says?|said|wrote|writes|commented|replied|пише|каже|відповідає|пишет|говорит|ответил\w?|написа(?:в|ла|
    л))(?: (?:on|at|в|о|у)\b.{0,60})?:
"""),
    re.IGNORECASE,
)
_BUTTON = re.compile(
    alternatives(r"""
(?:(?:reply|like|dislike|report(?: abuse)?|share|quote|flag|upvote|downvote|permalink|edited|відповісти|ответить|
    подобається|нравится|поскаржитися|пожаловаться|цитувати|цитировать|спам)(?: ?\(?\d*\)?)[ |·•/]*)+(?: to \w+)?
"""),
    re.IGNORECASE,
)
_ABOUT = re.compile(
    alternatives(r"""
(?:about|meet|more about) (?:the |our )?(?:authors?|writers?|reporters?|journalists?|contributors?)
author(?:’|')?s? (?:bio|profile|info\w*)|(?:the )?authors?|written by|про автор(?:а|ів|ку)
об авторе|об авторах
автор(?:и|ка)?(?: матеріалу| статті| публікації)?|авторы?(?: материала| статьи)?
"""),
    re.IGNORECASE,
)
_PERSON = r"[A-ZА-ЯЁІЇЄҐ][\w’'ʼ.\-]*(?: [A-ZА-ЯЁІЇЄҐ][\w’'ʼ.\-]*){1,3}"
_BIO = re.compile(
    alternatives(
        r"""
(?P<name>%person%)(?:,? .{0,40},)?(?: (?:is|are|was|has been|works|worked|covers|writes|reports|serves|teaches|
    joined|previously|currently|lives)\b| ?[–—-] ).{0,300}
""",
        {"person": _PERSON},
    ),
    re.DOTALL,
)
_TRADE = re.compile(
    alternatives(r"""
\b(?:reporters?|correspondents?|journalists?|editors?|columnists?|writers?|contributor|freelance\w*|staff|
    кореспондент\w*|журналіст\w*|журналист\w*|корреспондент\w*|редактор\w*|оглядач\w*|обозревател\w*|колумніст\w*|
    колумнист\w*)\b|\b(?:covers|writes about|reports on) .{3,80} (?:for|at) (?-i:[A-Z])
"""),
    re.IGNORECASE,
)
# What an organisation says of itself under its own name.
_OF_HOUSE = re.compile(r"(?:about|про|о|об) (?:the |компанію |організацію |компании )?(?P<name>.{2,60})", re.IGNORECASE)
_FACT_CHARS = 160
_FACT = re.compile(
    alternatives(r"""
(?:(?:original )?sources?|via|topics?|categor(?:y|ies)|sections?|labels?|location|language|джерел[оа]|источники?|
    теми?|темы?|рубрик[аи]|категорі[яї]|категори[яи]|розділ|раздел|сюжет|
    country|countries|країна|страна) ?[:–—-] ?.{2,140}
source|джерело|источник
\(?(?-i:[a-zа-яіїєґ]{2,4}(?: ?/ ?[a-zа-яіїєґ]{2,4}){1,3}) ?/?\)?|(?:tr|пер|transl)\. (?-i:[A-ZА-ЯІЇЄҐ][\w.]{0,3})
"""),
    re.IGNORECASE,
)
# Behind these an article does not go on with a list.
_ENDS = frozenset(
    (
        "boilerplate.comment_form",
        "boilerplate.comments",
        "boilerplate.copyright",
        "boilerplate.tags",
        "boilerplate.related",
        "boilerplate.closing",
        "boilerplate.forum",
        "boilerplate.asks",
    )
)
_NAME_WORDS, _BIO_WORDS, _SUMMARY_WORDS, _UNIT = 4, 90, 45, 6


def comments(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop readers' comments with their names, times and buttons.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(comments, "Both sides met.\n2 Comments\nBo says:\nMay 3, 2025 at 7:16 am\nWell done.\nReply\nAnd so on")
    'Both sides met.\nAnd so on'
    """
    lines = page_of(text.text).lines
    marks = [index for index, line in enumerate(lines) if index and _is_comment_mark(line.text)]
    heads = [
        index
        for index, line in enumerate(lines)
        if index and len(line.text) < HEADER_CHARS and _COMMENTS.fullmatch(line.text.strip(AROUND))
    ]
    says = [index for index in marks if _SAYS.fullmatch(lines[index].text)]
    for head in heads:
        if any(head < mark <= head + 1 + _UNIT for mark in marks):
            yield from drop(lines[head : _end_of_comments(lines, head, marks)], text.text)
            return
    stamped = [index for index in says if index + 1 < len(lines) and stamp_of(lines[index + 1].text)]
    if stamped:
        yield from drop(lines[stamped[0] : _end_of_comments(lines, stamped[0], marks)], text.text)


@remembered
def _is_comment_mark(line: str) -> bool:
    stamp = stamp_of(line)
    return bool(_SAYS.fullmatch(line) or _BUTTON.fullmatch(line) or (stamp and not stamp.bare_date))


def _end_of_comments(lines: Sequence[Line], head: int, marks: Sequence[int]) -> int:
    """Return where the comments end: behind the last unit of a name, a time, words and a button."""
    last = head
    for mark in marks:
        if last < mark <= last + 1 + _UNIT:
            last = mark
    if _BUTTON.fullmatch(lines[last].text) or _COMMENTS.fullmatch(lines[last].text.strip(AROUND)):
        return last + 1
    end = last + 1
    while end < min(len(lines), last + 3) and furniture_kind(lines[end].text) is None:
        end += 1
    return end


def about_author(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop what the page says about the author behind the article.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(about_author, "They met for an hour and left again without a word.\nAbout the author\nAnn is an editor.")
    'They met for an hour and left again without a word.'
    """
    page = page_of(text.text)
    names = _authors(text)
    gone: list[Line] = []
    for index, line in enumerate(page.lines):
        if index > page.first and _ABOUT.fullmatch(line.text.strip(AROUND)) and len(page.lines) - index <= 2 * _UNIT:
            box = list(takewhile(_is_of_box, page.lines[index + 1 :]))
            if box and len(box) <= _UNIT:
                gone += [line, *box]
        elif index > page.first and _is_of_house(page.lines, index):
            gone += page.lines[index : index + 2]
    for line in reversed(page.lines[max(page.first + 1, len(page.lines) - _UNIT) :]):
        if line in gone or furniture_kind(line.text) or stamp_of(line.text):
            continue
        if not _is_bio(line.text, names):
            break
        gone.append(line)
    yield from drop(sorted(dict.fromkeys(gone), key=lambda line: line.start), text.text)


def _is_of_house(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line near the end is `About NAME` over a paragraph that begins with the name."""
    if len(lines) - index > 2 * _UNIT or index + 1 == len(lines) or not is_short(lines[index].text):
        return False
    house = _OF_HOUSE.fullmatch(lines[index].text)
    return (
        house is not None
        and re.match(
            rf"(?:The )?{re.escape(house['name'])}"
            r"(?: \([^()]+\))?,? (?:is|was|are|has|works|provides|brings|–|—|-|є|это|це) ",
            lines[index + 1].text,
        )
        is not None
    )


def _is_of_box(line: Line) -> bool:
    if is_notice(line.text):
        return False
    return not is_short(line.text) or written_by(line.text) is not None or n_words(line.text) < _NAME_WORDS


def _is_bio(line: str, names: frozenset[str]) -> bool:
    bio = _BIO.fullmatch(line)
    if bio is None or n_words(line) > _BIO_WORDS:
        return False
    return key(bio["name"]) in names or (
        bool(_TRADE.search(line)) and n_words(line) < _SUMMARY_WORDS and _says_what_he_is(line)
    )


def _says_what_he_is(line: str) -> bool:
    """Say whether a line tells somebody's post and no more: no quotation, no other verb of saying."""
    return not re.search(
        r"[“”«»\"]|\b(?:said|told|says|wrote|who was|killed|arrested|заяви\w+|сказа\w+|повідоми\w+|сообщи\w+)\b", line
    )


def _authors(text: AlignedText) -> frozenset[str]:
    """Return the names that dropped author's lines give, as keys."""
    lines = [
        text.source[edit.raw_start : edit.raw_end].strip() for edit in text.edits if "boilerplate.byline" in edit.passes
    ]
    people = [name for line in lines for name in re.findall(_PERSON, written_by(line) or line)]
    return frozenset(key(ITEM_MARK.sub("", name, count=1)) for name in people)


def leftovers(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop short lines behind the furniture that ends a page: titles of other stories, buttons.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(leftovers, "Both sides met.\nFive facts about grain")
    'Both sides met.\nFive facts about grain'
    """
    page = page_of(text.text)
    tail = page.tail
    if not tail or not all(is_card_line(line.text) for line in tail):
        return
    closed = [edit.start for edit in text.edits if _ENDS & set(edit.passes) and edit.start >= page.lines[page.last].end]
    yield from drop((line for line in tail if any(at < line.start for at in closed)), text.text)


def facts(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop lines around the article that name its source or topics; under a table the source stays.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(facts, "They met for an hour and left again without a word.\nSource: The Example\nTopics: ports, rails")
    'They met for an hour and left again without a word.'
    """
    page = page_of(text.text)
    found = (
        line
        for line in (*page.head[1:], *page.tail)
        if len(line.text) < _FACT_CHARS and _FACT.fullmatch(line.text.strip(AROUND))
    )
    yield from drop((line for line in found if " | " not in page.lines[page.lines.index(line) - 1].text), text.text)
