"""Where sentences end: rules that know abbreviations, initials, quotation marks and table cells."""

import re
from collections.abc import Iterator

# Words whose full stop ends no sentence when another word follows.
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon sen rep gov gen lt col maj capt cmdr sgt adm amb pres sec st mt ft jr sr vs etc inc
    ltd corp co no nos approx incl viz asst assoc min max avg dept est fig vol ed eds al cf ca e.g i.e eg ie u.s u.k
    u.n d.c a.m p.m km kg mln bln tn art par excl dist intl natl adj orig resp temp tel ext ref refs pp ch sect para
    paras arts cl ann encl assn bros mfg ph univ div govt admin dir yr yrs hr hrs mts ave blvd rd pt vols nr jan feb
    mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun р рр ст ім вул обл грн тис млн млрд проф
    акад див напр ін гг руб долл чел ред т.д т.п т.зв т.е т.к т.ч м с о ч г дол тыс кв куб заст смт ген просп ул им
    зам др см барр год дж вл пл бул пров пос нар полк св зв гр корр чл буд корп оф рис табл разд розд кн мін хв сек
    внутр зовн наст
    """.split()
)
_NEVER_LAST = frozenset(
    """
    смт просп ул им ген дж вл mr mrs ms dr prof rev hon sen rep gov gen lt col maj capt cmdr sgt adm
    amb st mt vs e.g i.e no nos fig
    """.split()
)
# The other abbreviations may end a sentence all the same, when one of these begins the next.
_STARTERS = frozenset(
    """
    The This That These Those It Its He She They We You I But And Or So Yet In On At By For From With If When While
    Although However Meanwhile Moreover There Their His Her As After Before Both No Not Some Many Most Such What Who
    Why How According Another Це Ці Він Вона Вони Ми Але Проте Також Однак Водночас Это Он Она Они Мы Но Также
    Однако
    Про За На У В Як Після Тоді Раніше Об По После Ранее Так
    """.split()
)
_END = re.compile(r"[.!?…](?<![.!?…].)[.!?…]*+[\"”’»)\]]*+(?= +(?P<open>[\"“‘«(\[]*)(?P<next>\S))")
_BEFORE = re.compile(r"(?:[^\W_]+(?:[.’'][^\W_]+)*)$")
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_CELL = " | "
# U.S., т.д.: parts of an abbreviation with inner stops have one or two letters.
_LETTERS = 2
# A list that ends so ends its sentence, when no small letter follows.
_LIST_ENDS = frozenset(("т.д", "т.п", "etc"))
# Looking further back for the word before a stop finds none.
_WORD_CHARS = 40


def sentence_spans(block: str, *, cells: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the sentences of one block, without the spaces between them.

    A quotation may hold several sentences; each is one. With ``cells`` each table cell is one.

    >>> block = "U.S. President Biden met Dr. Hill. “No deal.” It failed."
    >>> [block[a:b] for a, b in sentence_spans(block)]
    ['U.S. President Biden met Dr. Hill.', '“No deal.”', 'It failed.']
    """
    if cells:
        yield from _cell_spans(block)
        return
    start = 0
    for match in _END.finditer(block):
        if _ends(block, match):
            yield start, match.end()
            start = match.start("open")
    if start < len(block):
        yield start, len(block)


def _cell_spans(row: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cell in row.split(_CELL):
        if cell:
            yield start, start + len(cell)
        start += len(cell) + len(_CELL)


def _ends(block: str, match: re.Match[str]) -> bool:
    opened, following = match.groups()
    if following.islower() or not (following.isalnum() or opened or following in "$€£#"):
        return False
    if following in "–—":  # “No!” – he said: the sentence goes on
        return False
    return match.group() != "." or _stop_ends(block, match)


def _stop_ends(block: str, match: re.Match[str]) -> bool:
    """Say whether a bare full stop ends a sentence, by the word before it."""
    word = _word_before(block, match.start())
    if word.isdigit() and match.start() == len(word):  # "7. How" is a number of a list
        return False
    if word.lower() in _LIST_ENDS:
        return True
    if len(word) == 1 and word.isupper():  # an initial, or the end of U.S. after a lone letter
        return _next_word(block, match) in _STARTERS
    if word.lower() in ABBREVIATIONS or ("." in word and all(len(part) <= _LETTERS for part in word.split("."))):
        return word.lower() not in _NEVER_LAST and _next_word(block, match) in _STARTERS
    return True


def _word_before(block: str, at: int) -> str:
    token = block[max(0, at - _WORD_CHARS) : at]
    token = token[token.rfind(" ") + 1 :]
    if token.isalnum():
        return token
    word = _BEFORE.search(token)
    return word.group() if word else ""


def _next_word(block: str, match: re.Match[str]) -> str:
    word = _LETTER_RUN.match(block, match.start("next"))
    return word.group() if word else ""
