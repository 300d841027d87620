"""A task in which everything is as it should be, close to how it was read: as columns take it, or as a ``Task``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ukrcorpus.annotate.values import Answer, Person, Problems, Region, Round, Status, Task
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The answers about one unit, put in order; units that the same was said of may share one."""

    layer: Layer
    answers: Mapping[str, Answer]


# Start, end, region id, the editor's copy of the text or None, origin, answers; sorted, they are in text order.
PlainSpan = tuple[int, int, str, str | None, str | None, Said]


class PlainRound(NamedTuple):
    """One annotation."""

    round_id: str
    person: Person
    status: Status
    created_at: datetime
    lead_time_s: float | None
    spans: tuple[PlainSpan, ...]
    document: Said


class PlainTask(NamedTuple):
    """A task that reading found nothing to say about; its text and spans are not proved."""

    id: int
    file: str

    article_id: str
    text: str
    text_sha256: str
    scheme_version: str | None
    rounds: tuple[PlainRound, ...]

    def whole(self) -> Task:
        """Return the task as ``export`` would make it."""
        where = Problems(self.file).at(f"task {self.id}").where
        rounds = tuple(_round(one, f"{where}, annotation {one.round_id}") for one in self.rounds)
        return Task(self.article_id, self.text, self.text_sha256, self.scheme_version, rounds, where)


def _round(one: PlainRound, where: str) -> Round:
    regions = tuple(
        Region(name, said.layer, Span(start, end), copy, origin, dict(said.answers), f"{where}, region {name}")
        for start, end, name, copy, origin, said in one.spans
    )
    document = dict(one.document.answers)
    head = one.round_id, one.person, one.status, one.created_at, one.lead_time_s
    return Round(*head, regions, document, len(regions), where)
