"""What a shortcut leaves out must be nothing: passes are held against their signs, runs against plain runs."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.test_properties import PIECES, REPAIRS, clean
from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.passes import PASSES, run_passes
from ukrcorpus.normalise.signs import fold
from ukrcorpus.schema.model import Repairs

CASES = [
    case["source"]
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]
]
LINES = sorted({line for source in CASES for line in source.split("\n")})
SOURCES = (
    st.lists(st.sampled_from(LINES) | st.lists(PIECES, max_size=4).map("".join), max_size=12)
    .map("\n".join)
    .flatmap(lambda text: st.sampled_from((text, text.upper(), text.lower(), text.title())))
    .map(clean)
)


def plainly(text: AlignedText, repairs: Repairs) -> AlignedText:
    """Run the passes without any shortcut."""
    before = None
    while before is not text:
        before = text
        for step in PASSES:
            changed = text
            while (changed := changed.change(step.name, step.find(changed, repairs))) is not text:
                text = changed
    return text


@given(SOURCES)
def test_where_a_sign_says_no_its_pass_finds_nothing(source: str) -> None:
    text = AlignedText.of(source)
    steps = [step for step in PASSES if not step.sign(source)]
    missed = [step.name for step in steps if text.change(step.name, step.find(text, REPAIRS)) is not text]
    assert missed == []


@given(SOURCES)
def test_a_pass_by_line_is_at_rest_on_a_text_whose_lines_are(source: str) -> None:
    text = AlignedText.of(source)
    lines = [AlignedText.of(line) for line in source.split("\n")]
    for step in PASSES:
        alone = all(step.apply(line, REPAIRS) is line for line in lines)
        assert not step.by_line or alone == (step.apply(text, REPAIRS) is text), step.name


@given(SOURCES)
def test_a_run_with_shortcuts_is_a_plain_run(source: str) -> None:
    text = AlignedText.of(source)
    assert run_passes(text, REPAIRS) == plainly(text, REPAIRS)


@pytest.mark.parametrize("source", CASES)
def test_a_case_comes_out_of_a_plain_run_alike(source: str) -> None:
    text = AlignedText.of(source)
    assert run_passes(text, REPAIRS) == plainly(text, REPAIRS)


def test_folding_keeps_offsets_and_finds_what_a_pattern_finds_that_ignores_case() -> None:
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    assert len(fold(every)) == len(every)
    letters = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
    for letter in letters:
        assert {fold(char) for char in re.findall(letter, every, re.IGNORECASE)} == {letter}
