"""Articles that a server has with another text: refused with what is at stake, or replaced, labels carried along."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from ukrcorpus.annotate.exchange.carry import Open, carry, user_of
from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.push_plan import Changed, Json
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Replacing:
    """Tasks over new texts with the labels that were carried, and the labels that need a human."""

    tasks: tuple[Json, ...]
    n_carried: int
    open: tuple[Open, ...]


def refuse_changed(client: Client, changed: Sequence[Changed]) -> CorpusError:
    """Return the error that names the articles and counts the labels at stake."""
    counts = [(one.article_id, *_stakes(client, one)) for one in changed]
    shown = ", ".join(f"{name} ({labels} labels)" for name, labels, _ in counts[:_SHOWN])
    more = f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else ""
    labels, drafts = sum(one for _, one, _ in counts), sum(one for *_, one in counts)
    what = (
        f"{len(changed)} articles are there with another text: {shown}{more}. "
        f"At stake: {labels} labels in {sum(one.n_annotations for one in changed)} annotations, and {drafts} drafts."
    )
    remedy = (
        "Nothing was sent. Pull first; then push with --on-change reanchor, which makes new tasks and takes along what "
        "can be proved, or name the other articles with --articles."
    )
    return CorpusError("push-text-changed", what, where=f"server '{client.name}'", remedy=remedy)


def replacing(client: Client, changed: Sequence[Changed]) -> Replacing:
    """Return the tasks for changed articles; each annotator's labels come from the newest text that has some."""
    tasks, left, n_carried = [], list[Open](), 0
    for one in changed:
        annotations: list[Json] = []
        served: set[object] = set()
        for old in sorted(one.old, key=lambda task: task.id, reverse=True):
            carried = carry(_only(client.task(old.id), served), str(one.task["data"]["text"]))
            annotations += carried.annotations
            left += carried.open
            n_carried += carried.n_regions
            served |= {annotation.get("completed_by") for annotation in carried.annotations}
        tasks.append({**one.task, "annotations": annotations} if annotations else one.task)
    return Replacing(tuple(tasks), n_carried, tuple(left))


def write_open(project: Project, server: str, step: str, left: Iterable[Open]) -> None:
    """Add labels that need a human to the worklist of a server and step; each stands there once."""
    path = project.annotations / "worklists" / f"{server}-{step}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    new = [json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) for one in left]
    if new:
        write_text(path, "".join(f"{line}\n" for line in dict.fromkeys([*lines, *new])))


def _only(task: Json, served: set[object]) -> Json:
    """Return a task without the annotations of people whose labels come from a newer text."""
    given = task.get("annotations") or ()
    return {**task, "annotations": [one for one in given if user_of(one) not in served]}


def _stakes(client: Client, changed: Changed) -> tuple[int, int]:
    """Return how many labels and how many drafts an article's older texts have."""
    labels = drafts = 0
    for old in changed.old:
        task = client.task(old.id)
        labels += sum(_n_labels(one.get("result")) for one in task.get("annotations") or ())
        drafts += len(task.get("drafts") or ())
    return labels, drafts


def _n_labels(result: Any) -> int:
    return sum("labels" in (item.get("value") or {}) for item in result or () if isinstance(item, dict))
