"""Label Studio exports as its editor leaves them, built from what annotators mean."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from ukrcorpus.annotate.adjudication.review import review_tasks
from ukrcorpus.annotate.adjudication.reviews import ReviewReport, take_reviews
from ukrcorpus.annotate.exports.importing import ImportOptions, ImportReport, import_export
from ukrcorpus.annotate.exports.manifest import ExportEntry
from ukrcorpus.annotate.run import AnnotateReport, mint_ids, run_annotate
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.normalise.run import run_normalise
from ukrcorpus.release.assemble import staged_tables
from ukrcorpus.release.stages import raw_articles
from ukrcorpus.schema.model import Control, Schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

Json = dict[str, Any]

ARTICLE = "truce"
RAW = (
    "Truce talks go on\n\n"
    "On 16 May 2025 Volodymyr Zelenskyy said 😀 that Ukraine would accept a full ceasefire. The Kremlin refused to "
    "stop the fighting. Turkey supports a truce at sea, Ankara said. A long war helps nobody.\n\n"
    "Путін відкинув припинення вогню.\n"
)
ACCEPTS = "Volodymyr Zelenskyy said 😀 that Ukraine would accept a full ceasefire"
REFUSES = "The Kremlin refused to stop the fighting"
SUPPORTS = "Turkey supports a truce at sea"
HELPS = "A long war helps nobody"
DOCUMENT = {"genre": "news_report", "text_quality": "clean", "machine_spun": "no", "synthetic_suspected": "no"}
ENTRY = ExportEntry(
    file="a.json",
    sha256="0",
    server="lab",
    annotator_kind="human",
    step="both",
    blind=True,
    suggestions_shown=False,
    suggestion_version=None,
    scheme_version="0.2.0",
    guideline_version="0.2.0",
    imported_on=None,
)
_KEYS = {Control.ISSUE: "taxonomy", Control.TEXT: "text", Control.DATE: "text"}


def claim(words: str, holders: Iterable[str] = (), **answers: object) -> "Mark":
    """Return a stated position with these answers on top."""
    base = {"type": "position", "voice": "stated", "quotation": "none", "issue": "ceasefire", "polarity": "2"}
    return Mark(words, "claim", {**base, "source_ids": list(holders), **answers})


def mention(words: str, *actor_ids: str, **answers: object) -> "Mark":
    """Return a mention by name."""
    return Mark(words, "mention", {"actor_ids": list(actor_ids), "form": "name", "use": "actor", **answers})


@dataclass(frozen=True)
class Mark:
    """A span by its words, its label, and the answers about it; None leaves a question out."""

    words: str
    label: str
    answers: Mapping[str, object] = field(default_factory=dict)

    def items(self, text: str, region_id: str, schema: Schema) -> list[Json]:
        """Return the items that the editor stores for it."""
        start = text.index(self.words)
        place = {"start": start, "end": start + len(self.words)}
        shown = self.words.replace("\n", "\\n")
        label = {"value": place | {"text": shown, "labels": [self.label]}} | _tail(region_id, "label", "labels")
        given = [(name, value) for name, value in self.answers.items() if value is not None]
        return [label, *(answer(name, value, schema, region_id, place | {"text": shown}) for name, value in given)]


def answer(name: str, value: object, schema: Schema, region_id: str, place: Json | None = None) -> Json:
    """Return the item of one answer."""
    attribute = next(one for one in schema.attributes if one.name == name)
    key = _KEYS.get(attribute.control, "choices")
    values = [str(one) for one in value] if isinstance(value, list) else ["yes" if value is True else str(value)]
    if key == "taxonomy":
        issue = schema.issue(values[0])
        stored: object = [[issue.group if issue else "?", values[0]]]
    else:
        stored = values
    kind = {"text": "textarea"}.get(key, key)
    return {"value": (place or {}) | {key: stored}} | _tail(region_id, name, kind)


def result(text: str, marks: Iterable[Mark], schema: Schema, document: Mapping[str, object] = DOCUMENT) -> list[Json]:
    """Return a result: the marks as regions r1, r2 ..., then the document's answers."""
    items = [item for number, mark in enumerate(marks, 1) for item in mark.items(text, f"r{number}", schema)]
    return items + [answer(name, value, schema, f"d-{name}") for name, value in document.items()]


def annotation(number: int, user: Any, items: list[Json] | None, **over: object) -> Json:
    """Return an annotation with every field that Label Studio 1.23 exports."""
    stamp = f"2026-11-{number:02}T09:00:00.000000Z"
    return {
        "id": number,
        "completed_by": user,
        "result": items,
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": stamp,
        "updated_at": stamp,
        "draft_created_at": None,
        "lead_time": 60.5,
        "prediction": {},
        "result_count": len(items or ()),
        "unique_id": str(UUID(int=number)),
        "import_id": None,
        "last_action": None,
        "bulk_created": False,
        "task": 1,
        "project": 1,
        "updated_by": user["id"] if isinstance(user, dict) else user,
        "parent_prediction": None,
        "parent_annotation": None,
        "last_created_by": None,
    } | over


def task(article_id: str, text: str, annotations: Iterable[Json], **over: object) -> Json:
    """Return a task with every field that Label Studio 1.23 exports."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "id": 1,
        "annotations": list(annotations),
        "drafts": [],
        "predictions": [],
        "data": {"text": text, "article_id": article_id, "text_sha256": digest, "scheme_version": "0.2.0"},
        "meta": {},
        "created_at": "2026-11-22T03:19:36.044931Z",
        "updated_at": "2026-11-22T03:20:39.698348Z",
        "allow_skip": True,
        "inner_id": 1,
        "total_annotations": 1,
        "cancelled_annotations": 0,
        "total_predictions": 0,
        "comment_count": 0,
        "unresolved_comment_count": 0,
        "last_comment_updated_at": None,
        "project": 1,
        "updated_by": 1,
        "comment_authors": [],
    } | over


def write_export(path: Path, tasks: list[Json]) -> Path:
    """Write an export as the server sends it: one line."""
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def normalised(project: Project, schema: Schema, folder: Path, **texts: str) -> dict[str, str]:
    """Ingest and normalise texts; return them as annotators see them."""
    for article_id, text in texts.items():
        file = folder / f"{article_id}.txt"
        file.write_text(text, encoding="utf-8")
        ingest(project, [file], IngestOptions(article_id=article_id, licence="CC0-1.0", published="2025-05-22"))
    run_normalise(project, schema, raw_articles(project))
    rows = read_table(project.table("normalise", "articles")).to_pylist()
    return {row["article_id"]: row["text"] for row in rows}


@dataclass
class Workshop:
    """A project, its article's text, and the steps from marks to tables."""

    project: Project
    schema: Schema
    text: str
    folder: Path
    n_annotations: int = 0

    def export(self, annotator: str, *marks: Mark, **over: object) -> Path:
        """Write the export of one annotator."""
        self.n_annotations += 1
        items = result(self.text, marks, self.schema)
        made = annotation(self.n_annotations, 1, items, **over)
        return write_export(self.folder / f"{annotator}.json", [task(ARTICLE, self.text, [made])])

    def annotate(self, annotator: str, *marks: Mark, **over: object) -> ImportReport:
        """Import marks as the work of an annotator on a server of their own."""
        options = ImportOptions(server=annotator, name=annotator, annotator_kind="model")
        return import_export(self.project, self.schema, self.export(annotator, *marks, **over), options)

    def decide(self, *decisions: str) -> None:
        """Write a decision file over the article's text."""
        lines = ["format = 1", f'article_id = "{ARTICLE}"', f'text_sha256 = "{self.sha256}"', 'curator = "curator-c"']
        path = self.project.annotations / "decisions" / f"{ARTICLE}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*lines, *decisions]) + "\n", encoding="utf-8")

    def run(self) -> AnnotateReport:
        """Mint ids and run the stage."""
        mint_ids(self.project, self.schema)
        return run_annotate(self.project, self.schema)

    def rows(self, table: str) -> list[Json]:
        """Return the rows of a table as the stage left it."""
        rows: list[Json] = staged_tables(self.project)[table].to_pylist()
        return rows

    @property
    def sha256(self) -> str:
        """The hash of the article's text."""
        row = read_table(self.project.table("normalise", "articles")).to_pylist()[0]
        return str(row["text_sha256"])


def hand_in(
    workshop: Workshop, items: list[Json], curator: str = "curator-c", server: str = "review", task: Json | None = None
) -> ReviewReport:
    """Import answers to the only review task as a curator's, and take them."""
    made = annotation(20 + (server != "review"), 1, items)
    [under_review] = [task] if task else review_tasks(workshop.project, workshop.schema)
    export = [under_review | {"id": 1, "drafts": [], "predictions": [1], "annotations": [made]}]
    file = write_export(workshop.folder / "review.json", export)
    options = ImportOptions(server=server, name=curator, step="adjudication")
    import_export(workshop.project, workshop.schema, file, options)
    return take_reviews(workshop.project, workshop.schema)


def _tail(region_id: str, name: str, kind: str) -> Json:
    return {"id": region_id, "from_name": name, "to_name": "text", "type": kind, "origin": "manual"}
