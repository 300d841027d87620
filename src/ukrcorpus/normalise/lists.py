"""Marks of list items: bullets of all kinds, counted numbers and letters."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import CYRILLIC, Line, is_short, lines_of
from ukrcorpus.normalise.signs import opens
from ukrcorpus.normalise.structure import TABLE_RULE
from ukrcorpus.schema.model import Repairs

_BULLET = re.compile(r"(?:[-*•·▪▫◦‣⁃∙●○■□◆◇✓✔✅☑➤►▸▶➢➜→⇒»–—]\ufe0f?|\[[ xX]\]) *(?=\S)")
has_bullets = opens(*"-*•·▪▫◦‣⁃∙●○■□◆◇✓✔✅☑➤►▸▶➢➜→⇒»–—[")
_NEEDS_SPACE = re.compile(r"[-*»–—→\[]")
_DASH = re.compile(r"[–—]")
_SPEECH = re.compile(r"[,!?…] [-–—] [а-яіїєґё]|^[–—].*, (?:[A-Z]\w+|he|she|they) (?:said|says|told|added)\b")
_EMOJI = re.compile(r"(?:[0-9]\ufe0f?\u20e3|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]\ufe0f?\u200d?)+ *(?=\S)")
_MARK = re.compile(r"\(?(?:(?P<number>\d{1,2})[.)]|(?P<letter>[a-zа-яіїєґ])\)|(?P<roman>[ivx]{1,4})[.)]) +(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LETTERS = "abcdefghijklmnopqrstuvwxyz", "абвгґдеєжзиіїйклмнопрстуфхцчшщюя", "абвгдежзиклмнопрстуфхцчшщэюя"


def bullets(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove list bullets; the block is a list item.

    A dash at the head of a Ukrainian or Russian line opens direct speech, so it stays, but for items that end in ``;``.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(bullets, "- Ports\n• Rails\n— Ми згодні, — сказав він.")
    'Ports\nRails\n— Ми згодні, — сказав він.'
    """
    lines = list(lines_of(text.text))
    for index, line in enumerate(lines):
        mark = _BULLET.match(line.text)
        if not mark or (_NEEDS_SPACE.match(line.text) and mark.group()[-1] != " "):
            continue
        dashed = _DASH.match(line.text) and CYRILLIC.search(line.text)
        if TABLE_RULE.fullmatch(line.text) or (dashed and not _in_dashed_list(lines, index)):
            continue
        if dashed or not _SPEECH.search(line.text):
            yield Change(line.start, line.start + mark.end(), "")


def _in_dashed_list(lines: list[Line], index: int) -> bool:
    """Say whether a line with a dash is an item: items end in a semicolon, all but the last of them."""
    first = last = index
    while first > 0 and _DASH.match(lines[first - 1].text):
        first -= 1
    while last + 1 < len(lines) and _DASH.match(lines[last + 1].text):
        last += 1
    under = first > 0 and (lines[first - 1].text.endswith((":", ";")))
    ends = [lines[at].text[-1] for at in range(first, last + 1)]
    return all(end in ";," for end in ends[:-1]) and (
        len(ends) > 1 or (ends[0] in ";," or (under and lines[first].text[2:3].islower()))
    )


def not_ascii(text: str) -> bool:
    """Say whether a text holds any character beyond those of English keyboards."""
    return not text.isascii()


def emoji(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove emoji that are bullets: they open two lines in a row or more.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(emoji, "🔹 Ports\n🔹 Rails\nNothing else 🔹 here")
    'Ports\nRails\nNothing else 🔹 here'
    """
    marked = ((line, _EMOJI.match(line.text)) for line in lines_of(text.text))
    for marked_run, run in groupby(marked, key=lambda pair: pair[1] is not None):
        items = list(run)
        if marked_run and len(items) > 1:
            for line, mark in items:
                yield Change(line.start, line.start + (mark.end() if mark else 0), "")


def title_emoji(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove emoji before a title and behind it, as channels put them.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(title_emoji, "⚡️Ports open again\nBoth sides met ⚡️ in Oslo.")
    'Ports open again\nBoth sides met ⚡️ in Oslo.'
    """
    first = text.text.split("\n", 1)[0]
    if (mark := _EMOJI.match(first)) and is_short(first):
        yield Change(0, mark.end(), "")


def has_numbers(text: str) -> bool:
    """Say whether a line begins with a number or a letter before a bracket or stop."""
    return any(
        line.text[:1] == "(" or line.text[:1].isdecimal() or not {")", "."}.isdisjoint(line.text[1:5])
        for line in lines_of(text)
    )


def numbers(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove the numbers or letters of a list: at least two lines in a row that count upwards.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(numbers, "1. Ports\n2. Rails\n3.5 million tonnes\nа) порти\nб) колії")
    'Ports\nRails\n3.5 million tonnes\nпорти\nколії'
    """
    marked = [(line, mark) for line in lines_of(text.text) if (mark := _MARK.match(line.text))]
    in_list = {
        index
        for (index, (one, first)), (other, (two, second)) in pairwise(enumerate(marked))
        if one.end + 1 == two.start and _counts(first, second)
        for index in (index, other)
    }
    for index, (line, mark) in enumerate(marked):
        if index in in_list:
            yield Change(line.start, line.start + mark.end(), "")


def _counts(first: re.Match[str], second: re.Match[str]) -> bool:
    """Say whether one mark follows the other: 1 and 2, a and b, i and ii."""
    if first["number"] and second["number"]:
        return int(second["number"]) == int(first["number"]) + 1
    one, two = first["letter"] or first["roman"], second["letter"] or second["roman"]
    if not one or not two:
        return False
    return f"{one}{two}" in "".join(_LETTERS[0]) or _follows(one, two)


def _follows(one: str, two: str) -> bool:
    if one in _ROMAN and two in _ROMAN and _ROMAN.index(two) == _ROMAN.index(one) + 1:
        return True
    return len(one) == len(two) == 1 and any(f"{one}{two}" in letters for letters in _LETTERS)
