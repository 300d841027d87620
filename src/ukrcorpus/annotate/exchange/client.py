"""What push and pull ask of Label Studio: projects, tasks in pages, imports, exports. The only caller of its API.

Nothing that makes something is ever repeated blindly: after an unclear answer the caller lists first.
"""

import errno
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from ukrcorpus.annotate.exchange.faults import ServerError
from ukrcorpus.annotate.exchange.remote import RemoteProject, RemoteTask
from ukrcorpus.annotate.exchange.transport import PATIENCE, Patience, Request, Transport
from ukrcorpus.core.problems import CorpusError

_PAGE: Final = 500
_LISTED: Final = "id,data,meta,total_annotations,cancelled_annotations"
_BODIES: Final = {"only_id": False}
_EXPANDED: Final = {"predictions": _BODIES, "drafts": _BODIES, "annotations__completed_by": _BODIES}
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MISSING: Final = "server-missing"
_COMPLETED: Final = "completed"
_POLL_S: Final = 1.0


class Client:
    """A server of Label Studio."""

    def __init__(self, name: str, url: str, token: str, patience: Patience = PATIENCE) -> None:
        _check_address(url, token)
        self.name = name
        self._http = Transport(name, url.rstrip("/"), token, patience)

    def __repr__(self) -> str:
        """Return the server's name; never its token."""
        return f"Client({self.name!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def pauses_s(self) -> tuple[float, ...]:
        """The pauses between attempts; there is one attempt more."""
        return self._http.patience.pauses_s

    def rest(self, error: ServerError, pause_s: float) -> None:
        """Wait before the next attempt."""
        self._http.rest(error, pause_s)

    def check(self) -> str:
        """Return the server's version, or raise what is wrong: no Label Studio there, or a token that it refuses."""
        said = self._http.get("/api/version", signed=False)
        if not isinstance(said, dict) or not isinstance(said.get("release"), str):
            remedy = "Check that LABEL_STUDIO_URL is the address of Label Studio."
            where = f"server '{self.name}'"
            raise ServerError("server-answer", "this is no Label Studio.", where=where, remedy=remedy)
        self._http.get("/api/current-user/whoami")
        return str(said["release"])

    def projects(self, title: str) -> tuple[RemoteProject, ...]:
        """Return the projects of exactly this title."""
        found = self._http.get("/api/projects/", {"title": title, "page_size": 1000})["results"]
        return tuple(RemoteProject.of(one) for one in found if one["title"] == title)

    def make_project(self, title: str, config: str, description: str) -> RemoteProject:
        """Make a project; after an unclear answer it is looked for before it is made again.

        A late answer, or another push at this moment, may have made a second one: the first stays, empty others go.
        """
        body = {"title": title, "label_config": config, "description": description}

        def make() -> None:
            if not self.projects(title):
                self._http.once(Request("POST", "/api/projects/", body=_bytes(body)))

        self._http.patiently(make)
        first, *others = sorted(self.projects(title), key=lambda one: one.id)
        for one in others:
            if not one.n_tasks:
                self._delete(f"/api/projects/{one.id}/")
        return first

    def change_project(self, project_id: int, **changes: object) -> RemoteProject:
        """Change settings of a project."""
        return RemoteProject.of(self._http.repeat("PATCH", f"/api/projects/{project_id}/", changes))

    def tasks(self, project_id: int) -> Iterator[RemoteTask]:
        """Yield all tasks of a project by id, page by page."""
        number, left = 1, 1
        while left > 0:
            where = {"project": project_id, "page": number, "page_size": _PAGE}
            page = self._http.get("/api/tasks/", {**where, "include": _LISTED, "resolve_uri": "false"})
            yield from (RemoteTask.of(one) for one in page["tasks"])
            left = page["total"] - number * _PAGE
            number += 1

    def task(self, task_id: int) -> dict[str, Any]:
        """Return a task with its annotations and drafts."""
        return dict(self._http.get(f"/api/tasks/{task_id}/"))

    def change_task(self, task_id: int, data: Mapping[str, Any]) -> None:
        """Put other data into a task; its annotations stay as they are."""
        self._http.repeat("PATCH", f"/api/tasks/{task_id}/", {"data": data})

    def delete_task(self, task_id: int) -> None:
        """Delete a task; one that is gone already is no fault."""
        self._delete(f"/api/tasks/{task_id}/")

    def _delete(self, path: str) -> None:
        try:
            self._http.repeat("DELETE", path)
        except ServerError as error:
            if error.rule != _MISSING:
                raise

    def import_tasks(self, project_id: int, body: bytes) -> list[int]:
        """Send tasks, once; return the ids that they have now. A fault may be unclear about whether they were made."""
        path = f"/api/projects/{project_id}/import"
        query = {"return_task_ids": "true"}
        said = self._http.once(Request("POST", path, query, body, self._http.patience.import_s))
        if "task_ids" not in said:
            remedy = "Run the same command again when the server has finished: it finds what is there."
            what = "this server takes imports in the background."
            raise ServerError("server-import", what, where=f"server '{self.name}'", remedy=remedy, unclear=True)
        return list(said["task_ids"])

    def export(self, project: RemoteProject, path: Path) -> str:
        """Write everything in a project to a file, streamed; return the name of the server's own copy.

        The expanded snapshot: the plain export has predictions as ids and people without their e-mails. The server
        forgets the snapshot afterwards, but this release of it leaves the file behind.
        """
        answer_s = self._http.patience.answer_s + self._http.patience.export_task_s * project.n_tasks
        base = f"/api/projects/{project.id}/exports/"
        title = f"ukrcorpus {secrets.token_hex(8)}"
        body = _bytes({"title": title, "serialization_options": _EXPANDED})
        try:
            made = self._http.patiently(partial(self._http.once, Request("POST", base, None, body, answer_s)))
            self._await(made, base, answer_s)
            download = partial(self._download, f"{base}{made['id']}/download", path, answer_s)
            return str(self._http.patiently(download))
        finally:
            self._forget(base, title)

    def _await(self, made: Mapping[str, Any], base: str, answer_s: float) -> None:
        """Wait for a server that exports in the background. One that failed says so by its status alone."""
        end = time.monotonic() + answer_s
        while made["status"] != _COMPLETED and made.get("finished_at") is None and time.monotonic() < end:
            time.sleep(_POLL_S)
            made = self._http.get(f"{base}{made['id']}")
        if made["status"] != _COMPLETED:
            what = f"the export ended as '{made['status']}'."
            remedy = "Look into the server's log: a full disk, or a task that it cannot write."
            raise ServerError("server-export", what, where=f"server '{self.name}'", remedy=remedy)

    def _download(self, url: str, path: Path, answer_s: float) -> str:
        with self._http.stream(Request("GET", url, {"exportType": "JSON"}, answer_s=answer_s)) as (name, pieces):
            try:
                with path.open("wb") as file:
                    for piece in pieces:
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                raise _disk(error, path) from error
        return name

    def _forget(self, base: str, title: str) -> None:
        """Delete our snapshots, also those of unclear answers. Failing at that takes nothing from the export."""
        with suppress(ServerError):
            for one in self._http.once(Request("GET", base)):
                if one["title"] == title:
                    self._http.once(Request("DELETE", f"{base}{one['id']}"))


def _bytes(body: object) -> bytes:
    return json.dumps(body).encode("utf-8")


def _check_address(url: str, token: str) -> None:
    parts = urlsplit(url)
    where, remedy = "LABEL_STUDIO_URL", "Give an address such as https://labels.example.org, without a user in it."
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise CorpusError("server-url", "no address of a server.", where=where, remedy=remedy)
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        remedy = "Give the token that Label Studio shows under Account & Settings."
        raise CorpusError("server-token", "no token.", where="LABEL_STUDIO_API_KEY", remedy=remedy)


def _disk(error: OSError, path: Path) -> CorpusError:
    """Return what to say of a file that cannot be written; nothing of it is used."""
    full = error.errno in _FULL
    what = "the disk is full." if full else f"cannot be written: {error.strerror}."
    remedy = "Make room, then pull again: nothing is lost on the server." if full else "Check the path and your rights."
    return CorpusError("disk-full" if full else "file-access", what, where=path.name, remedy=remedy)
