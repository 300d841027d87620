"""Source, edits and text lead to each other, whatever passes did; one wrong edit is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.validate.texts import _rebuild_problem

Rows = list[tuple[object, ...]]


@st.composite
def aligned(draw: st.DrawFn) -> AlignedText:
    """A text after up to three passes of up to three changes each."""
    text = AlignedText.of(draw(st.text("ab \nї😀", min_size=1, max_size=20)))
    for n in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(text.text)), max_size=6)))
        spans = list(zip(cuts[::2], cuts[1::2], strict=False))
        text = text.change(f"pass-{n}", [Change(a, b, draw(st.text("xy ", max_size=2))) for a, b in spans])
    return text


def rows(text: AlignedText) -> Rows:
    spans = ((edit.raw_start, edit.raw_end, edit.start, edit.end) for edit in text.edits)
    return [(n, *span, text.text[span[2] : span[3]] or None) for n, span in enumerate(spans)]


@given(aligned())
def test_the_edits_of_any_passes_rebuild_the_text(text: AlignedText) -> None:
    assert _rebuild_problem(text.source, text.text, rows(text)) is None


@given(aligned(), st.data())
def test_a_lost_edit_is_noticed_unless_it_changed_nothing(text: AlignedText, data: st.DataObject) -> None:
    edits = rows(text)
    if edits:
        del edits[data.draw(st.integers(0, len(edits) - 1))]
        assert _rebuild_problem(text.source, text.text, edits)


def test_a_text_of_other_characters_is_told_from_its_first_difference() -> None:
    problem = _rebuild_problem("Kyiv answered.", "Kyiv answers.", [])
    assert problem == 'other characters behind the last edit: source "ed.", text "s."'
