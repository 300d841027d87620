"""An HTML page to the plain form that the normaliser reads: headings, list items, tables, blank lines.

Trafilatura finds the article on the page; its text is written here from the page's own elements, with
what trafilatura threw away within the article: boxes, captions, questions, sections of their own.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.extractor_tree import blocks_of_tree
from ukrcorpus.sources.html_blocks import Form, HtmlBlock, blocks_of_page
from ukrcorpus.sources.html_choice import chosen_blocks
from ukrcorpus.sources.html_text import flat, flat_text

EXTRACTOR: Final = "trafilatura"
# Goes up whenever the same page would come out otherwise.
WRITER_VERSION: Final = 6
_MARKS: Final = {Form.ITEM: "- ", Form.QUESTION: "Q: ", Form.ANSWER: "A: "}


def extract_page(html: str, where: str) -> tuple[str, str]:
    """Return the article's text and the version of its extraction, or raise ``source-no-article``.

    Headings begin with ``#``, list items with ``- ``, quotations with ``> ``, questions and answers with ``Q: ``
    and ``A: ``; table rows stand between ``|`` with a rule under the header, if there is one; a blank line parts
    blocks. The page's title comes first. The version names trafilatura's and our writer's: ``2.3.1+writer.6``.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        html, include_comments=False, include_tables=True, include_formatting=False, deduplicate=False
    )
    blocks = tuple(blocks_of_tree(found.body)) if found is not None else ()
    if not blocks:
        raise CorpusError(
            "source-no-article",
            "no article was found on the page.",
            where=where,
            remedy="Save the article's text as txt and ingest that.",
        )
    root = trafilatura.load_html(html)
    chosen = chosen_blocks(blocks_of_page(root, _questions(root)), blocks)
    text = "\n\n".join(_written(_titled(root, chosen)))
    return text + "\n", f"{trafilatura.__version__}+writer.{WRITER_VERSION}"


def _titled(root: Any, blocks: tuple[HtmlBlock, ...]) -> list[HtmlBlock]:
    """Return the blocks with the page's title first and once, as a heading."""
    title = _title(root)
    first, *others = blocks
    others = [block for block in others if not (block.form is Form.HEADING and _same(block.text, title))]
    head = [] if _same(first.text, title) or not title else [HtmlBlock(Form.HEADING, title, root, level=1)]
    return [*head, first, *others]


def _title(root: Any) -> str:
    """Return the first heading if it is the only one, or of several the one that the page's metadata repeats."""
    from trafilatura.metadata import extract_title

    site = set(_texts_at(root, "//meta[@property='og:site_name']/@content"))
    headings = [text for h1 in root.iter("h1") if (text := flat_text(h1)) and text not in site]
    declared = _texts_at(root, "//meta[@property='og:title']/@content")
    titles = [title.casefold() for title in (*declared, *_texts_at(root, "//head/title/text()"))]
    named = [one for one in headings if any(one.casefold() in title for title in titles)]
    if len(headings) == 1:
        return headings[0]
    return max(named, key=len) if named else next(iter(declared), None) or flat(extract_title(root) or "")


def _texts_at(root: Any, path: str) -> list[str]:
    return [text for found in root.xpath(path) if (text := flat(found))]


def _same(text: str, title: str) -> bool:
    return text.casefold() == title.casefold()


def _questions(root: Any) -> frozenset[str]:
    """Return the questions that a page's JSON-LD names; metadata that is no JSON, or nested without end, names none."""
    found: set[str] = set()
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and "Question" in (script.text or ""):
            try:
                found |= set(_named_questions(json.loads(script.text, strict=False)))
            except (ValueError, RecursionError):
                continue
    return frozenset(found)


def _named_questions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("@type") == "Question" and isinstance(value.get("name"), str):
            yield flat(value["name"]).casefold()
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _named_questions(part)


def _written(blocks: Iterable[HtmlBlock]) -> Iterator[str]:
    """Yield the blocks in the plain form; the items of one list stand in lines without blank ones."""
    lines: list[str] = []
    before: HtmlBlock | None = None
    for block in blocks:
        in_list = before is not None and block.form is before.form is Form.ITEM
        if lines and not in_list:
            yield "\n".join(lines)
            lines = []
        if in_list and before is not None and block.item is before.item:
            lines[-1] += f" {flat(block.text)}"
        else:
            lines.append(_plain(block, answers=before is not None and before.form is Form.QUESTION))
        before = block
    yield "\n".join(lines)


def _plain(block: HtmlBlock, *, answers: bool) -> str:
    if block.form is Form.HEADING:
        return f"{'#' * block.level} {block.text}"
    if block.form is Form.QUOTE:
        return f"> {block.text.replace(chr(10), chr(10) + '> ')}"
    if block.form is Form.ANSWER and not answers:
        return block.text
    return f"{_MARKS.get(block.form, '')}{flat(block.text) if block.form is Form.ITEM else block.text}"
