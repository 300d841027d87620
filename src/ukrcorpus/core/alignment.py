"""A text that knows where each of its characters came from.

``AlignedText`` pairs a source with the text made of it and the edits between them. Outside the
edits both hold the same characters, so source + edits rebuild the text, and text + edits lead
back to the source. All offsets are Unicode code points, half-open.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

_PLACE = itemgetter(0, 1)


class Edit(NamedTuple):
    """``source[raw_start:raw_end]`` stands as ``text[start:end]``; ``passes`` names who did it."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    passes: tuple[str, ...]


class Change(NamedTuple):
    """A pass's wish: put ``new`` in the place of ``text[start:end]``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class AlignedText:
    """A text, its source, and the ordered, disjoint, minimal edits that lead from one to the other.

    >>> text = AlignedText.of("a  b").change("spaces", [Change(2, 3, "")])
    >>> text.text, text.to_source(2, 3)
    ('a b', (3, 4))
    """

    source: str
    text: str
    edits: tuple[Edit, ...] = field(default=())

    @classmethod
    def of(cls, source: str) -> "AlignedText":
        """Return the source as its own, unedited text."""
        return cls(source, source)

    def change(self, name: str, changes: Iterable[Change]) -> "AlignedText":
        """Return the text after a pass's changes, composed with the edits before it.

        Changes must not overlap; those at one place keep their order, those that change nothing are
        dropped. A change that meets an earlier edit merges with it, and a merged edit that restores
        the source vanishes.
        """
        wanted = [c for c in changes if self.text[c.start : c.end] != c.new]
        wanted.sort(key=_PLACE)
        if not wanted:
            return self
        pieces, at = [], 0
        for change in wanted:
            if change.start < at:
                raise ValueError(f"pass {name!r}: change at {change.start} overlaps the one before")
            pieces += [self.text[at : change.start], change.new]
            at = change.end
        pieces.append(self.text[at:])
        text = "".join(pieces)
        return AlignedText(self.source, text, _compose(self, text, wanted, name))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of ``text[start:end]``, exact for every kept character.

        Characters put in by an edit stand for the whole source span of that edit.
        """
        if start == end:
            at = self._source_at(start)
            return at, at
        return self._source_at(start), self._source_end(end)

    def to_text(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """Return the text span that holds what is left of ``source[raw_start:raw_end]``.

        Removed characters have no place: a span of nothing but them comes back empty.
        """
        start, end = self._text_at(raw_start), self._text_end(raw_end)
        return (start, max(start, end)) if raw_start != raw_end else (start, start)

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [edit.raw_start for edit in self.edits]

    def _source_at(self, at: int) -> int:
        """Source offset of the character that begins at text offset ``at``."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at
        edit = self.edits[index]
        return edit.raw_start if at < edit.end else edit.raw_end + at - edit.end

    def _source_end(self, at: int) -> int:
        """Source offset behind the character that ends at text offset ``at``."""
        index = bisect_left(self._starts, at) - 1
        if index < 0:
            return at
        edit = self.edits[index]
        return edit.raw_end if at <= edit.end else edit.raw_end + at - edit.end

    def _text_at(self, at: int) -> int:
        index = bisect_right(self._raw_starts, at) - 1
        if index < 0:
            return at
        edit = self.edits[index]
        return edit.start if at < edit.raw_end else edit.end + at - edit.raw_end

    def _text_end(self, at: int) -> int:
        index = bisect_left(self._raw_starts, at) - 1
        if index < 0:
            return at
        edit = self.edits[index]
        return edit.end if at <= edit.raw_end else edit.end + at - edit.raw_end


class _Group(NamedTuple):
    """Changes that meet, with the ``edits[low:high]`` that they meet; offsets of the text between."""

    low: int
    high: int
    changes: Sequence[Change]
    start: int
    end: int


def _compose(old: AlignedText, text: str, changes: Sequence[Change], name: str) -> tuple[Edit, ...]:
    edits, composed = old.edits, list[Edit]()
    shift = done = 0  # text between -> new text; edits that have their place
    for group in _groups(edits, changes):
        composed += _moved(edits[done : group.low], shift)
        start, raw_start = group.start + shift, group.start + _raw_shift(edits, group.low)
        shift += sum(len(new) - (end - start) for start, end, new in group.changes)
        end, raw_end = group.end + shift, group.end + _raw_shift(edits, group.high)
        names = dict.fromkeys([*(one for edit in edits[group.low : group.high] for one in edit.passes), name])
        merged = _trim(old.source, text, Edit(raw_start, raw_end, start, end, tuple(names)))
        if merged.raw_start < merged.raw_end or merged.start < merged.end:
            composed.append(merged)
        done = group.high
    return (*composed, *_moved(edits[done:], shift))


def _groups(edits: Sequence[Edit], changes: Sequence[Change]) -> Iterator[_Group]:
    """Yield all changes in text order, those together that meet, if only by way of an edit."""
    high = taken = 0
    while taken < len(changes):
        low, first = high, taken
        start, end, _new = changes[first]
        while low < len(edits) and edits[low].end <= start and not _meets(edits[low], start, end):
            low += 1
        high, taken = low, first + 1
        while True:
            if high < len(edits) and _meets(edits[high], start, end):
                start, end, high = min(start, edits[high].start), max(end, edits[high].end), high + 1
            elif taken < len(changes) and _meets(changes[taken], start, end):
                end, taken = max(end, changes[taken].end), taken + 1
            else:
                break
        yield _Group(low, high, changes[first:taken], start, end)


def _meets(item: Edit | Change, start: int, end: int) -> bool:
    """Say whether an edit or change shares characters with a span; two empty ones meet at one place."""
    return (item.start < end and item.end > start) or item.start == item.end == start == end


def _raw_shift(edits: Sequence[Edit], index: int) -> int:
    """Return how much further on the source is than the text between two edits, before ``edits[index]``."""
    return edits[index - 1].raw_end - edits[index - 1].end if index else 0


def _moved(edits: Sequence[Edit], shift: int) -> Iterable[Edit]:
    if not shift:
        return edits
    return [Edit(raw_start, raw_end, a + shift, b + shift, passes) for raw_start, raw_end, a, b, passes in edits]


def _trim(source: str, text: str, edit: Edit) -> Edit:
    """Return the edit without the characters that both of its sides share at the ends."""
    raw_start, raw_end, start, end, passes = edit
    while raw_start < raw_end and start < end and source[raw_start] == text[start]:
        raw_start, start = raw_start + 1, start + 1
    while raw_start < raw_end and start < end and source[raw_end - 1] == text[end - 1]:
        raw_end, end = raw_end - 1, end - 1
    return Edit(raw_start, raw_end, start, end, passes)
