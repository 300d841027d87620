"""Find what is like a quote in a text: other case, words put in or swapped, a sentence told in other words."""

from collections.abc import Iterator
from typing import Final

from ukrcorpus.measure.matching import Span

_LEAST: Final = 70.0  # of 100: the likeness of a place anywhere
_LEAST_SHORT: Final = 90.0
_SHORT: Final = 10  # characters; short words are like many
_LEAST_HERE: Final = 35.0  # of what stands between the same neighbours as before
_LONGEST_GAP: Final = 4  # times the quote
_N_PLACES: Final = 3


def similar(quote: str, text: str, gap: Span) -> tuple[tuple[Span, float], ...]:
    """Return places like a quote with their likeness, 0 to 1, best first; ``gap`` is what stands in its place now."""
    from rapidfuzz import fuzz

    found = dict(_anywhere(quote, text))
    here = _trimmed(gap, text)
    if here and here.end - here.start <= _LONGEST_GAP * len(quote):
        score = fuzz.ratio(_folded(quote), _folded(text[here.start : here.end]))
        inside = [place for place in found if here.start <= place.start and place.end <= here.end]
        if score >= (_LEAST if inside else _LEAST_HERE):
            found = {place: one for place, one in found.items() if place not in inside} | {here: score}
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tuple((place, round(score / 100, 3)) for place, score in ranked)


def _anywhere(quote: str, text: str) -> Iterator[tuple[Span, float]]:
    """Yield the likest places of a text, none of them twice."""
    from rapidfuzz import fuzz

    least = _LEAST if len(quote) >= _SHORT else _LEAST_SHORT
    wanted, left = _folded(quote), _folded(text)
    for _ in range(_N_PLACES):
        found = fuzz.partial_ratio_alignment(wanted, left, score_cutoff=least)
        if found is None or found.dest_end <= found.dest_start or len(wanted) > len(left):
            return
        place = _whole_words(Span(found.dest_start, found.dest_end), text)
        yield place, found.score
        left = left[: found.dest_start] + "\0" * (found.dest_end - found.dest_start) + left[found.dest_end :]


def _folded(text: str) -> str:
    """Return a text in lower case, offsets as they are."""
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def _whole_words(span: Span, text: str) -> Span:
    """Return a span without words cut in two: the part of a word that is the smaller one falls."""
    start, end = span.start, span.end
    while 0 < start < end and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return _trimmed(Span(start, end), text) or span


def _trimmed(span: Span, text: str) -> Span | None:
    part = text[span.start : span.end]
    if not part.strip():
        return None
    return Span(span.start + len(part) - len(part.lstrip()), span.end - len(part) + len(part.rstrip()))
