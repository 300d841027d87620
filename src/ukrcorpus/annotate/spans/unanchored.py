"""The labels that a changed text leaves without a sure place: for each its old quote, its context, and candidates."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.exports.stream import stream_tasks
from ukrcorpus.annotate.rounds import ADJUDICATION, UNITS_ONLY
from ukrcorpus.annotate.spans.anchors import prove_spans, text_fault
from ukrcorpus.annotate.spans.fates import Anchor, Anchoring, Fate
from ukrcorpus.annotate.spans.places import Places, read_places
from ukrcorpus.annotate.spans.reanchor import TextMap
from ukrcorpus.annotate.values import Answer, Present, Problems, Region, Round, Status, Task
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Schema

NAME: Final = "reanchor.jsonl"
_CONTEXT: Final = 60


@dataclass(frozen=True, slots=True)
class Open:
    """A label that waits for a human; ``candidates`` are (start, end, score) in the present text, best first.

    ``line`` is the present line in which it would stand.
    """

    article_id: str
    annotator: str
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
    line: tuple[int, int]
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
    """Return every label handed in over an older text of its article that has no place in the present one.

    Labels that a human gave a place, or gave up, are settled; a review is done again and not carried along. What cannot
    be read is left to the annotate stage, which says so.
    """
    found: dict[str, list[Open]] = {}
    places = read_places(project)
    for entry in read_entries(project):
        if entry.step == ADJUDICATION:
            continue
        file = exports_folder(project) / entry.file
        problems = Problems(project.address(file))
        coded = entry.step != UNITS_ONLY
        for task in stream_tasks(file, schema, problems, coded=coded) if file.is_file() else ():
            article = articles.get(task.article_id)
            if article and task.text_sha256 != article.text_sha256 and text_fault(task) is None:
                found.update(_of_task(task, article, places))
    ordered = sorted(found.values(), key=lambda own: [(one.article_id, one.round_id) for one in own[:1]])
    return tuple(one for own in ordered for one in own)


def write_worklist(project: Project, found: Iterable[Open]) -> None:
    """Write ``build/annotate/reanchor.jsonl``: one line for each label."""
    lines = (json.dumps(one.as_json(), ensure_ascii=False, sort_keys=True, default=str) + "\n" for one in found)
    write_text(project.build / "annotate" / NAME, "".join(lines))


def _of_task(task: Task, article: Present, places: Places) -> Iterator[tuple[str, list[Open]]]:
    anchoring = Anchoring(task.text, article.text, TextMap.between(task.text, article.text))
    for one in task.rounds:
        if one.status is Status.SUBMITTED:
            proofs = zip(one.regions, prove_spans(one.regions, task.text), strict=True)
            spans = [
                (region, span)
                for region, span in proofs
                if isinstance(span, Span) and (one.round_id, region.region_id, article.text_sha256) not in places
            ]
            fates = [(replace(region, span=span), anchoring.anchor(span)) for region, span in spans]
            yield one.round_id, [_open(task, one, *fate, anchoring) for fate in fates if not fate[1].span]


def _open(task: Task, one: Round, region: Region, anchor: Anchor, anchoring: Anchoring) -> Open:
    assert anchor.fate not in (Fate.EXACT, Fate.MOVED)
    start, end = region.span.start, region.span.end
    return Open(
        article_id=task.article_id,
        annotator=one.person.pseudonym or "",
        round_id=one.round_id,
        region_id=region.region_id,
        layer=str(region.layer),
        fate=str(anchor.fate),
        text_sha256=task.text_sha256,
        start=start,
        end=end,
        quote=task.text[start:end],
        before=task.text[max(0, start - _CONTEXT) : start],
        behind=task.text[end : end + _CONTEXT],
        line=_line(anchoring.mapped.gap(region.span), anchoring.new),
        candidates=tuple((at.span.start, at.span.end, at.score) for at in anchor.candidates),
        words=tuple(anchoring.new[at.span.start : at.span.end] for at in anchor.candidates),
        answers=dict(region.answers),
    )


def _line(gap: Span, text: str) -> tuple[int, int]:
    """Return the line that a gap begins in, or ends in where it begins at a line's end."""
    at = min(gap.start + (text[gap.start : gap.start + 1] == "\n" and gap.start < gap.end), len(text) - 1)
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
