"""Bring the tasks of a corpus to a server: each article and text once, and nothing that is there is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.controls import Controls
from ukrcorpus.annotate.exchange.ledger import read_ledger
from ukrcorpus.annotate.exchange.push_change import Replacing, refuse_changed, replacing, write_open
from ukrcorpus.annotate.exchange.push_checks import LARGEST_BODY, check_tasks
from ukrcorpus.annotate.exchange.push_plan import MADE_BY, Json, Plan, key_of, plan
from ukrcorpus.annotate.exchange.push_project import find_project, set_project, title_of
from ukrcorpus.annotate.exchange.push_record import Record, renew
from ukrcorpus.annotate.exchange.push_report import REANCHOR, Progress, PushOptions, PushReport
from ukrcorpus.annotate.exchange.push_send import Sender, is_untouched, remove_doubles, size_of
from ukrcorpus.annotate.exchange.push_steps import Listed, drop_outdated, listing, nothing, step_tasks
from ukrcorpus.annotate.exchange.remote import RemoteTask
from ukrcorpus.annotate.rounds import ADJUDICATION
from ukrcorpus.annotate.tasks import AGREED
from ukrcorpus.annotate.values import Fault, Problems
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.schema.model import Schema

_SHOWN: Final = 5
# Label Studio shows the predictions of one model version in a project; which suggester it was, meta and ledger say.
_MODEL: Final = "ukrcorpus"


def push(project: Project, schema: Schema, client: Client, options: PushOptions, progress: Progress) -> PushReport:
    """Send the tasks of the articles that the server lacks; a second push changes nothing.

    Raises what ``push_tasks`` raises, and ``CorpusError`` for articles or a step that there is nothing to push for.
    """
    return push_tasks(project, schema, client, step_tasks(project, schema, options), options=options, progress=progress)


def push_tasks(  # noqa: PLR0913 - from where, to where, what and how
    project: Project, schema: Schema, client: Client, made: list[Json], *, options: PushOptions, progress: Progress
) -> PushReport:
    """Send tasks of ``options.step`` that the server lacks: of one article and text one.

    Raises ``CorpusError`` before anything is sent: for a configuration that would break labels, and for articles that
    are there with another text, unless ``options.on_change`` is ``reanchor``. Tasks that must not be sent are findings,
    and none is sent then.
    """
    tasks, ledger = [_with_meta(task, options) for task in made], read_ledger(project)
    config, info = labelling_config(schema, options.step), project.info()
    findings = check_tasks(tasks, Controls.of(config, "schema"), LARGEST_BODY, size_of)
    title = title_of(info.name, options.step)
    if findings:
        return PushReport(client.name, title, 0, 0, 0, 0, 0, 0, 0, 0, tuple(findings))
    client.check()
    old = find_project(client, title)
    if not tasks and old is None:
        raise nothing(options.step)
    listed = listing(client, options.step, tasks)
    there = tuple(listed(old.id)) if old else ()
    if options.step == ADJUDICATION:
        there = drop_outdated(client, there, tasks, whole=not options.articles)
    todo = plan(tasks, there)
    if todo.changed and options.on_change != REANCHOR:
        raise refuse_changed(client, todo.changed)
    fresh = replacing(client, todo.changed)
    write_open(project, client.name, options.step, fresh.open)  # first: what is sent is no change any more
    place = set_project(client, old, title, config, info.title)
    record = Record(project, client.name, place, options, schema.scheme_version, ledger)
    _send(client, record, listed, [*todo.new, *fresh.tasks], progress)
    return _finish(client, record, tasks, _Found(listed, todo, fresh))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a push found on the server, and how it looks there again."""

    listed: Listed
    todo: Plan
    fresh: Replacing


def _send(client: Client, record: Record, listed: Listed, tasks: list[Json], progress: Progress) -> None:
    """Send tasks and enter each batch into the ledger."""
    done = 0

    def sent(batch: list[Json], ids: list[int]) -> None:
        nonlocal done
        done += len(batch)
        if len(ids) == len(batch):
            record.sent(batch, ids)
        progress(done, len(tasks))

    progress(0, len(tasks))
    Sender(client, record.place.id, listed, sent).send(tasks, record.options.limits)


def _finish(client: Client, record: Record, tasks: list[Json], found: _Found) -> PushReport:
    """List the server again if anything was sent, remove what is there twice, and write down what is there."""
    problems = Problems(f"server '{client.name}'")
    todo, fresh = found.todo, found.fresh
    after = plan(tasks, found.listed(record.place.id)) if todo.new or todo.changed else todo
    if after.twice:
        for group in remove_doubles(client, after.twice):
            problems.add(_twice(group))
        after = plan(tasks, found.listed(record.place.id))
    if after.new:
        raise _lost(client, [key_of(one)[0] for one in after.new])
    record.found(after.same, tasks)
    renewed = renew(client, record.with_ours(after.same, tasks, problems), tasks, problems)
    record.renewed(renewed)
    _note_unsuggested(record.options, tasks, problems)
    _note_others(after, problems, whole=not record.options.articles)
    return PushReport(
        server=client.name,
        title=record.place.title,
        project_id=record.place.id,
        n_new=len(todo.new),
        n_same=len(todo.same),
        n_replaced=len(fresh.tasks),
        n_carried=fresh.n_carried,
        n_open=len(fresh.open),
        n_left=_clear(client, after.older, record.options.on_change),
        n_renewed=len(renewed),
        findings=tuple(problems.findings),
    )


def _clear(client: Client, older: Iterable[RemoteTask], on_change: str) -> int:
    """Delete tasks over older texts that have no label; return how many stay for theirs."""
    n_left = 0
    for one in older:
        if on_change == REANCHOR and one.n_annotations == 0 and is_untouched(client, one.id):
            client.delete_task(one.id)
        else:
            n_left += 1
    return n_left


def _with_meta(task: Json, options: PushOptions) -> Json:
    """Return a task with what its push says of it; the server keeps that beside the data."""
    predictions = task.get("predictions", [])
    versions = {one.get("model_version") for one in predictions if isinstance(one, dict)} - {AGREED}
    shown = [one | {"model_version": _MODEL} if isinstance(one, dict) else one for one in predictions]
    meta = {
        **MADE_BY,
        "blind": options.blind and options.step != ADJUDICATION,
        "suggestion_version": next(iter(versions), None),
    }
    return {**task, "meta": meta, **({"predictions": shown} if shown else {})}


def _lost(client: Client, lost: list[str]) -> CorpusError:
    shown = ", ".join(lost[:_SHOWN])
    what = f"{len(lost)} tasks that the server took are not there: {shown}."
    remedy = "Somebody deleted them meanwhile, or the server lost them. Push again."
    return CorpusError("push-lost", what, where=f"server '{client.name}'", remedy=remedy)


def _twice(group: tuple[RemoteTask, ...]) -> Fault:
    got = f"tasks {', '.join(str(one.id) for one in group)} over one text of {group[0].article_id}"
    remedy = "Delete the one without labels in Label Studio. If both have labels, keep both: pull takes all of them."
    return Fault("push-twice", got, "one task per article and text", remedy)


def _note_unsuggested(options: PushOptions, tasks: Iterable[Json], problems: Problems) -> None:
    """Note tasks that show nothing although suggestions are on."""
    names = [key_of(task)[0] for task in tasks if not task.get("predictions")] if options.suggester else []
    if names:
        got = (
            f"{len(names)} tasks without suggestions: {', '.join(names[:_SHOWN])}{' …' if len(names) > _SHOWN else ''}"
        )
        expected = "suggestions, but for articles that corpus.toml wants labelled without, and where none is found"
        problems.note(Fault("push-unsuggested", got, expected, "Nothing to do."))


def _note_others(after: Plan, problems: Problems, *, whole: bool) -> None:
    """Note tasks that are none of ours, and those of articles that the corpus no longer has."""
    for rule, found, expected in (
        ("push-foreign", after.foreign, "tasks with data.article_id and data.text_sha256"),
        ("push-gone", after.gone if whole else (), "articles of the corpus"),
    ):
        if found:
            shown = ", ".join(str(one.id) for one in found[:_SHOWN])
            got = f"{len(found)} others: tasks {shown}{' …' if len(found) > _SHOWN else ''}"
            problems.note(
                Fault(rule, got, expected, "They stay as they are; delete them in Label Studio if they are no use.")
            )
