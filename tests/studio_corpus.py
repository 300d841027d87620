"""A corpus of its own title on a real server: to push to it, to label in it as the editor does, and to pull from it."""

import itertools
import json
import shutil
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotated_exports import Mark, result
from label_studio_server import Server
from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.ledger import ledger_path
from ukrcorpus.annotate.exchange.pull import PullOptions, PullReport, pull
from ukrcorpus.annotate.exchange.push import push
from ukrcorpus.annotate.exchange.push_project import find_project, title_of
from ukrcorpus.annotate.exchange.push_report import PushOptions, PushReport
from ukrcorpus.annotate.exchange.remote import RemoteProject
from ukrcorpus.annotate.exchange.transport import Patience
from ukrcorpus.core.project import Project
from ukrcorpus.normalise.run import run_normalise
from ukrcorpus.release.stages import raw_articles
from ukrcorpus.schema.model import Schema

Json = dict[str, Any]

TEXTS = {
    "ports": "Ports open again\n\nTurkey supports a truce at sea, Ankara said. Ships left Odesa on Monday.\n",
    "talks": "Talks go on 😀\n\nThe Kremlin refused to stop the fighting. Ukraine would accept a full ceasefire.\n",
    "votes": "A vote\n\nThe parliament voted for the treaty. Nobody spoke against it.\n",
}
REFUSED = "The Kremlin refused to stop the fighting"
ACCEPTS = "Ukraine would accept a full ceasefire"
_numbers = itertools.count(1)


@dataclass
class StudioCorpus:
    """A corpus project with a title of its own, and the server that it is pushed to."""

    project: Project
    schema: Schema
    server: Server
    folder: Path
    name: str = "lab"
    url: str | None = None
    patience: Patience = Patience(pauses_s=(0.01,) * 5)  # noqa: RUF009 - a frozen value

    def client(self) -> Client:
        """Return a client that loses its patience soon."""
        return Client(self.name, self.url or self.server.url, self.server.token, self.patience)

    def push(self, *, blind: bool = False, **options: Any) -> PushReport:
        """Push, and hide the progress."""
        with self.client() as client:
            return push(self.project, self.schema, client, PushOptions(blind=blind, **options), lambda _, __: None)

    def pull(self, annotator: str | None = None, *, replace: bool = False) -> PullReport:
        """Pull from the server as it is."""
        with self.client() as client:
            return pull(self.project, self.schema, client, PullOptions(annotator, replace))

    def remote(self, step: str = "both") -> RemoteProject:
        """Return the project on the server."""
        with Client(self.name, self.server.url, self.server.token) as client:
            found = find_project(client, title_of(self.project.info().name, step))
        assert found is not None
        return found

    def tasks(self, step: str = "both") -> list[Json]:
        """Return all tasks on the server, as it lists them."""
        return list(self.call("GET", f"/api/tasks/?project={self.remote(step).id}&page_size=1000&fields=all")["tasks"])

    def task(self, article_id: str) -> Json:
        """Return the newest task of an article."""
        found = [one for one in self.tasks() if one["data"]["article_id"] == article_id]
        return max(found, key=lambda one: int(one["id"]))

    def label(self, article_id: str, *marks: Mark, **over: Any) -> Json:
        """Submit an annotation as the editor does."""
        task = self.task(article_id)
        items = result(task["data"]["text"], marks, self.schema)
        body = {"result": items, "lead_time": 12.5, **over}
        return dict(self.call("POST", f"/api/tasks/{task['id']}/annotations/", body))

    def draft(self, article_id: str, *marks: Mark) -> None:
        """Store a draft as the editor does while somebody works."""
        task = self.task(article_id)
        items = result(task["data"]["text"], marks, self.schema)
        self.call("POST", f"/api/tasks/{task['id']}/drafts", {"result": items, "lead_time": 3.5})

    def correct(self, article_id: str, find: str, replace: str) -> None:
        """Give an article another text by a correction, and normalise again."""
        entry = {"article_id": article_id, "find": find, "replace": replace, "reason": "A slip."}
        lines = [
            "",
            "[[corrections]]",
            *(f"{key} = {json.dumps(value)}" for key, value in entry.items()),
            "occurrence = 1",
        ]
        with (self.project.raw / "corrections.toml").open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        run_normalise(self.project, self.schema, raw_articles(self.project))

    def ledger(self) -> list[Json]:
        """Return the lines of the ledger."""
        return [json.loads(line) for line in ledger_path(self.project).read_text(encoding="utf-8").splitlines()]

    def exports(self) -> list[Json]:
        """Return the lines of the manifest of imported exports."""
        path = self.project.annotations / "exports" / "manifest.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Speak with the server directly."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.server.url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Token {self.server.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - loopback
            data = answer.read()
        return json.loads(data) if data else None


def studio_corpus(normalised_texts: Path, schema: Schema, server: Server, folder: Path) -> StudioCorpus:
    """Return a fresh copy of a corpus, under a name that no other has on the server."""
    project = Project(shutil.copytree(normalised_texts, folder / "project"))
    path = project.root / "corpus.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    name = f'name = "corpus-{next(_numbers)}"'
    path.write_text("\n".join(name if line.startswith("name =") else line for line in lines) + "\n", encoding="utf-8")
    return StudioCorpus(project, schema, server, folder)
