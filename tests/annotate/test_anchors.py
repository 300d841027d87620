from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.annotate.anchors import as_shown, prove_span
from ukrcorpus.annotate.reanchor import TextMap, Texts
from ukrcorpus.annotate.values import Article, Region
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer

REGION = Region("r1", Layer.CLAIM, Span(0, 1), None, "manual", {}, "a.json: task 1")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_a_proved_span_holds_what_was_marked_without_white_space_at_its_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    span = prove_span(replace(REGION, span=Span(start, end), shown=quote.replace("\n", "\\n")), text)
    if quote.strip():
        assert isinstance(span, Span)
        assert text[span.start : span.end] == quote.strip()
    else:
        assert not isinstance(span, Span)


def test_offsets_count_code_points_also_behind_an_emoji() -> None:
    text = "Так 😀👍🏽 — Київ сказав"
    start = text.index("Київ")
    assert prove_span(replace(REGION, span=Span(start, start + 4), shown="Київ"), text) == Span(start, start + 4)
    units = len(text[:start].encode("utf-16-le")) // 2
    fault = prove_span(replace(REGION, span=Span(units, units + 4), shown="Київ"), text)
    assert not isinstance(fault, Span)
    assert fault.rule == "span-text-differs"


@pytest.mark.parametrize(
    ("shown", "quote"),
    [
        ("один\\n\\nРядок", "один\r\n\r\nРядок"),
        ("три кінець", "три  \t кінець"),
        (" a ", "a"),
        ("a\\nb", "a\nb"),
        ("by [address]", "by a.b@example.org"),
    ],
)
def test_what_the_editor_does_to_its_copy_of_a_text_is_no_contradiction(shown: str, quote: str) -> None:
    assert as_shown(shown) == as_shown(quote)


@given(TEXTS, TEXTS)
def test_a_kept_character_is_found_where_it_stands_now(old: str, new: str) -> None:
    moved = TextMap.between(old, new)
    for at in range(len(old)):
        span = moved.span(Span(at, at + 1))
        assert span is None or new[span.start : span.end] == old[at]


@given(TEXTS)
def test_in_the_same_text_everything_stays_in_its_place(text: str) -> None:
    moved = TextMap.between(text, text)
    assert all(moved.span(Span(at, at + 1)) == Span(at, at + 1) for at in range(len(text)))


def test_a_span_of_an_older_text_is_found_only_if_that_text_is_known() -> None:
    old, new = "Kyiv asked.Moscow refused.", "Kyiv asked. Moscow refused."
    article = Article("a", new, sha256(new.encode()), None, None, (), ())
    span = Span(old.index("Moscow"), len(old))
    place = Texts({sha256(old.encode()): old}).place(span, sha256(old.encode()), article)
    assert place is not None
    assert new[place.start : place.end] == "Moscow refused."
    assert Texts({}).place(span, sha256(old.encode()), article) is None
    assert Texts({}).place(span, article.text_sha256, article) == span
