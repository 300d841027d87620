"""Ids of claims and mentions: minted at adjudication into ``annotations/ids.jsonl``, kept when a span moves.

The same id goes to the span that overlaps its last known place best, by at least half of the longer of the two. An id
is the hash of what it was first minted for, so that two machines mint the same; it is never given to anything else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ukrcorpus.annotate.spans.reanchor import Texts
from ukrcorpus.annotate.values import Article
from ukrcorpus.core.records import read_records, write_records
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import HALF, Span, match, share_of_longer
from ukrcorpus.schema.model import Layer

NAME: Final = "ids.jsonl"
PREFIX: Final = {Layer.CLAIM: "c", Layer.MENTION: "m"}
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Minted:
    """An id and the span it was last given to; ``occurrence`` counts equal quotes before it in its text."""

    id: str
    layer: str
    article_id: str
    text_sha256: str
    start: int
    end: int
    quote_sha256: str
    occurrence: int
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """Which of the spans of one article and layer have an id, and where the ids without a span last stood."""

    ids: Mapping[Span, str]
    free: Mapping[str, Span]


def read_ids(path: Path, where: str) -> tuple[Minted, ...]:
    """Return the minted ids; without a file there are none."""
    remedy = "Restore the file from git: ids are minted once and kept for ever."
    return read_records(path, where, Minted, rule="ids-line", remedy=remedy)


def write_ids(path: Path, minted: Iterable[Minted]) -> None:
    """Write the ids, one line each, in text order of their articles."""
    ordered = sorted(minted, key=lambda one: (one.article_id, one.layer, one.start, one.end, one.id))
    write_records(path, ordered)


def assign(minted: Iterable[Minted], spans: Sequence[Span], article: Article, texts: Texts) -> Assigned:
    """Return the ids of spans, from the ids minted for this article and layer."""
    known = sorted(minted, key=lambda one: one.id)
    places = {one.id: span for one in known if (span := _place(one, article, texts))}
    ids = sorted(places)
    unique = sorted(set(spans))
    pairs = match([places[name] for name in ids], unique, share_of_longer, HALF)
    given = {unique[pair.right]: ids[pair.left] for pair in pairs}
    for one in known:
        if one.id not in places and (span := _only_equal(one, unique, article)) and span not in given:
            given[span] = one.id
    taken = set(given.values())
    return Assigned(given, {name: span for name, span in places.items() if name not in taken})


def mint(
    minted: Sequence[Minted],
    spans: Mapping[tuple[str, Layer], Sequence[Span]],
    articles: Mapping[str, Article],
    texts: Texts,
) -> tuple[Minted, ...]:
    """Return all ids with their spans brought up to date, and new ones for spans that have none."""
    known = {one.id: one for one in minted}
    by_unit = by_article(minted)
    for (article_id, layer), own in sorted(spans.items()):
        article = articles[article_id]
        assigned = assign(by_unit.get((article_id, layer), ()), own, article, texts)
        for span in sorted(set(own)):
            if span in assigned.ids:
                name = assigned.ids[span]
                known[name] = replace(_minted(name, layer, article, span), replaces=known[name].replaces)
            else:
                name = _new_id(layer, article, span, known)
                known[name] = replace(_minted(name, layer, article, span), replaces=_replaced(span, assigned.free))
    return tuple(known.values())


def by_article(minted: Iterable[Minted]) -> dict[tuple[str, Layer], list[Minted]]:
    """Return the ids of each article and layer."""
    found: dict[tuple[str, Layer], list[Minted]] = defaultdict(list)
    for one in minted:
        found[one.article_id, Layer(one.layer)].append(one)
    return found


def _place(one: Minted, article: Article, texts: Texts) -> Span | None:
    return texts.place(Span(one.start, one.end), one.text_sha256, article)


def _only_equal(one: Minted, spans: Iterable[Span], article: Article) -> Span | None:
    """Return the only span with the quote that an id was minted for: the way without the older text."""
    equal = [span for span in spans if _quote_hash(article, span) == one.quote_sha256]
    return equal[0] if len(equal) == 1 else None


def _minted(name: str, layer: Layer, article: Article, span: Span) -> Minted:
    quote = article.text[span.start : span.end]
    return Minted(
        id=name,
        layer=str(layer),
        article_id=article.article_id,
        text_sha256=article.text_sha256,
        start=span.start,
        end=span.end,
        quote_sha256=_quote_hash(article, span),
        occurrence=article.text.count(quote, 0, span.start),
    )


def _quote_hash(article: Article, span: Span) -> str:
    return sha256(article.text[span.start : span.end].encode("utf-8"))


def _new_id(layer: Layer, article: Article, span: Span, taken: Mapping[str, Minted]) -> str:
    """Return a new id; where an older text gave these offsets to another unit, a counter tells them apart."""
    occurrence = _minted("", layer, article, span).occurrence
    about = f"{article.article_id} {layer} {span.start} {span.end} {occurrence}"
    name, turn = "", 0
    while not name or name in taken:
        name = f"{PREFIX[layer]}-{sha256((about + f' {turn}' * bool(turn)).encode('utf-8'))[:_DIGITS]}"
        turn += 1
    return name


def _replaced(span: Span, free: Mapping[str, Span]) -> str | None:
    """Return the id that lost its span to this one, the one that shares most characters."""
    sharing = [(old.shared(span), name) for name, old in sorted(free.items()) if old.shared(span)]
    return max(sharing)[1] if sharing else None
