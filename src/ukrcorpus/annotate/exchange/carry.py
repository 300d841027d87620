"""Carry the labels of a task to the task over the article's new text: what is proved goes, the rest is listed."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.spans.fates import Anchor, Anchoring
from ukrcorpus.annotate.spans.reanchor import TextMap
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span

Json = dict[str, Any]

_RELATION: Final = "relation"
_SPANS: Final = "labels"
_KEPT: Final = ("was_cancelled", "ground_truth", "lead_time")


@dataclass(frozen=True, slots=True)
class Open:
    """A label that no rule can carry: a human has to look. ``quote`` is what it marked in the older text.

    ``fate`` is one of ``fates.Fate`` or says why there is none; ``candidates`` are (start, end, score), now.
    """

    article_id: str
    task_id: int
    user: int | None
    region_id: str | None
    start: int | None
    end: int | None
    quote: str | None
    fate: str
    candidates: tuple[tuple[int, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """The annotations for the new task, how many regions go with them, and what stays behind."""

    annotations: tuple[Json, ...]
    n_regions: int
    open: tuple[Open, ...]


def carry(old: Mapping[str, Any], new_text: str) -> Carried:
    """Return what a task's annotations are over the new text. A draft cannot be carried, only be named."""
    text = str(old["data"].get("text"))
    proved = sha256(text.encode("utf-8", "surrogatepass")) == old["data"].get("text_sha256")
    anchoring = Anchoring(text, new_text, TextMap.between(text, new_text)) if proved else None
    annotations, left, n_regions = [], list[Open](), 0
    for one in old.get("annotations") or ():
        items = [item for item in one.get("result") or () if isinstance(item, dict)]
        anchors = {key: (span, _anchor(span, anchoring)) for key, span in _spans(items)}
        kept = {key: anchor.span for key, (_, anchor) in anchors.items() if anchor and anchor.span}
        n_regions += len(kept)
        annotations.append(_annotation(one, [*_moved(items, anchors.keys(), kept, new_text)]))
        left += [_open(old, one, key, *anchors[key]) for key in anchors if key not in kept]
    left += [
        Open(str(old["data"].get("article_id")), old["id"], None, None, None, None, None, f"draft {draft.get('id')}")
        for draft in old.get("drafts") or ()
    ]
    return Carried(tuple(annotations), n_regions, tuple(left))


def _open(old: Mapping[str, Any], one: Mapping[str, Any], key: str, span: Span, anchor: Anchor | None) -> Open:
    return Open(
        article_id=str(old["data"].get("article_id")),
        task_id=old["id"],
        user=user_of(one),
        region_id=key,
        start=span.start,
        end=span.end,
        quote=str(old["data"].get("text"))[span.start : span.end],
        fate=str(anchor.fate) if anchor else "unproved",
        candidates=tuple((at.span.start, at.span.end, at.score) for at in anchor.candidates) if anchor else (),
    )


def _spans(items: list[Json]) -> Iterator[tuple[str, Span]]:
    for item in items:
        value = item.get("value")
        if isinstance(value, dict) and _SPANS in value and isinstance(item.get("id"), str):
            start, end = value.get("start"), value.get("end")
            yield item["id"], Span(start, end) if type(start) is int and type(end) is int else Span(0, 0)


def _anchor(span: Span, anchoring: Anchoring | None) -> Anchor | None:
    """Return what becomes of a span; None where its text is not the one of its hash, or the span is none of it."""
    if anchoring is None or not 0 <= span.start < span.end <= len(anchoring.old):
        return None
    return anchoring.anchor(span)


def _moved(items: list[Json], spans: Container[str], kept: Mapping[str, Span], text: str) -> Iterator[Json]:
    for item in items:
        if item.get("type") == _RELATION:
            if item.get("from_id") in kept and item.get("to_id") in kept:
                yield item
        elif item.get("id") not in spans:
            yield item
        elif item["id"] in kept:
            yield item | {"value": _value(item.get("value"), kept[item["id"]], text)}


def _value(value: object, place: Span, text: str) -> object:
    """Return a value at its new place; of a typed answer ``text`` is the answer, and stays."""
    if not isinstance(value, dict) or "start" not in value:
        return value
    moved = value | {"start": place.start, "end": place.end}
    return moved | {"text": text[place.start : place.end]} if isinstance(value.get("text"), str) else moved


def _annotation(one: Mapping[str, Any], result: list[Json]) -> Json:
    """Return an annotation as an import takes it; without ``ground_truth`` it would become the truth."""
    user = user_of(one)
    return {"result": result, **{key: one.get(key) for key in _KEPT}} | ({"completed_by": user} if user else {})


def user_of(one: Mapping[str, Any]) -> int | None:
    """Return the id of who made an annotation, as the server knows people."""
    by = one.get("completed_by")
    user = by.get("id") if isinstance(by, dict) else by
    return user if type(user) is int else None
