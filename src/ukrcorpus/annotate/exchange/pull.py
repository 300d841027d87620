"""Bring the labels of a server home: what is new or changed, as received but for who made it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.ledger import Ledger, Pushed, read_ledger
from ukrcorpus.annotate.exchange.push_plan import MADE_BY
from ukrcorpus.annotate.exchange.push_project import find_project, title_of
from ukrcorpus.annotate.exchange.remote import RemoteProject
from ukrcorpus.annotate.exports.export import is_edited, rounds_of
from ukrcorpus.annotate.exports.importing import ImportOptions, ImportReport, import_tasks
from ukrcorpus.annotate.exports.stream import stream_json
from ukrcorpus.annotate.pseudonyms import annotators
from ukrcorpus.annotate.values import Fault, Person, Problems
from ukrcorpus.core.problems import CorpusError, Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema

Json = dict[str, Any]

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class PullOptions:
    """What to pull. ``annotator`` is whose own server it is; without one it is shared, and no pass on it is blind.

    ``replace`` takes changed annotations. ``media`` is where a server of ours keeps files: our exports are removed.
    ``annotator_kind`` is human or model.
    """

    annotator: str | None = None
    replace: bool = False
    media: Path | None = None
    annotator_kind: str = "human"


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull did: one import for each step and way of showing suggestions."""

    server: str
    titles: tuple[str, ...]
    imports: tuple[ImportReport, ...]
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """Return 1 if something was set aside or needs a hand, else 0."""
        broken = any(one.severity is Severity.ERROR for one in self.findings)
        return 1 if broken or any(one.exit_code for one in self.imports) else 0

    def as_text(self) -> str:
        """Return the report as a person reads it, findings first."""
        lines = [one.as_text() for one in self.findings]
        lines += [one.as_text() for one in self.imports if one.file is not None]
        known = sum(one.n_known for one in self.imports)
        new = sum(one.n_new for one in self.imports)
        replaced = sum(one.n_replaced for one in self.imports)
        titles = ", ".join(f"'{one}'" for one in self.titles)
        lines.append(f"pulled {titles} from {self.server}: {new} new, {replaced} replaced, {known} known")
        return "\n".join(lines)


def pull(project: Project, schema: Schema, client: Client, options: PullOptions) -> PullReport:
    """Export each project of the corpus on a server and import what is new; the server is left as it was.

    Raises ``CorpusError`` for a server without a project of the corpus, and for every failure on the way; an
    annotation that is known with other content is a finding unless ``options.replace``.
    """
    client.check()
    problems = Problems(f"server '{client.name}'")
    titles, imports = [], list[ImportReport]()
    for step in schema.vocabulary("step").names:
        found = find_project(client, title_of(project.info().name, step))
        if found is None:
            continue
        titles.append(found.title)
        tasks = _exported(client, found, options)
        groups = _Sorting(client.name, found, step, options, read_ledger(project), problems).groups(tasks)
        for said, own in groups:
            source = f"'{found.title}' on {client.name}"
            try:
                imports.append(import_tasks(project, schema, own, source, said))
            except CorpusError as error:
                if error.rule != "annotation-changed":
                    raise
                problems.add(Fault(error.rule, error.what, "the content known", "Pull with --replace if it is right."))
    if not titles:
        what, remedy = "there is no project of this corpus.", "Run ukrcorpus studio push first."
        raise CorpusError("pull-nothing", what, where=problems.where, remedy=remedy)
    return PullReport(client.name, tuple(titles), tuple(imports), tuple(problems.findings))


def _exported(client: Client, found: RemoteProject, options: PullOptions) -> list[Any]:
    """Return the tasks of a project that have annotations or drafts; the others are only met on the way."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        name = client.export(found, path)
        if options.media is not None and name and Path(name).name == name:
            (options.media / "export" / str(found.id) / name).unlink(missing_ok=True)
        tasks = stream_json(path, f"'{found.title}' on {client.name}")
        return [task for task in tasks if any(rounds_of(task))]


@dataclass(frozen=True, slots=True)
class _Sorting:
    """Sorts rounds by what an import must know of them, from the ledger or from what push wrote into the task."""

    server: str
    found: RemoteProject
    step: str
    options: PullOptions
    ledger: Ledger
    problems: Problems
    unrecorded: list[object] = field(default_factory=list)

    def groups(self, tasks: list[Any]) -> Iterator[tuple[ImportOptions, list[Json]]]:
        """Yield tasks with the rounds that belong together, and how to import them."""
        makers = annotators(tasks)
        alone = self._alone(makers)
        parts: dict[tuple[bool, str | None], list[Json]] = defaultdict(list)
        for task in tasks:
            line = self._line(task)
            if line is None:
                continue
            rounds = [one for one, _ in rounds_of(task)]
            unseen = [id(one) for one in rounds if not self._by_other(one, task) and line.blind and alone]
            others = [id(one) for one in rounds if id(one) not in unseen]
            for own, blind in ((unseen, True), (others, False)):
                if own:
                    parts[blind, line.suggestion_version].append(_with(task, own))
        self._report()
        for (blind, version), own_tasks in sorted(parts.items(), key=lambda part: (part[0][0], part[0][1] or "")):
            yield self._said(blind, version, makers), own_tasks

    def _said(self, blind: bool, version: str | None, makers: tuple[Person, ...]) -> ImportOptions:
        return ImportOptions(
            server=self.server,
            name=self.options.annotator if len(makers) <= 1 else None,
            annotator_kind=self.options.annotator_kind,
            step=self.step,
            blind=blind,
            suggestions_shown=version is not None,
            suggestion_version=version,
            replace=self.options.replace,
            only_new=True,
        )

    def _alone(self, makers: tuple[Person, ...]) -> bool:
        """Say whether one person alone worked on a server that is said to be one annotator's own."""
        if self.options.annotator is None:
            return False
        if len(makers) > 1:
            expected = f"{self.options.annotator} alone: with others on the server no pass is blind"
            self.problems.add(
                Fault("pull-several", f"the work of {len(makers)} persons", expected, "Give each a server.")
            )
        return len(makers) <= 1

    def _line(self, task: Any) -> Pushed | None:
        """Return what the push said of a task. Without that nothing may be guessed: the task is set aside."""
        data, meta = (task.get(key) if isinstance(task.get(key), dict) else {} for key in ("data", "meta"))
        line = self.ledger.find(self.server, self.found.id, task["id"])
        about = (data.get("article_id"), data.get("text_sha256"))
        if line is not None and (line.article_id, line.text_sha256) == about:
            return line
        version, blind = meta.get("suggestion_version"), meta.get("blind")
        ours = meta.get("made_by") == MADE_BY["made_by"] and isinstance(blind, bool)
        if ours and isinstance(version, str | None) and all(isinstance(one, str) for one in about):
            scheme = str(data.get("scheme_version"))
            return Pushed(self.server, self.found.id, self.step, *about, task["id"], blind, scheme, version)
        if any(rounds_of(task)):
            self.unrecorded.append(task["id"])
        return None

    def _by_other(self, one: Json, task: Json) -> bool:
        """Say whether somebody else than its author changed an annotation, and add that to the findings."""
        if not is_edited(one):
            return False
        remedy = "Ask both. It is taken as it stands, as not blind, and stays out of agreement."
        fault = Fault("annotation-edited", "changed by somebody else", "its author's own work", remedy)
        article = task.get("data", {}).get("article_id")
        self.problems.at(f"article {article}").at(f"annotation {one.get('unique_id')}").add(fault)
        return True

    def _report(self) -> None:
        if self.unrecorded:
            shown = ", ".join(str(one) for one in self.unrecorded[:_SHOWN])
            got = f"{len(self.unrecorded)} annotated tasks that no push recorded: {shown}"
            remedy = (
                "Export the project and say how it was annotated: ukrcorpus annotate import FILE --step ... --blind."
            )
            self.problems.add(Fault("pull-unrecorded", got, "tasks of ukrcorpus studio push", remedy))


def _with(task: Json, own: list[int]) -> Json:
    """Return a task with those of its annotations and drafts that are the objects named."""
    parts = {key: [one for one in task.get(key) or () if id(one) in own] for key in ("annotations", "drafts")}
    return {**task, **parts}
