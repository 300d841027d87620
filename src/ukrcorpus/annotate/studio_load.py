"""Give a local server its project and the tasks that it lacks."""

from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.articles import Articles
from ukrcorpus.annotate.studio_state import Server
from ukrcorpus.annotate.tasks import tasks_of
from ukrcorpus.core.project import Project
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.schema.model import Schema

_LONGEST_TITLE: Final = 50
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server holds now."""

    project_id: int
    n_tasks: int
    n_new: int

    def as_text(self, url: str) -> str:
        """Return where the project is, and its tasks."""
        return f"  address   {url}/projects/{self.project_id}\n  tasks     {self.n_tasks}, of them {self.n_new} new"


def load(server: Server, project: Project, schema: Schema, articles: Articles, step: str) -> Loaded:
    """Make the project of a step if it is not there, and import the articles that have no task in it."""
    from label_studio_sdk import LabelStudio

    client = LabelStudio(base_url=server.url, api_key=server.token)
    title = f"{project.info().name[: _LONGEST_TITLE - len(step) - 1]} {step}"
    found = [one.id for one in client.projects.list() if one.title == title]
    project_id = found[0] if found else client.projects.create(title=title, label_config=labelling_config(schema)).id
    known = {task.data["article_id"] for task in client.tasks.list(project=project_id)}
    tasks = tasks_of(articles.rows, schema)
    new = [task for task in tasks if task["data"]["article_id"] not in known]
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        client.projects.import_tasks(id=project_id, request=batch, request_options={"max_retries": 0})
    return Loaded(project_id, len(known) + len(new), len(new))
