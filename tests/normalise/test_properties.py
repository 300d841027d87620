import hashlib
import json
import subprocess
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.article import RawArticle, rows_of
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import PASSES, Pass, normalised
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.model import Repairs, Slip

REPAIRS = Repairs(("Ukraine", "Київ"), ("Global South",), (Slip("adn", "and", "en"),), "")
# Pieces that passes look for, and characters that break code: combining marks, emoji, joiners, right-to-left, CRLF.
PIECE_LIST = (
    "ukraine¦Global south¦adn¦and¦. The¦.The¦,and¦U.S. ¦Q: ¦A: ¦- ¦1. ¦2. ¦# ¦**¦*¦_¦> ¦ | ¦---|---¦|¦---¦"
    "Home » News » ¦Table of Contents¦FAQ¦Did you know? ¦Pro Tip: ¦Share your thoughts in the comments below!¦"
    "You may also like¦By Ann Example¦KYIV — ¦&amp;¦&#8217;¦<br>¦</p>¦[a](b)¦”¦“¦«¦»¦’¦—¦–¦…¦?¦!¦:¦;¦ ¦  ¦\n¦\n\n¦"
    "\r\n¦\r¦\t¦\u00a0¦\u200b¦\u2028¦\ufeff¦\u00ad¦\u200d¦и\u0306¦e\u0301¦\u1100\u1161¦😀¦👍🏽¦\u202eשלום¦слово¦Київ¦"
    "word¦Word¦3.5¦1,000¦example.org¦case¦"
    # A family, a flag, a keycap, skin tones with and without a joiner, text and picture style, tags.
    "👨‍👩‍👧‍👦¦🇺🇦¦1️⃣¦👩🏽‍🚒¦🤝🏿¦☎︎¦☎️¦🏴\U000e0067\U000e0062\U000e007f¦"
    # Marks in odd order, alone, and many; a mark on a space; Hangul letters; a letter that composes to two.
    "a\u0323\u0307¦a\u0307\u0323¦\u0301¦e\u0301\u0301\u0301¦ \u0308¦\u1112\u1161\u11ab¦\u11ab¦\u0958¦\ufb1d¦ﬁ¦Å¦"
    # Right-to-left, with marks, overrides, isolates.
    "שָׁלוֹם¦سَلام¦\u200f¦\u061c¦\u202b¦\u2067¦\u2069¦\u202c¦"
    # Beyond the Basic Multilingual Plane; unassigned; private; not characters; other ends of lines.
    "𝒜𝔅¦\U0001f9ff¦𐍈¦\U000e0100¦\ue000¦\uffff¦\U0010ffff¦\x0b¦\x0c¦\x85¦\u2029¦\x00¦\x1b[31m¦&#x200B;¦&#13;¦&#55357;¦&nbsp;"
).split("¦")
PIECES = st.sampled_from(PIECE_LIST)
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
    """Check that each kept character leads to its source and back, and that no two places change their order."""
    assert rebuilt(text) == text.text
    check_order([text.to_source(at, at + 1) for at in range(len(text.text))], len(text.source))
    check_order([text.to_text(at, at + 1) for at in range(len(text.source))], len(text.text))
    inside = {at for edit in text.edits for at in range(edit.start, edit.end)}
    for at, char in enumerate(text.text):
        raw = text.to_source(at, at + 1)
        if at not in inside:
            assert text.source[slice(*raw)] == char
            assert text.to_text(*raw) == (at, at + 1)


def check_order(spans: list[tuple[int, int]], end: int) -> None:
    assert all(0 <= start <= stop <= end for start, stop in spans)
    assert all(one <= other for one, other in pairwise(spans))


@given(TEXTS.map(clean))
def test_source_and_edits_rebuild_the_text_and_back(source: str) -> None:
    check_alignment(normalised(source, REPAIRS))


@given(TEXTS.map(clean), st.data())
def test_a_span_between_kept_characters_leads_to_its_source_and_back(source: str, data: st.DataObject) -> None:
    text = normalised(source, REPAIRS)
    changed = {at for edit in text.edits for at in range(edit.start, edit.end)}
    kept = [at for at in range(len(text.text)) if at not in changed]
    if not kept:
        return
    first, last = sorted(data.draw(st.tuples(st.sampled_from(kept), st.sampled_from(kept))))
    raw = text.to_source(first, last + 1)
    assert text.to_text(*raw) == (first, last + 1)
    assert text.to_source(*text.to_text(*raw)) == raw
    assert (source[raw[0]], source[raw[1] - 1]) == (text.text[first], text.text[last])


@given(TEXTS.map(clean))
def test_no_pass_in_any_order_finds_work_in_a_normalised_text(source: str) -> None:
    rest = AlignedText.of(normalised(source, REPAIRS).text)
    assert [step.name for step in PASSES if step.apply(rest, REPAIRS) is not rest] == []


@given(TEXTS.map(clean), TEXTS.map(clean))
def test_what_came_before_changes_nothing(source: str, other: str) -> None:
    first = normalised(source, REPAIRS)
    normalised(other, REPAIRS)
    assert normalised(source, REPAIRS) == first


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_with_another_hash_seed_gives_the_same_edits(seed: str) -> None:
    sources = ["".join(PIECE_LIST[at::7]) for at in range(7)]
    code = (
        "import hashlib, json, sys; from ukrcorpus.normalise.passes import normalised;"
        "from ukrcorpus.schema.model import Repairs, Slip;"
        f"repairs = {REPAIRS!r};"
        "texts = [normalised(source, repairs) for source in json.load(sys.stdin)];"
        "print(hashlib.sha256(repr([(text.text, text.edits) for text in texts]).encode()).hexdigest())"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(sources).encode(),
        env={"PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    texts = [normalised(source, REPAIRS) for source in sources]
    expected = hashlib.sha256(repr([(text.text, text.edits) for text in texts]).encode()).hexdigest()
    assert made.stdout.decode().strip() == expected


@pytest.mark.parametrize(
    "sequence",
    "👨‍👩‍👧‍👦|🇺🇦|1️⃣|👩🏽‍🚒|🤝🏿|☎︎|☎️|🏴\U000e0067\U000e0062\U000e007f|שָׁלוֹם|سَلام|\u2067abc\u2069|नमस्ते|ﬁ|𝒜𝔅|می‌خواهم".split(
        "|"
    ),
)
def test_a_sequence_of_characters_that_belong_together_stays_whole(sequence: str) -> None:
    source = f"The envoys met {sequence} on Friday, and nobody spoke of terms."
    text = normalised(source, REPAIRS)
    assert text.text == unicodedata.normalize("NFC", source)


@pytest.mark.parametrize("code", [0xD83D, 0xDC00])
def test_half_a_character_is_refused(code: int) -> None:
    provenance = {"article_id": "one", "origin": "published"}
    with pytest.raises(CorpusError, match=r"article one: .*U\+D[8C].*at 4.*\[source-surrogate\]") as error:
        rows_of(RawArticle(provenance, f"One {chr(code)} two."), REPAIRS)
    assert error.value.rule == "source-surrogate"


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
