"""What stands above the title of a page: the site's name, its menu and sections, the header of a mail."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.head import lists_facts, written_by
from ukrcorpus.normalise.lines import Line, drop, is_short, key, n_words, remembered
from ukrcorpus.normalise.page_lines import furniture_kind, is_menu, is_section
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.times import stamp_of
from ukrcorpus.normalise.zones import Page, is_paragraph, page_of
from ukrcorpus.schema.model import Repairs

_SITE_WORDS, _TITLE_WORDS = 6, 3
_MAIL = re.compile(
    r"(?:(?P<who>from|to|від|кому|от)|(?P<subject>subject|тема|title)|cc|bcc|sent|date|reply-to|дата|message-id|list-id)"
    r": (?=\S)",
    re.IGNORECASE,
)
_MAIL_LINES = 8
_LIST_MARK = re.compile(r"[-*•·] |\d{1,2}[.)] ")
# What stands above the title, never below it.
_SITE_PART = re.compile(
    alternatives(r"""
(?:skip|jump) (?:to .{3,40}|links)|(?:main |site |navigation )?menu|(?:play|watch) live|(?:version for
     print|printable version|print version|версія для друку|версия для печати)(?: .{4,20})?
(?:open|toggle|close|show|hide)(?: \w+)? (?:menu|navigation(?: menu)?)
search(?: for:?)?|меню|пошук|поиск|перейти (?:до|к) .{5,40}
(?:home|головна|главная) ?[/>»›→|·\\].*
"""),
    re.IGNORECASE,
)
# The name of a column or a portal.
_KICKER = re.compile(
    alternatives(r"""
(?:expert|policy|world|foreign|global|regional|security|morning|evening|weekly|daily|guest|staff) (?:comment(?:ary)?|
    affairs|brief(?:ing)?|opinion|analysis|newsletter|digest|column|roundup)
(?:вечерняя|утренняя|еженедельная|ежедневная|вечірня|ранкова|щотижнева|щоденна) (?:рассылка|розсилка|колонка)
(?:вечерний|утренний|еженедельный|вечірній|ранковий|щотижневий|щоденний) (?:дайджест|брифинг|брифінг|выпуск|випуск)
(?:експертн|экспертн|гостьов|гостев|авторськ|авторск)\w+ (?:думка|мнение|колонка|коментар|комментарий)
(?:урядовий|офіційний|єдиний|інформаційний|официальный|единый|новостной|информационный) ?
    (?:веб-?)?(?:портал|сайт)\b[^.!?]{0,60}
(?:official|government) (?:web ?site|portal)\b[^.!?]{0,60}
"""),
    re.IGNORECASE,
)
_ISSUE = re.compile(
    alternatives(r"""
(?-i:[A-ZА-ЯЁІЇЄҐ0-9 .,&’'–—-]{3,60}?) (?:no\.? ?|№ ?)?\d{1,4}[/.](?:19|20)?\d\d
.{0,40}\b(?:vol(?:ume)?\.? ?\d{1,3}|issue ?(?:no\.? ?)?\d{1,4})\b.{0,40}
"""),
    re.IGNORECASE,
)
# The way to the page is the breadcrumb's to drop.
_PATH = re.compile(r"(?:home|головна|главная)\b", re.IGNORECASE)
_GIVEN, _MENU_LINES = 2, 6


def masthead(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop what stands above the site's menu at the head of a page, and the number of its issue.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(masthead, "The Example Post\nHome About Archive Contact\nWhy the talks stalled\nThey met.")
    'Home About Archive Contact\nWhy the talks stalled\nThey met.'
    """
    head = page_of(text.text).head
    menus = [index for index, line in enumerate(head) if _is_site_part(line.text)]
    last = menus[-1] if menus else 0
    issues = [line for line in head if _ISSUE.fullmatch(line.text)]
    above = [line for line in head[:last] if is_short(line.text) and n_words(line.text) <= _SITE_WORDS]
    path = key(head[last].text) if head else ""
    above = [line for line in above if n_words(line.text) < _TITLE_WORDS or key(line.text) not in path]
    above += [line for line in head[:1] if not above and _is_site_name(page_of(text.text), line.text)]
    under = _from_title(head[last + 1 :]) if menus else ()
    if any(line not in issues and _is_title(line.text) for line in (*head[last : last + 2 + len(issues)], *under)):
        parts = [line for line in head[: last + 1] if _SITE_PART.fullmatch(line.text) and not _PATH.match(line.text)]
        yield from drop([line for line in head if line in above or line in issues or line in parts], text.text)


def _from_title(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first line behind the entries of a menu, which are a word or two each."""
    return list(dropwhile(lambda line: n_words(line.text) < _TITLE_WORDS, lines[:_MENU_LINES]))[:1]


@remembered
def _is_title(line: str) -> bool:
    """Say whether a line of the head may be the title: some words, and nothing that pages put around one."""
    if not is_short(line) or n_words(line) < _TITLE_WORDS or furniture_kind(line) or _is_site_part(line):
        return False
    return written_by(line) is None and stamp_of(line) is None and not lists_facts(line) and not _LIST_MARK.match(line)


def _is_site_name(page: Page, line: str) -> bool:
    """Say whether the first line is the site's name: a few capitalised words that other furniture names again."""
    words = line.split()
    if (
        len(page.lines) <= _GIVEN
        or not 1 < len(words) <= _SITE_WORDS - 2
        or not all(word[0].isupper() for word in words)
    ):
        return False
    if not _is_title(page.lines[1].text) or n_words(page.lines[1].text) <= len(words):
        return False
    return any(line in other.text and other.text != line and not is_paragraph(other.text) for other in page.lines[2:])


@remembered
def _is_site_part(line: str) -> bool:
    return is_menu(line) or bool(_SITE_PART.fullmatch(line.strip(" «»[]|☰≡✕×")))


def mail_header(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the header of a mail at the head of a text; its subject is the title.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(mail_header, "From: Ann\nDate: Wed, 14 May\nSubject: Three notes\nBoth sides met.")
    'Three notes\nBoth sides met.'
    """
    found = [(line, field) for line in page_of(text.text).lines[:_MAIL_LINES] if (field := _MAIL.match(line.text))]
    if len(found) < _GIVEN or not any(field["who"] for _line, field in found):
        return
    yield from drop((line for line, field in found if not field["subject"]), text.text)
    for line, field in found:
        if field["subject"]:
            yield Change(line.start, line.start + field.end(), "")


def sections(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop the section's name at the head of a page; another line has to be the title.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(sections, "World | Europe\nWhy the talks stalled\nPolitics\nBoth sides met for an hour.")
    'Why the talks stalled\nBoth sides met for an hour.'
    """
    head = page_of(text.text).head
    named = [line for line in head if is_section(line.text) or _KICKER.fullmatch(line.text)]
    if any(
        n_words(line.text) >= _TITLE_WORDS for line in head if line not in named and furniture_kind(line.text) is None
    ):
        yield from drop(named, text.text)
