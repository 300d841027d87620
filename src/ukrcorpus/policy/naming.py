"""What finds the names of persons who were withdrawn: in words, in lists of nouns, in addresses."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from ukrcorpus.policy.romanised import romanised

OF_ARTICLES: Final = ("url", "raw_container", "raw_record_id")
"""The columns of ``articles`` that hold addresses, or what whoever packed the article called it."""
NOT_SHOWN: Final = "…"
"""What stands for a source of whose address nothing may be shown."""
_STEM: Final = re.compile(r"(?=[а-яёіїєґ])(.{4,}?)(?:ий|ій|ый|ой)?", re.IGNORECASE)
_ENDING: Final = "[а-яёіїєґ]{0,4}"
CUT: Final = "/…"
"""What stands for the rest of an address that was cut."""
_SITE: Final = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]+", re.IGNORECASE)
_MARKS: Final = re.compile("(?<=[A-Za-z])[\u0300-\u036f]+")
_CAMEL: Final = re.compile(r"(?<=[a-zа-яёіїєґ])(?=[A-ZА-ЯЁІЇЄҐ])")
_WORD: Final = re.compile(r"[^\W_]+")

Naming = Callable[[str], bool]


def naming(names: AbstractSet[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what finds one of the names as whole words; without names it finds nothing.

    >>> [bool(naming({"May"}).search(text)) for text in ("May's aides", "Mayor", "in may")]
    [True, False, False]
    """
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![^\W_])(?:{known or '(?!)'})(?![^\W_])", flags)


def inflected(names: AbstractSet[str]) -> re.Pattern[str]:
    """Return what matches one of the names, those in Cyrillic letters in any case of the noun.

    >>> [bool(inflected({"Зеленський", "Putin"}).fullmatch(one)) for one in ("Зеленського", "Putin", "Putina")]
    [True, True, False]
    """
    cyrillic = (re.escape(stem) + _ENDING for stem in _stems(names))
    return re.compile("|".join((*map(re.escape, sorted(names)), *cyrillic)) or "(?!)")


def naming_address(names: AbstractSet[str]) -> Naming:
    """Return what says whether an address holds one of the names, in any case, joined or encoded in whatever way.

    Latin letters count without their marks; single words in Cyrillic letters in any case of the noun, and as Latin
    letters spell them.

    >>> names_one = naming_address({"Ana Perić", "Зеленський"})
    >>> addresses = ("https://a.example/ana_peric-2", "x.example/AnaPeric", "a.example/%D0%B7%D0%B5%D0%BB%D0%B5%D0%BD"
    ... "%D1%81%D1%8C%D0%BA%D0%BE%D0%B3%D0%BE", "https://a.example/banana-perico")
    >>> [names_one(one) for one in addresses]
    [True, True, True, False]
    """
    plain = (r"[\W_]*".join(map(re.escape, _WORD.findall(_unmarked(name)))) for name in sorted(names))
    cyrillic = (re.escape(stem) + _ENDING for stem in _stems(names))
    latin = (romanised(stem) for stem in _stems(names))
    known = "|".join(one for one in (*plain, *cyrillic, *latin) if one)
    theirs = re.compile(rf"(?<![^\W\d_])(?:{known or '(?!)'})(?![^\W\d_])", re.IGNORECASE)

    def names_one(address: str) -> bool:
        told = address if address.isascii() and "%" not in address else _unmarked(unquote(unquote(address)))
        return bool(theirs.search(told)) or (not told.islower() and bool(theirs.search(_CAMEL.sub(" ", told))))

    return names_one


def cut_address(address: str, names_one: Naming) -> str | None:
    """Return an address that names nobody: itself, else its site, else None.

    >>> cut_address("https://a.example/2026/ana-peric-resigns", naming_address({"Perić"}))
    'https://a.example/…'
    """
    if not names_one(address):
        return address
    site = _SITE.match(address)
    return f"{site[0]}{CUT}" if site and not names_one(site[0]) else None


def is_cut(address: str) -> bool:
    """Say whether an address is what ``cut_address`` left of one."""
    return address.endswith(CUT)


def _stems(names: AbstractSet[str]) -> Iterator[str]:
    """Yield the stem of each name of one word in Cyrillic letters: what its cases share."""
    found = (_STEM.fullmatch(name) for name in sorted(names) if " " not in name)
    yield from (one[1] for one in found if one)


def _unmarked(text: str) -> str:
    return normalize("NFC", _MARKS.sub("", normalize("NFD", text)))
