"""Links from a page to other stories: labels with a title, lists under a header, cards."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.cards import Tally
from ukrcorpus.normalise.lines import Line, drop, ends_sentence, is_short, n_words, remembered
from ukrcorpus.normalise.page_lines import furniture_kind
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.signs import folded_line
from ukrcorpus.normalise.times import stamp_of
from ukrcorpus.normalise.zones import Page, is_card_line, is_paragraph, page_of
from ukrcorpus.schema.model import Repairs

# Every label of a link in running text holds one of these.
_LINK_SIGN = re.compile(
    r"\b(?:[Rr]ead\b|READ|[Rr]elated|RELATED|[Ss]ee also|SEE ALSO|[ЧчДдСс](?:итайт|ивіться|мотрите)|ЧИТА|ДИВІ|СМОТ)"
)
_LINK_SIGNS = Phrases(*"read|related|see also|итайт|ивіться|мотрите|чита|диві|смот".split("|"))
# Marks around labels.
AROUND = " []()<>«»‹›←→↑↓➡▶►▸●•*_+–—-:|👉👇📌🔴🔗❗️"
_STORIES = alternatives(r"""
posts?|articles?|stor(?:y|ies)|news|content|reading|links?|coverage|topics?|videos?|headlines
items|materials?|publications?
""")
_HEADER = re.compile(
    alternatives(
        r"""
you (?:may|might) (?:also )?(?:like|enjoy|be interested in|want to read)(?: these)?|see also
also see|don(?:’|')t miss(?: (?:it|this|these))?
(?:related|recommended|similar|more|other|top|latest|popular|trending|featured|recent|further|suggested|
    most (?:read|popular|viewed)|must[- ]read|editor(?:’|')?s?(?:’|')? picks?:?)(?: (?:related|recommended|top|
    latest|popular|recent|world|local|\w+))? %stories%(?: (?:for you|from|on|about|in) ?.{0,40})?
related|recommended(?: for you)?|trending(?: now)?
most (?:read|popular|viewed|commented|shared)
editor(?:’|')?s?(?:’|')? (?:picks?|choice)|more to explore|up next|what to read next
read (?:also|next|more|on the website)
read (?:the )?full (?:article|story)(?: (?:at|on|in|here)\b.{0,60})?|explore more\b.{0,40}
around the (?:site|world)|in other media|also read|more from .{2,40}
more (?:on|about) (?:this|the) (?:topic|story|subject)|read more (?:on|about)
(?:what )?(?:people|others|other readers|readers|our readers) (?:are|have been|were) (?:also )?(?:reading|watching|
    viewing|
    talking about)(?: now| this| next)?|(?:others|readers|people) also (?:read|liked?|viewed|watched)
(?:що|что)(?: ще| ещ[её]| далі| дальше| можно| можна| стоит| варто)* (?:почитати|почитать|читати|читать|прочитать|
    прочитати|
    подивитися|посмотреть)(?: (?:за|по) (?:темою|темі|теме))?(?: далі| дальше)?
(?:сейчас|зараз) (?:читают|читають|обсуждают|обговорюють)|(?:читают|читають) (?:сейчас|зараз)
(?:материалы|матеріали|новости|новини|статьи|статті) (?:рубрики|рубрик|раздела|розділу|автора)
(?:previous|next) (?:article|post|story)(?: .{0,120})?|around the web|from the web|elsewhere
in case you missed it|in other news|from our partners|partner (?:news|content|stories)|you may have missed
popular(?: now| this week)?|latest|(?:the )?latest (?:updates|videos)
(?:читайте|дивіться|смотрите|слухайте)(?: ще| ещё| еще)? (?:також|также|далі|далее|по темі|по теме|на тему)
(?:читати|читать) (?:також|далі|также|далее|ще|ещё|еще)
(?:також|также) (?:читайте|дивіться|смотрите)
(?:схожі|пов[’'ʼ]язані|останні|популярні|головні|інші|свіжі|топ|найважливіші|рекомендовані) (?:новини|статті|
    матеріали|публікації|теми|записи)(?: (?:за|розділу|рубрики) .{1,30})?
(?:похожие|связанные|последние|популярные|главные|другие|свежие|топ|важные|рекомендуемые|интересные) (?:новости|
    статьи|материалы|публикации|темы|записи)(?: (?:за|раздела) .{1,30})?
(?:новини|новости) (?:партнерів|партнёров|партнеров|за темою|по темі|по теме|дня|за сьогодні)
(?:матеріали|материалы|новини|новости|ещё|еще|ще) (?:за темою|по темі|по теме)|(?:за|по) (?:темою|темі|теме)
(?:самое|найбільш|наиболее) (?:читаемое|читані|популярне|популярное|обсуждаемое|интересное|важливе|важное)
(?:главное|головне|популярне|популярное) за .{3,20}|(?:головні|главные) (?:новини|новости) (?:дня|тижня|недели)
найпопулярніше|популярне|популярное|вибір редакції|выбор редакции
(?:вас|вам|тебе)(?: (?:може|может|можуть|могут|також|также|ещё|ще|еще))+ (?:зацікавити|заинтересовать|
    сподобатися|понравиться|бути цікаво)(?: (?:новини|новости|статті|статьи|матеріали|материалы))?
рекомендуємо(?: (?:прочитати|також|почитати))?
рекомендуем(?: (?:прочитать|также|почитать))?
(?:в|у) (?:других|інших) (?:сми|медіа|змі)|картина дня|не пропустіть|не пропустите|більше новин
больше новостей|лента новостей|стрічка новин
(?:попередня|наступна) (?:стаття|новина|публікація)
(?:предыдущая|следующая) (?:статья|новость|запись)
""",
        {"stories": _STORIES},
    ),
    re.IGNORECASE,
)
# A label with the other story's title behind it.
_LINKED = re.compile(
    alternatives(r"""
(?:(?:also )?read(?: also| more| next| on| this| it)?|(?:also|must|more) read(?:s|ing)?|see also|
    related(?: (?:story|article|news|reading|coverage))?s?|recommended|more on this|
    (?:also )?watch(?: also| more| now)?|don(?:’|')t miss|explore more|find out more|(?:також |ще )?(?:читайте|
    дивіться|слухайте|читати)(?: також| ще| більше| далі| по темі| на тему| на .{2,20}){0,2}|за темою|по темі|
    (?:также )?(?:читайте|смотрите|слушайте|
    читать)(?: также| ещё| еще| больше| далее| по теме| на тему| на .{2,20})?|по теме|материал по теме|підписуйтесь|
    подробиці|подробности|детальніше|подробнее|докладніше|
    (?:also|additionally|further) (?:learn|read|see|watch|view)|learn (?:also|more)|(?:previous|next)(?: (?:article|
    post|story))?|ранее по теме|раніше (?:по|за) тем\w+|you (?:may|might) also like|
    (?:вас|вам) (?:(?:може|может|також|также|ще|ещё|еще) ){1,3}(?:зацікавити|заинтересовать|сподобатися|понравиться|
    бути цікаво)|
    (?:до|в|у|к|на) (?:теми|тему|теме)|more(?= ?[:|] ?(?-i:[A-ZА-Я\d«“‘])[^.]+$)) ?(?:[:|»›>→]|
    [–—-](?= ))+ ?(?P<title>.{3,200})
"""),
    re.IGNORECASE,
)
# In running text only these labels open a link; a sentence may begin with `Watch:`.
_LINK_TAIL = re.compile(
    alternatives(r"""
(?<=[.!?…”»\"]) (?:(?:(?:also |more )?read(?: also| more| next)|also read|read(?= ?:)|see also|
    related(?: story| article| news)?) ?[:|»›]|(?-i:READ MORE|READ ALSO|ALSO READ|RELATED|SEE ALSO) ?[:|–—-]?|
    (?:читайте|дивіться|смотрите) (?:також|также|ще|ещё) ?[:|–—-]) ?[^.!?]{3,160}[.!?]?$
(?<=[.!?…”»\"]) ?[(\[](?:also read|read (?:also|more)|see also|читайте також|
    читайте также) ?[:|–—-] ?[^()\[\]]{3,160}[)\]]\.?
"""),
    re.IGNORECASE,
)
_RANKED = re.compile(r"\d{1,2}[.)]? \S")
_MAY_HEAD = re.compile(r"(?:main|other|top|головні|інші|главные|другие|важные) (?:topics|теми|темы)", re.IGNORECASE)
_LABEL_MARK = re.compile("[:|»›>→–—-]")
# No header is longer.
HEADER_CHARS = 180
_LABELLED_CHARS, _LABEL_CHARS, _TITLE_WORDS = 260, 50, 13
_LINKS = 40


def linked_titles(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop lines and ends of paragraphs that name another story behind a label: `Read also: ...`.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(linked_titles, "Both sides met. Read more: How grain moves\nRELATED: Five facts\nNobody came.")
    'Both sides met.\nNobody came.'
    """
    lines = page_of(text.text).lines
    gone = [line for line in lines[1:] if _is_linked_title(line.text)]
    yield from drop(gone, text.text)
    for line in lines:
        if (tail := _link_tail(line.text)) and line not in gone:
            yield Change(line.start + tail[0], line.start + tail[1], "")


@remembered
def _link_tail(line: str) -> tuple[int, int] | None:
    """Return where the link at the end of a paragraph stands."""
    tail = _LINK_TAIL.search(line) if _LINK_SIGNS.are_in(folded_line(line)) and _LINK_SIGN.search(line) else None
    return tail and tail.span()


@remembered
def _is_linked_title(line: str) -> bool:
    if len(line) >= _LABELLED_CHARS or not _LABEL_MARK.search(line, 0, _LABEL_CHARS):
        return False
    label = _LINKED.fullmatch(line.strip(AROUND))
    if label is None:
        return False
    return not ends_sentence(line) or line[-1] in "?!)…" or n_words(label["title"]) <= _TITLE_WORDS


def related(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Drop headers of link lists, and the links under one.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(related, "Both sides met.\nYou may also like\nFive facts about grain\nHow to cook borshch")
    'Both sides met.'
    """
    page = page_of(text.text)
    headers = [index for index, line in enumerate(page.lines) if index and _is_header(line.text)]
    if not headers:
        return
    tally = Tally.of(page.lines)
    gone: dict[Line, None] = {}
    for index in headers:
        if page.lines[index] not in gone and not _heads_text(page, index):
            gone |= dict.fromkeys([page.lines[index], *_links_under(page, index, tally)])
    yield from drop(gone, text.text)


def _heads_text(page: Page, index: int) -> bool:
    """Say whether what may be a list's header or a heading stands over a paragraph: `Main topics`."""
    if not _MAY_HEAD.fullmatch(page.lines[index].text) or index + 1 >= len(page.lines):
        return False
    return is_paragraph(page.lines[index + 1].text)


@remembered
def _is_header(line: str) -> bool:
    return len(line) < HEADER_CHARS and _HEADER.fullmatch(line.strip(AROUND + ".!…")) is not None


def _links_under(page: Page, index: int, tally: Tally) -> Sequence[Line]:
    """Return the lines under a header that are links: all up to the end, or those before the article goes on."""
    start, end = index + 1, tally.ends[index + 1]
    run = list(takewhile(lambda line: is_card_line(line.text), page.lines[start : min(end, start + _LINKS)]))
    if len(run) == end - start or (start < end and index > page.first and tally.are_cards(start, end)):
        return page.lines[start:end]
    if len(run) == _LINKS:
        return ()
    ranked = list(takewhile(lambda line: _RANKED.match(line.text) and is_short(line.text), _some(page, start, end)))
    if len(ranked) > 1:
        return ranked
    marked = list(takewhile(_is_marked, _some(page, start, end)))
    if marked:
        return marked
    links = [line for line in run if stamp_of(line.text) is None and furniture_kind(line.text) is None]
    if len(links) > 1 and is_paragraph(page.lines[start + len(run)].text):
        # The last short line before a paragraph may be its heading; no heading is lost for a link that stays.
        return run[: run.index(links[-1])]
    return run


def _is_marked(line: Line) -> bool:
    return line.text[:1] in "-*•·" and is_short(line.text[1:].strip())


def _some(page: Page, start: int, end: int) -> Iterator[Line]:
    """Yield lines one by one: a slice would copy all of them."""
    return (page.lines[at] for at in range(start, end))
