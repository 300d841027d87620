"""The life of a real local server: up, found up, killed, up again with its data, down; and nobody else is touched."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import label_studio_server
from ukrcorpus.annotate.studio.data import copy_template, template
from ukrcorpus.annotate.studio.environment import CACHE_VARIABLE, label_studio
from ukrcorpus.annotate.studio.place import Place, place_of
from ukrcorpus.annotate.studio.process import Process, is_alive, process_of
from ukrcorpus.annotate.studio.server import Launch, launch, wait_until_up
from ukrcorpus.annotate.studio.servers import down
from ukrcorpus.annotate.studio.state import Login, State, local_server, read_login, read_state
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project

WHO = "annotator-07"
# Label Studio obeys each of these names without a prefix.
HOSTILE = {"HOST": "https://evil.example", "PORT": "1", "USERNAME": "bob", "PASSWORD": "bob", "DEBUG": "true"}
HOSTILE |= {"LABEL_STUDIO_COLLECT_ANALYTICS": "1", "DJANGO_DB": "default", "DATABASE_NAME": "/nowhere/db.sqlite3"}
COMMAND = [sys.executable, "-c", "from ukrcorpus.cli import main; main()", "--project"]


@dataclass(frozen=True)
class Local:
    """A project with a server that the command line started."""

    project: Project
    said: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``ukrcorpus studio`` with a hostile environment."""
        return studio(self.project, *words)

    @property
    def state(self) -> State:
        """What is written down about the server."""
        state = read_state(place_of(self.project, WHO))
        assert state is not None
        return state

    @property
    def process(self) -> Process:
        """The server's process."""
        assert self.state.process is not None
        return self.state.process

    @property
    def login(self) -> Login:
        """The first user."""
        login = read_login(place_of(self.project, WHO))
        assert login is not None
        return login

    def api(self, path: str) -> Any:
        """Return what the server's API says."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.state.url}{path}", headers={"Authorization": f"Token {self.login.token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            return json.load(answer)


def studio(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, str(project.root), "studio", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | HOSTILE,
    )


@pytest.fixture(scope="module")
def local(normalised_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    project = Project(tmp_path_factory.mktemp("studio") / "проєкт №1")
    subprocess.run(["cp", "-r", normalised_folder, project.root], check=True)
    try:
        done = studio(project, "up", "--annotator", WHO, "--port", str(label_studio_server.ephemeral_port()))
        assert done.returncode == 0, done.stderr
        yield Local(project, done.stdout)
    finally:
        down(project, WHO, print)


def test_up_prints_address_and_login_once_and_the_token_never(local: Local) -> None:
    assert f"{local.state.url}/projects/1" in local.said
    assert f"  e-mail    {WHO}@ukrcorpus.invalid\n  password  {local.login.password}\n" in local.said
    again = local.run("up")
    assert again.stdout.startswith(f"{WHO} is up already (Label Studio 1.23.2, since {local.state.since})")
    assert f"pushed to 'project both' (project 1) on local-{WHO}: 0 new, 1 there already\n" in again.stdout
    assert again.stdout.endswith(f"  open      {local.state.url}/projects/1\n")
    assert local.login.password not in again.stdout
    logs = place_of(local.project, WHO).root.glob("server.log*")
    told = local.said + again.stdout + again.stderr + "".join(log.read_text(encoding="utf-8") for log in logs)
    assert local.login.token not in told
    assert local.login.password not in told.replace(local.said, "")


def test_only_the_owner_can_read_what_a_server_keeps(local: Local) -> None:
    root = place_of(local.project, WHO).root
    assert (root.stat().st_mode & 0o777, root.parent.stat().st_mode & 0o777) == (0o700, 0o700)
    assert {path.name: path.stat().st_mode & 0o777 for path in (root / "login.json", root / "server.log")} == {
        "login.json": 0o600,
        "server.log": 0o600,
    }
    assert (root.parent / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_nothing_of_the_callers_environment_reaches_the_server(local: Local) -> None:
    given = Path(f"/proc/{local.process.pid}/environ")
    if not given.is_file():
        pytest.skip("only Linux shows the environment of a process")
    variables = dict(one.split("=", 1) for one in given.read_text(encoding="utf-8").split("\0") if "=" in one)
    assert variables.keys().isdisjoint(HOSTILE)
    assert (variables["COLLECT_ANALYTICS"], variables["SENTRY_DSN"]) == ("0", "")
    assert variables["HTTPS_PROXY"] == "http://127.0.0.1:9"  # where nobody listens: the tips of the home page end there
    assert [user["email"] for user in local.api("/api/users/")] == [local.login.email]


def test_the_server_listens_on_the_loopback_address_alone_and_knows_no_other_name(local: Local) -> None:
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", local.state.port)) != 0
    request = urllib.request.Request(f"{local.state.url}/health", headers={"Host": "evil.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=10)  # noqa: S310 - loopback


def test_each_server_signs_its_sessions_with_a_key_of_its_own(local: Local) -> None:
    key = (place_of(local.project, WHO).data / ".env").read_bytes()
    cache = Path(os.environ[CACHE_VARIABLE])
    assert key not in [path.read_bytes() for path in cache.glob("label-studio-template-*/.env")]


def test_status_says_it_for_people_and_for_programs(local: Local) -> None:
    [shown] = json.loads(local.run("status", "--json").stdout)
    assert shown.pop("projects")[0] == {"id": 1, "title": "project both", "tasks": 1, "annotated": 0}
    assert shown == {
        "annotator": WHO,
        "state": "up",
        "url": local.state.url,
        "since": local.state.since,
        "version": "1.23.2",
        "problem": None,
    }
    lines = local.run("status", "--show-login").stdout.splitlines()
    assert lines[:2] == [
        f"{WHO}: up at {local.state.url} since {local.state.since} (Label Studio 1.23.2)",
        "  project both: 0 of 1 tasks annotated",
    ]
    assert lines[-1] == f"  e-mail {local.login.email}, password {local.login.password}"


def test_a_server_that_runs_and_does_not_answer_is_silent(local: Local) -> None:
    os.kill(local.process.pid, signal.SIGSTOP)
    try:
        assert local.run("status").stdout.startswith(f"{WHO}: silent at {local.state.url} since {local.state.since}")
    finally:
        os.kill(local.process.pid, signal.SIGCONT)


def test_a_copy_of_the_project_does_not_take_the_server_for_its_own(local: Local, tmp_path: Path) -> None:
    copy = Project(tmp_path / "copy")
    subprocess.run(["cp", "-rp", local.project.root, copy.root], check=True)
    assert studio(copy, "down").stdout == f"{WHO}: was not up\n"
    assert is_alive(local.process)


def test_a_port_that_is_lost_at_the_last_moment_is_no_other_port(local: Local, tmp_path: Path) -> None:
    """Label Studio takes the next one in silence."""
    place = Place(WHO, tmp_path, WHO)
    program = label_studio(print)
    copy_template(template(program, print), place.data)
    login = Login("a@ukrcorpus.invalid", "password", "0" * 40)
    with socket.create_server(("127.0.0.1", 0)) as stranger, place.alive.open("w") as alive:
        port = stranger.getsockname()[1]
        process = launch(Launch(program.binary, place.data, place.home, place.log, port), login, alive.fileno())
        with pytest.raises(CorpusError, match=r"somebody else listens there\. \[studio-port\]"):
            wait_until_up(process, port, place.log)
    assert not is_alive(process)


def test_another_port_is_refused_while_the_server_is_up(local: Local) -> None:
    done = local.run("up", "--port", "18099")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f".studio/{WHO}: the server is up on port {local.state.port}, not 18099. [studio-port]\n"
        f"  Run ukrcorpus studio down --annotator {WHO} first.\n"
    )


def test_a_killed_server_comes_up_again_on_its_data_however_many_ask_for_it(local: Local) -> None:
    task = local.api("/api/tasks/1")
    killed, login = local.process, local.login
    os.kill(killed.pid, signal.SIGKILL)
    assert local.run("status").stdout.startswith(f"{WHO}: down (Label Studio 1.23.2)\n  project both: 0 of 1 tasks")
    words = [*COMMAND, str(local.project.root), "studio", "up", "--annotator", WHO, "--step", "units"]
    asked = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=300)[0].split(" (")[0] for one in asked]
    assert sorted(said) == [f"{WHO} is up", f"{WHO} is up already"]
    assert (local.api("/api/tasks/1")["data"], local.login) == (task["data"], login)
    assert is_alive(local.process)
    assert not is_alive(killed)
    made = [(one["title"], one["task_number"]) for one in local.api("/api/projects/")["results"]]
    assert sorted(made) == [("project both", 1), ("project units", 1)]
    assert local_server(local.project, WHO).url == local.state.url


def test_down_ends_its_own_process_waits_for_it_and_touches_no_other(local: Local) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        ours = local.process
        own = place_of(local.project, WHO).state
        kept = own.read_text(encoding="utf-8")
        own.write_text(kept.replace(str(ours.pid), str(stranger.pid), 1), encoding="utf-8")
        refused = local.run("down")
        assert refused.stderr.startswith(f".studio/{WHO}: a server works on these data, and state.json does not say")
        assert process_of(stranger.pid) is not None
        assert is_alive(ours)
        own.write_text(kept, encoding="utf-8")
        assert local.run("down", "--all").stdout == f"{WHO}: down\n"
        assert not is_alive(ours)
        assert process_of(stranger.pid) is not None
        stranger.kill()
    assert local.run("down").stdout == f"{WHO}: was not up\n"
    assert local.run("up", "--annotator", WHO).returncode == 0
