"""The blocks of the tree that trafilatura makes of a page."""

from collections.abc import Iterator
from typing import Any, Final

from ukrcorpus.sources.html_blocks import Form, HtmlBlock
from ukrcorpus.sources.html_text import flat

_BLOCKS: Final = frozenset({"p", "quote", "head", "list", "table", "ab", "div"})
# Where trafilatura falls back to another extractor, elements keep their names of HTML.
_ITEM: Final = ("item", "li")
_ROW: Final = ("row", "tr")


def blocks_of_tree(element: Any) -> Iterator[HtmlBlock]:
    """Yield the blocks of an element of the extractor's tree in order."""
    if element.tag == "head":
        level = element.get("rend", "h2")[1:2]
        yield HtmlBlock(Form.HEADING, _text(element), element, level=int(level if level in set("123456") else 2))
    elif element.tag == "list" and next(element.iter(*_ITEM), None) is not None:
        yield from _items(element)
    elif element.tag == "table" and next(element.iter(*_ROW), None) is not None:
        rows = [[_text(cell).replace("|", "/") for cell in row] for row in element.iter(*_ROW)]
        text = "\n".join(f"| {' | '.join(row)} |" for row in rows if any(row))
        yield from [HtmlBlock(Form.TABLE, text, element)] if text else []
    else:
        form = Form.QUOTE if element.tag == "quote" else Form.PARAGRAPH
        yield from _mixed(element, form)


def _mixed(element: Any, form: Form) -> Iterator[HtmlBlock]:
    """Yield runs of inline text, and the blocks between them; a line break ends a line of its run."""
    lines = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _run(lines, element, form)
            yield from blocks_of_tree(child)
            lines = [""]
        elif child.tag == "lb":
            lines.append("")
        else:
            lines[-1] += "".join(child.itertext())
        lines[-1] += child.tail or ""
    yield from _run(lines, element, form)


def _run(lines: list[str], element: Any, form: Form) -> Iterator[HtmlBlock]:
    written = [line for line in map(flat, lines) if line]
    if written:
        yield HtmlBlock(form, "\n".join(written), element)


def _items(element: Any) -> Iterator[HtmlBlock]:
    """Yield each item of a list, those of inner lists too."""
    for item in element.iter(*_ITEM):
        depth = 1 + sum(1 for _ in item.iterancestors(*_ITEM))
        own = item.xpath(".//text()[count(ancestor::item | ancestor::li) = $depth]", depth=depth)
        text = flat(" ".join(own))
        if text:
            yield HtmlBlock(Form.ITEM, text, item, item=item)


def _text(element: Any) -> str:
    """Return an element's text on one line. The tree is split at breaks only: emphasis and links are gone."""
    return flat(" ".join(element.itertext()))
