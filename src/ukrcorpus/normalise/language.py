"""The language of a text: decided by script where the script decides, else by py3langid."""

import re
from functools import lru_cache
from typing import Any

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэёЫЭЁ]")
_BELARUSIAN = re.compile(r"[ўЎ]")
# Shorter Latin texts are guesses.
_ENOUGH = 40
_SURE = 0.9


def language_of(text: str) -> str | None:
    """Return a BCP-47 code, or None when the text is too short or too mixed to tell.

    >>> language_of("Переговори тривали дві години.")
    'uk'
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic > latin:
        return _cyrillic(text)
    return _identified(text) if latin >= _ENOUGH else None


def script_of(text: str) -> str:
    """Return ``cyrillic``, ``latin`` or ``other``: the script of most letters."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not cyrillic and not latin:
        return "other"
    return "cyrillic" if cyrillic > latin else "latin"


def _cyrillic(text: str) -> str | None:
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    if len(_BELARUSIAN.findall(text)) > ukrainian // 10 + 2:
        return "be"
    if ukrainian == russian:
        return None
    return "uk" if ukrainian > russian else "ru"


def _identified(text: str) -> str | None:
    code, probability = _identifier().classify(text[:2000])
    return str(code) if probability >= _SURE else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
