"""What is known of each local server: up or down, where, since when, and how far its annotator is."""

from dataclasses import dataclass, field
from typing import Any

from ukrcorpus.annotate.studio.data import Counts, read_counts
from ukrcorpus.annotate.studio.place import Place, places
from ukrcorpus.annotate.studio.process import is_alive
from ukrcorpus.annotate.studio.server import answers
from ukrcorpus.annotate.studio.state import Login, read_login, read_state
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project


@dataclass(frozen=True, slots=True)
class Status:
    """One annotator's server. ``state``: up, silent (it runs and does not answer), down, or damaged with a reason."""

    annotator: str
    state: str
    url: str | None
    since: str | None
    version: str | None
    projects: tuple[Counts, ...]
    problem: str | None = None
    login: Login | None = field(default=None, repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the status with the keys of the JSON report; the password only if it was asked for."""
        counts = [
            {"id": one.project_id, "title": one.title, "tasks": one.n_tasks, "annotated": one.n_annotated}
            for one in self.projects
        ]
        given: dict[str, Any] = {"annotator": self.annotator, "state": self.state, "url": self.url}
        given |= {"since": self.since, "version": self.version, "projects": counts, "problem": self.problem}
        return given | ({"email": self.login.email, "password": self.login.password} if self.login else {})

    def as_text(self) -> str:
        """Return the status as a person reads it."""
        at = f" at {self.url} since {self.since}" if self.url and self.state in ("up", "silent") else ""
        version = f" (Label Studio {self.version})" if self.version else ""
        lines = [f"{self.annotator}: {self.state}{at}{version}"]
        lines += [f"  {one.title}: {one.n_annotated} of {one.n_tasks} tasks annotated" for one in self.projects]
        lines += [f"  {line}" for line in (self.problem or "").splitlines()]
        lines += [f"  e-mail {self.login.email}, password {self.login.password}"] if self.login else []
        return "\n".join(lines)


def status(project: Project, annotator: str | None, *, show_login: bool) -> tuple[Status, ...]:
    """Return the status of the servers of a project, or of one annotator; a damaged one hides no other."""
    known = [place for place in places(project) if annotator in (None, place.annotator)]
    return tuple(_status(place, show_login=show_login) for place in known)


def _status(place: Place, *, show_login: bool) -> Status:
    try:
        state, counts = read_state(place), read_counts(place)
        login = read_login(place) if show_login else None
    except CorpusError as error:
        return Status(place.annotator, "damaged", None, None, None, (), problem=str(error))
    if state is None:
        return Status(place.annotator, "down", None, None, None, counts, login=login)
    condition = "down"
    if state.process is not None and is_alive(state.process):
        condition = "up" if answers(state.process, state.port, place.log) else "silent"
    since = None if condition == "down" else state.since
    return Status(place.annotator, condition, state.url, since, state.version, counts, login=login)
