"""What becomes of labels under edits of every kind; untouched ones are found and right, or a human is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.annotate.spans.fates import Anchor, Anchoring, Fate
from ukrcorpus.annotate.spans.reanchor import SourceMap, TextMap
from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.measure.matching import Span

OLD = (
    "Ministers met in Geneva.\n"
    "The Ukrainian side accepted a full ceasefire on Monday 😀. Russia refused any truce at sea.\n"
    "Turkey offered to host the next round of talks in Istanbul, its foreign minister said.\n"
    "A long war helps nobody."
)
REFUSED = "Russia refused any truce at sea"


def anchored(new: str, words: str = REFUSED, old: str = OLD) -> tuple[Anchor, str | None]:
    start = old.index(words)
    pytest.importorskip("rapidfuzz")
    anchor = Anchoring(old, new, TextMap.between(old, new)).anchor(Span(start, start + len(words)))
    best = anchor.span or (anchor.candidates[0].span if anchor.candidates else None)
    return anchor, new[best.start : best.end] if best else None


@pytest.mark.parametrize(
    ("new", "fate", "stands"),
    [
        (OLD, Fate.EXACT, REFUSED),
        (OLD + "\nMore tomorrow.", Fate.EXACT, REFUSED),
        ("Update.\n" + OLD, Fate.MOVED, REFUSED),
        (OLD.replace("on Monday 😀", "on Tuesday, at noon"), Fate.MOVED, REFUSED),
        (OLD.replace("accepted", "has accepted").replace("Turkey", "Ankara"), Fate.MOVED, REFUSED),
        (OLD.replace("any truce", "any kind of truce"), Fate.FUZZY, "Russia refused any kind of truce at sea"),
        (OLD.replace("any truce ", ""), Fate.FUZZY, "Russia refused at sea"),
        (OLD.replace(REFUSED, REFUSED.upper()), Fate.FUZZY, REFUSED.upper()),
        (
            OLD.replace(REFUSED, "Moscow declined each armistice upon the ocean"),
            Fate.FUZZY,
            "Moscow declined each armistice upon the ocean",
        ),
        (OLD.replace(f" {REFUSED}.", ""), Fate.LOST, None),
        (OLD.replace(REFUSED + ".", f"{REFUSED}. {REFUSED}."), Fate.AMBIGUOUS, REFUSED),
        (OLD + f"\nIn short: {REFUSED}.", Fate.EXACT, REFUSED),
        (OLD.replace(f" {REFUSED}.", "") + f"\nWhat else: {REFUSED}, and more.", Fate.FUZZY, REFUSED),
    ],
    ids=[
        "nothing",
        "more behind",
        "a line before",
        "words before",
        "words on both sides",
        "words put in",
        "words taken out",
        "capitals",
        "spun",
        "deleted",
        "said twice",
        "repeated elsewhere",
        "in other company",
    ],
)
def test_an_edit_gives_a_label_its_fate(new: str, fate: Fate, stands: str | None) -> None:
    anchor, words = anchored(new)
    assert (anchor.fate, words) == (fate, stands)
    assert (anchor.span is not None) is (fate in (Fate.EXACT, Fate.MOVED))
    assert all(0 < one.score <= 1 for one in anchor.candidates)


def test_a_sentence_that_goes_elsewhere_takes_its_labels_along() -> None:
    sentence = "Turkey offered to host the next round of talks in Istanbul, its foreign minister said."
    new = f"{sentence}\n" + OLD.replace(f"{sentence}\n", "")
    anchor, words = anchored(new, "the next round of talks")
    assert (anchor.fate, words) == (Fate.MOVED, "the next round of talks")


def test_of_equal_words_the_deleted_one_does_not_take_the_place_of_the_other() -> None:
    old = "The US sent arms to Kyiv. Nobody knew why the US waited for so long."
    new = "Nobody knew why the US waited for so long."
    gone = Anchoring(old, new, TextMap.between(old, new)).sure(Span(4, 6))
    assert gone is None


def test_the_origin_of_characters_tells_equal_sentences_apart() -> None:
    source = "No talks. No talks. No talks. The end."
    old = AlignedText.of(source)
    new = AlignedText.of(source).change("cut", [Change(0, 10, "")])
    anchoring = Anchoring(old.text, new.text, SourceMap(old, new))
    assert anchoring.sure(Span(10, 18)) == Span(0, 8)
    assert anchoring.sure(Span(20, 28)) == Span(10, 18)
    assert anchoring.sure(Span(0, 8)) is None


WORDS = [f"слово{number:02}" if number % 3 else f"word{number:02}😀" for number in range(60)]


@given(st.data())
def test_labels_whose_characters_are_untouched_are_found_and_right(data: st.DataObject) -> None:
    words = data.draw(st.permutations(WORDS[:30]))
    seams = [data.draw(st.sampled_from([" ", ". ", "\n"])) for _ in words]
    at = sorted(data.draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    put = data.draw(st.lists(st.sampled_from(WORDS[30:]), max_size=6))
    pieces = [word + seam for word, seam in zip(words, seams, strict=True)]
    old = "".join(pieces)
    new = "".join(pieces[: at[0]]) + "".join(f"{word} " for word in put) + "".join(pieces[at[1] :])
    anchoring = Anchoring(old, new, TextMap.between(old, new))
    for word in words[: at[0]] + words[at[1] :]:
        here, there = old.index(word), new.index(word)
        assert anchoring.sure(Span(here, here + len(word))) == Span(there, there + len(word))
    for word in words[at[0] : at[1]]:
        assert anchoring.sure(Span(old.index(word), old.index(word) + len(word))) is None


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60), st.data())
def test_what_is_sure_says_the_same(old: str, new: str, data: st.DataObject) -> None:
    anchoring = Anchoring(old, new, TextMap.between(old, new))
    if old:
        start = data.draw(st.integers(0, len(old) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(old))))
        sure = anchoring.sure(span)
        assert sure is None or new[sure.start : sure.end] == old[span.start : span.end]
