"""What stands around an article on its page, told by place and form alone: no list knows every publisher's words.

Above the headline come labels and names of sections, under it names, dates and buttons, behind the last
paragraph titles of other stories. Phrases of known furniture are gone when these passes run.
"""

import re
from collections.abc import Iterator, Sequence

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import (
    Line,
    drop,
    ends_sentence,
    is_question,
    is_short,
    key,
    n_words,
    remembered,
    title_case_share,
)
from ukrcorpus.normalise.page_lines import is_section
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.site_talk import is_site_talk
from ukrcorpus.normalise.structure import ITEM_PASSES
from ukrcorpus.normalise.times import stamp_of
from ukrcorpus.normalise.zones import Page, is_notice, is_paragraph, page_of
from ukrcorpus.schema.model import Repairs

# Longer stretches without a paragraph are lists or tables of their own.
_HEAD_LINES, _TAIL_LINES = 24, 40
# A headline has at least this many words where another line competes with it; a label at most so many.
_HEADLINE_WORDS, _LABEL_WORDS = 5, 4
# One line alone behind the last paragraph may be a sentence without its stop, if it has this many words.
_SENTENCE_WORDS = 6
_PARTS_OF_CLAUSE = 3
# What comes behind such furniture is no article any more.
_ENDS = frozenset(
    """
    boilerplate.comments boilerplate.comment_form boilerplate.related boilerplate.newsletter boilerplate.copyright
    boilerplate.tags boilerplate.social boilerplate.navigation boilerplate.calls boilerplate.akismet boilerplate.author
    boilerplate.promo boilerplate.closing boilerplate.forum boilerplate.asks
    """.split()
)
_PAIR = 2
_MENU_WORDS = 4
_MENU_NAMES = frozenset(
    """
    home latest world news politics economy business culture photo photos video videos podcast podcasts events about
    publications experts programmes programs projects research opinion opinions comment sport sports arts education
    environment science health technology tech region regions cities cricket contact contacts archive team jobs careers
    topics press media library donate support shop subscribe search menu magazine society life lifestyle weather markets
    money travel newsletters analysis interviews features entertainment reviews local national international more
    головна новини світ політика економіка суспільство культура спорт відео фото події коментарі дослідження публікації
    команда контакти аналітика думки блоги проєкти проекти архів пошук меню погода життя наука технології здоров'я війна
    главная новости мир политика экономика общество культура спорт видео фото события мнения комментарии исследования
    команда контакты аналитика блоги проекты архив поиск меню погода жизнь наука технологии здоровье война регионы
    """.split()
)
_MARKED = re.compile(
    r"(?:[-*•·▪◦‣●○■□✓✔➤►–—]|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?|\(?(?:\d{1,2}|[a-zа-яі])[.)]) "
)
_BUTTON = re.compile(
    alternatives(r"""
(?:become an?|write for us|cite this|click|tap|sign up|sign in|log in|subscribe|unsubscribe|view|open in|
    watch live|listen|download|skip|gift|save|print|copy link|manage|accept|enable|sort by|submit|donate|browse|
    back to|add us|forwarded|get (?:the|our|in|more|daily)|see (?:all|more)|more (?:from|on|in)|
    follow (?:us|along)|tell us|stay (?:up|informed)|join (?:us|our))\b
(?:перейти|читати|дивитися|слухати|підпис\w+|підпиш\w+|поділ\w+|надісла\w+|увійти|завантажити|показати|сховати|стати)\b
(?:читать|смотреть|слушать|подпис\w+|подпиш\w+|подел\w+|отправить|войти|скачать|показать|скрыть|загрузить|стать)\b
"""),
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_COUNT = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?: ?\d+|#\w+(?: #\w+)*|[^\w]*|\d{1,6}")
_NAME = r"[A-ZА-ЯЁІЇЄҐ][\w’'ʼ\-]+(?: [A-ZА-ЯЁІЇЄҐ][\w’'ʼ.\-]*){1,2}"
# Two names joined are authors; one in title case may be a heading.
_AUTHORS = re.compile(rf"{_NAME}(?:, {_NAME})*,? (?:and|&|та|і|й|и) {_NAME}")
# What a sum of the text is worth in another currency.
_RATE = re.compile(r"\([^()]{1,40}=[^()]{1,40}\)")
_ISSUE = re.compile(r"\d[/.]\d|№|\bNo\b")
_SEPARATED = re.compile(r"\S(?: [|·•/] | ?\|\| ?)\S|[←→]")


def above(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop labels and buttons above the first paragraph; headline, deck and headings stay.

    >>> from ukrcorpus.normalise.passes import shown
    >>> body = "Both sides met for the third time in as many weeks.\nThey parted late at night without a date for more."
    >>> shown(above, "World\nTalks end in Ankara without result\nTap to listen\n" + body).split("\n")[:2]
    ['Talks end in Ankara without result', 'Both sides met for the third time in as many weeks.']
    """
    page = page_of(text.text)
    if not _has_article(page) or page.first > _HEAD_LINES:
        return
    titles = [index for index, line in enumerate(page.head) if _is_headline(line.text)]
    if not titles:
        return
    # A breadcrumb can end in the headline without a space: `HomeWorldTalks end in Ankara`.
    fused = len(titles) > 1 and page.head[titles[0]].text.endswith(page.head[titles[1]].text)
    yield from drop(_head_dropped(text, page, titles[fused]), text.text)


def below(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop short lines without marks behind the last paragraph: titles of other stories, tags, sections.

    They go where other furniture shows that the article is over. Behind a colon a list goes on; one longer line
    alone may be a last sentence without its stop.

    >>> from ukrcorpus.normalise.passes import shown
    >>> body = "Both sides met for the third time in as many weeks.\nThey parted late at night without a date for more."
    >>> shown(below, body + "\nAround here\nThe village that paints its own signs\nWeather") == body
    True
    """
    page = page_of(text.text)
    if not _has_article(page) or len(page.tail) > _TAIL_LINES or page.lines[page.last].text.endswith(":"):
        return
    if is_article_over(text, page):
        yield from drop(_tail_dropped(page.tail, _items(text), _cut(text, page)), text.text)


def is_article_over(text: AlignedText, page: Page) -> bool:
    """Say whether furniture stands, or stood, behind the last paragraph: a list of the article may be all else."""
    end = page.lines[page.last].end
    if any(edit.start >= end and _is_removal(edit.passes) for edit in text.edits):
        return True
    return any(_is_furniture(line.text) or is_section(line.text) for line in page.tail)


def _is_removal(passes: Sequence[str]) -> bool:
    return any(name.startswith("boilerplate.") for name in passes)


def _items(text: AlignedText) -> frozenset[int]:
    """Return where the lines begin that lost the mark of a list's item."""
    return frozenset(edit.start for edit in text.edits if not ITEM_PASSES.isdisjoint(edit.passes))


def _has_article(page: Page) -> bool:
    """Say whether a page has at least two paragraphs; less may be a list, a table or a note of its own."""
    return page.first < page.last and is_paragraph(page.lines[page.first].text)


def _is_headline(line: str) -> bool:
    return is_short(line) and n_words(line) >= _HEADLINE_WORDS and not _is_furniture(line)


@remembered
def _is_furniture(line: str) -> bool:
    """Say whether a short line has the form of a button, a date, a count or a row of links."""
    if ends_sentence(line) and not is_question(line):
        return is_site_talk(line)
    shown = _BUTTON.match(line) or _COUNT.fullmatch(line) or _SEPARATED.search(line) or _ADDRESS.fullmatch(line)
    return bool(shown or is_site_talk(line) or stamp_of(line) or _is_menu_row(line))


def _is_menu_row(line: str) -> bool:
    """Say whether a line is a row of a menu without marks: capitals all along, some of them names of sections."""
    words = [word.strip(",&+") for word in line.split()]
    words = [word for word in words if word]
    if len(words) < _MENU_WORDS or not all(word[0].isupper() or word.isdigit() for word in words):
        return False
    return sum(word.casefold() in _MENU_NAMES for word in words) * 3 >= len(words)


def _head_dropped(text: AlignedText, page: Page, title: int) -> Iterator[Line]:
    again = {key(line.text) for line in page.lines[page.first :] if is_short(line.text)}
    items = _items(text)
    for index, line in enumerate(page.head):
        if (
            index == title
            or line.start in items
            or _MARKED.match(line.text)
            or is_notice(line.text)
            or " | " in line.text
        ):
            continue
        if index < title:
            gone = _is_label(text, line, page.head[title])
        else:
            after = page.lines[index + 1]
            kicker = index == title + 1 and _is_kicker(line.text, after.text) and index + 1 < page.first
            heads = (
                index + 1 == page.first
                or ends_sentence(after.text)
                or after.start in items
                or _MARKED.match(after.text)
            )
            gone = (
                kicker
                or _is_furniture(line.text)
                or key(line.text) in again
                or (not heads and _is_name_or_word(line.text))
            )
        if gone:
            yield line


def _is_kicker(line: str, deck: str) -> bool:
    """Say whether a line between the headline and its deck is a label: two words or three without marks."""
    label = _PAIR <= n_words(line) < _LABEL_WORDS and is_short(line) and not is_question(line) and ":" not in line
    label = label and "caption" not in line.lower()
    return label and _is_headline(deck) and not is_question(deck)


def _is_label(text: AlignedText, line: Line, title: Line) -> bool:
    """Say whether a line above the headline is a label of the page, and not the headline itself over its deck."""
    if _is_furniture(line.text) or n_words(line.text) == 1 or line.text.endswith(title.text):
        return True
    if n_words(line.text) > _LABEL_WORDS or not is_short(line.text) or title_case_share(line.text) < 1:
        return False
    shouts = line.text.isupper() and not title.text.isupper()
    return shouts or _apart(text, line, title) or bool(_ISSUE.search(line.text))


def _is_name_or_word(line: str) -> bool:
    return n_words(line) < _PAIR or _AUTHORS.fullmatch(line) is not None


def _apart(text: AlignedText, line: Line, after: Line) -> bool:
    """Say whether words stood between two lines that are gone by now."""
    between = text.source[text.to_source(line.start, line.end)[1] : text.to_source(after.start, after.end)[0]]
    return any(char.isalpha() for char in between)


def _cut(text: AlignedText, page: Page) -> int:
    """Return where furniture that ends a page stood or stands behind the last paragraph; the end if nowhere."""
    end = page.lines[page.last].end
    gone = [edit.start for edit in text.edits if edit.start >= end and not _ENDS.isdisjoint(edit.passes)]
    here = [line.start for line in page.tail if is_site_talk(line.text)]
    return min([*gone, *here], default=len(text.text) + 1)


def _tail_dropped(tail: Sequence[Line], items: frozenset[int], cut: int) -> Iterator[Line]:
    led = next((index for index, line in enumerate(tail) if _leads_in(line.text)), len(tail))
    texts = [
        (line.start < cut and (_is_text(line.text) or index >= led or line.start in items)) or is_notice(line.text)
        for index, line in enumerate(tail)
    ]
    asked = [is_question(line.text) and after for line, after in zip(tail, _next(texts), strict=True)]
    # A heading has text or a question under it.
    heads = [text or question for text, question in zip(texts, asked, strict=True)]
    stays = [any(signs) for signs in zip(texts, asked, _next(heads), strict=True)]
    loose = [line for line, stay in zip(tail, stays, strict=True) if not stay]
    for line in loose:
        if len(loose) > 1 or line.start >= cut or _is_furniture(line.text) or n_words(line.text) < _SENTENCE_WORDS:
            yield line


def _leads_in(line: str) -> bool:
    """Say whether a line behind the last paragraph opens a list: a clause before a colon, or an item itself."""
    return line.endswith(";") or (line.endswith(":") and n_words(line) >= _PARTS_OF_CLAUSE and not line.isupper())


def _next(signs: Sequence[bool]) -> Sequence[bool]:
    """Return for each line what is true of the line under it."""
    return [*signs[1:], *([False] if signs else [])]


def _is_text(line: str) -> bool:
    """Say whether a line behind the last paragraph is surely text: a sentence, an item, a row of a table."""
    if _MARKED.match(line) or " | " in line or _RATE.fullmatch(line):
        return True
    if is_site_talk(line) or is_question(line):
        return False
    return ends_sentence(line) or not (is_short(line) or _is_furniture(line))
