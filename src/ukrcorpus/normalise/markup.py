"""Residue of HTML and Markdown: the marks go, what they said about structure stays in the edit log."""

import html
import re
from collections.abc import Iterator

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import lines_of
from ukrcorpus.schema.model import Repairs

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_TAG = re.compile(
    r"</?(?:a|b|i|p|u|em|br|hr|li|ol|ul|h[1-6]|div|sub|sup|span|strong|small|blockquote)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:p|br|hr|li|h[1-6]|div|blockquote)\b", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6} +).*?(?P<tail> +#+)?")
_EMPHASIS = re.compile(
    r"\*(?<![\w*]\*)(\*{0,2})(?![\s*])[^*\n]+?(?<![\s*])\*\1(?![\w*])|"
    r"_(?<![\w_]_)(_{0,2})(?![\s_])[^_\n]+?(?<![\s_])_\2(?![\w_])"
)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\s]*(?: \"[^\"\n]*\")?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\([^()\s]*(?: \"[^\"\n]*\")?\)")
_RULE = re.compile(r"-{3,}|={3,}|_{3,}|~{3,}|(?:\* ?){3,}|(?:- ){2,}-")
_QUOTE = re.compile(r"(?:> ?)+")


def entities(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Decode character references that an exporter left behind; a plain ``&`` stays.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(entities, "Q&amp;A on R&D &#8211; part one")
    'Q&A on R&D – part one'
    """
    for match in _ENTITY.finditer(text.text):
        char = html.unescape(match.group())
        if char != match.group():
            yield Change(match.start(), match.end(), "" if "\ud800" <= char <= "\udfff" else char)


def tags(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Remove left-over tags of running text; those that open a block become a line end.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(tags, "<b>Talks</b> failed.<br/>Again.")
    'Talks failed.\nAgain.'
    """
    for match in _TAG.finditer(text.text):
        yield Change(match.start(), match.end(), "\n" if _BREAKING.match(match.group()) else "")


def headings(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove the marks of Markdown headings; the block keeps their level.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(headings, "## What Kyiv wants ##")
    'What Kyiv wants'
    """
    for start, end, line in lines_of(text.text):
        if heading := _HEADING.fullmatch(line):
            yield Change(start, start + heading.end(1), "")
            if heading["tail"] and heading.end(1) < heading.start("tail"):
                yield Change(start + heading.start("tail"), end, "")


def emphasis(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove balanced emphasis marks; a lone asterisk and snake_case stay.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(emphasis, "It is **really** over * for snake_case_names and 2 * 3 * 4.")
    'It is really over * for snake_case_names and 2 * 3 * 4.'
    """
    for match in _EMPHASIS.finditer(text.text):
        n_marks = 1 + len(match[1] or match[2] or "")
        yield Change(match.start(), match.start() + n_marks, "")
        yield Change(match.end() - n_marks, match.end(), "")


def links(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Keep a link's words, remove its target and images.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(links, "See [the plan](https://example.org/plan).")
    'See the plan.'
    """
    for match in _IMAGE.finditer(text.text):
        yield Change(match.start(), match.end(), "")
    for match in _LINK.finditer(text.text):
        yield Change(match.start(), match.start(1), "")
        yield Change(match.end(1), match.end(), "")


def rules(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Empty the lines that only draw a rule.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(rules, "one\n---\ntwo")
    'one\n\ntwo'
    """
    for start, end, line in lines_of(text.text):
        if _RULE.fullmatch(line):
            yield Change(start, end, "")


def quotes(text: AlignedText, _: Repairs) -> Iterator[Change]:
    """Remove the marks of block quotations; the block remembers.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(quotes, "> No deal without Kyiv.")
    'No deal without Kyiv.'
    """
    for start, _end, line in lines_of(text.text):
        if marks := _QUOTE.match(line):
            yield Change(start, start + marks.end(), "")
