"""A text that knows where each of its characters came from.

``AlignedText`` pairs a source with the text made of it and the edits between them. Outside the
edits both hold the same characters, so source + edits rebuild the text, and text + edits lead
back to the source. All offsets are Unicode code points, half-open.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Edit:
    """``source[raw_start:raw_end]`` stands as ``text[start:end]``; ``passes`` names who did it."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
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
        wanted.sort(key=lambda c: (c.start, c.end))
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


@dataclass(slots=True)
class _Group:
    """Edits and changes that meet, in offsets of the text between them; edits alone stay as they are."""

    start: int
    end: int
    edits: list[Edit]
    changes: list[Change]


def _meets(group: _Group, start: int, end: int) -> bool:
    """Say whether a span shares characters with the group; two empty spans meet at one place."""
    if start == end == group.start == group.end:
        return True
    return (start < group.end and end > group.start) or (start == end and group.start < start < group.end)


def _groups(edits: Sequence[Edit], changes: Sequence[Change]) -> Iterable[_Group]:
    """Yield runs of meeting edits and changes in text order."""
    spans: list[tuple[int, int, Edit | Change]] = [(e.start, e.end, e) for e in edits]
    spans += [(c.start, c.end, c) for c in changes]
    spans.sort(key=lambda span: span[:2])
    group: _Group | None = None
    for start, end, item in spans:
        if group is None or not _meets(group, start, end):
            if group is not None:
                yield group
            group = _Group(start, end, [], [])
        group.end = max(group.end, end)
        if isinstance(item, Edit):
            group.edits.append(item)
        else:
            group.changes.append(item)
    if group is not None:
        yield group


def _compose(old: AlignedText, text: str, changes: Sequence[Change], name: str) -> tuple[Edit, ...]:
    composed: list[Edit] = []
    shift = raw_shift = 0  # text between -> new text; text between -> source
    for group in _groups(old.edits, changes):
        if not group.changes:
            composed += [_moved(edit, shift) for edit in group.edits]
            raw_shift += sum((e.raw_end - e.raw_start) - (e.end - e.start) for e in group.edits)
            continue
        start, raw_start = group.start + shift, group.start + raw_shift
        shift += sum(len(c.new) - (c.end - c.start) for c in group.changes)
        raw_shift += sum((e.raw_end - e.raw_start) - (e.end - e.start) for e in group.edits)
        end, raw_end = group.end + shift, group.end + raw_shift
        passes = tuple(dict.fromkeys([*(p for e in group.edits for p in e.passes), name]))
        composed.append(_trim(old.source, text, Edit(raw_start, raw_end, start, end, passes)))
    return tuple(edit for edit in composed if edit.raw_start < edit.raw_end or edit.start < edit.end)


def _moved(edit: Edit, shift: int) -> Edit:
    return Edit(edit.raw_start, edit.raw_end, edit.start + shift, edit.end + shift, edit.passes)


def _trim(source: str, text: str, edit: Edit) -> Edit:
    """Return the edit without the characters that both of its sides share at the ends."""
    raw_start, raw_end, start, end = edit.raw_start, edit.raw_end, edit.start, edit.end
    while raw_start < raw_end and start < end and source[raw_start] == text[start]:
        raw_start, start = raw_start + 1, start + 1
    while raw_start < raw_end and start < end and source[raw_end - 1] == text[end - 1]:
        raw_end, end = raw_end - 1, end - 1
    return Edit(raw_start, raw_end, start, end, edit.passes)
