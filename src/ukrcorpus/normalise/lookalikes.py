"""Words that mix Latin and Cyrillic only through letters that look alike: a slip of the keyboard layout."""

import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.schema.model import Repairs

_LATIN = "aceiopxyïABCEHIKMOPTXÏ"
_CYRILLIC = "асеіорхуїАВСЕНІКМОРТХЇ"
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
_TO_LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True))
_MIXED = re.compile(r"[A-Za-zïÏ][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-zïÏ]")
_TOKEN = re.compile(r"\S+")
_RUN = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[@/#_\\]|\d|\w\.\w")
_IS_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# Where Ukrainian i is meant, a Russian text has none.
_RUSSIAN = re.compile(r"[ыэъё]", re.IGNORECASE)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_SHORTEST = 3


def has_mixed_words(text: str) -> bool:
    """Say whether letters of two alphabets stand side by side."""
    return not text.isascii() and _IS_CYRILLIC.search(text) is not None and _MIXED.search(text) is not None


def lookalikes(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Put the right letter for one of the other alphabet that looks the same, where all else in the word is of one.

    Not in tokens with digits, addresses and names made of two alphabets.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(lookalikes, "Укрaїна і Zеlensky; Су-34A, IT-армія, iPhoneом, XXІ століття")
    'Україна і Zelensky; Су-34A, IT-армія, iPhoneом, XXІ століття'
    """
    russian = len(_RUSSIAN.findall(text.text)) > len(_UKRAINIAN.findall(text.text))
    for token in _TOKEN.finditer(text.text):
        if not _MIXED.search(token.group()) or _ADDRESS.search(token.group().rstrip(".,;:!?…")):
            continue
        for run in _RUN.finditer(token.group()):
            right = _mended(run.group(), russian=russian)
            for at, (wrong, letter) in enumerate(zip(run.group(), right, strict=True)):
                if wrong != letter:
                    start = token.start() + run.start() + at
                    yield Change(start, start + 1, letter)


def _mended(word: str, *, russian: bool) -> str:
    """Return the word in one alphabet where only that one is possible, else the word itself."""
    if len(word) < _SHORTEST and not (word.isupper() and len(word) > 1):
        return word
    cyrillic = [letter for letter in word if _IS_CYRILLIC.match(letter)]
    latin = [letter for letter in word if letter.isalpha() and letter not in cyrillic]
    if not cyrillic or not latin:
        return word
    surely_cyrillic = any(letter not in _TO_LATIN for letter in cyrillic)
    surely_latin = any(letter not in _TO_CYRILLIC for letter in latin)
    if surely_cyrillic == surely_latin or (russian and surely_cyrillic and set(latin) & set("iIïÏ")):
        return word
    letters = _TO_CYRILLIC if surely_cyrillic else _TO_LATIN
    return "".join(letters.get(letter, letter) for letter in word)
