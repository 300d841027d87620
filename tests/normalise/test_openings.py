"""What is left out because of how a line begins must be nothing: kinds by opening are held against plain patterns."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from ukrcorpus.normalise import fingerprints, flags
from ukrcorpus.normalise.closing_phrases import CLOSING
from ukrcorpus.normalise.lines import whole_words
from ukrcorpus.normalise.openings import Kinds, first_characters, pieces, signs_of
from ukrcorpus.normalise.page_phrases import PAGE
from ukrcorpus.normalise.phrases import Phrases
from ukrcorpus.normalise.reader_phrases import READER
from ukrcorpus.normalise.signs import fold
from ukrcorpus.normalise.wordings import Wordings

NAMED = (*PAGE, *READER, *CLOSING)
SOURCES = [
    source
    for folder in ("cases", "pages")
    for path in sorted((Path(__file__).parent / folder).glob("*.toml"))
    for read in [tomllib.loads(path.read_text(encoding="utf-8"))]
    for source in [case["source"] for case in read.get("cases", [])] + [read.get("source", "")]
]
LINES = sorted(
    {form for source in SOURCES for line in source.split("\n") for form in (line, line.strip(" .!*")) if form}
)


def test_the_kinds_that_a_first_character_leaves_are_those_that_all_patterns_find() -> None:
    kinds, plain = Kinds(NAMED), [re.compile(pattern, re.IGNORECASE) for _name, pattern in NAMED]
    for line in (*LINES, *map(str.upper, LINES)):
        first = next((at for at, pattern in enumerate(plain) if pattern.fullmatch(line)), None)
        assert kinds.first_of(line) == first, line


def test_whatever_an_alternative_begins_with_is_folded_to_one_of_its_first_characters() -> None:
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    known = {firsts for _name, pattern in NAMED for piece in pieces(pattern) if (firsts := first_characters(piece))}
    for first in set().union(*known):
        assert {fold(char) for char in re.findall(re.escape(first), every, re.IGNORECASE)} == {first}


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("a?b", "ab"),
        ("a{0,2}b", "ab"),
        ("a{2}b", "a"),
        ("(?:a|b)?+c", "abc"),
        ("(?:a|bc?)+d", "ab"),
        ("[ab\\]]c", None),
        ("[A]b", "a"),
        (r"\(a", "("),
        (r"\d", None),
        ("(?=a)b", None),
        ("(?-i:A)b", None),
        ("(?:a|)b", None),
        ("a?", None),
        (".", None),
        ("", None),
        ("İ", "i"),
    ],
)
def test_first_characters_are_certain(pattern: str, firsts: str | None) -> None:
    assert first_characters(pattern) == (None if firsts is None else frozenset(firsts))


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r".{0,9}\bports\b", {"ports"}),
        ("ports?s", {"port"}),
        ("(?:ports|rails) (?:are|were)?", {"ports", "rails"}),
        ("(?:ports|ra)", None),
        ("(?:ports|)", None),
        ("(?:ports)?", None),
        (r"a[)\\]b]{2}bcd", {"bcd"}),
        (r"\ufe0fports", {"ports"}),
        (r"(?!ports)\d+", None),
        ("port+s", {"port"}),
        ("a{3}b", None),
    ],
)
def test_signs_stand_in_every_match(pattern: str, signs: set[str] | None) -> None:
    assert signs_of(pattern) == signs


@pytest.mark.parametrize("kinds", [flags._PATTERNS, fingerprints._LISTED])
def test_wordings_are_found_as_by_plain_patterns(kinds: Sequence[tuple[str, Sequence[str]]]) -> None:
    wordings = Wordings(kinds)
    for source in [*SOURCES, *(", ".join(alternatives) for _kind, alternatives in kinds)]:
        plain = {
            (kind, *match.span())
            for kind, alternatives in kinds
            for match in whole_words(alternatives).finditer(fold(source))
        }
        assert set(wordings.found(source)) == plain


def test_phrases_are_found_with_and_without_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("читайте", "read", "reader", "©", "up for")
    fast, plain = Phrases(*words), Phrases(*words)
    monkeypatch.setitem(plain.__dict__, "_automaton", None)
    texts = ("to read", "прочитайте © це", "up  for", "", "ре", "rea der ад")
    assert [sorted(fast.found_in(text)) for text in texts] == [sorted(plain.found_in(text)) for text in texts]
    assert [fast.are_in(text) for text in texts] == [plain.are_in(text) for text in texts] == [1, 1, 0, 0, 0, 0]
