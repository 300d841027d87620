"""A stand-in for the Hugging Face Hub on the loopback interface, for writes that no server of others takes.

It answers what the unmodified huggingface_hub asks when a release is published and loaded, keeps everything in memory,
wants a token, and breaks what it is told to break.
"""

import base64
import json
import re
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from hub_repository import Commit, Entry, Repository

PASSED_ON = 1 << 16  # as much of a body as arrives before the connection is cut
Answer = tuple[int, bytes, dict[str, str]]
_ID = r"(?P<id>[^/]+/[^/]+)"


@dataclass
class Fault:
    """A fault at the next ``times`` requests that fit: a status, or without one a cut connection.

    ``late``: the work is done first. ``echo``: the answer repeats the token. ``then`` is called when one is met.
    """

    method: str
    path: str
    status: int | None = None
    times: int = 1
    late: bool = False
    echo: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    then: Callable[[], object] | None = None


@dataclass
class Hub:
    """The state of a running stand-in; ``n_received`` counts the bytes of all bodies."""

    url: str = ""
    token: str = field(default_factory=lambda: f"hf_{secrets.token_hex(16)}", repr=False)
    readers: set[str] = field(default_factory=set, repr=False)  # tokens that may not write
    repositories: dict[str, Repository] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict, repr=False)
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    n_received: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self, name: str) -> Repository:
        """Make an empty dataset repository."""
        self.repositories[name] = Repository(name)
        return self.repositories[name]

    def environment(self) -> dict[str, str]:
        """Return the variables by which huggingface_hub finds it."""
        return {"HF_ENDPOINT": self.url, "HF_TOKEN": self.token, "HF_HUB_DISABLE_XET": "1"}

    def sent(self, path: str) -> list[tuple[str, str]]:
        """Return the requests to paths that fit."""
        return [one for one in self.seen if re.search(path, one[1])]


class RefusedError(Exception):
    """An answer with an error."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.code = status, message, code


@contextmanager
def serve() -> Iterator[Hub]:
    """Run a stand-in until the block ends."""
    listening = _Listening(("127.0.0.1", 0), _Handler)
    listening.hub = Hub(f"http://127.0.0.1:{listening.server_address[1]}")
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield listening.hub
    finally:
        listening.shutdown()
        listening.server_close()


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    hub: Hub

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away: that is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listening

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_any(self) -> None:
        self.hub, self.parts = self.server.hub, urlsplit(self.path)
        fault = self._fault()
        if fault is not None and fault.status is None and not fault.late:
            self.rfile.read(min(PASSED_ON, int(self.headers.get("Content-Length") or 0) // 2))
            self._cut()
            return
        self.body = self._body()
        if fault is None or fault.late:
            answer = self._work()
        if fault is None:
            self._send(*answer)
        elif fault.status is None:
            self._cut()
        else:
            said = f"on purpose, {self.headers.get('Authorization')}" if fault.echo else "on purpose"
            self._send(fault.status, json.dumps({"error": said}).encode(), fault.headers)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 - the names that http.server looks for

    def _fault(self) -> Fault | None:
        with self.hub.lock:
            self.hub.seen.append((self.command, self.parts.path))
            fits = (f for f in self.hub.faults if f.times and f.method == self.command and re.search(f.path, self.path))
            fault = next(fits, None)
            if fault is not None:
                fault.times -= 1
        if fault is not None and fault.then is not None:
            fault.then()
        return fault

    def _body(self) -> bytes:
        body = b""
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.hub.lock:
            self.hub.n_received += len(body)
        return body

    def _work(self) -> Answer:
        try:
            return self._answer()
        except RefusedError as refused:
            headers = {"X-Error-Message": refused.message} | ({"X-Error-Code": refused.code} if refused.code else {})
            return refused.status, json.dumps({"error": refused.message}).encode(), headers

    def _answer(self) -> Answer:
        for methods, pattern, answer in _ROUTES:
            match = re.fullmatch(pattern, self.parts.path)
            if match and self.command in methods:
                self._check_token(match)
                given = {key: unquote(value) for key, value in match.groupdict().items() if value}
                with self.hub.lock:
                    return answer(self, **given)
        raise RefusedError(404, f"no such page: {self.path}", "EntryNotFound")

    def _check_token(self, match: re.Match[str]) -> None:
        given = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if "oid" in match.groupdict():
            assert not given, "the token went to where only signed addresses count"
            return
        if given not in {self.hub.token, *self.hub.readers}:
            raise RefusedError(401, "Invalid credentials in Authorization header")
        if given in self.hub.readers and self.command in ("POST", "PUT", "DELETE"):
            raise RefusedError(403, "you have no right to write here")

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            with suppress(OSError):
                self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _json(self) -> Any:
        return json.loads(self.body)

    def _repository(self, name: str) -> Repository:
        if name not in self.hub.repositories:
            raise RefusedError(404, "Repository not found", "RepoNotFound")
        return self.hub.repositories[name]

    def _commit(self, name: str, revision: str) -> Commit:
        commit = self._repository(name).at(revision)
        if commit is None:
            raise RefusedError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return commit

    # What clients ask, in the order in which publishing asks it.

    def create(self) -> Answer:
        given = self._json()
        name = f"{given['organization']}/{given['name']}"
        url = f"{self.hub.url}/datasets/{name}"
        if name in self.hub.repositories:
            return 409, json.dumps({"error": "You already created this dataset repo", "url": url}).encode(), {}
        self.hub.make(name)
        return _ok({"url": url, "private": given.get("visibility")})

    def refs(self, id: str) -> Answer:  # noqa: A002 - the Hub's word
        repository = self._repository(id)
        branches = [_ref("heads", name, oid) for name, oid in repository.branches.items()]
        tags = [_ref("tags", name, oid) for name, oid in repository.tags.items()]
        pulls = [_ref("pr", name, oid) for name, oid in repository.pulls.items()]
        return _ok({"branches": branches, "tags": tags, "converts": [], "pullRequests": pulls})

    def tree(self, id: str, revision: str, path: str | None = None) -> Answer:  # noqa: A002
        listed: dict[str, dict[str, Any]] = {}
        above, is_deep = f"{path}/" if path else "", "recursive=true" in self.parts.query.lower()
        for name, entry in sorted(self._commit(id, revision).tree.items()):
            inner, slash, _ = name.removeprefix(above).partition("/")
            if slash and not is_deep and name.startswith(above):
                folder = f"{above}{inner}"
                listed[folder] = {"type": "directory", "oid": "0" * 40, "size": 0, "path": folder}
                continue
            lfs = {"oid": entry.sha256, "size": len(entry.data), "pointerSize": len(entry.pointer)}
            about: dict[str, Any] = {"type": "file", "oid": entry.oid, "size": len(entry.data), "path": name}
            if name.startswith(above):
                listed[name] = about | ({"lfs": lfs} if entry.is_lfs else {})
        if path and not listed:
            raise RefusedError(404, "Entry not found", "EntryNotFound")
        return _ok([*listed.values()])

    def validate(self) -> Answer:
        if self._json()["content"].startswith("---"):
            return _ok({"errors": [], "warnings": []})
        return 400, json.dumps({"errors": [{"message": "no metadata"}], "warnings": []}).encode(), {}

    def preupload(self, id: str, revision: str) -> Answer:  # noqa: A002
        tree = self._commit(id, revision).tree
        files = []
        for one in self._json()["files"]:
            mode = "lfs" if one["path"].endswith(".parquet") else "regular"
            oid = tree[one["path"]].etag if one["path"] in tree else None
            files.append({"path": one["path"], "uploadMode": mode, "shouldIgnore": False, "oid": oid})
        return _ok({"files": files})

    def batch(self, id: str) -> Answer:  # noqa: A002
        self._repository(id)
        objects = []
        for one in self._json()["objects"]:
            place = f"{self.hub.url}/lfs/{one['oid']}"
            upload = {"href": f"{place}?X-Amz-Signature={secrets.token_hex(8)}"}
            actions = {"actions": {"upload": upload, "verify": {"href": f"{self.hub.url}/api/lfs/verify"}}}
            objects.append(one | ({} if one["oid"] in self.hub.objects else actions))
        return _ok({"transfer": "basic", "objects": objects})

    def store(self, oid: str) -> Answer:
        if Entry(self.body, is_lfs=True).sha256 != oid:
            raise RefusedError(400, "not the content that was announced")
        self.hub.objects[oid] = self.body
        return 200, b"", {}

    def verify(self) -> Answer:
        given = self._json()
        if len(self.hub.objects.get(given["oid"], b"")) != given["size"]:
            raise RefusedError(404, "no such object")
        return _ok({})

    def commit(self, id: str, revision: str) -> Answer:  # noqa: A002
        repository, head = self._repository(id), self._commit(id, revision)
        lines = [json.loads(line) for line in self.body.splitlines()]
        header = lines[0]["value"]
        if header.get("parentCommit", head.oid) != head.oid:
            raise RefusedError(412, "A commit has happened since. Please refresh and try again.")
        tree = dict(head.tree)
        for line in lines[1:]:
            value = line["value"]
            if line["key"] == "file":
                tree[value["path"]] = Entry(base64.b64decode(value["content"]), is_lfs=False)
            elif line["key"] == "lfsFile":
                if value["oid"] not in self.hub.objects:
                    raise RefusedError(400, f"the object of {value['path']} was not uploaded")
                tree[value["path"]] = Entry(self.hub.objects[value["oid"]], is_lfs=True)
            elif line["key"] == "deletedFile":
                del tree[value["path"]]
        made = repository.add(revision, header["summary"], tree)
        return _ok({"success": True, "commitOid": made.oid, "commitUrl": f"{self.hub.url}/{id}/commit/{made.oid}"})

    def tag(self, id: str, revision: str) -> Answer:  # noqa: A002
        name = self._json()["tag"]
        commit = self._commit(id, revision)
        if name in self._repository(id).tags:
            raise RefusedError(409, f"Tag reference exists already: {name}")
        self._repository(id).tags[name] = commit.oid
        return _ok({})

    def untag(self, id: str, name: str) -> Answer:  # noqa: A002
        if self._repository(id).tags.pop(name, None) is None:
            raise RefusedError(404, f"no such tag: {name}", "RevisionNotFound")
        return _ok({})

    def unbranch(self, id: str, name: str) -> Answer:  # noqa: A002
        if name == "main" or self._repository(id).branches.pop(name, None) is None:
            raise RefusedError(404, f"no such branch: {name}", "RevisionNotFound")
        return _ok({})

    def squash(self, id: str, revision: str) -> Answer:  # noqa: A002
        repository, head = self._repository(id), self._commit(id, revision)
        if revision not in repository.branches:
            raise RefusedError(400, "Invalid reference for a branch")
        del repository.branches[revision]
        repository.add(revision, self._json()["message"], head.tree)
        return _ok({})

    def list_objects(self, id: str) -> Answer:  # noqa: A002
        commits = self._repository(id).commits.values()
        names = {e.sha256: (path, e) for one in commits for path, e in one.tree.items() if e.is_lfs}
        about = {"pushedAt": "2026-11-22T00:00:00.000Z", "ref": "main"}
        held = ((oid, path, e) for oid, (path, e) in names.items() if oid in self.hub.objects)
        return _ok([about | {"fileOid": o, "oid": o, "filename": p, "size": len(e.data)} for o, p, e in held])

    def delete_objects(self, id: str) -> Answer:  # noqa: A002
        self._repository(id)
        for oid in self._json()["deletions"]["sha"]:
            self.hub.objects.pop(oid, None)
        return _ok({})

    def info(self, id: str, revision: str = "main") -> Answer:  # noqa: A002
        commit = self._commit(id, revision)
        siblings = [{"rfilename": path} for path in sorted(commit.tree)]
        about = {"id": id, "sha": commit.oid, "siblings": siblings, "private": False, "gated": False, "disabled": False}
        return _ok(about | {"tags": [], "downloads": 0, "likes": 0, "lastModified": "2026-11-22T00:00:00.000Z"})

    def resolve(self, id: str, revision: str, path: str) -> Answer:  # noqa: A002
        commit = self._commit(id, revision)
        if path not in commit.tree:
            raise RefusedError(404, "Entry not found", "EntryNotFound")
        entry = commit.tree[path]
        headers = {"X-Repo-Commit": commit.oid, "ETag": f'"{entry.etag}"', "Accept-Ranges": "bytes"}
        about = {"Content-Type": "application/octet-stream"} | headers
        if self.command == "HEAD":
            return 200, entry.data, about | {"X-Linked-Size": str(len(entry.data))}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        if wanted is None:
            return 200, entry.data, about
        start, end = int(wanted[1]), int(wanted[2] or len(entry.data) - 1)
        return 206, entry.data[start : end + 1], about | {"Content-Range": f"bytes {start}-{end}/{len(entry.data)}"}


def _ok(value: object) -> Answer:
    return 200, json.dumps(value).encode(), {}


def _ref(kind: str, name: str, oid: str) -> dict[str, str]:
    return {"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": oid}


_DATASET = rf"/api/datasets/{_ID}"
_REVISION = r"(?P<revision>[^/]+)"
_ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("POST", "/api/repos/create", _Handler.create),
    ("GET", rf"{_DATASET}/refs", _Handler.refs),
    ("GET", rf"{_DATASET}/tree/{_REVISION}(?:/(?P<path>.+))?", _Handler.tree),
    ("POST", "/api/validate-yaml", _Handler.validate),
    ("POST", rf"{_DATASET}/preupload/{_REVISION}", _Handler.preupload),
    ("POST", rf"/datasets/{_ID}\.git/info/lfs/objects/batch", _Handler.batch),
    ("PUT", "/lfs/(?P<oid>[0-9a-f]{64})", _Handler.store),
    ("POST", "/api/lfs/verify", _Handler.verify),
    ("POST", rf"{_DATASET}/commit/{_REVISION}", _Handler.commit),
    ("POST", rf"{_DATASET}/tag/{_REVISION}", _Handler.tag),
    ("DELETE", rf"{_DATASET}/tag/(?P<name>.+)", _Handler.untag),
    ("DELETE", rf"{_DATASET}/branch/(?P<name>.+)", _Handler.unbranch),
    ("POST", rf"{_DATASET}/super-squash/{_REVISION}", _Handler.squash),
    ("GET", rf"{_DATASET}/lfs-files", _Handler.list_objects),
    ("POST", rf"{_DATASET}/lfs-files/batch", _Handler.delete_objects),
    ("GET", _DATASET, _Handler.info),
    ("GET", rf"{_DATASET}/revision/{_REVISION}", _Handler.info),
    ("HEAD GET", rf"/datasets/{_ID}/resolve/{_REVISION}/(?P<path>.+)", _Handler.resolve),
)
