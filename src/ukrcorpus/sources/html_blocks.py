"""The blocks of an HTML page in the order of the page, whatever elements its author put them in.

Text that stands directly in a ``div`` or a cell of a layout table is a paragraph, ``<br><br>`` ends one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from ukrcorpus.sources.html_tables import table_text
from ukrcorpus.sources.html_text import BREAK, Piece, flat, flat_text, lines_of_pieces, only_bold, words_of_attributes


class Form(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    CAPTION = "caption"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A block: its text (lines where the page breaks them), its element, and how much of it is links.

    Blocks of one ``item`` of a list are written in one line.
    """

    form: Form
    text: str
    element: Any
    linked: float = 0.0
    level: int = 2
    item: Any = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What a block stands in."""

    form: Form = Form.PARAGRAPH
    faq: bool = False
    item: Any = None
    linked: bool = False


_SKIPPED: Final = frozenset(
    "script style noscript template svg iframe object head select input textarea audio video canvas map nav".split()
)
_BLOCK_TAGS: Final = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr
    ul
    """.split()
)
_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_CARD_TAGS: Final = ("h1", "h2", "h3", "h4", "table", "blockquote")
_CARD_RUNS = 3
_LONGEST_HEADING, _LONGEST_BOLD_HEADING = 300, 120
_FAQ_WORDS: Final = frozenset({"faq", "faqs", "accordion", "qa"})
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


def blocks_of_page(root: Any, questions: frozenset[str] = frozenset()) -> tuple[HtmlBlock, ...]:
    """Return every block of a page, furniture too; ``questions`` are the texts that its metadata calls questions."""
    return tuple(_with_answers(_Walk(root, questions).blocks(root, _Around())))


class _Walk:
    """One walk over a page; knows which elements part blocks, since they are or hold elements of blocks."""

    def __init__(self, root: Any, questions: frozenset[str]) -> None:
        self.questions = questions
        self.parting: set[Any] = set()
        for element in root.iter(*_BLOCK_TAGS):
            while element is not None and element not in self.parting:
                self.parting.add(element)
                element = element.getparent()  # noqa: PLW2901

    def blocks(self, element: Any, around: _Around) -> Iterator[HtmlBlock]:
        """Yield the blocks of an element that parts blocks."""
        tag = element.tag
        if tag in _SKIPPED:
            return
        around = replace(around, faq=around.faq or _is_faq(element), linked=around.linked or tag == "a")
        if tag in _HEADINGS or tag == "summary":
            yield from self._heading(element, around)
        elif tag == "li":
            yield from self._item(element, around)
        elif tag == "dl":
            yield from self._definitions(element, around)
        elif tag == "table" and (table := table_text(element)) is not None:
            yield from _table(element, *table)
        else:
            yield from self._runs(element, _inside(element, around))

    def _heading(self, element: Any, around: _Around) -> Iterator[HtmlBlock]:
        text = flat_text(element)
        level = int(element.tag[1]) if element.tag in _HEADINGS else 4
        if not text:
            return
        form = Form.HEADING if len(text) <= _LONGEST_HEADING else Form.PARAGRAPH
        asked = element.tag == "summary" or around.faq or text.casefold() in self.questions
        if text.endswith("?") and asked:
            form = Form.QUESTION
        yield HtmlBlock(form, text, element, _linked(element, text), level)

    def _item(self, element: Any, around: _Around) -> Iterator[HtmlBlock]:
        """Yield the parts of an item, to be written in one line; one that holds headings or much more is no item."""
        if next(element.iter(*_CARD_TAGS), None) is not None:
            yield from self._runs(element, replace(around, form=Form.PARAGRAPH, item=None))
            return
        inner = list(self._runs(element, replace(around, form=Form.ITEM, item=element)))
        own = [block for block in inner if block.form is Form.ITEM and block.item is element]
        if len(own) > _CARD_RUNS:
            inner = [replace(block, form=Form.PARAGRAPH) if block in own else block for block in inner]
        yield from inner

    def _definitions(self, element: Any, around: _Around) -> Iterator[HtmlBlock]:
        """Yield `term: definition` as an item, or question and answer where the term asks."""
        term = ""
        for part in element.iter("dt", "dd"):
            if next(part.iterancestors("dl")) is not element:
                continue
            text = flat_text(part)
            if part.tag == "dt" and text.endswith("?"):
                yield HtmlBlock(Form.QUESTION, text, part, _linked(part, text))
            elif part.tag == "dt":
                term = f"{term} {text}".strip()
            elif term:
                joined = f"{term}{' ' if term.endswith((':', '.', '–', '—')) else ': '}{text}"
                yield HtmlBlock(Form.ITEM, joined, part, _linked(part, text), item=part)
                term = ""
            else:
                yield from self._runs(part, around)
        if term:
            yield HtmlBlock(Form.ITEM, term, element, 0.0, item=element)

    def _runs(self, element: Any, around: _Around) -> Iterator[HtmlBlock]:
        """Yield runs of inline text and, between them, the blocks of elements that part them."""
        run: list[Piece] = []
        for piece in self._pieces(element, linked=around.linked, bold=False):
            if isinstance(piece, Piece):
                run.append(piece)
                continue
            yield from self._written(run, element, around)
            run = []
            yield from self.blocks(piece, around)
        yield from self._written(run, element, around)

    def _pieces(self, element: Any, *, linked: bool, bold: bool) -> Iterator[Any]:
        """Yield the text of inline elements in pieces, and the elements that part blocks as they are."""
        bold = bold or element.tag in ("b", "strong")
        if element.text:
            yield Piece(element.text, linked=linked, bold=bold)
        for child in element:
            if child.tag == "br":
                yield BREAK
            elif child in self.parting:
                yield child
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != "button":
                yield from self._pieces(child, linked=linked or child.tag == "a", bold=bold)
            elif child.tag == "button" and self._asks(child):
                yield from self._pieces(child, linked=linked, bold=bold)
            if child.tail:
                yield Piece(child.tail, linked=linked, bold=bold)

    def _asks(self, button: Any) -> bool:
        return flat_text(button).endswith("?")

    def _written(self, run: list[Piece], element: Any, around: _Around) -> Iterator[HtmlBlock]:
        for part in lines_of_pieces(run):
            text = "\n".join(flat("".join(piece.text for piece in line)) for line in part)
            pieces = [piece for line in part for piece in line]
            chars = sum(len(piece.text.strip()) for piece in pieces)
            linked = sum(len(piece.text.strip()) for piece in pieces if piece.linked) / max(chars, 1)
            form = self._form(text, pieces, around)
            yield HtmlBlock(form, text, element, linked, 3, around.item)

    def _form(self, text: str, pieces: list[Piece], around: _Around) -> Form:
        if around.form is not Form.PARAGRAPH:
            return around.form
        if text.endswith("?") and text.casefold() in self.questions:
            return Form.QUESTION
        short = len(text) <= _LONGEST_BOLD_HEADING and "\n" not in text
        if short and only_bold(pieces) and not _SENTENCE_END.search(text.rstrip("?")):
            asked = around.faq or text.startswith(("–", "—", "-"))
            return Form.QUESTION if asked and text.endswith("?") else Form.HEADING
        return Form.PARAGRAPH


def _inside(element: Any, around: _Around) -> _Around:
    if element.tag == "blockquote":
        return replace(around, form=Form.QUOTE, item=None)
    if element.tag == "figcaption":
        return replace(around, form=Form.CAPTION, item=None)
    if element.tag in ("article", "section", "table", "figure", "details"):
        return replace(around, form=Form.PARAGRAPH, item=None)
    return around


def _table(element: Any, caption: str, text: str) -> Iterator[HtmlBlock]:
    if caption:
        yield HtmlBlock(Form.CAPTION, caption, element)
    if text:
        yield HtmlBlock(Form.TABLE, text, element, _linked(element, flat_text(element)))


def _is_faq(element: Any) -> bool:
    kind = f"{element.get('itemtype', '')} {element.get('itemprop', '')}"
    return "Question" in kind or "FAQPage" in kind or bool(words_of_attributes(element) & _FAQ_WORDS)


def _in_link(element: Any) -> bool:
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None


def _linked(element: Any, text: str) -> float:
    links = sum(len(flat_text(link)) for link in element.iter("a"))
    return 1.0 if _in_link(element) else min(1.0, links / max(len(text), 1))


def _with_answers(blocks: Iterator[HtmlBlock]) -> Iterator[HtmlBlock]:
    """Yield the blocks; the paragraph behind a question is its answer."""
    before: HtmlBlock | None = None
    for block in blocks:
        answers = before is not None and before.form is Form.QUESTION and block.form is Form.PARAGRAPH
        before = replace(block, form=Form.ANSWER) if answers else block
        yield before
