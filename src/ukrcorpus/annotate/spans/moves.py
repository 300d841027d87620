"""Which labels would move: those bound to another text of their article than the present one, or the one to come."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ukrcorpus.annotate.adjudication.ids import NAME, read_ids
from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.exports.stream import stream_tasks
from ukrcorpus.annotate.rounds import UNITS_ONLY
from ukrcorpus.annotate.spans.fates import Anchoring
from ukrcorpus.annotate.spans.reanchor import SourceMap, TextMap
from ukrcorpus.annotate.values import Problems, Status
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Schema

Labels = dict[str, list[Span]]  # the spans of labels, by the hash of the text that they are bound to


@dataclass(frozen=True, slots=True)
class Bound:
    """All labels of a project by article, and the texts that annotators had on screen by hash."""

    labels: Mapping[str, Labels] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """An article whose text is not the one that its labels are bound to, and what becomes of them.

    ``n_kept`` have the same offsets, ``n_moved`` the same characters elsewhere, ``n_lost`` are gone, and of
    ``n_unknown`` the older text is not there to tell.
    """

    article_id: str
    n_kept: int = 0
    n_moved: int = 0
    n_lost: int = 0
    n_unknown: int = 0

    @property
    def n_labels(self) -> int:
        """Return how many labels are at stake."""
        return self.n_kept + self.n_moved + self.n_lost + self.n_unknown

    def as_text(self) -> str:
        """Return the line a person reads."""
        counts = {"keep their offsets": self.n_kept, "move": self.n_moved, "lose their characters": self.n_lost}
        counts["cannot be followed: the older text is in no export"] = self.n_unknown
        said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
        return f"{self.article_id}: {self.n_labels:,} labels are bound to another text: {said}"


def moves_as_text(found: Sequence[Move]) -> str:
    """Return one line for each article, and how many there are."""
    if not found:
        return "every label is bound to the text of its article"
    n_labels = sum(one.n_labels for one in found)
    return "\n".join([*(one.as_text() for one in found), f"{len(found):,} annotated articles, {n_labels:,} labels"])


def read_bound(project: Project, schema: Schema) -> Bound:
    """Return the spans of minted ids and of regions that were handed in.

    What cannot be read is left to the annotate stage, which says so.
    """
    bound = Bound()
    path = project.annotations / NAME
    for one in read_ids(path, project.address(path)):
        bound.labels[one.article_id][one.text_sha256].append(Span(one.start, one.end))
    for entry in read_entries(project):
        file = exports_folder(project) / entry.file
        if not file.is_file():
            continue
        problems, coded = Problems(project.address(file)), entry.step != UNITS_ONLY
        for task in stream_tasks(file, schema, problems, coded=coded):
            bound.texts[sha256(task.text.encode("utf-8"))] = task.text
            rounds = (one for one in task.rounds if one.status is Status.SUBMITTED)
            bound.labels[task.article_id][task.text_sha256] += [r.span for one in rounds for r in one.regions]
    return bound


def moves(bound: Bound, texts: Mapping[str, str], ways: Mapping[str, SourceMap] | None = None) -> Iterator[Move]:
    """Yield the articles whose labels are bound to another text than the one given for them, in order.

    ``ways`` lead from an article's text of the last run, by the source of each character; other texts are compared.

    An article without a text is left out: it is gone or set aside, and that is said elsewhere.
    """
    for article_id, labels in sorted(bound.labels.items()):
        text = texts.get(article_id)
        if text is None:
            continue
        others = {digest: spans for digest, spans in labels.items() if digest != sha256(text.encode("utf-8"))}
        if any(others.values()):
            yield _move(article_id, others, bound.texts, text, (ways or {}).get(article_id))


def _move(article_id: str, labels: Labels, known: Mapping[str, str], text: str, way: SourceMap | None) -> Move:
    counts: Counter[str] = Counter()
    for digest, spans in labels.items():
        old = known.get(digest)
        if old is None:
            counts["n_unknown"] += len(spans)
            continue
        mapped = way if way and way.old.text == old else TextMap.between(old, text)
        anchoring = Anchoring(old, text, mapped)
        counts.update(_fate(span, anchoring.sure(span)) for span in spans)
    return Move(article_id, **counts)


def _fate(span: Span, sure: Span | None) -> str:
    if sure is None:
        return "n_lost"
    return "n_kept" if sure == span else "n_moved"
