"""What normalising did to an article, edit by edit: pass, place, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from ukrcorpus.core.alignment import AlignedText

_CONTEXT = 24


@dataclass(frozen=True, slots=True)
class Trace:
    """One edit with some text around it; offsets are code points of the source text."""

    raw_start: int
    raw_end: int
    passes: tuple[str, ...]
    left: str
    before: str
    after: str
    right: str


def traces(text: AlignedText) -> Iterator[Trace]:
    """Yield every difference between source and text in order; together they are all there is."""
    source = text.source
    for edit in text.edits:
        yield Trace(
            edit.raw_start,
            edit.raw_end,
            edit.passes,
            source[max(0, edit.raw_start - _CONTEXT) : edit.raw_start],
            source[edit.raw_start : edit.raw_end],
            text.text[edit.start : edit.end],
            source[edit.raw_end : edit.raw_end + _CONTEXT],
        )
