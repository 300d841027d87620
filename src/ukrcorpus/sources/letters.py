"""Legacy encodings proved by what they make of the bytes: one reading is plain text, every other is none.

Nothing is ranked and nothing is likely here. A reading is plain or it is not; two plain readings that
differ prove nothing, and the file is refused. Mac and DOS encodings of Latin script are not asked.
"""

import re
from typing import Final

# Where two of them read the same text, the first one names it.
CANDIDATES: Final = (
    *("cp1252", "cp1250", "cp1254", "cp1257"),
    *("cp1251", "koi8-u", "iso8859-5", "cp866", "cp1125", "mac-cyrillic"),
)
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_ALPHABETS: Final = frozenset("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя")
# The eleven most frequent letters of Ukrainian and Russian make up two thirds of a text in either.
_FREQUENT: Final = frozenset("оаеинтсрвлі")
_MIN_FREQUENT: Final = 0.55
_MIN_LETTERS: Final = 100  # Cyrillic letters; fewer can be words of another reading
_MAX_CAPITALS: Final = 0.3  # koi8 and windows-1251 read each other with cases swapped
_MAX_ACCENTED: Final = 0.12  # of the letters of a text in Latin script
_MIN_WORDS: Final = 20
_BAD_WORDS_PER: Final = 200  # one word in so many may be odd
_SIGNS: Final = frozenset("\u00a0\u00ad‘’‚“”„‹›«»…–—•·№§°€£©®™†‡′″×²³½¼¾±")
# What stands between two letters in no language of ours, and does so all the time in a wrong reading.
_TORN = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f\u00ad‘’–—…·](?=[^\W\d_])")


def plain_reading(data: bytes, candidates: tuple[str, ...] = CANDIDATES) -> tuple[str, str] | None:
    """Return the text that is the only plain reading of the bytes, and its codec; None where there is not one.

    >>> plain_reading("The envoy’s word. ".encode("cp1252") * 9)[1]
    'cp1252'
    >>> plain_reading("Père Noël. ".encode("cp1252") * 30) is None  # in cp1250: Pčre Noël
    True
    """
    readings: dict[str, str] = {}
    for codec in candidates:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text not in readings and _is_plain(text):
            readings[text] = codec
    return next(iter(readings.items())) if len(readings) == 1 else None


def _is_plain(text: str) -> bool:
    foreign = {char for char in text if char > "\x7f"}
    if any(not char.isalpha() and char not in _SIGNS for char in foreign):
        return False
    words = _WORD.findall(text)
    if len(_TORN.findall(text)) * _BAD_WORDS_PER > len(words):
        return False
    odd = sum(_is_odd(word) for word in words if not word.isascii())
    if odd * _BAD_WORDS_PER > len(words):
        return False
    return _is_cyrillic(text) if _CYRILLIC.search(text) else _is_latin(words)


def _is_odd(word: str) -> bool:
    """Say whether a word mixes scripts, has capitals inside, or is hardly anything but accented letters."""
    if not (word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())):
        return True
    if _CYRILLIC.fullmatch(word):
        return False
    n_accented = sum(char > "\x7f" for char in word)
    return not _LATIN.fullmatch(word) or 2 * n_accented > len(word) + 1


def _is_cyrillic(text: str) -> bool:
    letters = [char for char in text if "Ѐ" <= char <= "ӿ"]
    small = [char.lower() for char in letters]
    return (
        len(letters) >= _MIN_LETTERS
        and sum(map(str.isupper, letters)) <= _MAX_CAPITALS * len(letters)
        and sum(char not in _ALPHABETS for char in small) * _BAD_WORDS_PER <= len(letters)
        and sum(char in _FREQUENT for char in small) >= _MIN_FREQUENT * len(letters)
    )


def _is_latin(words: list[str]) -> bool:
    letters = "".join(words)
    return len(words) >= _MIN_WORDS and sum(char > "\x7f" for char in letters) <= _MAX_ACCENTED * len(letters)
