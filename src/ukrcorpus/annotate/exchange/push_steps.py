"""The tasks of each step: whole articles, units that were agreed on and are to be coded, conflicts to be settled."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from ukrcorpus.annotate.adjudication.curate import curate
from ukrcorpus.annotate.adjudication.judge import Judged
from ukrcorpus.annotate.adjudication.review import review_tasks
from ukrcorpus.annotate.adjudication.versions import BOUNDARY, UNIT
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.push_plan import Json, is_ours, key_of
from ukrcorpus.annotate.exchange.push_report import REANCHOR, PushOptions
from ukrcorpus.annotate.exchange.push_send import is_untouched
from ukrcorpus.annotate.exchange.remote import RemoteTask, data_hash
from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.annotate.inflection import forms_of
from ukrcorpus.annotate.rounds import ADJUDICATION
from ukrcorpus.annotate.tasks import BOTH, AgreedUnit, Suggests, tasks_of
from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Project
from ukrcorpus.derive.label_studio import STEPS
from ukrcorpus.schema.model import Layer, Schema

Listed = Callable[[int], Iterable[RemoteTask]]

_CODES: Final = "codes"
_WITHOUT_UNITS: Final = ("units", BOTH)
_NOTHING: Final[Mapping[str, tuple[str, str, str]]] = {
    _CODES: ("no unit is agreed on.", "annotations", "Import rounds of the step 'units'; settle what is open there."),
    ADJUDICATION: ("no conflict is open.", "annotations", "There is nothing to settle: import annotations first."),
}
_NO_ARTICLE: Final = ("there is no article to push.", "build/normalise", "Ingest articles and run ukrcorpus normalise.")


def step_tasks(project: Project, schema: Schema, options: PushOptions) -> list[Json]:
    """Return the tasks of ``options.step``. A step or article there is nothing to push for raises ``CorpusError``."""
    articles = read_articles(project)
    _check(options, {str(row["article_id"]) for row in articles.rows if row["text"]})
    asked = [row for row in articles.rows if not options.articles or row["article_id"] in options.articles]
    wanted = [row for row in asked if row["article_id"] not in options.withdrawn]
    if options.step == ADJUDICATION:
        names = {str(row["article_id"]) for row in wanted}
        made = [task for task in review_tasks(project, schema) if task["data"]["article_id"] in names]
    else:
        units = options.units if options.step in _WITHOUT_UNITS or options.units else agreed_units(project, schema)
        made = tasks_of(
            wanted,
            schema,
            step=options.step,
            suggester=_suggester(project, options, [str(row["article_id"]) for row in articles.rows]),
            units=units,
            kinds=articles.kinds,
            sentences={name: tuple(one.span for one in article.sentences) for name, article in articles.by_id.items()},
            gazetteer=Gazetteer.of(schema.actors, forms_of),
        )
    if not made and options.step != ADJUDICATION:  # without conflicts what is under review is taken back
        raise nothing(options.step)
    return made


def _suggester(project: Project, options: PushOptions, known: Iterable[str]) -> Suggests | None:
    """Return what suggests, but nothing for the articles that the corpus wants labelled without."""
    suggests, without = options.suggester, project.info().without_suggestions
    for name in sorted(set(without).difference(known)):
        where, remedy = "corpus.toml: without_suggestions", near(name, known)
        raise CorpusError("corpus-toml-value", f"no article '{name}'.", where=where, remedy=remedy)
    if suggests is None:
        return None
    return lambda row: None if row["article_id"] in without else suggests(row)


def nothing(step: str) -> CorpusError:
    """Return the refusal of a push without tasks."""
    what, where, remedy = _NOTHING.get(step, _NO_ARTICLE)
    return CorpusError("push-empty", what, where=where, remedy=remedy)


def agreed_units(project: Project, schema: Schema) -> dict[str, list[AgreedUnit]]:
    """Return, by article, the units whose existence and boundaries are settled, in text order."""
    curated = curate(project, schema, read_articles(project))
    return {
        article_id: [*_agreed(Layer.CLAIM, one.claims), *_agreed(Layer.MENTION, one.mentions)]
        for article_id, one in curated.articles.items()
    }


def listing(client: Client, step: str, tasks: Iterable[Json]) -> Listed:
    """Return what lists the tasks of a project that this push has to do with.

    A review that is answered is not among them where other units of its article are open now: a task of its own asks
    about those.
    """
    if step != ADJUDICATION:
        return client.tasks
    open_now = {key_of(task): data_hash(task["data"]) for task in tasks}

    def listed(project_id: int) -> Iterator[RemoteTask]:
        for one in client.tasks(project_id):
            now = open_now.get((str(one.article_id), str(one.text_sha256)))
            if now in (None, one.data_sha256) or one.n_annotations == 0:
                yield one

    return listed


def drop_outdated(
    client: Client, there: Iterable[RemoteTask], tasks: Iterable[Json], *, whole: bool
) -> tuple[RemoteTask, ...]:
    """Delete review tasks that nobody has touched and that are no longer what is open; return those that stay.

    They are made anew, for what is marked in them would not follow. ``whole``: also those of articles without conflict.
    """
    open_now = {key_of(task): data_hash(task["data"]) for task in tasks}
    kept = []
    for one in there:
        key = (str(one.article_id), str(one.text_sha256))
        outdated = open_now[key] != one.data_sha256 if key in open_now else whole
        if outdated and is_ours(one) and one.n_annotations == 0 and is_untouched(client, one.id):
            client.delete_task(one.id)
        else:
            kept.append(one)
    return tuple(kept)


def _check(options: PushOptions, articles: Iterable[str]) -> None:
    known = sorted(articles)
    if options.step not in STEPS:
        remedy = near(options.step, STEPS)
        raise CorpusError("push-step", f"no step '{options.step}'.", where="--step", remedy=remedy)
    if options.step == ADJUDICATION and options.on_change == REANCHOR:
        what, remedy = (
            "a review cannot follow a changed text.",
            "Pull its answers, then delete the task in Label Studio.",
        )
        raise CorpusError("push-step", what, where="--on-change", remedy=remedy)
    for one in options.articles:
        if one not in known:
            what = f"no article '{one}' with a text."
            raise CorpusError("push-article", what, where="--articles", remedy=near(one, known))
        if one in options.withdrawn:
            what, remedy = (
                f"the article '{one}' was withdrawn.",
                "Leave it out; raw/withdrawals.toml has its tombstone.",
            )
            raise CorpusError("push-article", what, where="--articles", remedy=remedy)


def _agreed(layer: Layer, units: Sequence[Judged]) -> Iterator[AgreedUnit]:
    for unit in units:
        if unit.span is not None and UNIT not in unit.open and BOUNDARY not in unit.open:
            yield AgreedUnit(f"{layer}-{unit.span.start}-{unit.span.end}", layer, unit.span)
