"""Read every imported export into proved rounds, each annotation once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ukrcorpus.annotate.exports.manifest import ExportEntry, exports_folder, read_entries
from ukrcorpus.annotate.exports.stream import Source, stream_tasks
from ukrcorpus.annotate.spans.anchors import prove_task, text_fault
from ukrcorpus.annotate.spans.places import NONE, Places, read_places
from ukrcorpus.annotate.values import Article, Fault, Present, Problems, Round, Status, Task
from ukrcorpus.core.problems import CorpusError, Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.schema.model import Schema

UNITS_ONLY = "units"
ADJUDICATION = "adjudication"
_GIVEN = ("codes", ADJUDICATION)
_IMPORT = "Move it out of annotations/ and import it: ukrcorpus annotate import FILE."
_RESTORE = "Restore annotations/exports/ from git, or import the export again."


@dataclass(frozen=True, slots=True)
class Submission:
    """A round with what its export and its task say about it."""

    article_id: str
    annotator: str
    text_sha256: str
    scheme_version: str | None
    export: ExportEntry
    round: Round


@dataclass(frozen=True, slots=True)
class Submissions:
    """All rounds by id, and every text that was on screen by its hash."""

    rounds: Mapping[str, Submission] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def read_submissions(
    project: Project, schema: Schema, articles: Mapping[str, Article], findings: list[Finding]
) -> Submissions:
    """Return the rounds of all exports. What is set aside is a finding; the same annotation counts once."""
    entries, places = read_entries(project), read_places(project)
    _check_unlisted(project, entries, findings)
    rounds: dict[str, Submission] = {}
    texts: dict[str, str] = {}
    for entry in entries:
        problems = Problems(project.address(exports_folder(project) / entry.file), findings)
        data = _read(project, entry, problems)
        try:
            read = list(read_rounds(data, entry, schema, articles, problems, places=places)) if data is not None else []
        except CorpusError as error:
            problems.add(Fault(error.rule, error.what, "a full JSON export of Label Studio", error.remedy))
            continue
        texts |= {task.text_sha256: task.text for task, _ in read if text_fault(task) is None}
        _merge((one for _, own in read for one in own), rounds, problems)
    return Submissions(rounds, texts)


def read_rounds(  # noqa: PLR0913 - what a round is proved by
    source: Source,
    entry: ExportEntry,
    schema: Schema,
    articles: Mapping[str, Present],
    problems: Problems,
    *,
    places: Places = NONE,
) -> Iterator[tuple[Task, tuple[Submission, ...]]]:
    """Yield every task of an export that is what its hash says, with its proved rounds.

    A file that is no export raises ``CorpusError``; only one task is in memory at a time.
    """
    for task in stream_tasks(source, schema, problems, coded=entry.step != UNITS_ONLY):
        yield task, tuple(prove_rounds(task, entry, articles, problems, places))


def prove_rounds(
    task: Task, entry: ExportEntry, articles: Mapping[str, Present], problems: Problems, places: Places = NONE
) -> Iterator[Submission]:
    """Yield the proved rounds of a task; what is set aside or repaired is a finding."""
    for one in prove_task(task, articles, Problems(task.where, problems.findings), places):
        name = one.person.pseudonym
        if name is None:
            fault = Fault("annotator-unmasked", "an id or address of a person", "a pseudonym", _IMPORT)
            Problems(one.where, problems.findings).add(fault)
        else:
            _note_suggestions(one, entry, problems)
            yield Submission(task.article_id, name, task.text_sha256, task.scheme_version, entry, one)


def _check_unlisted(project: Project, entries: Iterable[ExportEntry], findings: list[Finding]) -> None:
    listed = {entry.file for entry in entries}
    for path in sorted(exports_folder(project).glob("*.json")):
        if path.name not in listed:
            fault = Fault("export-unlisted", "no line in manifest.jsonl", "a line per export", _IMPORT)
            Problems(project.address(path), findings).add(fault)


def _read(project: Project, entry: ExportEntry, problems: Problems) -> bytes | None:
    path = exports_folder(project) / entry.file
    if not path.is_file():
        problems.add(Fault("export-missing", "no such file", "the file that manifest.jsonl names", _RESTORE))
        return None
    data = path.read_bytes()
    if sha256(data) != entry.sha256:
        got = f"SHA-256 {sha256(data)[:12]}…"
        problems.add(Fault("export-changed", got, f"{entry.sha256[:12]}…, as in manifest.jsonl", _RESTORE))
        return None
    return data


def _note_suggestions(one: Round, entry: ExportEntry, problems: Problems) -> None:
    """Note regions made from predictions in a round that is said to have shown none: agreement would count it.

    What is coded or settled stands there from the start: units that annotators marked, and no suggestions.
    """
    if entry.step in _GIVEN:
        return
    taken = sum(region.origin not in (None, "manual") for region in one.regions)
    if taken and not entry.suggestions_shown:
        expected = "none: the export is entered as without suggestions"
        remedy = "If predictions were on screen, set suggestions_shown in annotations/exports/manifest.jsonl."
        fault = Fault("suggestions-unannounced", f"{taken} region(s) made from predictions", expected, remedy)
        Problems(one.where, problems.findings).note(fault)


def _merge(own: Iterable[Submission], rounds: dict[str, Submission], problems: Problems) -> None:
    """Add the rounds of one export to those of the earlier ones."""
    known: Counter[str] = Counter()
    for new in own:
        old = rounds.get(new.round.round_id)
        if old is None or new.round.status is Status.DRAFT or old.export.file in new.export.replaces:
            rounds[new.round.round_id] = new
        elif _content(old) == _content(new):
            known[old.export.file] += 1
        else:
            expected = f"what {old.export.file} has under this id; that one counts"
            remedy = "If this one is newer, import its export with --replace."
            fault = Fault("annotation-changed", "other content", expected, remedy)
            Problems(new.round.where, problems.findings).add(fault)
    for file, count in sorted(known.items()):
        got = f"{count} annotation(s) that {file} has too"
        problems.note(Fault("annotation-twice", got, "each annotation once", "Nothing to do: they count once."))


def _content(one: Submission) -> tuple[object, ...]:
    regions = [(r.region_id, r.layer, r.span, dict(r.answers)) for r in one.round.regions]
    return one.article_id, one.annotator, one.text_sha256, one.round.status, one.round.document, regions
