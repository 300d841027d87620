"""Repairs where no meaning is at stake: lower-cased names and sentence starts, letter slips."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import filterfalse, islice

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.function_words import ENGLISH
from ukrcorpus.normalise.lines import (
    CYRILLIC,
    TITLE_CASE,
    WORD,
    Line,
    ends_sentence,
    is_short,
    lines_of,
    n_words,
    title_case_share,
)
from ukrcorpus.normalise.sentences import ABBREVIATIONS
from ukrcorpus.normalise.spaces import outside_addresses
from ukrcorpus.schema.model import Repairs

_LETTER = r"[^\W\d_]"
_LOWER = "a-zà-öø-ÿа-яёіїєґ"
_UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ"
_WHOLE_WORD = re.compile(r"\w+")
# Latin only: after a stop a small Cyrillic letter mostly follows an abbreviation.
_START = re.compile(r"\. (?<=[a-zà-öø-ÿ\d”»)]\. )[a-zà-öø-ÿ]")
_FIRST_WORD = re.compile(rf"[{_LOWER}][{_LOWER}’'-]*(?=[ ,;|]|: |$)")
_LONG_WORD = 5
# Short words that end sentences; other short words before a stop may be abbreviations.
_COMMON = frozenset(
    """
    met went left died fell rose gone sent held made said told came come gave give take took taken seen lost won
    paid sold bought kept ran sat sent hit cut set put let end ends war wars deal deals plan plans peace talk
    aid oil gas coal steel arms army navy tank tanks gun guns bomb bombs mine mines map maps line lines side
    sides land sea air port ports ship ships rail road roads city town home house hall room door table seat flag
    day days week month year years hour hours time date past night noon dawn dusk today men man woman child son
    sons life lives death dead fire risk cost costs price fund funds bank loan loans tax cash debt bill law laws
    vote votes bloc pact treaty text page pages word words name names list lists note notes fact facts truth
    case cases role rule rules goal goals hope fear step steps move moves part parts half third full fast slow
    late early soon long short high low big small good bad best worst true false real safe open shut free cold
    hot old new same own east west north south force power state states world use used work works job jobs help
    need needs want wants way ways far near sure none all it him her them us me you too
    """.split()
)
_PARTICLES = frozenset("von van de der den di da du del al el bin ibn ben la le".split())
_LABEL = re.compile(rf"(?P<label>(?:{_LETTER}|\d)[^:.!?|\n]{{1,70}}):(?= (?P<next>\S))")
_JOINED_BEFORE = re.compile(r"([^\W\d_]+)(?:(?:,| and| or|, and|, or|’s and|'s and)? |[-–—/])$")
_JOINED_AFTER = re.compile(r"(?:(?:,| and| or|, and|, or) |[-–—/])([^\W\d_]+)")
_SHORT_NAMES = frozenset(("us", "uk", "eu", "un"))
_WORD_CHARS = 40
_SIC = re.compile(r"[\"”’»)]* ?[\[(]sic\b")
_LABEL_CHARS, _LABEL_WORDS = 71, 8
_SENTENCE_WORDS = 8
_SMALL_WORD = 3


def slips(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Mend the closed list of letter slips in schema/repairs.toml, whole words only.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(slips, "Thes talks adn the rest")
    'These talks and the rest'
    """
    for at, wrong in _found(text.text, repairs, repairs.mends):
        if not _SIC.match(text.text, at + len(wrong)):
            yield Change(at, at + len(wrong), repairs.mends[wrong])


def names(text: AlignedText, repairs: Repairs) -> Iterator[Change]:
    """Give lower-cased names and demonyms of schema/repairs.toml their capital.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(names, "ukraine, the Russia-ukraine war and the Global south; see ukraine.ua and #ukraine")
    'Ukraine, the Russia-Ukraine war and the Global South; see ukraine.ua and #ukraine'
    """
    found = dict(_found(text.text, repairs, repairs.capitals))
    for at in outside_addresses(text.text, found):
        if _is_name(text.text, at, found[at], repairs):
            yield Change(at, at + len(found[at]), repairs.capitals[found[at]])
    for phrase in repairs.phrases:
        first, rest = phrase.split(" ", 1)
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
        at = match.end() - 1
        if _is_plain(text.text, at) and not _is_abbreviation(text.text, match.start()):
            yield Change(at, at + 1, text.text[at].upper())
    before: Line | None = None
    for line in lines_of(text.text):
        if line.text[:1].islower() and _begins(line, before) and _is_plain(line.text):
            yield Change(line.start, line.start + 1, line.text[0].upper())
        before = line


def _is_abbreviation(text: str, stop: int) -> bool:
    """Say whether the word before a full stop is an abbreviation, or a short one that is no common word."""
    *_, word = text[text.rfind(" ", 0, stop) + 1 : stop].split()
    word = word.lower().lstrip("(“«\"'")
    if len(word) <= 1 or "." in word or word in ABBREVIATIONS:
        return True
    return len(word) < _LONG_WORD and word.isalpha() and word not in ENGLISH and word not in _COMMON


def _begins(line: Line, before: Line | None) -> bool:
    """Say whether a line begins a sentence: a full one, behind a heading or another full one."""
    if CYRILLIC.match(line.text) or " | " in line.text:
        return False
    if not ends_sentence(line.text) or n_words(line.text) < _SENTENCE_WORDS:
        return False
    if before is None or ends_sentence(before.text):
        return True
    # Otherwise only behind what is surely a heading: the line may run on from a broken one.
    return is_short(before.text) and title_case_share(before.text) >= TITLE_CASE


def _is_plain(text: str, at: int = 0) -> bool:
    """Say whether the word at an offset is a plain lower-case word: no iPhone, no ukrinform.net, no von."""
    word = _FIRST_WORD.match(text, at)
    return word is not None and word.group() not in _PARTICLES


def run_in_label(line: str) -> re.Match[str] | None:
    """Return the label of a line such as ``Border Realignments: Some will move.``, if it has one."""
    if line.find(": ", 0, _LABEL_CHARS + 2) < 0:
        return None
    label = _LABEL.match(line)
    if (
        label is None
        or n_words(label["label"]) > _LABEL_WORDS
        or not any(islice(WORD.finditer(line, label.end()), 1, 2))
    ):
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


def _found(text: str, repairs: Repairs, words: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the places of listed words in order: few texts hold any, so a set decides before a pattern is built."""
    first = _present(text, repairs.first_words)
    present = [word for one in first for word in repairs.by_first_word[one] if word in words and word in text]
    found = ((match.start(), -len(word), word) for word in present for match in _whole_word(word).finditer(text))
    end = 0
    for at, _, word in sorted(found):
        if at >= end:
            yield at, word
            end = at + len(word)


def _is_name(text: str, at: int, word: str, repairs: Repairs) -> bool:
    """Say whether a listed word is a name here: `china` only beside another one, `eu` not before a hyphen."""
    end = at + len(word)
    if len(word) <= _SMALL_WORD and text[end : end + 1] == "-":
        return False
    if repairs.capitals[word] not in repairs.uncertain:
        return True
    joined = (_JOINED_BEFORE.search(text, max(0, at - _WORD_CHARS), at), _JOINED_AFTER.match(text, end))
    beside = [match[1].lower() for match in joined if match]
    return any(name in repairs.capitals or name in _SHORT_NAMES for name in beside)


@lru_cache(maxsize=4)
def _present(text: str, words: frozenset[str]) -> frozenset[str]:
    """Return those of the words that stand in a text."""
    tokens = text.split()
    # Most tokens are words as they are; the others hold marks.
    marked = _WHOLE_WORD.findall(" ".join(filterfalse(str.isalnum, tokens)))
    return words.intersection(tokens) | words.intersection(marked)


@lru_cache(maxsize=512)
def _whole_word(word: str) -> re.Pattern[str]:
    word = re.escape(word)
    return re.compile(rf"{word}(?<![\w@#/.]{word})(?![\w@/]|\.\w)")


@lru_cache(maxsize=64)
def _damaged(first: str, rest: str) -> re.Pattern[str]:
    first, rest = re.escape(first), re.escape(rest)
    return re.compile(rf"{first} (?<!\w{first} )((?!{rest}\b)(?i:{rest}))\b")
