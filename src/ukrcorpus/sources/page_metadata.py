"""What a page says of itself in tags made for it: JSON-LD, OpenGraph and ``<meta>``; no text is searched.

Trafilatura's own reader is not used: it fills gaps from the page's text and url, changes names' case, and its
dates depend on today. See docs/decisions/0016-metadata-as-declared.md.
"""

import json
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from ukrcorpus.sources.stated import Field, Statement

# The attribute that names a meta tag, its name in lower case, the field, its rank.
_META: Final = {
    ("property", "og:site_name"): (Field.PUBLISHER, 0),
    ("name", "dc.publisher"): (Field.PUBLISHER, 2),
    ("name", "dcterms.publisher"): (Field.PUBLISHER, 2),
    ("property", "og:title"): (Field.TITLE, 1),
    ("name", "dc.title"): (Field.TITLE, 2),
    ("name", "author"): (Field.BYLINE, 1),
    ("property", "article:author"): (Field.BYLINE, 2),
    ("name", "dc.creator"): (Field.BYLINE, 3),
    ("property", "article:published_time"): (Field.PUBLISHED, 1),
    ("itemprop", "datepublished"): (Field.PUBLISHED, 2),
    ("name", "dc.date.issued"): (Field.PUBLISHED, 3),
    ("name", "dcterms.issued"): (Field.PUBLISHED, 3),
    ("property", "og:locale"): (Field.LANGUAGE, 2),
}
_ARTICLES: Final = frozenset(
    "Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "ReportageNewsArticle ReviewNewsArticle Report BlogPosting LiveBlogPosting".split()
)
_DEPTH: Final = 4  # how far nodes lie inside others: @graph, mainEntity

Node = dict[str, Any]


def page_statements(html: str) -> Iterator[Statement]:
    """Yield what a page's tags say of publisher, title, byline, day and language, as written."""
    from trafilatura import load_html

    tree = load_html(html)
    if tree is None:
        return
    if tree.get("lang"):
        yield Statement(Field.LANGUAGE, tree.get("lang"), "html lang", rank=0)
    for element in tree.iter("meta"):
        yield from _meta(element)
    scripts = (element for element in tree.iter("script") if "ld+json" in (element.get("type") or "").lower())
    yield from _json_ld([element.text_content() for element in scripts])


def _meta(element: Any) -> Iterator[Statement]:
    value = (element.get("content") or "").strip()
    for attribute in ("property", "name", "itemprop") if value else ():
        name = element.get(attribute) or ""
        field, rank = _META.get((attribute, name.lower()), (None, 0))
        if field is not None and not (field is Field.BYLINE and _is_url(value)):
            yield Statement(field, value, f"meta {name}", rank)


def _json_ld(scripts: list[str]) -> Iterator[Statement]:
    nodes = [node for script in scripts for node in _nodes(_parsed(script), _DEPTH)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    for node in nodes:
        if _types(node) & _ARTICLES:
            yield from _article(node, named)


def _parsed(script: str) -> Any:
    """Return what a script holds; None where it is no JSON, as on many pages: it says nothing then."""
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth)
    elif isinstance(value, dict) and depth:
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _nodes(value.get(key), depth - 1)


def _types(node: Node) -> frozenset[str]:
    types = node.get("@type")
    return frozenset(str(one).rpartition("/")[2] for one in (types if isinstance(types, list) else [types]))


def _article(node: Node, named: dict[str, Node]) -> Iterator[Statement]:
    found = (
        (Field.TITLE, "headline", _names(node.get("headline"), named), 0),
        (Field.BYLINE, "author", _names(node.get("author"), named), 0),
        (Field.PUBLISHER, "publisher", _names(node.get("publisher"), named), 1),
        (Field.PUBLISHED, "datePublished", _names(node.get("datePublished"), named), 0),
        (Field.LANGUAGE, "inLanguage", _names(node.get("inLanguage"), named), 1),
    )
    for field, key, names, rank in found:
        if names:
            yield Statement(field, ", ".join(names), f"JSON-LD {key}", rank)


def _names(value: Any, named: dict[str, Node]) -> list[str]:
    """Return the names that a string, a thing with a name, a reference to one, or a list of them gives."""
    if isinstance(value, list):
        return [name for one in value for name in _names(one, named)]
    if isinstance(value, dict):
        thing = value if "name" in value else named.get(str(value.get("@id")), {})
        return _names(thing["name"], {}) if "name" in thing and thing["name"] is not thing else []
    text = unescape(value).strip() if isinstance(value, str) else ""
    return [text] if text and not _is_url(text) else []


def _is_url(text: str) -> bool:
    return text.startswith(("http://", "https://", "//"))
