"""What a local server refuses, each with its exact message; none of these needs a running server."""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import label_studio_server
from ukrcorpus.annotate.studio.data import DATABASE, copy_template, template
from ukrcorpus.annotate.studio.environment import BINARY_VARIABLE, CACHE_VARIABLE, named_program
from ukrcorpus.annotate.studio.place import Place, check_private, locked, only_place, place_of
from ukrcorpus.annotate.studio.process import Process, end, from_ps, is_alive, process_of
from ukrcorpus.annotate.studio.server import wait_until_up
from ukrcorpus.annotate.studio.servers import _port, down, up
from ukrcorpus.annotate.studio.state import State, local_server, make_login, read_state, write_state
from ukrcorpus.annotate.studio.status import status
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project

WHO = "annotator-01"
COMMAND = [sys.executable, "-c", "from ukrcorpus.cli import main; main()", "--project"]
UP = f"""
import sys
from pathlib import Path
from ukrcorpus.annotate.studio.servers import down, up
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
project = Project(Path(sys.argv[1]))
try:
    up(project, {WHO!r}, None, print)
except CorpusError as error:
    print(error, file=sys.stderr)
finally:
    down(project, {WHO!r}, print)
"""
NO_PROCESS = State("1.23.2", 18095, None, None)


@pytest.fixture
def place(empty_project: Project) -> Place:
    """The place of an annotator whose server was never started."""
    place = place_of(empty_project, WHO)
    place.make()
    return place


@pytest.fixture
def with_data(place: Place) -> Place:
    """The place of an annotator with a login and data, whose server is down."""
    make_login(place)
    copy_template(template(named_program(label_studio_server.BINARY), print), place.data)
    return place


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(CorpusError) as caught:
        work()
    return str(caught.value)


def start(project: Project, port: int | None = None) -> Callable[[], object]:
    return lambda: up(project, WHO, port, print)


@pytest.mark.parametrize("name", ["", "Olena K", "../annotator-02", "a" * 41, "-x"])
def test_a_name_that_is_no_pseudonym(empty_project: Project, name: str) -> None:
    assert refusal(lambda: up(empty_project, name, None, print)) == (
        f"--annotator: '{name}' cannot name an annotator. [studio-annotator]\n"
        "  Use a pseudonym of lower-case letters, digits and '-', at most 40, such as annotator-01."
    )


def test_several_annotators_and_none_named(empty_project: Project) -> None:
    for name in ("annotator-02", "annotator-01"):
        place_of(empty_project, name).make()
    assert refusal(lambda: only_place(empty_project, None)) == (
        ".studio: there are servers of 2 annotators: annotator-01, annotator-02. [studio-annotator]\n"
        "  Say whose: --annotator NAME."
    )


def test_a_server_that_is_not_up_has_no_address(empty_project: Project, place: Place) -> None:
    write_state(place, State("1.23.2", 18095, Process(os.getpid(), "another boot", "label-studio"), None))
    assert refusal(lambda: local_server(empty_project, WHO)) == (
        ".studio/annotator-01: this annotator's server is not up. [studio-down]\n"
        "  Run: ukrcorpus studio up --annotator annotator-01"
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"process": {"pid": 1}}', "not a state of ukrcorpus studio: KeyError 'data'."),
        ("{", "the file is damaged: no JSON."),
        ("[]", "the file is damaged: no JSON object."),
        ("{}", "not a state of ukrcorpus studio: KeyError 'process'."),
        ('{"process": {"pid": "x"}, "data": "DATA"}', "not a state of ukrcorpus studio: ValueError invalid literal"),
    ],
)
def test_a_damaged_state_file(empty_project: Project, place: Place, text: str, what: str) -> None:
    place.state.write_text(text.replace("DATA", str(place.data)), encoding="utf-8")
    said = refusal(start(empty_project))
    assert said.startswith(f".studio/annotator-01/state.json: {what}")
    assert said.endswith(
        "[studio-state]\n  Remove this file and run ukrcorpus studio up again: no annotation is in it."
    )
    assert refusal(lambda: down(empty_project, WHO, print)) == said
    (shown,) = status(empty_project, None, show_login=False)
    assert (shown.state, shown.problem) == ("damaged", said)


def test_data_without_a_login(empty_project: Project, with_data: Place) -> None:
    with_data.login.unlink()
    assert refusal(start(empty_project)) == (
        ".studio/annotator-01/login.json: the file is missing, but there are data. [studio-login]\n"
        "  Restore it from a backup; the annotations are safe in the folder data beside it."
    )


def test_a_damaged_login_is_named_and_never_repeated(empty_project: Project, with_data: Place) -> None:
    with_data.login.write_text('{"email": "a@b", "password": "pw-1", "token": "tok-1"}', encoding="utf-8")
    said = refusal(start(empty_project))
    assert said.startswith(".studio/annotator-01/login.json: e-mail, password or token is missing. [studio-login]")
    assert "pw-1" not in said
    assert "tok-1" not in said


def test_a_login_that_others_can_read(empty_project: Project, with_data: Place) -> None:
    with_data.login.chmod(0o644)
    assert refusal(start(empty_project)) == (
        ".studio/annotator-01/login.json: other users have rights to it (mode 644). [studio-permissions]\n"
        f"  Run: chmod 600 {with_data.login}"
    )


def test_a_folder_that_others_can_enter(empty_project: Project, place: Place) -> None:
    place.root.chmod(0o755)
    assert refusal(start(empty_project)) == (
        ".studio/annotator-01: other users have rights to it (mode 755). [studio-permissions]\n"
        f"  Run: chmod 700 {place.root}"
    )


def test_a_folder_of_another_user(place: Place) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(place.root, 12345, 12345)
    assert refusal(lambda: check_private(place.root, place.where)) == (
        ".studio/annotator-01: it belongs to another user. [studio-permissions]\n"
        "  Run the command as its owner, or move it away."
    )


def test_a_port_that_somebody_has(empty_project: Project, place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        assert refusal(start(empty_project, port)) == (
            f"127.0.0.1:{port}: somebody else listens there. [studio-port]\n"
            "  Name another one with --port, or none: then a free one is taken and kept."
        )
    assert read_state(place) is None


def test_the_port_of_last_time_that_somebody_has_now(empty_project: Project, place: Place) -> None:
    told: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        taken = stranger.getsockname()[1]
        write_state(place, State("1.23.2", taken, None, None))
        found = _port(empty_project, place, None, told.append)
    assert found != taken
    assert told == [f"port {taken} is busy; from now on annotator-01 has port {found}"]


def test_ports_of_other_annotators_are_theirs_also_while_they_are_down(empty_project: Project, place: Place) -> None:
    first = _port(empty_project, place, None, print)
    write_state(place, State("1.23.2", first, None, None))
    assert _port(empty_project, place_of(empty_project, "annotator-02"), None, print) != first
    assert _port(empty_project, place, None, print) == first


def test_data_of_another_label_studio(empty_project: Project, with_data: Place) -> None:
    with closing(sqlite3.connect(with_data.data / DATABASE)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '9999_new', '2027-01-01')"
        )
        database.execute("DELETE FROM django_migrations WHERE id IN (SELECT id FROM django_migrations LIMIT 2)")
    write_state(with_data, State("1.30.0", 18095, None, None))
    assert refusal(start(empty_project)) == (
        ".studio/annotator-01/data: the data were made by Label Studio 1.30.0, and this one is 1.23.2 "
        "(1 of its table changes are unknown here, 2 are missing). [studio-data-version]\n"
        "  Set UKRCORPUS_LABEL_STUDIO to the program that made them, pull the annotations, then move this folder away "
        "and run ukrcorpus studio up again."
    )


def test_a_damaged_database(empty_project: Project, with_data: Place) -> None:
    (with_data.data / DATABASE).write_bytes(b"no database" * 1000)
    said = (
        ".studio/annotator-01/data/label_studio.sqlite3: Label Studio's database cannot be read: "
        "file is not a database. [studio-data]\n"
        "  Restore the folder from a backup, or move it away and run ukrcorpus studio up again."
    )
    assert refusal(start(empty_project)) == said
    (shown,) = status(empty_project, None, show_login=False)
    assert (shown.state, shown.problem) == ("damaged", said)


def test_a_server_that_no_record_names(empty_project: Project, with_data: Place) -> None:
    write_state(with_data, NO_PROCESS)
    with with_data.alive.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = refusal(start(empty_project))
        assert said == refusal(lambda: down(empty_project, WHO, print))
    assert said == (
        ".studio/annotator-01: a server works on these data, and state.json does not say which process it is. "
        "[studio-orphan]\n"
        f"  Find it with: ps ax | grep {with_data.data}. End it by its id, then run the command again."
    )


def test_a_command_that_does_not_finish(place: Place) -> None:
    told: list[str] = []

    def wait() -> None:
        with locked(place.lock, told.append, wait_s=0.3):
            pass

    with locked(place.lock, told.append):
        said = refusal(wait)
    assert said.startswith(
        f"{place.lock}: another ukrcorpus studio command has been at work for more than 0 s. [studio-locked]"
    )
    assert told == ["waiting for another ukrcorpus studio command to finish"]


def test_a_program_that_is_no_label_studio(empty_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BINARY_VARIABLE, sys.executable)
    assert refusal(start(empty_project)) == (
        f"UKRCORPUS_LABEL_STUDIO={sys.executable}: no program of an environment with label-studio. [studio-program]\n"
        "  Name the file bin/label-studio of one, or unset UKRCORPUS_LABEL_STUDIO."
    )


def test_a_cache_that_is_a_file(empty_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("", encoding="utf-8")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    assert refusal(start(empty_project)) == (
        f"{tmp_path / 'cache'}: File exists. [file-access]\n  Check the path and your rights to it."
    )


@pytest.mark.parametrize(
    ("size", "where"), [("200k", "data.making/label_studio.sqlite3"), ("1400k", "server.log")], ids=["copy", "start"]
)
def test_a_disk_that_fills_up(with_data: Place, tmp_path: Path, size: str, where: str) -> None:
    shutil.rmtree(with_data.data)
    small = tmp_path / "small"
    small.mkdir()
    isolated = label_studio_server.ISOLATED
    mount = f'mount -t tmpfs -o size={size} tmpfs "{small}"'
    label_studio_server.skip_unless_mounted(mount)
    copy = f'cp -rp "{with_data.root.parent}" "{small}"'
    done = subprocess.run(
        [*isolated, f'{mount} && {copy} && exec "$0" -c "$1" "$2"', sys.executable, UP, small],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.endswith(
        f"/{where}: no space is left on the disk. [disk-full]\n"
        "  Free some space and run the command again; what is there stays.\n"
    ), done.stderr


@pytest.mark.parametrize(
    ("does", "what"),
    [("time.sleep(60)", "it did not answer within 1 s and was ended."), ("print('no!')", "its last words: no!")],
)
def test_a_server_that_does_not_come_up(does: str, what: str, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    command = [sys.executable, "-c", f"import time; input(); {does}"]
    with log.open("wb") as out:
        started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out)
    # A program that is being loaded shows no command line of its own yet: a later look would take it for another.
    while (process := process_of(started.pid)) is not None and does not in process.command:
        time.sleep(0.001)
    assert process is not None
    assert started.stdin is not None
    with started.stdin as go:
        go.write(b"\n")
    with pytest.raises(CorpusError) as refused:
        wait_until_up(process, 9, log, wait_s=1)
    assert f"{what} [studio-start]" in str(refused.value)
    assert started.wait(10) is not None


def test_a_reused_pid_is_another_process() -> None:
    mine = process_of(os.getpid())
    assert mine is not None
    assert is_alive(mine)
    others = [Process(mine.pid, "earlier", mine.command), Process(mine.pid, mine.started, "label-studio start")]
    assert [is_alive(other) for other in others] == [False, False]
    assert all(end(other) for other in others)


def test_ps_tells_processes_apart_as_proc_does() -> None:
    with subprocess.Popen(["sleep", "30"]) as one:
        found = from_ps(one.pid)
        assert found is not None
        assert (found.pid, found.command) == (one.pid, "sleep 30")
        assert from_ps(one.pid) == found
        one.kill()
        one.wait()
        assert from_ps(one.pid) is None
    assert process_of(one.pid) is None


def test_status_without_servers_says_how_to_start_one(empty_project: Project) -> None:
    done = subprocess.run(
        [*COMMAND, str(empty_project.root), "studio", "status"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "no servers; ukrcorpus studio up starts one\n")


def test_a_damaged_server_hides_no_other(empty_project: Project, place: Place) -> None:
    place.state.write_text("{", encoding="utf-8")
    place_of(empty_project, "annotator-02").make()
    done = subprocess.run(
        [*COMMAND, str(empty_project.root), "studio", "status", "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert [one["state"] for one in json.loads(done.stdout)] == ["damaged", "down"]
