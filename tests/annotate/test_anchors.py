import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.annotate.spans.anchors import as_shown, prove_span, prove_spans
from ukrcorpus.annotate.spans.reanchor import TextMap, Texts
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


# What a text is written with: emoji and flags, combining marks, both ends of lines, spaces of all kinds.
PIECES = st.sampled_from(
    ["a", "b", " ", "  ", "é", "и\u0306", "\u200b", "\xa0", "\n", "\r\n", "\r", "😀", "👍🏽", "🇺🇦", "“"]
)
MIXED = st.lists(PIECES | st.sampled_from(["Kyiv ", "Moscow ", "said ", "no "]), min_size=1, max_size=40).map("".join)


def counted(weigh: Callable[[re.Match[str]], int], text: str) -> list[int]:
    """Return the offset of each code point and of the end, where each character counts as told."""
    return [0, *accumulate(weigh(match) for match in re.finditer(r"(?s).", text))]


UNITS: dict[str, Callable[[re.Match[str]], int]] = {
    "code points": lambda _: 1,
    "UTF-16": lambda one: len(one[0].encode("utf-16-le")) // 2,
    "LF as two": lambda one: 1 + (one[0] == "\n" and one.string[one.start() - 1 : one.start()] != "\r"),
    "CRLF as one": lambda one: 1 - (one.string.startswith("\r\n", one.start())),
}


def as_the_editor_stores_it(quote: str) -> str:
    return re.sub(r"[ \t]+", " ", re.sub(r"\r\n|\n|\r", r"\\n", quote))


def regions_of(text: str, spans: list[Span], unit: str) -> list[Region]:
    offsets = counted(UNITS[unit], text)
    return [
        replace(
            REGION,
            span=Span(offsets[span.start], offsets[span.end]),
            shown=as_the_editor_stores_it(text[span.start : span.end]),
        )
        for span in spans
    ]


def drawn_spans(text: str, data: st.DataObject) -> list[Span]:
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=6))
    return [Span(start, data.draw(st.integers(start + 1, len(text)))) for start in starts]


@pytest.mark.parametrize("unit", UNITS)
@given(MIXED, st.data())
def test_spans_in_any_unit_are_recovered_or_set_aside_and_never_wrong(
    unit: str, text: str, data: st.DataObject
) -> None:
    spans = drawn_spans(text, data)
    for span, proof in zip(spans, prove_spans(regions_of(text, spans, unit), text), strict=True):
        if isinstance(proof, Span):
            stripped = text[span.start : span.end].strip()
            start = span.start + text[span.start : span.end].index(stripped)
            assert proof == Span(start, start + len(stripped))
        elif text[span.start : span.end].strip():
            assert proof.rule == "span-ambiguous"


STATEMENT = "Перемовини 😀 тривають.\nКиїв сказав «так» 🇺🇦, Москва — «ні».\nТак 👍🏽 каже Анкара, а Варшава мовчить."
PLACES = ("Перемовини", "Київ", "Москва", "Анкара", "Варшава мовчить")


def places(text: str = STATEMENT) -> list[Span]:
    return [Span(text.index(words), text.index(words) + len(words)) for words in PLACES]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_round_of_an_old_server_is_recognised_as_a_whole(unit: str, line_end: str) -> None:
    text = STATEMENT.replace("\n", line_end)
    assert prove_spans(regions_of(text, places(text), unit), text) == places(text)


def test_a_single_edge_that_was_dragged_is_repaired_beside_sound_spans() -> None:
    spans = places()
    regions = regions_of(STATEMENT, spans, "code points")
    for edges in ((0, 1), (1, 0)):
        offsets = counted(UNITS["UTF-16"], STATEMENT)
        start, end = spans[3].start, spans[3].end
        dragged = Span(offsets[start] if edges[0] else start, offsets[end] if edges[1] else end)
        assert prove_spans([*regions[:3], replace(regions[3], span=dragged), regions[4]], STATEMENT) == spans


def test_an_edge_that_was_dragged_counts_from_its_line_on() -> None:
    text, spans = STATEMENT, places()
    start = text.index("Анкара") + text[text.rindex("\n") :].count("👍") + text[text.rindex("\n") :].count("🏽")
    dragged = Region("r9", Layer.CLAIM, Span(start, spans[3].end), "Анкара", "manual", {}, "a.json: task 1")
    assert prove_spans([*regions_of(text, spans, "code points")[:3], dragged], text) == spans[:4]


def test_what_no_way_of_counting_explains_is_set_aside_alone() -> None:
    regions = regions_of(STATEMENT, places(), "UTF-16")
    strange = replace(regions[2], shown="Пекін")
    proofs = prove_spans([*regions[:2], strange, *regions[3:]], STATEMENT)
    assert [proof for proof in proofs if isinstance(proof, Span)] == [*places()[:2], *places()[3:]]
    fault = proofs[2]
    assert not isinstance(fault, Span)
    assert fault.rule == "span-text-differs"


def test_a_span_without_a_copy_of_its_text_follows_the_others() -> None:
    regions = regions_of(STATEMENT, places(), "UTF-16")
    assert prove_spans([replace(regions[1], shown=None), *regions[2:]], STATEMENT) == places()[1:]
    assert prove_spans([replace(REGION, span=places()[1])], STATEMENT) == places()[1:2]


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
