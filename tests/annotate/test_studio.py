"""Against a real Label Studio server: what its editor stores and its exports hold is what the stage reads."""

import json
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import label_studio_server
from annotated_exports import ACCEPTS, ARTICLE, DOCUMENT, REFUSES, Workshop, claim, mention, result
from ukrcorpus.annotate.exports.importing import ImportOptions, ImportReport, import_export
from ukrcorpus.annotate.pseudonyms import find_addresses
from ukrcorpus.annotate.tasks import tasks_of
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.derive.label_studio_controls import NO_KEY
from ukrcorpus.schema.model import Schema

SECOND = "second@example.org"
ONCE = {"max_retries": 0}
SHAPES = ("sync", "snapshot")


@dataclass
class Studio:
    """A project on the server, with its task and the ids of its two users."""

    client: Any
    server: label_studio_server.Server
    project_id: int
    text: str
    task_id: int
    owner: int
    second: int

    def submit(self, user: int, items: list[dict[str, Any]] | None, *, skipped: bool = False) -> None:
        """Store an annotation as the editor does."""
        said = {} if items is None else {"result": items}
        self.client.annotations.create(
            id=self.task_id, completed_by=user, was_cancelled=skipped, lead_time=12.5, request_options=ONCE, **said
        )

    def draft(self, items: list[dict[str, Any]]) -> None:
        """Store a draft as the editor does while somebody works."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.server.url}/api/tasks/{self.task_id}/drafts",
            data=json.dumps({"result": items, "lead_time": 3.5}).encode(),
            headers={"Authorization": f"Token {self.server.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            assert answer.status == 201

    def export(self, shape: str, folder: Path) -> Path:
        """Write an export of the project in one of the two shapes."""
        exports = self.client.projects.exports
        if shape == "sync":
            data = b"".join(exports.download_sync(self.project_id, export_type="JSON", download_all_tasks=True))
        else:
            bodies = {"only_id": False}
            options = {"predictions": bodies, "drafts": bodies, "annotations__completed_by": bodies}
            snapshot = exports.create(id=self.project_id, serialization_options=options)
            data = b"".join(exports.download(id=self.project_id, export_pk=snapshot.id, export_type="JSON"))
        path = folder / f"{shape}.json"
        path.write_bytes(data)
        return path


@pytest.fixture(scope="session")
def studio(server: label_studio_server.Server, normalised_folder: Path, schema: Schema) -> Studio:
    from label_studio_sdk import LabelStudio

    client = LabelStudio(base_url=server.url, api_key=server.token)
    users = [client.users.whoami().id, client.users.create(email=SECOND, username=SECOND).id]
    rows = read_table(Project(normalised_folder).table("normalise", "articles")).to_pylist()
    project = client.projects.create(title="truce", label_config=labelling_config(schema))
    done = client.projects.import_tasks(
        id=project.id, request=tasks_of(rows, schema), return_task_ids=True, request_options=ONCE
    )
    studio = Studio(client, server, project.id, rows[0]["text"], done.task_ids[0], *users)
    marks = (
        claim(ACCEPTS, ["per:zelensky"], conditional=True, condition="if it is full", note="one\ntwo", unsure=True),
        claim(REFUSES, ["org:ru_presidency"], voice="enacted", polarity="-2"),
        mention("Volodymyr Zelenskyy", "per:zelensky"),
    )
    for user in users:
        studio.submit(user, result(studio.text, marks, schema))
    studio.submit(studio.second, result(studio.text, marks[:1], schema), skipped=True)
    studio.submit(studio.owner, [])
    studio.submit(studio.second, None)
    studio.draft(result(studio.text, marks[1:2], schema))
    return studio


def imported(workshop: Any, file: Path) -> ImportReport:
    options = ImportOptions(server="lab", blind=False)  # several people on one server; its owner writes for both
    return import_export(workshop.project, workshop.schema, file, options)


def test_the_server_takes_the_labelling_configuration_and_the_tasks(studio: Studio) -> None:
    stored = studio.client.tasks.get(str(studio.task_id)).data
    assert stored["article_id"] == ARTICLE
    assert stored["text"] == studio.text
    shown = {"value": "per:zelensky", "html": "Volodymyr Zelenskyy", "hint": "per:zelensky", "hotkey": NO_KEY}
    assert shown in stored["actor_options"]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_becomes_rows_without_a_single_problem_and_names_nobody(
    studio: Studio, workshop: Workshop, shape: str
) -> None:
    report = imported(workshop, studio.export(shape, workshop.folder))
    assert [finding for finding in report.findings if finding.rule != "answer-missing"] == []
    assert (report.n_new, report.annotators) == (5, ("annotator-01", "annotator-02"))
    kept = (workshop.project.root / str(report.file)).read_text(encoding="utf-8")
    assert find_addresses(json.loads(kept)) == ()
    assert SECOND not in kept
    assert studio.server.email not in kept
    workshop.run()
    rounds = sorted((row["status"], row["annotator"], row["n_regions"]) for row in workshop.rows("annotation_rounds"))
    first, second = report.annotators
    assert rounds == [
        ("draft", first, 1),
        ("skipped", second, 1),
        ("submitted", first, 0),
        ("submitted", first, 3),
        ("submitted", second, 0),
        ("submitted", second, 3),
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_newest_round_of_each_annotator_counts_even_if_it_is_empty(
    studio: Studio, workshop: Workshop, shape: str
) -> None:
    imported(workshop, studio.export(shape, workshop.folder))
    workshop.run()
    assert workshop.rows("claims") == []
    assert [row["genre"] for row in workshop.rows("articles")] == [None]


def test_what_the_editor_stores_comes_back_as_typed_answers(studio: Studio, workshop: Workshop) -> None:
    imported(workshop, studio.export("sync", workshop.folder))
    workshop.run()
    rows = [row for row in workshop.rows("annotations") if row["quote"] == ACCEPTS]
    assert len(rows) == 3
    expected = {"issue": "ceasefire", "polarity": 2, "conditional": True, "condition": "if it is full", "unsure": True}
    expected |= {"source_ids": ["per:zelensky"], "voice": "stated", "note": "one\ntwo", "origin": "manual"}
    assert [{key: row[key] for key in expected} for row in rows] == [expected] * 3
    [document, *_] = [row for row in workshop.rows("annotations") if row["layer"] == "document"]
    assert {key: document[key] for key in DOCUMENT} == DOCUMENT


def test_both_shapes_of_one_project_are_the_same_annotations(studio: Studio, workshop: Workshop) -> None:
    first = imported(workshop, studio.export("sync", workshop.folder))
    second = imported(workshop, studio.export("snapshot", workshop.folder))
    assert (first.n_new, first.n_known) == (5, 0)
    assert (second.n_new, second.n_known, second.file) == (0, 5, None)
