"""Repairs where no meaning is at stake: missing spaces, lower-cased names and sentence starts, letter slips."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import (
    CYRILLIC,
    TITLE_CASE,
    Line,
    ends_sentence,
    is_short,
    lines_of,
    n_words,
    title_case_share,
)
from ukrcorpus.normalise.sentences import ABBREVIATIONS
from ukrcorpus.schema.model import Repairs

_LETTER = r"[^\W\d_]"
_LOWER = "a-zà-öø-ÿа-яёіїєґ"
_UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ"
_AFTER_STOP = re.compile(rf"[.!?][”»\"]?(?=[“«\"]?(?P<right>[{_UPPER}][\w’'-]*))")
_BEFORE_STOP = re.compile(rf"(?:{_LETTER}{{2}}|{_LETTER}\"|\d{{2}}|[’'][a-z]|[)%”»])$")
_AFTER_COMMA = re.compile(rf"(?:(?<={_LETTER}{{2}})|(?<=[”»)]))(?:,|;(?![{_UPPER}]{{2}}))(?={_LETTER}|[“«])")
_TOKEN = re.compile(r"\S+")
_WHOLE_WORD = re.compile(r"\w+")
# What follows the dot of a domain, a file or a piece of code is no sentence.
_DOMAINS = frozenset(
    """
    Az Ge Kz Tr Md Tj Uz Cz Sk Hu Ro Bg Gr Nl Fi Ch Ca Za Jp
    Com Net Org Info Biz Edu Gov Int Io Ua Ru Uk Eu Us De Fr Pl Co Me Tv News Html Php Js Py Jpg Png Pdf
    Ру Реалії Реалій Реаліям Реалии Реалий Реалиям Тиждень Новости Новини Дзен
    """.split()
)
_CAMEL_CASE = re.compile(rf"[{_LOWER}][{_UPPER}]")
_ADDRESS = re.compile(r"`|://|www\.|@|\w/\w+/|\.(?:com|net|org|info|ua|ru|eu|gov|html?|php)\b", re.IGNORECASE)
# Latin only: after a stop a small Cyrillic letter mostly follows an abbreviation.
_START = re.compile(r"(?<=[a-zà-öø-ÿ\d”»)]\. )[a-zà-öø-ÿ]")
_FIRST_WORD = re.compile(rf"[{_LOWER}][{_LOWER}’'-]*(?=[ ,;|]|: |$)")
_PARTICLES = frozenset("von van de der den di da du del al el bin ibn ben la le".split())
_LABEL = re.compile(rf"(?P<label>(?:{_LETTER}|\d)[^:.!?|\n]{{1,70}}):(?= (?P<next>\S))")
_LABEL_WORDS = 8
_SENTENCE_WORDS = 8
_SMALL_WORD = 3


def stop_spaces(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Put the missing space behind a full stop, question or exclamation mark.

    Not within U.S., 3.5, domains, addresses and file names.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(stop_spaces, "They met.Nothing came of it. See Booking.Com and the U.S.Army.")
    'They met. Nothing came of it. See Booking.Com and the U.S.Army.'
    """
    for match in _AFTER_STOP.finditer(text.text):
        ends = _BEFORE_STOP.search(text.text[max(0, match.start() - 2) : match.start()])
        code = (
            match["right"] in _DOMAINS
            or _CAMEL_CASE.search(match["right"])
            or text.text[match.end("right") :][:1] == "("
        )
        if ends and not code and not _in_address(text.text, match.end()):
            yield Change(match.end(), match.end(), " ")


def comma_spaces(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Put the missing space behind a comma or semicolon between words; numbers are left alone.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(comma_spaces, "ports,rails and 1,000 men")
    'ports, rails and 1,000 men'
    """
    for match in _AFTER_COMMA.finditer(text.text):
        if not _in_address(text.text, match.end()):
            yield Change(match.end(), match.end(), " ")


def slips(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Mend the closed list of letter slips in schema/repairs.toml, whole words only.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(slips, "Thes talks adn the rest")
    'These talks and the rest'
    """
    right = {slip.wrong: slip.right for slip in repairs.slips}
    right |= {wrong.capitalize(): mended.capitalize() for wrong, mended in right.items()}
    for match in _found(text.text, right):
        yield Change(match.start(), match.end(), right[match.group()])


def names(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Give lower-cased names and demonyms of schema/repairs.toml their capital.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(names, "ukraine, the Russia-ukraine war and the Global south; see ukraine.ua and #ukraine")
    'Ukraine, the Russia-Ukraine war and the Global South; see ukraine.ua and #ukraine'
    """
    right = {name.lower(): name for name in repairs.names}
    for match in _found(text.text, right):
        if not _in_address(text.text, match.start()):
            yield Change(match.start(), match.end(), right[match.group()])
    for phrase in repairs.phrases:
        first, rest = phrase.split(" ", 1)
        if first in text.text:
            for match in _damaged(first, rest).finditer(text.text):
                yield Change(match.start(1), match.end(1), rest)


def labels(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Capitalise the label at the head of a line, and what follows it where the other labels do.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(labels, "border Realignments: Some will move.")
    'Border Realignments: Some will move.'
    """
    labelled = [(line, label) for line in lines_of(text.text) if (label := _certain_label(line.text))]
    upper = sum(label["next"].isupper() for _line, label in labelled)
    for line, label in labelled:
        if label["label"][0].islower():
            yield Change(line.start, line.start + 1, label["label"][0].upper())
        if label["next"].islower() and upper * 2 > len(labelled) and ends_sentence(line.text):
            at = line.start + label.start("next")
            yield Change(at, at + 1, label["next"].upper())


def header_cells(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Capitalise the cells of a table's header; only a dropped delimiter row says which line that is.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(header_cells, "outcome | Impact\nKyiv | a truce")
    'outcome | Impact\nKyiv | a truce'
    """
    # The delimiter row is gone by now; the edit that dropped it marks the header.
    dropped = {edit.start for edit in text.edits if "structure.table_rules" in edit.passes}
    for line in lines_of(text.text):
        if line.end not in dropped or " | " not in line.text:
            continue
        at = line.start
        for cell in line.text.split(" | "):
            if _FIRST_WORD.match(cell):
                yield Change(at, at + 1, cell[0].upper())
            at += len(cell) + 3


def sentence_starts(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Capitalise the first word of a sentence where it is certain that one begins.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(sentence_starts, "They met. nothing came of it, e.g. no truce.")
    'They met. Nothing came of it, e.g. no truce.'
    """
    for match in _START.finditer(text.text):
        before = text.text[: match.start() - 2].rsplit(None, 1)[-1].lower().lstrip("(“«\"'")
        if (
            len(before) > 1
            and "." not in before
            and before not in ABBREVIATIONS
            and _is_plain(text.text[match.start() :])
        ):
            yield Change(match.start(), match.end(), match.group().upper())
    before_line: Line | None = None
    for line in lines_of(text.text):
        if _begins(line, before_line) and _is_plain(line.text):
            yield Change(line.start, line.start + 1, line.text[0].upper())
        before_line = line


def _begins(line: Line, before: Line | None) -> bool:
    """Say whether a line begins a sentence: a full one, behind a heading or another full one."""
    if not line.text[:1].islower() or CYRILLIC.match(line.text) or " | " in line.text:
        return False
    if not ends_sentence(line.text) or n_words(line.text) < _SENTENCE_WORDS:
        return False
    if before is None or ends_sentence(before.text):
        return True
    # Otherwise only behind what is surely a heading: the line may run on from a broken one.
    return is_short(before.text) and title_case_share(before.text) >= TITLE_CASE


def _is_plain(rest: str) -> bool:
    """Say whether the first word is a plain lower-case word: no iPhone, no ukrinform.net, no von."""
    word = _FIRST_WORD.match(rest)
    return bool(word) and word.group() not in _PARTICLES if word else False


def run_in_label(line: str) -> re.Match[str] | None:
    """Return the label of a line such as ``Border Realignments: Some will move.``, if it has one."""
    label = _LABEL.match(line)
    if label is None or n_words(label["label"]) > _LABEL_WORDS or not n_words(line[label.end() :]) > 1:
        return None
    words = [word for word in label["label"].split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return label if len(words) > 1 and capitals * 2 >= len(words) else None


def _certain_label(line: str) -> re.Match[str] | None:
    """Return a label in title case; `Minister Smith stressed: talks go on.` has none."""
    label = run_in_label(line)
    if label is None or CYRILLIC.search(label["label"]):
        return None
    _first, *rest = label["label"].split()
    long = [word for word in rest if len(word) > _SMALL_WORD and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return label if long and capitals == len(long) else None


def _in_address(text: str, at: int) -> bool:
    """Say whether the run of non-spaces around an offset is a URL, a domain or an e-mail address."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    token = _TOKEN.match(text, start)
    return bool(token and _ADDRESS.search(token.group()))


def _found(text: str, words: Mapping[str, str]) -> Iterator[re.Match[str]]:
    """Yield the places of listed words: few texts hold any, so a set decides before a pattern is built."""
    present = sorted(words.keys() & _words_of(text))
    if present:
        yield from re.finditer(rf"(?<![\w@#/.])(?:{'|'.join(present)})(?![\w@/]|\.\w)", text)


@lru_cache(maxsize=4)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WHOLE_WORD.findall(text))


@lru_cache(maxsize=64)
def _damaged(first: str, rest: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(first)} ((?!{re.escape(rest)}\b)(?i:{re.escape(rest)}))\b")
