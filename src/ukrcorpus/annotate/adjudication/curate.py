"""Adjudicate a whole project: its rounds and decisions in, one version of every article out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ukrcorpus.annotate.adjudication.adjudicate import Adjudicated, Conflict, Reading, adjudicate, place_decisions
from ukrcorpus.annotate.adjudication.decisions import Decisions, read_decisions
from ukrcorpus.annotate.adjudication.judge import Strategy
from ukrcorpus.annotate.adjudication.units import OPEN, UNLISTED, Unit, publishable
from ukrcorpus.annotate.articles import Articles
from ukrcorpus.annotate.rounds import ADJUDICATION, UNITS_ONLY, Submission, Submissions, read_submissions
from ukrcorpus.annotate.spans.reanchor import Texts
from ukrcorpus.annotate.values import Fault, Problems, Status
from ukrcorpus.core.problems import CorpusError, Finding, Severity, near
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Layer, Schema

_UNITS = (Layer.CLAIM, Layer.MENTION)
# What is no slip of anybody's: it waits for a decision or for an entry in the registry.
WAITING = (OPEN, UNLISTED, "mention-without-actor")


@dataclass(frozen=True, slots=True)
class Curated:
    """Everything the annotate stage knows before ids: rounds, adjudicated articles, units fit to be published."""

    submissions: Submissions
    texts: Texts
    articles: Mapping[str, Adjudicated]
    units: Mapping[tuple[str, Layer], tuple[Unit, ...]]
    conflicts: tuple[Conflict, ...]
    findings: list[Finding]


def curate(project: Project, schema: Schema, articles: Articles) -> Curated:
    """Read the rounds and decisions of a project and adjudicate article by article."""
    findings: list[Finding] = []
    submissions = read_submissions(project, schema, articles.by_id, findings)
    texts = Texts(submissions.texts)
    problems = Problems(project.address(project.annotations), findings)
    readings = readings_of(submissions)
    decisions = dict(placed_decisions(project, schema, articles, texts, problems))
    _check_idle(decisions, readings, problems)
    strategies = strategies_of(project)
    adjudicated = {
        article_id: adjudicate(
            articles.by_id[article_id], own, decisions.get(article_id), schema, problems, strategies=strategies
        )
        for article_id, own in sorted(readings.items())
    }
    units = {
        (article_id, layer): tuple(_publishable(one, layer, articles, article_id, problems))
        for article_id, one in adjudicated.items()
        for layer in _UNITS
    }
    conflicts = tuple(conflict for one in adjudicated.values() for conflict in one.conflicts)
    return Curated(submissions, texts, adjudicated, units, conflicts, findings)


def strategies_of(project: Project) -> dict[Layer, Strategy]:
    """Return what ``corpus.toml`` declares for each layer; a majority is the rule where it says nothing."""
    declared = project.info().adjudication
    for name, value in declared.items():
        for given, choices in ((name, [str(one) for one in Layer]), (value, [str(one) for one in Strategy])):
            if given not in choices:
                where = f"corpus.toml: adjudication: {name}"
                raise CorpusError(
                    "corpus-toml-value", f"'{given}' is not known.", where=where, remedy=near(given, choices)
                )
    return {layer: Strategy(declared.get(str(layer), Strategy.MAJORITY)) for layer in Layer}


def readings_of(submissions: Submissions) -> dict[str, tuple[Reading, ...]]:
    """Return the rounds that count for each article: of each annotator the newest that was handed in."""
    newest: dict[str, dict[str, Submission]] = {}
    for one in sorted(submissions.rounds.values(), key=lambda one: (one.round.created_at, one.round.round_id)):
        if one.round.status is Status.SUBMITTED and one.export.step != ADJUDICATION:
            newest.setdefault(one.article_id, {})[one.annotator] = one
    return {
        article_id: tuple(
            Reading(name, one.round, coded=one.export.step != UNITS_ONLY) for name, one in sorted(own.items())
        )
        for article_id, own in newest.items()
    }


def placed_decisions(
    project: Project, schema: Schema, articles: Articles, texts: Texts, problems: Problems
) -> Iterator[tuple[str, Decisions]]:
    """Yield article id and decisions, in offsets of the present text."""
    for one in read_decisions(project, schema, problems):
        article = articles.by_id.get(one.article_id)
        if article is None:
            remedy = f"{near(one.article_id, articles.by_id)} Rename or remove the file."
            fault = Fault("decision-article", f"article '{one.article_id}'", "an article of the corpus", remedy)
            Problems(one.where, problems.findings).add(fault)
        else:
            yield one.article_id, place_decisions(one, article, texts, problems)


def _check_idle(decisions: Mapping[str, Decisions], readings: Mapping[str, object], problems: Problems) -> None:
    for article_id, one in decisions.items():
        if article_id not in readings:
            remedy = "Import the annotations it decides on, or remove the file."
            fault = Fault("decision-nothing", "no round that was handed in", "rounds to decide on", remedy)
            Problems(one.where, problems.findings).add(fault)


def _publishable(
    adjudicated: Adjudicated, layer: Layer, articles: Articles, article_id: str, problems: Problems
) -> Iterator[Unit]:
    article = articles.by_id[article_id]
    taken = set()
    for judged in adjudicated.claims if layer is Layer.CLAIM else adjudicated.mentions:
        unit = publishable(judged, layer, article)
        span = judged.span or judged.versions[0].span
        here = Problems(f"{article_id}: {layer} {span.start}..{span.end}" if span else article_id, problems.findings)
        if isinstance(unit, Fault):
            here.add(unit, Severity.NOTE if unit.rule in WAITING else Severity.ERROR)
        elif unit.span in taken:
            fault = Fault("unit-twice", f"a second {layer} on this span", "one per span", "Decide which one stands.")
            here.add(fault)
        else:
            taken.add(unit.span)
            yield unit
