"""Bring the tasks of a corpus to a server: each article and text once, and nothing that is there is lost."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.client import Client, RemoteProject, RemoteTask
from ukrcorpus.annotate.controls import Controls
from ukrcorpus.annotate.ledger import Ledger, Pushed, ledger_path, read_ledger, write_ledger
from ukrcorpus.annotate.push_change import Replacing, refuse_changed, replacing, write_open
from ukrcorpus.annotate.push_checks import LARGEST_BODY, check_tasks
from ukrcorpus.annotate.push_plan import MADE_BY, Json, Plan, key_of, plan
from ukrcorpus.annotate.push_project import project_for, title_of
from ukrcorpus.annotate.push_send import DEFAULTS, Limits, is_untouched, remove_doubles, send, size_of
from ukrcorpus.annotate.tasks import BOTH, Suggests, tasks_of
from ukrcorpus.annotate.values import Fault, Problems
from ukrcorpus.core.problems import CorpusError, Finding, Severity, near
from ukrcorpus.core.project import Project
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.schema.model import Schema

REANCHOR: Final = "reanchor"
STEPS: Final = ("units", BOTH)
_SHOWN: Final = 5
# Label Studio shows the predictions of one model version in a project; which suggester it was, meta and ledger say.
_MODEL: Final = "ukrcorpus"

Progress = Callable[[int, int], None]  # tasks done, tasks to do


@dataclass(frozen=True, slots=True)
class PushOptions:
    """What to push and how. ``blind``: the server has one annotator, who sees nobody else's work."""

    blind: bool
    step: str = BOTH
    suggester: Suggests | None = None
    suggestion_version: str | None = None
    articles: tuple[str, ...] = ()
    on_change: str = "refuse"
    limits: Limits = DEFAULTS


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did. ``n_left`` tasks over older texts stay for their labels."""

    server: str
    title: str
    project_id: int
    n_new: int
    n_same: int
    n_replaced: int
    n_carried: int
    n_open: int
    n_left: int
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something needs a hand, else 0."""
        return 1 if any(one.severity is Severity.ERROR for one in self.findings) else 0

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        lines = [one.as_text() for one in self.findings]
        replaced = f", {self.n_replaced} over a new text with {self.n_carried} labels" if self.n_replaced else ""
        counts = f"{self.n_new} new{replaced}, {self.n_same} there already"
        lines.append(f"pushed to '{self.title}' (project {self.project_id}) on {self.server}: {counts}")
        if self.n_left:
            lines.append(f"{self.n_left} tasks over older texts stay there for their labels")
        if self.n_open:
            lines.append(f"{self.n_open} labels need a human: annotations/worklists/")
        return "\n".join(lines)


def push(project: Project, schema: Schema, client: Client, options: PushOptions, progress: Progress) -> PushReport:
    """Send what the server lacks; a second push changes nothing.

    Raises ``CorpusError`` before anything is sent: for tasks that must not be sent, for a configuration that would
    break labels, and for articles that are there with another text, unless ``options.on_change`` is ``reanchor``.
    """
    _check_options(options)
    tasks = _tasks(project, schema, options)
    config = labelling_config(schema, options.step)
    findings = check_tasks(tasks, Controls.of(config, "schema"), LARGEST_BODY, size_of)
    if findings:
        return _refused(client, project, options, findings)
    client.check()
    place = project_for(client, title_of(project.info().name, options.step), config, project.info().title)
    todo = plan(tasks, client.tasks(place.id))
    if todo.changed and options.on_change != REANCHOR:
        raise refuse_changed(client, todo.changed)
    fresh = replacing(client, todo.changed)
    write_open(project, client.name, options.step, fresh.open)  # first: what is sent is no change any more
    work = _Work(project, client, place, options, schema.scheme_version)
    work.send([*todo.new, *fresh.tasks], progress)
    return work.finish(tasks, todo, fresh)


@dataclass(frozen=True, slots=True)
class _Work:
    """A push under way: where the tasks go, and what the ledger says of them."""

    project: Project
    client: Client
    place: RemoteProject
    options: PushOptions
    scheme_version: str

    def send(self, tasks: list[Json], progress: Progress) -> None:
        """Send tasks and enter each batch into the ledger."""
        done = 0

        def sent(batch: list[Json], ids: list[int]) -> None:
            nonlocal done
            done += len(batch)
            if len(ids) == len(batch):
                self._enter(
                    self._line(*key_of(task), one, self._version(task)) for task, one in zip(batch, ids, strict=True)
                )
            progress(done, len(tasks))

        progress(0, len(tasks))
        send(self.client, self.place.id, tasks, self.options.limits, sent)

    def finish(self, tasks: list[Json], todo: Plan, fresh: Replacing) -> PushReport:
        """List the server once more, remove what is there twice, and write down what is there."""
        wanted = {key_of(task): self._version(task) for task in tasks}
        problems = Problems(f"server '{self.client.name}'")
        after = plan(tasks, self.client.tasks(self.place.id))
        for group in remove_doubles(self.client, after.twice):
            problems.add(_twice(group))
        if after.twice:
            after = plan(tasks, self.client.tasks(self.place.id))
        lost = [key_of(one)[0] for one in after.new]
        if lost:
            raise _lost(self.client, lost)
        known = read_ledger(self.project)
        self._enter(line for one in after.same if (line := self._found(one, known, wanted)) is not None)
        self._compare(after.same, wanted, problems)
        n_left = self._clear(after.older)
        _note_others(after, problems, whole=not self.options.articles)
        return PushReport(
            server=self.client.name,
            title=self.place.title,
            project_id=self.place.id,
            n_new=len(todo.new),
            n_same=len(todo.same),
            n_replaced=len(fresh.tasks),
            n_carried=fresh.n_carried,
            n_open=len(fresh.open),
            n_left=n_left,
            findings=tuple(problems.findings),
        )

    def _clear(self, older: Iterable[RemoteTask]) -> int:
        """Delete tasks over older texts that have no label; return how many stay for theirs."""
        n_left = 0
        for one in older:
            if self.options.on_change == REANCHOR and one.n_annotations == 0 and is_untouched(self.client, one.id):
                self.client.delete_task(one.id)
            else:
                n_left += 1
        return n_left

    def _found(self, task: RemoteTask, known: Ledger, wanted: dict[tuple[str, str], str | None]) -> Pushed | None:
        """Return the line that a task lacks, as its meta or our request says; None if it has one."""
        key = (str(task.article_id), str(task.text_sha256))
        line = known.find(self.client.name, self.place.id, task.id)
        if line is not None and (line.article_id, line.text_sha256) == key:
            return None
        said = task.meta.get("suggestion_version", wanted[key])
        return self._line(*key, task.id, said if isinstance(said, str) else None)

    def _compare(
        self, same: Iterable[RemoteTask], wanted: dict[tuple[str, str], str | None], problems: Problems
    ) -> None:
        """Note tasks that are there with other suggestions than those of this push."""
        ledger = read_ledger(self.project)
        for one in same:
            line = ledger.find(self.client.name, self.place.id, one.id)
            now = wanted[str(one.article_id), str(one.text_sha256)]
            if line is not None and line.suggestion_version != now:
                got = f"task {one.id} with suggestions of {line.suggestion_version or 'nobody'}"
                remedy = "It stays as it is: what was on screen must not change under an annotator."
                problems.note(Fault("push-suggestions", got, f"those of {now or 'nobody'}", remedy))

    def _enter(self, lines: Iterable[Pushed]) -> None:
        given = list(lines)
        ledger = read_ledger(self.project)
        if given or not ledger_path(self.project).is_file():
            write_ledger(self.project, ledger.add(given))

    def _line(self, article_id: str, digest: str, task_id: int, version: str | None) -> Pushed:
        return Pushed(
            server=self.client.name,
            project_id=self.place.id,
            step=self.options.step,
            article_id=article_id,
            text_sha256=digest,
            task_id=task_id,
            blind=self.options.blind,
            scheme_version=self.scheme_version,
            suggestion_version=version,
        )

    def _version(self, task: Json) -> str | None:
        version = task["meta"]["suggestion_version"]
        return version if isinstance(version, str) else None


def _check_options(options: PushOptions) -> None:
    if options.step not in STEPS:
        remedy = near(options.step, STEPS)
        raise CorpusError("push-step", f"no step '{options.step}' to push.", where="--step", remedy=remedy)


def _tasks(project: Project, schema: Schema, options: PushOptions) -> list[Json]:
    articles = read_articles(project)
    rows = articles.rows
    known = {str(row["article_id"]) for row in rows if row["text"]}
    for one in options.articles:
        if one not in known:
            what = f"no article '{one}' with a text."
            raise CorpusError("push-article", what, where="--articles", remedy=near(one, known))
    wanted = [row for row in rows if not options.articles or row["article_id"] in options.articles]
    made = tasks_of(wanted, schema, step=options.step, suggester=options.suggester, kinds=articles.kinds)
    if not made:
        remedy = "Ingest articles and run ukrcorpus normalise."
        raise CorpusError("push-empty", "there is no article to push.", where="build/normalise", remedy=remedy)
    return [_with_meta(task, options) for task in made]


def _with_meta(task: Json, options: PushOptions) -> Json:
    """Return a task with what its push says of it; the server keeps that beside the data."""
    predictions = task.get("predictions", [])
    shown = [one | {"model_version": _MODEL} if isinstance(one, dict) else one for one in predictions]
    meta = {**MADE_BY, "blind": options.blind, "suggestion_version": options.suggestion_version if shown else None}
    return {**task, "meta": meta, **({"predictions": shown} if shown else {})}


def _refused(client: Client, project: Project, options: PushOptions, findings: list[Finding]) -> PushReport:
    title = title_of(project.info().name, options.step)
    return PushReport(client.name, title, 0, 0, 0, 0, 0, 0, 0, tuple(findings))


def _lost(client: Client, lost: list[str]) -> CorpusError:
    shown = ", ".join(lost[:_SHOWN])
    what = f"{len(lost)} tasks that the server took are not there: {shown}."
    remedy = "Somebody deleted them meanwhile, or the server lost them. Push again."
    return CorpusError("push-lost", what, where=f"server '{client.name}'", remedy=remedy)


def _twice(group: tuple[RemoteTask, ...]) -> Fault:
    got = f"tasks {', '.join(str(one.id) for one in group)} over one text of {group[0].article_id}"
    remedy = "Delete the one without labels in Label Studio. If both have labels, keep both: pull takes all of them."
    return Fault("push-twice", got, "one task per article and text", remedy)


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
