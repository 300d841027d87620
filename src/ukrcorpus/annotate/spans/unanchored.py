"""The labels that a changed text leaves without a sure place: for each its old quote, its context, and candidates."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from ukrcorpus.annotate.answers import NO_POLARITY
from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.exports.results import PAYLOAD
from ukrcorpus.annotate.exports.stream import stream_tasks
from ukrcorpus.annotate.rounds import UNITS_ONLY
from ukrcorpus.annotate.spans.anchors import prove_spans, text_fault
from ukrcorpus.annotate.spans.fates import Anchor, Anchoring, Fate
from ukrcorpus.annotate.spans.reanchor import TextMap
from ukrcorpus.annotate.values import Answer, Present, Problems, Region, Status, Task
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.derive.label_studio import LABEL_CONTROL, TEXT_OBJECT
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import FLAG_VALUE, Schema

NAME: Final = "reanchor.jsonl"
_CONTEXT: Final = 60
_KINDS: Final = {"text": "textarea"}


@dataclass(frozen=True, slots=True)
class Open:
    """A label that waits for a human; ``candidates`` are (start, end, score) in the present text, best first."""

    article_id: str
    round_id: str
    region_id: str
    layer: str
    fate: str
    text_sha256: str
    start: int
    end: int
    quote: str
    before: str
    behind: str
    candidates: tuple[tuple[int, int, float], ...]
    words: tuple[str, ...]
    answers: Mapping[str, Answer]

    def as_json(self) -> dict[str, Any]:
        """Return the line of the worklist."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the lines a person reads."""
        places = zip(self.candidates, self.words, strict=True)
        found = [f"\n  {start}..{end} ({score:.2f}): {words}" for (start, end, score), words in places]
        head = f"{self.article_id}: {self.layer} {self.region_id} of round {self.round_id}: {self.fate}"
        return f"{head}\n  was {self.quote!r}{''.join(found)}"


def open_labels(project: Project, schema: Schema, articles: Mapping[str, Present]) -> tuple[Open, ...]:
    """Return every label handed in over an older text of its article that has no sure place in the present one.

    What cannot be read is left to the annotate stage, which says so.
    """
    found: dict[str, list[Open]] = {}
    for entry in read_entries(project):
        file = exports_folder(project) / entry.file
        problems = Problems(project.address(file))
        coded = entry.step != UNITS_ONLY
        for task in stream_tasks(file, schema, problems, coded=coded) if file.is_file() else ():
            article = articles.get(task.article_id)
            if article and task.text_sha256 != article.text_sha256 and text_fault(task) is None:
                found.update(_of_task(task, article.text))
    ordered = sorted(found.values(), key=lambda own: [(one.article_id, one.round_id) for one in own[:1]])
    return tuple(one for own in ordered for one in own)


def write_worklist(project: Project, found: Iterable[Open]) -> None:
    """Write ``build/annotate/reanchor.jsonl``: one line for each label."""
    lines = (json.dumps(one.as_json(), ensure_ascii=False, sort_keys=True, default=str) + "\n" for one in found)
    write_text(project.build / "annotate" / NAME, "".join(lines))


def review_predictions(
    found: Iterable[Open], articles: Mapping[str, Present], schema: Schema
) -> dict[str, list[dict[str, Any]]]:
    """Return, by article, what a review task suggests: each label at its best candidate, with its answers.

    Labels without a candidate have no place to be shown at; they stay on the worklist.
    """
    suggested: dict[str, list[dict[str, Any]]] = {}
    for number, one in enumerate(found):
        if one.candidates:
            start, end, _ = one.candidates[0]
            place = {"start": start, "end": end, "text": articles[one.article_id].text[start:end]}
            own = suggested.setdefault(one.article_id, [])
            own += _items(f"{one.region_id}-{number}", place, one, schema)
    return suggested


def _of_task(task: Task, present: str) -> Iterator[tuple[str, list[Open]]]:
    anchoring = Anchoring(task.text, present, TextMap.between(task.text, present))
    for one in task.rounds:
        if one.status is Status.SUBMITTED:
            proofs = zip(one.regions, prove_spans(one.regions, task.text), strict=True)
            spans = [(region, span) for region, span in proofs if isinstance(span, Span)]
            fates = [(replace(region, span=span), anchoring.anchor(span)) for region, span in spans]
            yield one.round_id, [_open(task, one.round_id, *fate, present) for fate in fates if not fate[1].span]


def _open(task: Task, round_id: str, region: Region, anchor: Anchor, present: str) -> Open:
    assert anchor.fate not in (Fate.EXACT, Fate.MOVED)
    start, end = region.span.start, region.span.end
    return Open(
        article_id=task.article_id,
        round_id=round_id,
        region_id=region.region_id,
        layer=str(region.layer),
        fate=str(anchor.fate),
        text_sha256=task.text_sha256,
        start=start,
        end=end,
        quote=task.text[start:end],
        before=task.text[max(0, start - _CONTEXT) : start],
        behind=task.text[end : end + _CONTEXT],
        candidates=tuple((one.span.start, one.span.end, one.score) for one in anchor.candidates),
        words=tuple(present[one.span.start : one.span.end] for one in anchor.candidates),
        answers=dict(region.answers),
    )


def _items(region_id: str, place: Mapping[str, Any], one: Open, schema: Schema) -> Iterator[dict[str, Any]]:
    """Yield the items that Label Studio would store for a label and its answers."""
    tail = {"id": region_id, "to_name": TEXT_OBJECT}
    yield {"value": {**place, "labels": [one.layer]}, "from_name": LABEL_CONTROL, "type": "labels", **tail}
    for attribute in schema.attributes:
        if attribute.name in one.answers:
            given = _given(one.answers[attribute.name])
            key = "choices" if "choices" in PAYLOAD[attribute.control] else PAYLOAD[attribute.control][0]
            if given:
                kind = _KINDS.get(key, key)
                yield {"value": {**place, key: given}, "from_name": attribute.name, "type": kind, **tail}


def _given(answer: Answer) -> Sequence[str]:
    """Return an answer as it was ticked or typed."""
    if isinstance(answer, tuple):
        return list(answer)
    if isinstance(answer, bool):
        return [FLAG_VALUE] if answer else []
    if answer is None:
        return [NO_POLARITY]
    return [answer.isoformat() if isinstance(answer, date) else str(answer)]
