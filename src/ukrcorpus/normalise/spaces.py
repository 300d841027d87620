"""Missing spaces: behind stops, commas and colons, and around quotation marks and brackets."""

import re
from collections.abc import Iterable, Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.function_words import ENGLISH, RUSSIAN, UKRAINIAN
from ukrcorpus.normalise.lines import CYRILLIC, lines_of
from ukrcorpus.normalise.sentences import ABBREVIATIONS
from ukrcorpus.normalise.times import MONTH
from ukrcorpus.schema.model import Repairs

_LETTER = r"[^\W\d_]"
_LOWER = "a-zà-öø-ÿа-яёіїєґ"
_UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ"
_AFTER_STOP = re.compile(rf"[.!?…][”»\")]?(?=[“«\"]?(?P<right>[{_UPPER}][\w’'-]*))")
_BEFORE_STOP = re.compile(rf"(?:{_LETTER}{{2}}|{_LETTER}\"|\d{{2}}|[’'][a-z]|[)%”»])\Z")
_BEFORE_DOTS = re.compile(rf"{_LETTER}{{2}}\.\.\Z")
_MARK_BEFORE_SMALL = re.compile(rf"[?!](?<={_LETTER}{{2}}.)(?={_LETTER}+(?:[ ,;:!?\n]|\.(?:\s|\Z)|\Z))")
_STOP_BEFORE_SMALL = re.compile(rf"\.(?<=[{_LOWER}]{{3}}\.)(?=(?P<right>[{_LOWER}]{{4,}})[ ,;:])")
_PLACE_DOMAINS = frozenset("paris berlin london moscow istanbul africa asia swiss tokyo amsterdam africa".split())
# Names of sites that are spelt with their domain: `Treaty.Club`.
_SITE_WORDS = frozenset(
    "Club Today Media Online Live World Blog Studio Space Agency Tech Network Digital Press".split()
)
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\Z")
_LAST_WORD = re.compile(rf"{_LETTER}+\Z")
_BETWEEN_WORDS = rf"(?={_LETTER}|[“«])(?:(?<={_LETTER}{{2}}.)|(?<=[”»)].))"
_AFTER_COMMA = (
    re.compile(rf",{_BETWEEN_WORDS}"),
    re.compile(rf";{_BETWEEN_WORDS}(?![{_UPPER}]{{2}})"),
    re.compile(rf",(?<=\d\d,)(?={_LETTER}{{3}}|(?<=\b20\d\d,){_LETTER}{{2}})"),
)
_TOKEN = re.compile(r"\S+")
_BREAK = re.compile(r"[ \n]|\Z")
# What follows the dot of a domain, a file or a piece of code is no sentence.
_DOMAINS = frozenset(
    """
    Az Ge Kz Tr Md Tj Uz Cz Sk Hu Ro Bg Gr Nl Fi Ch Ca Za Jp
    Com Net Org Info Biz Edu Gov Int Io Ua Ru Uk Eu Us De Fr Pl Co Me Tv News Html Php Js Py Jpg Png Pdf
    Ру Реалії Реалій Реаліям Реалии Реалий Реалиям Тиждень Новости Новини Дзен
    """.split()
)
_SHOUTED_DOMAINS = frozenset(("NET", "COM", "ORG", "JS", "TV", "RU", "UA", "НЕТ", "РУ", "ТВ"))
_CAMEL_CASE = re.compile(rf"[{_LOWER}][{_UPPER}]")
_ADDRESS = re.compile(r"`|://|www\.|@|\w/\w+/|\.(?:com|net|org|info|ua|ru|eu|gov|html?|php)\b", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r" (?=[.,;](?:[ \n]|\Z)(?! ?[.,;]))(?<=[^\W\d_]{2} )")
_COLON = re.compile(rf":(?<=[{_LOWER}]{{2}}:)(?=[“«\"]?[{_UPPER}][{_LOWER}])")
_YEAR = re.compile(r"\d,(?=(?:19|20)\d\d\b)")
_MONTH_DAY = re.compile(rf"\b{MONTH} \d{{1,2}},\Z", re.IGNORECASE)
_DATE_CHARS = 16
_QUOTE_CLOSED = re.compile(rf"[”»](?<=[\w.,!?…%)].)(?=(?P<right>{_LETTER}+))")
_QUOTE_OPENED = re.compile(rf"[“«](?<={_LETTER}{{3}}.)(?=[\w(])")
_BRACKET_CLOSED = re.compile(rf" \((?=[^()\n]*[{_UPPER}\d ])[^()\n]{{2,}}\)(?={_LETTER}{{2}}|[Ѐ-ӿ] )")
_BRACKET_OPENED = re.compile(rf"\((?<={_LETTER}{{3}}.)(?=[^()\n]* [^()\n]*\))")
_GRAMMAR = (ENGLISH - frozenset(("s", "t", "re", "ve", "ll", "i"))) | UKRAINIAN | RUSSIAN
_WHOLE_WORD = 4


def stop_spaces(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Put the missing space behind a full stop, question or exclamation mark.

    Not within U.S., 3.5, domains, addresses and file names.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(stop_spaces, "They met.Nothing came of it. See Booking.Com and the U.S.Army.")
    'They met. Nothing came of it. See Booking.Com and the U.S.Army.'
    """
    places = {match.end() for match in _AFTER_STOP.finditer(text.text) if _lacks_space(text.text, match)}
    places |= {match.end() for match in _MARK_BEFORE_SMALL.finditer(text.text)}
    names = (match for match in _STOP_BEFORE_SMALL.finditer(text.text) if match["right"] in repairs.capitals)
    places |= {match.end() for match in names if match["right"] not in _PLACE_DOMAINS}
    for at in outside_addresses(text.text, sorted(places)):
        yield Change(at, at, " ")


def _lacks_space(text: str, match: re.Match[str]) -> bool:
    """Say whether the stop ends a sentence: behind a word, and before one that is no domain and no code."""
    before = text[max(0, match.start() - 4) : match.start()]
    if not _BEFORE_STOP.search(before) and not _BEFORE_DOTS.search(before):
        return False
    right = match["right"]
    if text.startswith("(", match.end("right")) or right in _DOMAINS or right in _SHOUTED_DOMAINS:
        return False
    if right in _SITE_WORDS and text[match.end("right") + 1 : match.end("right") + 2].islower():
        return not _NAME_BEFORE.search(text, max(0, match.start() - 20), match.start())
    return not (_CAMEL_CASE.search(right) or _is_cyrillic_abbreviation(text, match))


def _is_cyrillic_abbreviation(text: str, match: re.Match[str]) -> bool:
    """Say whether the stop belongs to `ім.` or `вул.` before a name, which papers write without a space."""
    if match.group() != ".":
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - 8), match.start())
    return word is not None and bool(CYRILLIC.match(word.group())) and word.group().lower() in ABBREVIATIONS


def comma_spaces(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Put the missing space behind a comma, semicolon or colon between words; numbers are left alone.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(comma_spaces, "ports,rails and 1,000 men on May 3,2025:The end")
    'ports, rails and 1,000 men on May 3, 2025:The end'
    """
    places = {match.end() for mark in (*_AFTER_COMMA, _COLON) for match in mark.finditer(text.text)}
    years = (match.end() for match in _YEAR.finditer(text.text))
    places |= {at for at in years if _MONTH_DAY.search(text.text, max(0, at - _DATE_CHARS), at)}
    for at in outside_addresses(text.text, sorted(places)):
        yield Change(at, at, " ")


def spaces_before(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove the space before a comma or a stop behind a word.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(spaces_before, "They met , and left . See .NET and wait . . .")
    'They met, and left. See .NET and wait . . .'
    """
    for match in _SPACE_BEFORE.finditer(text.text):
        yield Change(match.start(), match.end(), "")


def mark_spaces(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Put the missing space between a word and the quotation mark or bracket beside it.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(mark_spaces, "The fund(part of it)said “no”and left(s); «так»сказав він")
    'The fund (part of it) said “no” and left(s); «так» сказав він'
    """
    low_quotes = "„" in text.text
    places = {match.end() for match in _BRACKET_CLOSED.finditer(text.text)}
    places |= {match.start() for match in _BRACKET_OPENED.finditer(text.text)}
    for mark in _QUOTE_CLOSED.finditer(text.text):
        right = mark["right"]
        if right[0].isupper() or len(right) >= _WHOLE_WORD or right.lower() in _GRAMMAR:
            places.add(mark.end())
    places |= {mark.start() for mark in _QUOTE_OPENED.finditer(text.text) if not (low_quotes and mark.group() == "“")}
    places |= set(_beside_straight_quotes(text.text))
    for at in outside_addresses(text.text, sorted(places)):
        yield Change(at, at, " ")


def _beside_straight_quotes(text: str) -> Iterator[int]:
    """Yield where a straight quotation mark touches a word on its outer side: of a pair the second one closes."""
    if '"' not in text:
        return
    for line in lines_of(text):
        marks = [at for at, char in enumerate(line.text) if char == '"']
        if len(marks) % 2:
            continue
        for opening, closing in zip(marks[::2], marks[1::2], strict=True):
            before, after = line.text[max(0, opening - 2) : opening], line.text[closing + 1 : closing + 3]
            if before.isalpha() and len(before) > 1 and line.text[opening + 1].isalpha():
                yield line.start + opening
            if (
                after.isalpha()
                and len(after) > 1
                and (line.text[closing - 1] in ",.!?…" or line.text[closing - 1].isalpha())
            ):
                yield line.start + closing + 1


def outside_addresses(text: str, places: Iterable[int]) -> Iterator[int]:
    """Yield those of the offsets, in order, around which no URL, domain or e-mail address stands."""
    stop, address = -1, False  # the end of the token that was looked at last
    for at in places:
        if at > stop:
            start = max(text.rfind(mark, max(stop, 0), at) for mark in " \n") + 1
            stop = _BREAK.search(text, at).start()  # type: ignore[union-attr]
            token = _TOKEN.match(text, start)
            address = bool(token and _ADDRESS.search(token.group()))
        if not address:
            yield at
