"""Names in Cyrillic letters as Latin ones spell them, by whatever system and in any case of the noun."""

from typing import Final

_SPELT: Final = (
    "а=a б=b в=(?:[vw]|ff?) г=[gh] ґ=g д=d е=[yij]?e ё=[yij]?[oe] є=[yij]?e ж=(?:zh|[zjg]|sch) з=[zs] и=[yi] і=[yi] "
    "ї=[yij]{1,2} й=[yij]? к=(?:ck?|k) л=l м=m н=n о=o п=p р=r с=ss? т=t у=o?u ў=[uw] ф=(?:ff?|ph) х=(?:kh|ch|[hx]) "
    "ц=(?:t[sz]|[cz]) ч=(?:t?s?ch|c) ш=(?:s?ch|sh?) щ=(?:sh?ch|sh) ъ= ы=[yi] ь= э=e ю=[yij]?u я=[yij]?a"
)
_LETTERS: Final = dict(one.split("=") for one in _SPELT.split())
_ENDINGS: Final = (
    "[aeiyu]|iu|[yi][yij]|[eiyo]m|[yi]mi|am[iy]?|[eo]v|[oe][vy]i|o[hg]o|omu|o[yij]u?|a[yij]a|[yij]?e[yij]u"
)


def romanised(stem: str) -> str | None:
    """Return a pattern of a stem of Cyrillic letters in small Latin ones, with an ending; None for other letters.

    >>> import re
    >>> said = romanised("Зеленськ")
    >>> [bool(re.fullmatch(said, one)) for one in ("zelenskyj", "zelenskogo", "selenskyj", "zelensk", "zelenograd")]
    [True, True, True, True, False]
    """
    letters = [_LETTERS.get(letter) for letter in stem.lower()]
    known = [one for one in letters if one is not None]
    return f"{''.join(known)}(?:{_ENDINGS})?" if len(known) == len(letters) else None
