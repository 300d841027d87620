"""Texts reduced to letters, so that wrapping, quoting, case and white space make no difference."""

from typing import Final

_UPPER: Final = bytes(range(ord("A"), ord("Z") + 1))
_FOLD: Final = bytes.maketrans(_UPPER, _UPPER.lower())
# Hyphens and slashes stay: the words of an address, which the release does give, are no words of a text. Of a letter
# in two bytes the second is kept, which tells the letters of one alphabet apart.
_SIGNS: Final = bytes(one for one in range(128) if not chr(one).isalnum() and chr(one) not in "-/")
_DROPPED: Final = _SIGNS + bytes(range(0xC2, 0xE0))


def letters_of(data: bytes) -> bytes:
    """Return the letters of UTF-8 bytes: one byte for each letter or digit of Latin, Cyrillic and Greek.

    >>> letters_of('The "Kremlin", said-so'.encode())
    b'thekremlinsaid-so'
    """
    return data.translate(_FOLD, _DROPPED)
