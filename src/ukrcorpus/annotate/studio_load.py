"""Give a local server its project and the tasks that it lacks."""

from dataclasses import dataclass

from ukrcorpus.annotate.client import Client
from ukrcorpus.annotate.push import PushOptions, push
from ukrcorpus.annotate.studio_state import Server
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server holds now."""

    project_id: int
    n_tasks: int
    n_new: int

    def as_text(self, url: str) -> str:
        """Return where the project is, and its tasks."""
        return f"  address   {url}/projects/{self.project_id}\n  tasks     {self.n_tasks}, of them {self.n_new} new"


def load(server: Server, project: Project, schema: Schema, step: str) -> Loaded:
    """Push the tasks of all articles to an annotator's own server, where the pass is blind."""
    with Client(server.name, server.url, server.token) as client:
        report = push(project, schema, client, PushOptions(blind=True, step=step), lambda _done, _all: None)
    return Loaded(report.project_id, report.n_same + report.n_new, report.n_new)
