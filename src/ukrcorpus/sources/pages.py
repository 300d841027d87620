"""An HTML page to the plain form that the normaliser reads: headings, list items, tables, blank lines.

Trafilatura finds the article on the page. Its Markdown is not used: it escapes characters, and
writes emphasis and ``<sub>`` into the text. The tree it found is written here instead.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError

EXTRACTOR: Final = "trafilatura"
_BLOCKS: Final = frozenset({"p", "quote", "head", "list", "table", "ab", "div"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


def extract_page(html: str, where: str) -> tuple[str, str]:
    """Return the article's text and the extractor's version, or raise ``source-no-article``.

    Headings begin with ``#``, list items with ``- ``, quotations with ``> ``; table rows stand between
    ``|`` with a rule under the head row; a blank line parts blocks. The page's title comes first. A
    ``|`` inside a cell becomes ``/``, else it would part the cell.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        html, include_comments=False, include_tables=True, include_formatting=False, deduplicate=False
    )
    blocks = list(_blocks(found.body)) if found is not None else []
    if not blocks:
        raise CorpusError(
            "source-no-article",
            "no article was found on the page.",
            where=where,
            remedy="Save the article's text as txt and ingest that.",
        )
    return "\n\n".join([*_missing_title(html, blocks[0]), *blocks]) + "\n", trafilatura.__version__


def _missing_title(html: str, first: str) -> Iterator[str]:
    """Yield the page's title as a heading, unless the text begins with it."""
    from trafilatura import extract_metadata, load_html

    headings = [_flat("".join(h1.itertext())) for h1 in load_html(html).iter("h1")]
    titles = [title for title in headings if title]
    title = titles[0] if len(titles) == 1 else _flat(extract_metadata(html).title or "")
    if title and first.lstrip("# ").casefold() != title.casefold():
        yield f"# {title}"


def _blocks(element: Any) -> Iterator[str]:
    """Yield the blocks of an element of the extractor's tree in order."""
    if element.tag == "head":
        level = element.get("rend", "h2")[1:2]
        yield f"{'#' * int(level if level in set('123456') else 2)} {_text(element)}"
    elif element.tag == "list":
        yield "\n".join(_items(element))
    elif element.tag == "table":
        yield from _table(element)
    elif element.tag == "quote":
        yield from (f"> {block.replace(chr(10), chr(10) + '> ')}" for block in _mixed(element))
    else:
        yield from _mixed(element)


def _mixed(element: Any) -> Iterator[str]:
    """Yield runs of inline text, and the blocks between them; a line break ends a line of its run."""
    lines = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _run(lines)
            yield from _blocks(child)
            lines = [""]
        elif child.tag == "lb":
            lines.append("")
        else:
            lines[-1] += "".join(child.itertext())
        lines[-1] += child.tail or ""
    yield from _run(lines)


def _run(lines: list[str]) -> Iterator[str]:
    flat = [line for line in map(_flat, lines) if line]
    if flat:
        yield "\n".join(flat)


def _items(element: Any) -> Iterator[str]:
    """Yield each item of a list, those of inner lists too, as a line."""
    for item in element.iter("item"):
        text = _flat(" ".join(item.xpath(".//text()[count(ancestor::item) = $depth]", depth=_depth(item))))
        if text:
            yield f"- {text}"


def _depth(item: Any) -> int:
    return 1 + sum(1 for _ in item.iterancestors("item"))


def _table(element: Any) -> Iterator[str]:
    """Yield a caption that the extractor made a row of as a line, then the table."""
    rows = [[_text(cell).replace("|", "/") for cell in row] for row in element.iter("row")]
    rows = [row for row in rows if any(row)]
    while len(rows) > 1 and len(rows[0]) > 1 and not any(rows[0][1:]):
        yield rows.pop(0)[0]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        yield "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def _text(element: Any) -> str:
    """Return an element's text on one line. The tree is split at breaks only: emphasis and links are gone."""
    return _flat(" ".join(element.itertext()))


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
