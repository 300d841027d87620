"""Whatever the elements of a page: no word that trafilatura finds on it is missing in what we write."""

import re
from collections import Counter
from itertools import count

import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.pages import extract_page

BOXES = ("div", "section", "article", "aside", "figure", "blockquote", "details", "main", "span", "td", "li", "dd")
LEAVES = ("p", "div", "span", "h2", "li", "summary", "figcaption", "dt", "td", "b", "pre", "")
CLASSES = ("", "content", "text", "sidebar", "related", "entry-content", "faq", "callout", "comments", "author-box")
FRAMES = {"td": "<table><tr>{}</tr></table>", "li": "<ul>{}</ul>", "dd": "<dl>{}</dl>", "dt": "<dl>{}</dl>"}
SENTENCE = "Envoy{0} of side{0} met in{0} room{0} agreed{0} on rule{0}, not{0} on date{0}."
SHORT = "Point{0} of list{0}"


def element(tag: str, inner: str, name: str = "") -> str:
    if not tag:
        return f"{inner}<br><br>"
    return FRAMES.get(tag, "{}").format(f"<{tag} class='{name}'>{inner}</{tag}>")


def pages() -> st.SearchStrategy[str]:
    texts = st.sampled_from([SENTENCE, f"{SENTENCE} {SENTENCE}", SHORT])
    leaves = st.builds(element, st.sampled_from(LEAVES), texts)
    boxes = st.recursive(
        leaves,
        lambda inner: st.builds(
            element,
            st.sampled_from(BOXES),
            st.lists(inner, min_size=1, max_size=4).map("".join),
            st.sampled_from(CLASSES),
        ),
        max_leaves=12,
    )
    return st.lists(boxes, min_size=2, max_size=5).map("".join)


def numbered(body: str) -> str:
    """Return the page with other words in each of its places."""
    numbers = count(1)
    return re.sub(r"Envoy[^<.]*\.|Point\{0\} of list\{0\}", lambda m: m[0].format(next(numbers)), body)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z]+\d+", text))


def written(html: str) -> str:
    """Return what we write of a page, nothing where no article is found on it."""
    try:
        return extract_page(html, "page.html")[0]
    except CorpusError:
        return ""


@settings(max_examples=150)
@given(pages())
def test_no_word_that_trafilatura_finds_is_missing(body: str) -> None:
    html = f"<html><head><title>Talks go on</title></head><body>{numbered(body)}</body></html>"
    found = trafilatura.extract(html, include_comments=False) or ""
    assert not (words(found) & words(html)) - words(written(html))


@settings(max_examples=60)
@given(pages())
def test_no_word_is_written_more_often_than_it_stands_on_the_page_or_trafilatura_writes_it(body: str) -> None:
    html = f"<html><head><title>Talks go on</title></head><body>{numbered(body)}</body></html>"
    found = trafilatura.extract(html, include_comments=False) or ""
    assert not words(written(html)) - (words(html) | words(found))
