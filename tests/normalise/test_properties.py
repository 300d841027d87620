import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import PASSES, Pass, normalised
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.model import Repairs, Slip

REPAIRS = Repairs(("Ukraine", "Київ"), ("Global South",), (Slip("adn", "and", "en"),), "")
# Pieces that passes look for, and characters that break code: combining marks, emoji, joiners, right-to-left, CRLF.
PIECES = st.sampled_from(
    (
        "ukraine¦Global south¦adn¦and¦. The¦.The¦,and¦U.S. ¦Q: ¦A: ¦- ¦1. ¦2. ¦# ¦**¦*¦_¦> ¦ | ¦---|---¦|¦---¦"
        "Home » News » ¦Table of Contents¦FAQ¦Did you know? ¦Pro Tip: ¦Share your thoughts in the comments below!¦"
        "You may also like¦By Ann Example¦KYIV — ¦&amp;¦&#8217;¦<br>¦</p>¦[a](b)¦”¦“¦«¦»¦’¦—¦–¦…¦?¦!¦:¦;¦ ¦  ¦\n¦\n\n¦"
        "\r\n¦\r¦\t¦\u00a0¦\u200b¦\u2028¦\ufeff¦\u00ad¦\u200d¦и\u0306¦e\u0301¦\u1100\u1161¦😀¦👍🏽¦\u202eשלום¦слово¦Київ¦"
        "word¦Word¦3.5¦1,000¦example.org¦case"
    ).split("¦")
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


def clean(text: str) -> str:
    return "".join(char for char in text if not "\ud800" <= char <= "\udfff")


def rebuilt(text: AlignedText) -> str:
    """Return the text, made again from its source and the edits alone."""
    pieces, at = [], 0
    for edit in text.edits:
        pieces += [text.source[at : edit.raw_start], text.text[edit.start : edit.end]]
        at = edit.raw_end
    return "".join([*pieces, text.source[at:]])


def check_alignment(text: AlignedText) -> None:
    assert rebuilt(text) == text.text
    inside = {at for edit in text.edits for at in range(edit.start, edit.end)}
    for at, char in enumerate(text.text):
        raw = text.to_source(at, at + 1)
        if at not in inside:
            assert text.source[slice(*raw)] == char
            assert text.to_text(*raw) == (at, at + 1)


@given(TEXTS.map(clean))
def test_source_and_edits_rebuild_the_text_and_back(source: str) -> None:
    check_alignment(normalised(source, REPAIRS))


@given(TEXTS.map(clean))
def test_a_text_has_the_exact_form(source: str) -> None:
    text = normalised(source, REPAIRS).text
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set("\r\t\u00a0\u200b\ufeff\u00ad\u2028")
    if text:
        assert all(line and line == line.strip(" ") and "  " not in line for line in text.split("\n"))


@pytest.mark.parametrize("step", PASSES, ids=lambda step: step.name)
@given(source=TEXTS.map(clean))
def test_a_pass_comes_to_rest_on_any_text(step: Pass, source: str) -> None:
    once = step.apply(AlignedText.of(source), REPAIRS)
    check_alignment(once)
    assert step.apply(once, REPAIRS) is once


@given(TEXTS.map(clean))
def test_normalising_twice_changes_nothing_more(source: str) -> None:
    once = normalised(source, REPAIRS).text
    assert normalised(once, REPAIRS).text == once


@given(TEXTS.map(clean))
def test_blocks_tile_the_text_and_sentences_lie_inside(source: str) -> None:
    text = normalised(source, REPAIRS)
    blocks = blocks_of(text)
    assert "\n".join(text.text[block.start : block.end] for block in blocks) == text.text
    for block in blocks:
        line = text.text[block.start : block.end]
        spans = list(sentence_spans(line))
        assert all(line[start:end].strip() == line[start:end] for start, end in spans)
        assert "".join("".join(line[a:b] for a, b in spans).split()) == "".join(line.split())


@given(st.text("abc \n", max_size=12), st.data())
def test_any_changes_in_a_row_compose_exactly(source: str, data: st.DataObject) -> None:
    text = AlignedText.of(clean(source))
    for number in range(3):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text.text)), max_size=4)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        news = data.draw(st.lists(st.text("abX", max_size=2), min_size=len(pairs), max_size=len(pairs)))
        changes = [Change(a, b, new) for (a, b), new in zip(pairs, news, strict=True)]
        expected = text.text
        for change in reversed(changes):
            expected = expected[: change.start] + change.new + expected[change.end :]
        text = text.change(f"pass{number}", changes)
        assert text.text == expected
        check_alignment(text)


def test_changes_that_overlap_are_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        AlignedText.of("abcdef").change("bad", [Change(0, 3, "x"), Change(2, 4, "y")])
