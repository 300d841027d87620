"""Take the reviews that were imported: their answers become decision files under ``annotations/decisions/``."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.adjudication.adjudicate import Reading, best_unit, judged_units
from ukrcorpus.annotate.adjudication.curate import placed_decisions, readings_of, strategies_of
from ukrcorpus.annotate.adjudication.decision_files import Entry, write_entries
from ukrcorpus.annotate.adjudication.judge import Judged
from ukrcorpus.annotate.adjudication.lost_labels import LABELS, Placing, is_offered_labels
from ukrcorpus.annotate.adjudication.review import OFFERED
from ukrcorpus.annotate.adjudication.review_answers import Offered, Review, entries_of
from ukrcorpus.annotate.articles import Articles, read_articles
from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.rounds import ADJUDICATION, Submission, Submissions, read_submissions
from ukrcorpus.annotate.spans.places import Place, places_path, take_places
from ukrcorpus.annotate.spans.reanchor import Texts
from ukrcorpus.annotate.values import Article, Fault, Problems, Status
from ukrcorpus.core.problems import Finding, exit_code
from ukrcorpus.core.project import Project
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer, Schema

Json = dict[str, Any]

_REMAKE: Final = "Make new review tasks: ukrcorpus annotate review, or ukrcorpus studio push --step adjudication."


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What became of the reviews: files that changed, decisions in force, and what settled nothing."""

    files: tuple[str, ...]
    n_reviews: int
    n_decisions: int
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something of a review was not taken, else 0."""
        return exit_code(self.findings)

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        lines = [one.as_text() for one in self.findings]
        lines += [f"wrote {one}" for one in self.files]
        lines.append(f"{self.n_reviews} reviews, {self.n_decisions} decisions from them")
        return "\n".join(lines)


def take_reviews(project: Project, schema: Schema) -> ReviewReport:
    """Write the decisions of all reviews into the decision files; a second run changes nothing.

    Of two reviews of one unit the newer counts; what hands wrote into a file stands above both.
    """
    articles = read_articles(project)
    submissions = read_submissions(project, schema, articles.by_id, [])
    reviews = [one for one in submissions.rounds.values() if one.export.step == ADJUDICATION]
    data = _task_data(project, reviews)
    work = _Work(project, schema, articles, submissions, data, Problems(project.address(project.annotations)))
    handed_in = [one for one in reviews if one.round.status is Status.SUBMITTED]
    names = sorted({one.article_id for one in handed_in})
    places = [place for name in names for place in work.places(name, handed_in)]
    made = {name: work.entries(name, handed_in) for name in names}
    files = [project.address(places_path(project))] if take_places(project, places) else []
    for article_id, entries in made.items():
        path = project.annotations / "decisions" / f"{article_id}.toml"
        if entries and write_entries(path, article_id, entries):
            files.append(project.address(path))
    findings = tuple(sorted(set(work.problems.findings)))
    return ReviewReport(tuple(files), len(handed_in), sum(map(len, made.values())), findings)


@dataclass(frozen=True, slots=True)
class _Work:
    """What reading reviews needs."""

    project: Project
    schema: Schema
    articles: Articles
    submissions: Submissions
    data: Mapping[str, Json]
    problems: Problems

    def places(self, article_id: str, reviews: Sequence[Submission]) -> Iterator[Place]:
        """Yield where reviews put labels that had lost their place in an article, oldest review first."""
        for one in _in_time(article_id, reviews):
            here = Problems(one.round.where, self.problems.findings)
            yield from self._placing(one).places(self._labels(one), here)

    def entries(self, article_id: str, reviews: Sequence[Submission]) -> list[Entry]:
        """Return the decisions on an article, in text order."""
        article = self.articles.by_id[article_id]
        readings = readings_of(self.submissions).get(article_id, ())
        units = self._units(readings)
        by_hand = self._by_hand(article_id, units)
        found: dict[tuple[Layer, int], Entry] = {}
        for one in _in_time(article_id, reviews):
            here = Problems(one.round.where, self.problems.findings)
            review = self._review(one, article, readings, here)
            for number, entry in entries_of(review, units, article, self.schema, here):
                if (entry.layer, number) in by_hand:
                    expected = "one decision per unit; that one counts"
                    fault = Fault("review-decided", f"a {entry.layer} that a hand decided", expected, "Remove one.")
                    here.note(fault)
                else:
                    found[entry.layer, number] = entry
        order = {layer: number for number, layer in enumerate(Layer)}
        return sorted(found.values(), key=lambda entry: (order[entry.layer], entry.span or Span(0, 0)))

    def _units(self, readings: Sequence[Reading]) -> dict[Layer, tuple[Judged, ...]]:
        strategies = strategies_of(self.project)
        return {layer: judged_units(layer, readings, self.schema, strategies[layer]) for layer in Layer}

    def _by_hand(self, article_id: str, units: Mapping[Layer, Sequence[Judged]]) -> set[tuple[Layer, int | None]]:
        texts, ignored = Texts(self.submissions.texts), Problems("")
        placed = dict(placed_decisions(self.project, self.schema, self.articles, texts, ignored))
        given = placed[article_id].decisions if article_id in placed else ()
        return {
            (one.layer, best_unit(units[one.layer], one.span))
            for one in given
            if one.review is None and not one.pending
        }

    def _review(self, one: Submission, article: Article, readings: Sequence[Reading], problems: Problems) -> Review:
        return Review(
            review=one.round.round_id,
            curator=one.annotator,
            is_annotator=one.annotator in [reading.annotator for reading in readings],
            offered=tuple(self._offered(one, article, problems)),
            regions=self._placing(one).others(self._labels(one)),
            document=one.round.document,
            outdated=frozenset(left.region_id for left in one.round.pending),
        )

    def _offered(self, one: Submission, article: Article, problems: Problems) -> Iterator[Offered]:
        """Yield what the task of a review offered, at its place in the present text."""
        texts = Texts(self.submissions.texts)
        for given in self._units_in_task(one, problems):
            layer, span = Layer(given["layer"]), None
            if layer is not Layer.DOCUMENT:
                span = texts.place(Span(given["start"], given["end"]), one.text_sha256, article)
                if span is None:
                    got = f"a {layer} at {given['start']}..{given['end']} of an older text"
                    problems.add(Fault("review-text", got, "characters that are still there", _REMAKE))
                    continue
            yield Offered(layer, span, tuple(given["regions"]), tuple(given["open"]))

    def _placing(self, one: Submission) -> Placing:
        article = self.articles.by_id[one.article_id]
        return Placing(one.round.round_id, one.annotator, article, one.round.regions)

    def _labels(self, one: Submission) -> list[Json]:
        given = self.data.get(one.round.round_id, {}).get(LABELS, [])
        return given if is_offered_labels(given) else []

    def _units_in_task(self, one: Submission, problems: Problems) -> list[Json]:
        given = self.data.get(one.round.round_id, {}).get(OFFERED)
        if isinstance(given, list) and all(_is_unit(unit) for unit in given):
            return given
        expected = f"data.{OFFERED}, as review tasks have it"
        problems.add(Fault("review-task", "a task that is no review task", expected, _REMAKE))
        return []


def _in_time(article_id: str, reviews: Iterable[Submission]) -> list[Submission]:
    own = (one for one in reviews if one.article_id == article_id)
    return sorted(own, key=lambda one: (one.round.created_at, one.round.round_id))


def _task_data(project: Project, reviews: Iterable[Submission]) -> dict[str, Json]:
    """Return, by review, the data of its task."""
    found = {}
    for file in sorted({one.export.file for one in reviews}):
        for task in json.loads((exports_folder(project) / file).read_text(encoding="utf-8")):
            for made in task.get("annotations") or ():
                found[str(made.get("unique_id"))] = task["data"]
    return found


def reviewed(project: Project) -> bool:
    """Say whether any export holds reviews."""
    return any(one.step == ADJUDICATION for one in read_entries(project))


def _is_unit(given: object) -> bool:
    if not isinstance(given, dict) or given.get("layer") not in list(Layer):
        return False
    lists = (given.get("regions"), given.get("open"))
    placed = given["layer"] == Layer.DOCUMENT or all(type(given.get(key)) is int for key in ("start", "end"))
    return placed and all(isinstance(one, list) and all(isinstance(part, str) for part in one) for one in lists)
