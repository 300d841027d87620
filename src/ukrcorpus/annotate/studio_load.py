"""The way to a local server: one command at a time fills it or reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from ukrcorpus.annotate.client import Client
from ukrcorpus.annotate.push import push
from ukrcorpus.annotate.push_report import Progress, PushOptions, PushReport
from ukrcorpus.annotate.studio_place import Say, locked, place_of
from ukrcorpus.annotate.studio_state import local_server
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema


@contextmanager
def local_client(project: Project, annotator: str, say: Say) -> Iterator[Client]:
    """Yield the client of an annotator's running server, or raise ``studio-down``; another command waits its turn."""
    server = local_server(project, annotator)
    with (
        locked(place_of(project, annotator).transfer, say),
        Client(server.name, server.url, server.token) as client,
    ):
        yield client


def load(  # noqa: PLR0913, PLR0917 - whose server, what goes there, and who is told
    project: Project, schema: Schema, annotator: str, step: str, say: Say, progress: Progress
) -> PushReport:
    """Push the tasks of all articles to an annotator's own server, where the pass is blind."""
    with local_client(project, annotator, say) as client:
        return push(project, schema, client, PushOptions(blind=True, step=step), progress)
