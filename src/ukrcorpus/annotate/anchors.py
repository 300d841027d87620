"""Prove spans: the text of the task by its hash, every offset against that text, and both against the article.

Offsets are Unicode code points. Nothing else judges them, and the editor's copy of a span's text is never believed:
it can only contradict.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ukrcorpus.annotate.pseudonyms import mask
from ukrcorpus.annotate.reanchor import TextMap
from ukrcorpus.annotate.values import SURROGATE, Article, Fault, Problems, Region, Round, Task, shown
from ukrcorpus.core.problems import Finding, near
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span

_MANGLED: Final = re.compile(r"(?:\\n|\s)+")
_MARK_AGAIN: Final = "Mark the span again in Label Studio, export and import again."
_ONCE_MORE: Final = "Make the tasks again (ukrcorpus annotate tasks) and annotate the article once more."


def prove_task(task: Task, articles: Mapping[str, Article], problems: Problems) -> tuple[Round, ...]:
    """Return the task's rounds with every span proved and in offsets of the article; without proof there are none.

    A task over an older text of the article is noted, and its spans are looked up in the present text: those whose
    characters are all still there, in one piece, go on.
    """
    article = articles.get(task.article_id)
    fault = text_fault(task) or (None if article else _unknown(task.article_id, articles))
    if fault or article is None:
        problems.add(fault or _unknown(task.article_id, articles))
        return ()
    moved = None
    if task.text_sha256 != article.text_sha256:
        moved = TextMap.between(task.text, article.text)
        got = f"a text with SHA-256 {task.text_sha256[:12]}…"
        problems.note(Fault("task-text-changed", got, f"{article.text_sha256[:12]}…, the article's text", _ONCE_MORE))
    return tuple(
        replace(one, regions=tuple(_proved(one, task.text, article, moved, problems.findings))) for one in task.rounds
    )


def text_fault(task: Task) -> Fault | None:
    """Return why a task's text is not the one that its hash names."""
    if SURROGATE.search(task.text):
        expected = "a text without lone surrogates"
        return Fault("task-text-surrogate", "half a character", expected, "Mend the raw file and make the task again.")
    digest = sha256(task.text.encode("utf-8"))
    if digest != task.text_sha256:
        got = f"a text with SHA-256 {digest[:12]}…"
        return Fault("task-text-hash", got, f"data.text_sha256 {task.text_sha256[:12]}…", _ONCE_MORE)
    return None


def prove_span(region: Region, text: str) -> Span | Fault:
    """Return the region's span without white space at its ends, or why it proves nothing."""
    start, end = region.span.start, region.span.end
    if start >= end:
        return Fault("span-order", f"start {start}, end {end}", "start before end", _MARK_AGAIN)
    if start < 0 or end > len(text):
        got = f"start {start}, end {end}"
        return Fault("span-out-of-range", got, f"offsets within 0 and {len(text)}", _MARK_AGAIN)
    quote = text[start:end]
    if not quote.strip():
        return Fault("span-blank", "white space only", "a span with text", _MARK_AGAIN)
    if region.shown is not None and as_shown(region.shown) != as_shown(quote):
        got = f"{shown(region.shown)} stored with the span"
        return Fault("span-text-differs", got, f"{shown(quote)}, the text at {start}..{end}", _MARK_AGAIN)
    return Span(start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip()))


def as_shown(text: str) -> str:
    r"""Return a text as it can be compared with the editor's copy: line breaks, ``\n`` typed out and spaces as one.

    >>> as_shown("one\r\nline  more") == as_shown("one\\nline more")
    True
    """
    return mask(_MANGLED.sub(" ", text).strip())


def _unknown(article_id: str, articles: Mapping[str, Article]) -> Fault:
    remedy = f"{near(article_id, articles)} Ingest the article, or remove the task from the export's project."
    return Fault("article-unknown", f"article '{article_id}'", "an article of raw/manifest.jsonl", remedy)


def _proved(one: Round, text: str, article: Article, moved: TextMap | None, findings: list[Finding]) -> list[Region]:
    regions = []
    for region in one.regions:
        problems = Problems(region.where, findings)
        span = prove_span(region, text)
        if isinstance(span, Span) and moved:
            span = _moved(span, text, article, moved)
        if isinstance(span, Fault):
            problems.add(span)
            continue
        if not any(block.start <= span.start and span.end <= block.end for block in article.blocks):
            remedy = "End it at the line's end, or mark one span per line."
            problems.note(Fault("span-crosses-blocks", "a span over several lines", "a span inside one line", remedy))
        regions.append(replace(region, span=span))
    return regions


def _moved(span: Span, text: str, article: Article, moved: TextMap) -> Span | Fault:
    quote, new = text[span.start : span.end], moved.span(span)
    if new and article.text[new.start : new.end] == quote:
        return new
    return Fault("span-gone", shown(quote), "the same characters in the article's present text", _ONCE_MORE)
