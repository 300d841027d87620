"""Whole lines that are page furniture wherever they stand: one pass per kind, phrases in page_phrases."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.closing_phrases import CLOSING
from ukrcorpus.normalise.lines import Line, drop, lines_of, remembered
from ukrcorpus.normalise.openings import Kinds
from ukrcorpus.normalise.page_phrases import PAGE, SECTIONS
from ukrcorpus.normalise.page_signs import LONG_SIGNS
from ukrcorpus.normalise.reader_phrases import READER
from ukrcorpus.normalise.signs import folded_line
from ukrcorpus.schema.model import Repairs

# No furniture is longer; paragraphs need not be looked at.
LONGEST = 400
_MARKS = "[](){}<>«»‹›←→↑↓➡⬅▶►◀▸▼▲•·●|*_+–—-:;,.!… \u200d\ufe0f"
_EMOJI = re.compile(
    r"^[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f ]+|"
    r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f ]+$"
)
_FIRST_EMOJI = "\u2600"
_KINDS = Kinds((*PAGE, *READER, *CLOSING))
# Kinds that may begin with any words: a line of theirs holds one of these.
_SIGNS = {
    _KINDS.names.index("boilerplate.akismet"): ("akismet", "comment data", "captcha"),
    _KINDS.names.index("boilerplate.adblock"): ("block", "блок"),
}
# Longer lines need a sign.
_SHORT = 90
_BETWEEN = re.compile(r"\s*[|·•/»›>&,–—]+\s*| {2,}|\s*\|\|\s*")
_BARS = re.compile(r"\s*[|·•/»›>]+\s*| {2,}")
# The header of a table may name countries; a menu names these too.
_MENU_WORD = re.compile(
    r"\b(?:home|news|opinion|about|contact|subscribe|log ?in|sign ?in|search|menu|videos?|podcasts?|weather|sports?|"
    r"culture|lifestyle|entertainment|головна|новини|контакти|спорт|культура|блоги|думки|пошук|погода|главная|новости|"
    r"контакты|мнения|поиск)\b",
    re.IGNORECASE,
)
# What a request may begin with.
_POLITE = re.compile(
    r"(?:please|also|and|so|don[’']t forget to|be sure to|make sure (?:to|you)|remember to|feel free to|"
    r"you can(?: also)?|"
    r"не забудьте|не забувайте|не забывайте|будь ласка|пожалуйста|також|также)[, ]+(?=\S)",
    re.IGNORECASE,
)
# What somebody said is no furniture, however it begins.
_SAID = re.compile(
    r"[,”»\"] (?:[\w’']+ ){0,2}(?:said|says|told|asked|wrote|added|warned|proposed|advised|"
    r"сказа\w+|заяви\w+|попроси\w+|"
    r"попроха\w+|закликал\w*|закликав|призва\w+|написа\w+|додал\w*|додав|добави\w+|наголоси\w+|зазначи\w+|отмети\w+)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?…])[”»)]? +(?=\S)")
_LEAST_LETTERS = 3
_SECTION = re.compile(SECTIONS, re.IGNORECASE)
_SECTIONS_SPACED = re.compile(rf"{SECTIONS}(?: {SECTIONS}){{3,}}", re.IGNORECASE)
_MENU = 3


def line_kind(name: str) -> Callable[[AlignedText, Repairs], Iterator[Change]]:
    """Return a pass function that drops every line of one kind of furniture."""

    def find(text: AlignedText, _: Repairs) -> Iterator[Change]:
        yield from drop(_by_kind(text.text).get(name, ()), text.text)

    return find


@lru_cache(maxsize=4)
def _by_kind(text: str) -> Mapping[str, Sequence[Line]]:
    """Return the lines of a text that are furniture, by kind: the passes of all kinds ask one after the other."""
    found: dict[str, list[Line]] = {}
    for line in lines_of(text):
        if kind := furniture_kind(line.text):
            found.setdefault(kind, []).append(line)
    return found


def furniture_kind(line: str) -> str | None:
    """Return the kind of furniture that a whole line is, None for any other line.

    >>> furniture_kind("» Share on Facebook | Twitter"), furniture_kind("Share of the cost: the city pays half.")
    ('boilerplate.social', None)
    """
    return _kind(line) if 0 < len(line) <= LONGEST else None


@remembered
def is_section(line: str) -> bool:
    """Say whether a line names a part of the site: `World`, `News | Europe`."""
    parts = [part for part in _BETWEEN.split(line.strip(_MARKS)) if part]
    return bool(parts) and all(_SECTION.fullmatch(part) for part in parts)


@remembered
def is_menu(line: str) -> bool:
    """Say whether a line is a menu of the site: three of its parts or more."""
    if len(line) > LONGEST:
        return False
    core = line.strip(_MARKS)
    if line.endswith((".", "?", "!")) or not _MENU_WORD.search(core):
        return False
    parts = [part for part in _BARS.split(core) if part]
    named = len(parts) >= _MENU and all(_SECTION.fullmatch(part) for part in parts)
    return named or bool(_SECTIONS_SPACED.fullmatch(core))


@lru_cache(maxsize=16384)
def _kind(line: str) -> str | None:
    small = folded_line(line)
    if len(line) > _SHORT and not LONG_SIGNS.are_in(small):
        return None
    if is_menu(line):
        return "boilerplate.navigation"
    core = line.strip(_MARKS)
    if core[:1] >= _FIRST_EMOJI or core[-1:] >= _FIRST_EMOJI:
        core = _EMOJI.sub("", core).strip(_MARKS)
    forms = dict.fromkeys(form for form in (core, line, _POLITE.sub("", core, count=1)) if form)
    skipped = frozenset(kind for kind, signs in _SIGNS.items() if not any(sign in small for sign in signs))
    told = [kind for form in forms if (kind := _KINDS.first_of(form, skipped)) is not None]
    if told:
        return None if _SAID.search(line) else _KINDS.names[min(told)]
    return _joined_kind(core) or _spoken_kind(line)


def _spoken_kind(line: str) -> str | None:
    """Return the kind of a line whose sentences are furniture each: `Like it? Follow us.`."""
    parts = _SENTENCES.split(line)
    if len(parts) == 1:
        return None
    return _common_kind(part for part in parts if len(part) >= _LEAST_LETTERS)


def _joined_kind(core: str) -> str | None:
    """Return the kind of a line whose parts are furniture each: `Report a typo || Send a tip`."""
    parts = [part.strip(_MARKS) for part in re.split(r"\s\|{1,2}\s|\s[·•]\s", core)]
    return _common_kind(part for part in parts if part) if len(parts) > 1 else None


def _common_kind(parts: Iterable[str]) -> str | None:
    """Return the kind of the first part where all parts are furniture: one that is none settles it."""
    first: str | None = None
    for part in parts:
        kind = _kind(part)
        if kind is None:
            return None
        first = first or kind
    return first


KIND_NAMES = _KINDS.names
