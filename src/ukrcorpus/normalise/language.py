"""The language of an article and of each of its lines: by script, letters and function words, else by py3langid.

Each line is looked at by itself. The article has the language of most letters; a line too short to tell has the
article's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ukrcorpus.normalise.cyrillic import cyrillic_language, fits, is_romanised
from ukrcorpus.normalise.function_words import ENGLISH

# So many characters of a line are looked at, and so many by the library: more decide nothing that these leave open.
_SEEN, _LIBRARY_SEEN = 600, 240
# Letters that the library needs, how sure it must be, and how many letters outweigh the article's language.
_LEAST, _SURE, _ENOUGH = 12, 0.75, 40
# English prose has about four function words in ten; in other languages some of them mean something else.
_ENGLISH_SHARE, _ENGLISH_WORDS, _ENGLISH_PLAIN = 0.3, 3, 0.9
_ENGLISH_ONLY: Final = frozenset(("the", "and", "of", "with", "that", "which", "their", "would"))
# Below this share of the letters whose language is known no language is the article's.
_MAJORITY = 0.6
_LATIN_WORD = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+")
_SCRIPTS: Final = (
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]+")),
    ("ja", re.compile(r"[\u3040-\u30ff]+")),
    ("zh", re.compile(r"[\u3400-\u9fff]+")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]+")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("arabic", re.compile(r"[\u0600-\u06ff]+")),
    ("ka", re.compile(r"[\u10a0-\u10ff]+")),
    ("hy", re.compile(r"[\u0530-\u058f]+")),
)
_COMMON: Final = ("latin", "cyrillic")
# Scripts of several languages: the library knows those of Arabic letters.
_BY_LIBRARY: Final = "arabic"


class Languages(NamedTuple):
    """The language of an article and of each of its lines: BCP-47 codes, None where nothing tells."""

    article: str | None
    lines: tuple[str | None, ...]


class _Line(NamedTuple):
    """A line by itself: its script, its letters, its language if known, and whether it is sure of it."""

    script: str | None
    letters: int
    language: str | None
    sure: bool


def languages_of(lines: Sequence[str]) -> Languages:
    """Return the language of an article and of each of its lines."""
    seen = [_look(line, _ENOUGH) for line in lines]
    if not any(one.language for one in seen):
        seen = [_look(line, _LEAST) for line in lines]
    letters: Counter[str | None] = Counter()
    scripts: Counter[str | None] = Counter()
    for one in seen:
        scripts[one.script] += one.letters
        if one.language:
            letters[one.language] += one.letters
    whole = _most(letters) if letters else _look(" ".join(lines), _LEAST).language
    main = max(scripts, key=lambda script: scripts[script]) if scripts else None
    return Languages(whole, tuple(_told(one, whole, main) for one in seen))


def language_of(text: str) -> str | None:
    """Return the language of a text by itself, or None when it is too short or too mixed to tell.

    >>> language_of("Переговори тривали дві години."), language_of("Kyiv, Odesa")
    ('uk', None)
    """
    return languages_of(text.split("\n")).article


def _most(letters: Counter[str | None]) -> str | None:
    (language, most), *_ = letters.most_common(1)
    return language if most >= _MAJORITY * letters.total() else None


def _told(line: _Line, whole: str | None, main: str | None) -> str | None:
    """Return a line's language: its own if it is sure or in another script than most, else the article's."""
    if line.script is None:
        return whole
    if line.script != main or line.sure or whole is None:
        return line.language
    return whole


def _look(line: str, least: int) -> _Line:
    """Return what a line tells by itself; the library is asked where it has at least so many letters."""
    line = line[:_SEEN]
    if line.isascii():
        letters = len(line) - line.count(" ") if any(map(str.isalpha, line)) else 0
        return _latin(line, letters, least)
    sizes = _sizes(line)
    script = max(sizes, key=lambda name: sizes[name])
    letters = sizes[script]
    if not letters:
        return _Line(None, 0, None, sure=False)
    if script == "latin":
        return _latin(line, letters, least)
    if script == "cyrillic":
        return _cyrillic(line, letters, least)
    if script == _BY_LIBRARY:
        return _identified(script, line, letters) if letters >= least else _Line(script, letters, None, sure=False)
    # Japanese mixes both of its scripts; Chinese has no kana.
    return _Line(script, letters, "ja" if script == "zh" and sizes["ja"] else script, sure=True)


def _sizes(line: str) -> dict[str, int]:
    """Return the letters of each script; rarer ones are not looked for where the first two have half of the line."""
    sizes = dict.fromkeys((name for name, _ in _SCRIPTS), 0)
    for name, pattern in _SCRIPTS:
        sizes[name] = sum(map(len, pattern.findall(line)))
        if name == _COMMON[-1] and 2 * sum(sizes.values()) >= len(line):
            break
    return sizes


def _cyrillic(line: str, letters: int, least: int) -> _Line:
    language, sure = cyrillic_language(line)
    if language is None and letters >= least:
        guess = _identified("cyrillic", line, letters)
        if guess.language and fits(line, guess.language):
            return guess._replace(sure=False)
    return _Line("cyrillic", letters, language, sure)


def _latin(line: str, letters: int, least: int) -> _Line:
    if not letters:
        return _Line(None, 0, None, sure=False)
    words = _LATIN_WORD.findall(line.lower())
    found = [word for word in words if word in ENGLISH and len(word) > 1]
    several = len(set(found)) >= _ENGLISH_WORDS or not _ENGLISH_ONLY.isdisjoint(found)
    plain = sum(word.isascii() for word in words)
    if several and len(found) >= _ENGLISH_SHARE * len(words) and plain >= _ENGLISH_PLAIN * len(words):
        return _Line("latin", letters, "en", sure=letters >= _ENOUGH)
    if is_romanised(words):
        return _Line("latin", letters, None, sure=True)
    return _identified("latin", line, letters) if letters >= least else _Line("latin", letters, None, sure=False)


def _identified(script: str, line: str, letters: int) -> _Line:
    """Return what the library says of a line, if it is sure."""
    code, probability = _identifier().classify(line[:_LIBRARY_SEEN])
    known = probability >= _SURE
    return _Line(script, letters, str(code) if known else None, sure=known and letters >= _ENOUGH)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
