"""What each line of a normalised text is: the edit log says what its marks were, its form says the rest."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile

from ukrcorpus.core.alignment import AlignedText, Edit
from ukrcorpus.normalise.faq import asked_headings, going_on
from ukrcorpus.normalise.lines import (
    TITLE_CASE,
    Line,
    ends_sentence,
    is_question,
    is_short,
    key,
    lines_of,
    n_words,
    title_case_share,
)
from ukrcorpus.normalise.structure import ITEM_PASSES, NOTE, is_faq_head
from ukrcorpus.normalise.zones import is_notice, is_paragraph


class BlockKind(StrEnum):
    """The closed list of block kinds; schema/scheme.toml says what each is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    QUOTE = "quote"
    QUESTION = "question"
    ANSWER = "answer"
    CALLOUT = "callout"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a normalised text; offsets in code points, half-open."""

    kind: BlockKind
    level: int | None
    start: int
    end: int


_MARKED: tuple[tuple[str, BlockKind], ...] = (
    ("structure.questions", BlockKind.QUESTION),
    ("structure.answers", BlockKind.ANSWER),
    ("structure.callouts", BlockKind.CALLOUT),
    ("markup.quotes", BlockKind.QUOTE),
    ("markup.headings", BlockKind.HEADING),
)
_TOLD_BY_MARK = frozenset(name for name, _kind in _MARKED) | ITEM_PASSES
_NO_MARKS: frozenset[str] = frozenset()
# Furniture that ends an FAQ or an article: what stands behind it is another part, or another article.
BREAKS = frozenset(("boilerplate.calls", "boilerplate.related", "boilerplate.comment_form"))
_BYLINES = frozenset(("boilerplate.byline", "boilerplate.stamp", "boilerplate.author", "boilerplate.likely"))
# Said words and no more, set as a block; who said them may stand behind a dash.
_SAID = re.compile(
    r"(?:“[^“”]{20,}[.!?…]”|«[^«»]{20,}[.!?…]»|«[^«»]{20,}»\.|„[^„“”]{20,}[.!?…][“”])(?: ?[–—] ?[^.!?]{3,60}\.?)?"
    r"|[“«„][^“”«»„]{20,}[”»“],? ?[–—] ?[^.!?]{3,60}\.?"
)
_STANDFIRST_WORDS, _STANDFIRST_LINES = 40, 5
_LONGEST_HEADING_RUN = 3
_AROUND = 3
# Further up than this nobody looks for the line that heads a list.
_LISTED = 20
_STEP = re.compile(r"([^\W\d_]{2,12}) (\d{1,2}) ?[:.)–-] ?(?=\S)")
_BOLD_HEADING_CHARS = 120
_CELL = " | "
_DIGIT = re.compile(r"\d")
_ITEM_CHARS = 250
# Short lines that head nothing: all in brackets, a source, a question of the author's own.
_PROSE = re.compile(
    r"\(.*\)|(?:sources?|based on|джерел[оа]|за матеріалами|источники?|по материалам)(?: \w+)?: .*|"
    r"(?:did|do) you know that .*|(?:чи |а )?(?:знаєте|знали) (?:ви|ли вы|вы),? (?:що|что) .*|"
    r"(?:чи |а )?(?:ви|вы) (?:знаєте|знали|знаете),? (?:що|что) .*",
    re.IGNORECASE,
)


def blocks_of(text: AlignedText) -> tuple[Block, ...]:
    """Return the blocks of a normalised text, one per line, in order."""
    return _Reader(text).blocks()


class _Reader:
    """One reading of a text: evidence of the edit log per line, and the kinds decided so far."""

    def __init__(self, text: AlignedText) -> None:
        self.text = text
        self.lines = [line for line in lines_of(text.text) if line.text]
        self.marks = _marks(text.edits)
        self.contents = _contents_keys(text)
        self.kinds: list[BlockKind] = []
        self.heads = [edit.start for edit in text.edits if "structure.column_heads" in edit.passes]
        self.rows = self._table_rows()

    def blocks(self) -> tuple[Block, ...]:
        in_faq = False
        for index, line in enumerate(self.lines):
            if index and not BREAKS.isdisjoint(self._marks(self.lines[index - 1].end)):
                in_faq = False
            kind = self._kind(index, in_faq=in_faq)
            if kind in (BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING):
                in_faq = is_faq_head(line.text)
            self.kinds.append(kind)
        self._ask()
        pairs = zip(self.kinds, self.lines, strict=True)
        levels = _levels(self.text)
        return tuple(Block(kind, levels.get(line.start), line.start, line.end) for kind, line in pairs)

    def _ask(self) -> None:
        """Make questions and answers of what only its surroundings tell."""
        for question in asked_headings(tuple(self.kinds), [line.text for line in self.lines]):
            self.kinds[question] = BlockKind.QUESTION
            behind = range(question + 1, len(self.kinds))
            for at in takewhile(lambda at: self.kinds[at] is not BlockKind.HEADING, behind):
                if self.kinds[at] is BlockKind.QUESTION:
                    break
                if self.kinds[at] is BlockKind.PARAGRAPH:
                    self.kinds[at] = BlockKind.ANSWER
        for at in going_on(tuple(self.kinds)):
            spoken = self.lines[at - 1].text[0] in "–—"  # what a dash does not open may be a caption
            if not spoken and not self._is_caption(at, self._marks(self.lines[at].start)):
                self.kinds[at] = BlockKind.ANSWER

    def _kind(self, index: int, *, in_faq: bool) -> BlockKind:
        line = self.lines[index]
        marks = self._marks(line.start)
        if is_notice(line.text) or (index and index + 1 == len(self.lines) and NOTE.match(line.text)):
            return BlockKind.NOTICE
        if index == 0 and is_short(line.text) and n_words(line.text) > 1 and not marks & ITEM_PASSES:
            return BlockKind.TITLE
        if kind := next((kind for name, kind in _MARKED if name in marks), None):
            asked = kind is BlockKind.HEADING and in_faq and is_question(line.text)
            return BlockKind.QUESTION if asked else kind
        if index in self.rows:
            return BlockKind.TABLE_HEADER if self._is_header(index) else BlockKind.TABLE_ROW
        return self._faq_kind(index, in_faq=in_faq) or self._plain_kind(index, marks)

    def _faq_kind(self, index: int, *, in_faq: bool) -> BlockKind | None:
        line = self.lines[index]
        if "structure.fused_questions" in self._marks(line.end):
            return BlockKind.QUESTION
        after_question = bool(self.kinds) and self.kinds[-1] is BlockKind.QUESTION
        if after_question and not is_question(line.text):
            return BlockKind.ANSWER
        if not in_faq or self._in_contents(line):
            return None
        if is_question(line.text) and is_short(line.text):
            return BlockKind.QUESTION
        going_on = bool(self.kinds) and self.kinds[-1] is BlockKind.ANSWER and not is_short(line.text)
        return BlockKind.ANSWER if going_on else None

    def _plain_kind(self, index: int, marks: frozenset[str]) -> BlockKind:
        line = self.lines[index]
        if marks & ITEM_PASSES:
            return BlockKind.HEADING if self._stands_alone(index) else BlockKind.LIST_ITEM
        said = bool(index and _SAID.fullmatch(line.text))
        if said or self._counts_steps(index):
            return BlockKind.QUOTE if said else BlockKind.LIST_ITEM
        bold = "markup.emphasis" in marks and "markup.emphasis" in self._marks(line.end)
        bold = bold and len(line.text) < _BOLD_HEADING_CHARS and index + 1 < len(self.lines)
        if bold or (self._in_contents(line) and is_short(line.text)):
            return BlockKind.HEADING
        if not self._heading_like(index) or self._is_caption(index, marks) or _PROSE.fullmatch(line.text):
            return BlockKind.LIST_ITEM if self._is_enumerated(index) else self._prose_kind(index)
        under_title = index == 1 and self.kinds[0] is BlockKind.TITLE and index + 1 < len(self.lines)
        if under_title:
            below = self._marks(self.lines[2].start)
            if not below & ITEM_PASSES and (not is_question(line.text) or "structure.questions" in below):
                return BlockKind.SUBTITLE
        return self._short_kind(index)

    def _is_enumerated(self, index: int) -> bool:
        """Say whether a line is an item of a list without marks: under a colon, all but the last end in a semicolon."""
        line, before = self.lines[index].text, self.lines[index - 1].text if index else ""
        if len(line) > _ITEM_CHARS or not line[0].islower():
            return False
        listed = self.kinds[-1:] == [BlockKind.LIST_ITEM]
        if line[-1] == ";":
            return before.endswith(":") or (listed and before.endswith(";"))
        return listed and before.endswith(";") and line[-1] == "."

    def _prose_kind(self, index: int) -> BlockKind:
        return BlockKind.SUBTITLE if self._is_standfirst(index) else BlockKind.PARAGRAPH

    def _is_standfirst(self, index: int) -> bool:
        """Say whether a sentence or two stand between the title and what names the author and the date."""
        if index != 1 or self.kinds[0] is not BlockKind.TITLE or len(self.lines) < _STANDFIRST_LINES:
            return False
        line = self.lines[index].text
        lead = ends_sentence(line) and n_words(line) <= _STANDFIRST_WORDS and '"' not in line and "“" not in line
        return lead and not _BYLINES.isdisjoint(self._marks(self.lines[index].end))

    def _stands_alone(self, index: int) -> bool:
        """Say whether a short line behind a bullet is no item: paragraphs stand on both sides of it."""
        around = self.lines[max(index - 1, 0) : index + 2]
        if len(around) < _AROUND or not is_short(self.lines[index].text) or not self.lines[index].text[0].isupper():
            return False
        return is_paragraph(around[0].text) and not around[0].text.endswith(":") and is_paragraph(around[2].text)

    def _counts_steps(self, index: int) -> bool:
        """Say whether a line is one of several that count: `Step 1: ...`, `Step 2: ...`."""
        step = _STEP.match(self.lines[index].text)
        others = (_STEP.match(self.lines[at].text) for at in (index - 1, index + 1) if 0 <= at < len(self.lines))
        return step is not None and any(
            other is not None and other[1] == step[1] and abs(int(other[2]) - int(step[2])) == 1 for other in others
        )

    def _is_caption(self, index: int, marks: frozenset[str]) -> bool:
        """Say whether a credit was cut off the line, or dropped from under it."""
        behind = self._marks(self.lines[index].end)
        return "structure.caption" in marks | behind or (index > 1 and "boilerplate.credit" in behind)

    def _short_kind(self, index: int) -> BlockKind:
        """Tell headings from the lines of a list without marks: headings rarely stand four in a row."""
        if self._is_listed(index):
            return BlockKind.LIST_ITEM
        before = takewhile(self._in_heading_run, range(index - 1, -1, -1))
        behind = takewhile(self._heading_like, range(index + 1, len(self.lines)))
        n_before, n_behind = (len(list(islice(run, _LONGEST_HEADING_RUN))) for run in (before, behind))
        if n_before and n_before + n_behind >= _LONGEST_HEADING_RUN:
            return BlockKind.LIST_ITEM
        at_the_end = index + 1 == len(self.lines) and title_case_share(self.lines[index].text) < TITLE_CASE
        return BlockKind.PARAGRAPH if at_the_end else BlockKind.HEADING

    def _is_listed(self, index: int) -> bool:
        """Say whether a short line is one of three or more under a line that ends with a colon."""
        first = index
        while first > 0 and index - first < _LISTED and self._heading_like(first - 1):
            first -= 1
        last = index
        while last + 1 < len(self.lines) and last < first + _AROUND and self._heading_like(last + 1):
            last += 1
        return first > 0 and self.lines[first - 1].text.endswith(":") and last - first + 1 >= _AROUND

    def _in_heading_run(self, index: int) -> bool:
        return self.kinds[index] in (BlockKind.HEADING, BlockKind.LIST_ITEM) and self._heading_like(index)

    def _heading_like(self, index: int) -> bool:
        line = self.lines[index]
        if not is_short(line.text) or line.text.lstrip("\"“«‘'(")[:1].islower() or index in self.rows:
            return False
        if line.text[0] in "–—":  # speech
            return False
        return _TOLD_BY_MARK.isdisjoint(self._marks(line.start))

    def _table_rows(self) -> frozenset[int]:
        """Return the lines that are table rows: around a dropped delimiter row, or alike in a row."""
        if _CELL not in self.text.text:
            return frozenset()
        piped = [edit.start for edit in self.text.edits if "structure.table_pipes" in edit.passes]
        rows: set[int] = set()
        for index, line in enumerate(self.lines):
            cells = line.text.count(_CELL)
            if not cells:
                continue
            ruled = "structure.table_rules" in self._marks(line.end)
            boxed = bisect_left(piped, line.start) < bisect_right(piped, line.end)
            alike = index > 0 and self.lines[index - 1].text.count(_CELL) == cells and not is_paragraph(line.text)
            if ruled or boxed or alike:
                rows |= {index, index - 1} if alike else {index}
        return frozenset(rows)

    def _is_header(self, index: int) -> bool:
        """Say whether a table row is the header: a delimiter row stood under it, its columns or its figures say so."""
        line = self.lines[index]
        if "structure.table_rules" in self._marks(line.end):
            return True
        if bisect_left(self.heads, line.start) < bisect_right(self.heads, line.end):
            return True
        # Words alone above two rows or more with figures.
        behind = (index + 1, index + 2)
        first = index - 1 not in self.rows and not _DIGIT.search(line.text)
        return first and all(at in self.rows and _DIGIT.search(self.lines[at].text) for at in behind)

    def _in_contents(self, line: Line) -> bool:
        return bool(self.contents) and key(line.text) in self.contents

    def _marks(self, at: int) -> frozenset[str]:
        """Return the passes whose edits begin at a text offset."""
        return self.marks.get(at, _NO_MARKS)


def _marks(edits: Iterable[Edit]) -> Mapping[int, frozenset[str]]:
    marks: dict[int, frozenset[str]] = {}
    for edit in edits:
        marks[edit.start] = marks.get(edit.start, _NO_MARKS).union(edit.passes)
    return marks


def _levels(text: AlignedText) -> Mapping[int, int]:
    """Return the number of marks that headings had in Markdown, by the offset of their line."""
    removed = [edit for edit in text.edits if "markup.headings" in edit.passes]
    marks = {edit.start: text.source[edit.raw_start : edit.raw_end].count("#") for edit in reversed(removed)}
    return {at: n_marks for at, n_marks in marks.items() if n_marks}


def _contents_keys(text: AlignedText) -> frozenset[str]:
    """Return the headings that a dropped table of contents names."""
    dropped = (
        text.source[edit.raw_start : edit.raw_end] for edit in text.edits if "boilerplate.contents" in edit.passes
    )
    items = (re.sub(r"^\W*(?:\d+(?:\.\d+)*[.)])?\s*", "", line) for part in dropped for line in part.splitlines())
    return frozenset(words for item in items if (words := key(item)))
