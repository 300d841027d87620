"""Where on a page its article begins and ends: furniture around it is told by place as well as by form."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ukrcorpus.normalise.lines import Line, ends_sentence, has_words, is_short, lines_of, remembered
from ukrcorpus.normalise.page_lines import furniture_kind
from ukrcorpus.normalise.patterns import alternatives
from ukrcorpus.normalise.site_talk import is_site_talk
from ukrcorpus.normalise.times import stamp_of

# A word about the text itself.
_NOTICE = re.compile(
    alternatives(r"""
(?:notice|disclaimer|editor(?:’|')?s?(?:’|')? notes?|notes? to (?:editors|readers)|correction|clarification)\s*:
this (?:interview|conversation|transcript|article|text|story|post|piece|column) (?:has been|was) (?:lightly |
    slightly |later )?(?:edited|condensed|updated|corrected|amended)\b
(?:the |all )?(?:views|opinions)(?: and \w+)? expressed (?:in|here|are|by)\b
(?=[дптДПТ])(?=.*\b(?:редакці|автор|видання))(?:думк[аи]|погляди?|точка зору|позиція) .{0,60}\bне
    (?: обов[’'ʼ]язково)? (?:збіга|відобража)\w*
(?=[мвтпМВТП])(?=.*\b(?:редакци|автор|издани))(?:мнени[ея]|взгляды?|точка зрения|позиция) .{0,60}\bне
    (?: обязательно)? (?:совпада|отража)\w*
the (?!.{0,20}\b(?:said|says)\b)[\w’' ]{3,60} takes? no (?:institutional|official|political) (?:positions?|view)\b
(?:материал|статья|текст|матеріал|стаття) (?:носит|имеет|має|носить) (?:исключительно |виключно )?
    (?:справочный|информационный|ознакомительный|довідковий|інформаційний|ознайомчий)\b
(?:the )?(?:name|names) (?:has|have|was|were) (?:been )?changed\b|имя \w+ изменено\b|ім[’'ʼ]я \w+ змінено\b
(?:примітка|застереження|від редакції|уточнення|виправлення|примечание|от редакции|уточнение|исправление|
    поправка)\s*:|(?:від редакції|от редакции)\.
"""),
    re.IGNORECASE,
)
# A paragraph of an article has at least so many words and ends as a sentence.
_BODY_WORDS = 10
# Without one in sight, the head of a page ends here.
_HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text; ``first`` and ``last`` are the article's outermost paragraphs."""

    lines: tuple[Line, ...]
    first: int
    last: int

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines before the first paragraph."""
        return self.lines[: self.first]

    @property
    def tail(self) -> tuple[Line, ...]:
        """The lines behind the last paragraph."""
        return self.lines[self.last + 1 :]


@lru_cache(maxsize=8)
def page_of(text: str) -> Page:
    """Return the lines of a text and where its article begins and ends."""
    lines = lines_of(text)
    paragraphs = [index for index, line in enumerate(lines) if is_paragraph(line.text)]
    # What the site says to its reader stands around the article, not at its edges.
    while len(paragraphs) > 1 and is_site_talk(lines[paragraphs[-1]].text):
        paragraphs.pop()
    while len(paragraphs) > 1 and is_site_talk(lines[paragraphs[0]].text):
        paragraphs.pop(0)
    if not paragraphs:
        return Page(lines, min(_HEAD_LINES, len(lines)), len(lines) - 1)
    return Page(lines, paragraphs[0], paragraphs[-1])


@remembered
def is_notice(line: str) -> bool:
    """Say whether a line is a word about the text itself."""
    return _NOTICE.match(line) is not None


@remembered
def is_paragraph(line: str) -> bool:
    """Say whether a line is a paragraph of an article, by its length and its end."""
    if not ends_sentence(line) and not (line[-1:] == ":" and has_words(line, _BODY_WORDS + 1)):
        return False
    enough = line.count(" ") > 2 * _BODY_WORDS or has_words(line, _BODY_WORDS)
    return enough and furniture_kind(line) is None


@remembered
def is_card_line(line: str) -> bool:
    """Say whether a line can belong to a card that links to another page: a title, a time, a button."""
    if is_notice(line):
        return False
    return is_short(line.lstrip("-*•· ")) or stamp_of(line) is not None or furniture_kind(line) is not None
