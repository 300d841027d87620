"""Which language Cyrillic letters are in, and whether Latin letters spell a Ukrainian or Russian text."""

import re
from collections import Counter
from typing import Final

from ukrcorpus.normalise.function_words import ENGLISH, RUSSIAN, UKRAINIAN

_ALPHABETS: Final = {
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}
_WORDS: Final = {
    "uk": UKRAINIAN,
    "ru": RUSSIAN,
    "be": frozenset("а але аб гэта гэты да дзе для з за і калі які яна яны мы на не па пра са ці што як".split()),
    "bg": frozenset("а бе беше в във га да до е за и на не но от по са се си със след като което това че ще".split()),
    "sr": frozenset("а али без би био била да до за и из је као који која које на не о од по са се су што у".split()),
    "mk": frozenset("а беше би во го да до дека е за и како кој која кои на не но од по се со што ќе".split()),
}
_LETTER = re.compile("[\u0400-\u052f]")
_WORD = re.compile("[\u0400-\u052f]+")
_WORDS_SEEN = 400
# Russian has the hard sign before these only, Bulgarian between consonants.
_HARD_SIGN = re.compile("ъ(?![еёюя])")
# Where Ukrainian has an і.
_SOFT_ENDS = re.compile("и[еия]")
# Where Ukrainian has an і.
_SOFT_ENDS = re.compile("и[еия]")
# Where nothing tells, the languages of the corpus come before their neighbours.
_PRIOR: Final = {"uk": 0.5, "ru": 0.5, "be": 0.0, "bg": 0.0, "sr": 0.0, "mk": 0.0}
# A language must lead; one that shares its misfits with the next is none. Some points more, and it is certain.
_LEAD, _MIXED, _CERTAIN = 0.5, 2, 2
_ROMAN: Final = str.maketrans(
    dict(zip("абвгґдезийіїклмнопрстуфыэё", "abvhgdezyyiiklmnoprstufyee", strict=True))
    | {"є": "ie", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
    | {"ь": "", "ъ": "", "ю": "iu", "я": "ia"}
)
_ROMAN_SPELLINGS = (("iu", "yu"), ("ia", "ya"), ("ie", "ye"), ("kh", "h"), ("h", "g"), ("i", "yi"), ("y", "i"))
_SHORTEST_ROMAN, _ROMAN_WORDS, _ROMAN_SHARE = 3, 3, 0.07
# Words of other languages in Latin letters that look the same.
_NOT_ROMAN: Final = frozenset(
    """
    ale ani bez bila bolee bulo chi dal dalia dana die dim dos ego eta eto her hoch iii iak ikh ili iz kak kuda ledve
    man mene mig moi moja nad nam nami nas ona one oni ono per pid pod podle poka pri pro raz sam sama same sami san sie
    sobi son tak tam tebe teper tim tom tomu toy tut tvoi vam vami vas ves via vid vin von vona vse vsi vy za zi
    """.split()
)


def cyrillic_language(text: str) -> tuple[str | None, bool]:
    """Return the language of a Cyrillic text, or None, and whether it may contradict its surroundings.

    Letters outside a language's alphabet speak against it, its function words for it.
    """
    low = text.lower()
    misfits = _misfits(low)
    words = _WORD.findall(low[:_WORDS_SEEN])
    points = {code: sum(word in _WORDS[code] for word in words) - misfits[code] + own for code, own in _PRIOR.items()}
    best, second = sorted(points, key=lambda code: -points[code])[:2]
    lead = points[best] - points[second]
    if lead < _LEAD or misfits[best] * _MIXED > misfits[second] + 1:
        return None, False
    return best, lead >= _CERTAIN and misfits[best] == 0


def fits(text: str, code: str) -> bool:
    """Say whether a text has no letter that a language does not have; False for a language that is not known here."""
    return _misfits(text.lower()).get(code) == 0


def is_romanised(words: list[str]) -> bool:
    """Say whether lower-case words in Latin letters are Ukrainian or Russian, by their function words."""
    found = [word for word in words if word in _ROMANISED]
    return len(set(found)) >= _ROMAN_WORDS and len(found) >= _ROMAN_SHARE * len(words)


def _misfits(low: str) -> dict[str, int]:
    """Return for each language how many letters of a lower-case text speak against it."""
    letters = Counter(_LETTER.findall(low))
    found = {code: sum(n for one, n in letters.items() if one not in own) for code, own in _ALPHABETS.items()}
    found["ru"] += len(_HARD_SIGN.findall(low))
    found["uk"] += len(_SOFT_ENDS.findall(low))
    return found


def _romanised() -> frozenset[str]:
    """Return the function words of Ukrainian and Russian as the usual tables spell them."""
    spelt = {word.translate(_ROMAN) for word in UKRAINIAN | RUSSIAN}
    for one, other in _ROMAN_SPELLINGS:
        spelt |= {word.replace(one, other) for word in spelt}
    return frozenset(word for word in spelt if len(word) >= _SHORTEST_ROMAN) - _NOT_ROMAN - ENGLISH


_ROMANISED: Final = _romanised()
