"""The way to a local server: one command at a time fills it or reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.studio.place import Say, locked, place_of
from ukrcorpus.annotate.studio.state import local_server
from ukrcorpus.core.project import Project


@contextmanager
def local_client(project: Project, annotator: str, say: Say) -> Iterator[Client]:
    """Yield the client of an annotator's running server, or raise ``studio-down``; another command waits its turn."""
    server = local_server(project, annotator)
    with (
        locked(place_of(project, annotator).transfer, say),
        Client(server.name, server.url, server.token) as client,
    ):
        yield client
