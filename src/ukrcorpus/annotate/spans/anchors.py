"""Prove spans: the text of the task by its hash, every offset against that text, and both against the article.

Offsets are Unicode code points. Nothing else judges them. The editor's copy of a span's text is never the quote, but
evidence: where a round's copies contradict code points and fit one other way of counting only, its spans are repaired.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ukrcorpus.annotate.pseudonyms import mask
from ukrcorpus.annotate.spans.countings import CODE_POINTS, Counting, countings, holds_astral, within_line
from ukrcorpus.annotate.spans.fates import Anchoring
from ukrcorpus.annotate.spans.places import NONE, Place, Places
from ukrcorpus.annotate.spans.reanchor import TextMap
from ukrcorpus.annotate.values import Fault, Present, Problems, Region, Round, Task, shown
from ukrcorpus.core.problems import Finding, Severity, near
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span

_MANGLED: Final = re.compile(r"(?:\\n|\s)+")
_MARK_AGAIN: Final = "Mark the span again in Label Studio, export and import again."
_PLACE_IT: Final = (
    "Give it a place in a review (ukrcorpus studio push --step adjudication), or have the article annotated once more."
)
GIVEN_UP: Final = "span-given-up"
_ONCE_MORE: Final = "Make the tasks again (ukrcorpus annotate tasks) and annotate the article once more."

Told = tuple[int, int, str]  # start, end and the editor's copy of the text


def prove_task(
    task: Task, articles: Mapping[str, Present], problems: Problems, places: Places = NONE
) -> tuple[Round, ...]:
    """Return the task's rounds with every span proved and in offsets of the article; without proof there are none.

    A task over an older text of the article is noted, and its spans are looked up in the present text: those whose
    characters are all still there, in one piece, go on, and those that a human gave a place.
    """
    article = articles.get(task.article_id)
    fault = text_fault(task) or (None if article else _unknown(task.article_id, articles))
    if fault or article is None:
        problems.add(fault or _unknown(task.article_id, articles))
        return ()
    moved = None
    if task.text_sha256 != article.text_sha256:
        anchoring = Anchoring(task.text, article.text, TextMap.between(task.text, article.text))
        moved = _Moved(anchoring, article.text_sha256, places)
        got = f"a text with SHA-256 {task.text_sha256[:12]}…"
        problems.note(Fault("task-text-changed", got, f"{article.text_sha256[:12]}…, the article's text", _ONCE_MORE))
    return tuple(_proved(one, task.text, article, moved, problems.findings) for one in task.rounds)


def text_fault(task: Present) -> Fault | None:
    """Return why a task's text is not the one that its hash names."""
    try:
        digest = sha256(task.text.encode("utf-8"))
    except UnicodeEncodeError:
        expected = "a text without lone surrogates"
        return Fault("task-text-surrogate", "half a character", expected, "Mend the raw file and make the task again.")
    if digest != task.text_sha256:
        got = f"a text with SHA-256 {digest[:12]}…"
        return Fault("task-text-hash", got, f"data.text_sha256 {task.text_sha256[:12]}…", _ONCE_MORE)
    return None


def prove_span(region: Region, text: str) -> Span | Fault:
    """Return the region's span without white space at its ends, or why it proves nothing."""
    span = _fit(region.span, region.shown, text)
    return span if span is not None else _misfit(region, text)


def prove_spans(regions: Sequence[Region], text: str) -> list[Span | Fault]:
    """Return the span of each region of a round in code points, or why it proves nothing.

    The copies of all regions together say how the round's tool counted. What they leave open between two ways of
    counting is set aside, and so is what no way explains; a single region may have been dragged at one edge by an
    editor that counts UTF-16 units there.
    """
    plain = [prove_span(region, text) for region in regions]
    told = [(one.span.start, one.span.end, one.shown) for one in regions if one.shown is not None]
    sound = not any(isinstance(span, Fault) for span in plain)
    if sound and (not regions or not _doubtful(told, text)):
        return plain
    return list(_weighed(regions, text, plain, countings(text)))


def at_a_glance(told: Sequence[Told], text: str) -> bool:
    """Say whether ``prove_spans`` would return spans with these copies as they are; False leaves it open.

    No span that passes crosses a line. Spans come in text order.
    """
    for start, end, copy in told:
        same = start < end == start + len(copy) and text.startswith(copy, start)
        if not same or copy.strip() != copy or "\n" in copy:
            return False
    return not told or not _doubtful(told, text)


def as_shown(text: str) -> str:
    r"""Return a text as it can be compared with the editor's copy: line breaks, ``\n`` typed out and spaces as one.

    >>> as_shown("one\r\nline  more") == as_shown("one\\nline more")
    True
    """
    return mask(_MANGLED.sub(" ", text).strip())


def _fit(span: Span, copy: str | None, text: str) -> Span | None:
    """Return a span of code points without white space at its ends, if it holds text and the copy agrees."""
    start, end = span.start, span.end
    if not 0 <= start < end <= len(text):
        return None
    quote = text[start:end]
    stripped = quote.strip()
    if not stripped or (copy is not None and copy != quote and as_shown(copy) != as_shown(quote)):
        return None
    if len(stripped) == len(quote):
        return span
    start += len(quote) - len(quote.lstrip())
    return Span(start, start + len(stripped))


def _misfit(region: Region, text: str) -> Fault:
    """Return why a region proves nothing."""
    start, end = region.span.start, region.span.end
    if start >= end:
        return Fault("span-order", f"start {start}, end {end}", "start before end", _MARK_AGAIN)
    if start < 0 or end > len(text):
        got = f"start {start}, end {end}"
        return Fault("span-out-of-range", got, f"offsets within 0 and {len(text)}", _MARK_AGAIN)
    quote = text[start:end]
    if not quote.strip():
        return Fault("span-blank", "white space only", "a span with text", _MARK_AGAIN)
    got = f"{shown(region.shown)} stored with the span"
    return Fault("span-text-differs", got, f"{shown(quote)}, the text at {start}..{end}", _MARK_AGAIN)


def _unknown(article_id: str, articles: Mapping[str, Present]) -> Fault:
    remedy = f"{near(article_id, articles)} Ingest the article, or remove the task from the export's project."
    return Fault("article-unknown", f"article '{article_id}'", "an article of raw/manifest.jsonl", remedy)


def _doubtful(told: Sequence[Told], text: str) -> bool:
    """Say whether another way of counting than in code points fits every copy."""
    if _beyond_doubt(told, text):
        return False
    return any(all(_under(way, Span(start, end), copy, text) for start, end, copy in told) for way in countings(text))


def _beyond_doubt(told: Sequence[Told], text: str) -> bool:
    """Say whether no other way of counting can fit sound spans, at little cost: False leaves it open.

    A span that holds a word of which the text has no second one cannot stand anywhere else. So every way that shifts
    it is out, and the others shift nothing, if all that can shift stands before it.
    """
    if "\r" in text or "\\" in text:
        return False
    breaks, astral = text.find("\n"), holds_astral(text)
    if breaks < 0 and not astral:
        return True
    for start, _, copy in reversed(told):
        if start <= breaks or copy != copy.strip() or "@" in copy or (astral and not holds_astral(text[:start])):
            continue
        word = max(copy.split(), key=len, default="")
        at = text.find(word)
        if at >= 0 and text.find(word, at + 1) < 0:
            return True
    return False


def _under(way: Counting, counted: Span, copy: str | None, text: str) -> Span | None:
    """Return a span in code points if it was counted that way and the editor's copy agrees."""
    span = way.span(counted)
    return _fit(span, copy, text) if span else None


def _weighed(
    regions: Sequence[Region], text: str, plain: Sequence[Span | Fault], others: Sequence[Counting]
) -> Iterator[Span | Fault]:
    """Yield what the evidence of the whole round makes of each region."""
    spans = [[one if isinstance(one, Span) else None for one in plain]]
    spans += [[_under(way, one.span, one.shown, text) for one in regions] for way in others]
    told = [at for at, one in enumerate(regions) if one.shown is not None]
    explained = [frozenset(at for at in told if own[at]) for own in spans]
    everything = frozenset[int]().union(*explained)
    left = [own for own, some in zip(spans, explained, strict=True) if some == everything] or spans[:1]
    for at, region in enumerate(regions):
        ways = left[:1] if region.shown is None and left[0] is spans[0] else left
        found = {span for own in ways if (span := own[at])}
        if not found and region.shown is not None:
            found = _dragged(region, text, others)
        if len(found) == 1:
            yield found.pop()
        else:
            fault = plain[at]
            yield fault if isinstance(fault, Fault) and not found else _ambiguous(found, region)


def _dragged(region: Region, text: str, others: Sequence[Counting]) -> set[Span]:
    """Return the spans with ends that were counted in different ways, one of them perhaps within its line only."""
    starts, ends = (
        {found for found in (at, within_line(at, text), *(way.at(at) for way in others)) if found is not None}
        for at in (region.span.start, region.span.end)
    )
    tried = (_fit(Span(start, end), region.shown, text) for start in starts for end in ends)
    return {span for span in tried if span}


def _ambiguous(found: set[Span], region: Region) -> Fault:
    places = ", ".join(f"{span.start}..{span.end}" for span in sorted(found)) or "no place that the others' way gives"
    got = f"start {region.span.start}, end {region.span.end}, which may mean {places}"
    return Fault("span-ambiguous", got, "one way of counting that fits all spans of the round", _MARK_AGAIN)


@dataclass(frozen=True, slots=True)
class _Moved:
    """Takes spans of an older text to the present one: by a human's word, else by what is sure."""

    anchoring: Anchoring
    text_sha256: str
    places: Places

    def span(self, span: Span, round_id: str, region_id: str) -> Span | Fault:
        """Return where a label stands now, or why nowhere."""
        place = self.places.get((round_id, region_id, self.text_sha256))
        if place is not None:
            return self._placed(place)
        gone = shown(self.anchoring.old[span.start : span.end])
        expected = "the same characters in the article's present text"
        return self.anchoring.sure(span) or Fault("span-gone", gone, expected, _PLACE_IT)

    def _placed(self, place: Place) -> Span | Fault:
        span = place.span
        if span is None:
            got = f"a label that {place.curator} found no place for: {place.reason or 'no reason given'}"
            return Fault(GIVEN_UP, got, "a place in the present text", "Nothing to do: it is left out.")
        quote = self.anchoring.new[span.start : span.end]
        if sha256(quote.encode("utf-8")) != place.quote_sha256:
            got = f"{shown(quote)} at {span.start}..{span.end}"
            expected = "the words whose hash stands in annotations/places.jsonl"
            return Fault("span-place", got, expected, "Restore the line from git, or take it out and review again.")
        return span


def _proved(one: Round, text: str, article: Present, moved: _Moved | None, findings: list[Finding]) -> Round:
    regions, present = [], article.text if moved else text
    for region, proof in zip(one.regions, prove_spans(one.regions, text), strict=True):
        span = proof
        if isinstance(span, Span) and span is not region.span:
            _note_repair(region, span, text, Problems(region.where, findings))
        if isinstance(span, Span) and moved:
            span = moved.span(span, one.round_id, region.region_id)
        if isinstance(span, Fault):
            given_up = span.rule == GIVEN_UP
            Problems(region.where, findings).add(span, Severity.NOTE if given_up else Severity.ERROR)
            continue
        if "\n" in present[span.start : span.end]:  # a block is a line
            remedy = "End it at the line's end, or mark one span per line."
            fault = Fault("span-crosses-blocks", "a span over several lines", "a span inside one line", remedy)
            Problems(region.where, findings).note(fault)
        regions.append(region if span is region.span else replace(region, span=span))
    return one if regions == list(one.regions) else replace(one, regions=tuple(regions))


def _note_repair(region: Region, span: Span, text: str, problems: Problems) -> None:
    """Note a span that was not counted in code points; white space taken off its ends is no repair."""
    if _fit(region.span, region.shown, text) == span:
        return
    names = [way.name for way in countings(text) if _under(way, region.span, region.shown, text) == span]
    got = f"start {region.span.start}, end {region.span.end}, counted in {' or '.join(names) or 'two ways'}"
    expected = f"start {span.start}, end {span.end} in {CODE_POINTS}, where the text stored with the span stands"
    problems.note(Fault("span-repaired", got, expected, "Nothing to do: the span is taken there."))
