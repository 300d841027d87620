"""Local Label Studio servers, one for each annotator: up, and down again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from ukrcorpus.annotate.studio.data import check_version, copy_template, template
from ukrcorpus.annotate.studio.environment import Program, cache_folder, label_studio
from ukrcorpus.annotate.studio.place import Place, Say, disk, locked, only_place, places, try_lock
from ukrcorpus.annotate.studio.process import FIRST_PORT, LAST_PORT, end, free_port, is_alive, is_free
from ukrcorpus.annotate.studio.server import Launch, busy, launch, wait_until_up
from ukrcorpus.annotate.studio.state import (
    Server,
    State,
    make_login,
    read_state,
    server_of,
    write_down,
    write_state,
)
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project

_DYING_S: Final = 3.0  # a process that is gone from the table may have threads that still let go of its files


@dataclass(frozen=True, slots=True)
class Up:
    """A server that is up; ``password`` is given only by the command that made it."""

    annotator: str
    server: Server
    state: State
    was_up: bool
    password: str | None = field(repr=False)

    def as_text(self) -> str:
        """Return what the annotator must know; the password stands in it once, when it was made."""
        condition = "is up already" if self.was_up else "is up"
        password = self.password or "as before; ukrcorpus studio status --show-login shows it"
        return (
            f"{self.annotator} {condition} (Label Studio {self.state.version}, since {self.state.since})\n"
            f"  e-mail    {self.server.email}\n"
            f"  password  {password}"
        )


def up(project: Project, annotator: str | None, port: int | None, say: Say) -> Up:
    """Return the annotator's server, started on its data if it is not up; a second call finds it up."""
    place = only_place(project, annotator)
    program = label_studio(say)
    place.make()
    with disk(place.where), locked(place.lock, say):
        had_login = place.login.exists()
        state = _running(place, port)
        was_up = state is not None
        if state is None:
            with _one_choice(port, say):
                state = _start(place, program, _port(project, place, port, say), say)
        password = None if had_login else make_login(place).password
        return Up(place.annotator, server_of(place, state), state, was_up, password)


def down(project: Project, annotator: str | None, say: Say) -> tuple[str, bool]:
    """End the annotator's server and wait until it is gone; return whose, and whether it was up.

    Only the process that ``up`` started is touched: same pid, same start, same command line.
    """
    place = only_place(project, annotator)
    if not place.root.is_dir():
        return place.annotator, False
    with disk(place.where), locked(place.lock, say):
        state = read_state(place)
        process = None if state is None else state.process
        if state is None or process is None or not is_alive(process):
            with _alone(place):
                if state is not None and process is not None:
                    write_down(place, state)
            return place.annotator, False
        if not end(process):
            what = f"process {process.pid} does not end."
            raise CorpusError("studio-stop", what, where=place.where, remedy="Look at it with ps, and end it by hand.")
        write_down(place, state)
        return place.annotator, True


def down_all(project: Project, say: Say) -> tuple[tuple[str, bool], ...]:
    """End the servers of all annotators of the project."""
    return tuple(down(project, place.annotator, say) for place in places(project))


def _running(place: Place, port: int | None) -> State | None:
    """Return the state of a server that runs, once it answers; ``port`` may only be the one it has."""
    state = read_state(place)
    if state is None or state.process is None or not is_alive(state.process):
        return None
    if port is not None and port != state.port:
        what = f"the server is up on port {state.port}, not {port}."
        remedy = f"Run ukrcorpus studio down --annotator {place.annotator} first."
        raise CorpusError("studio-port", what, where=place.where, remedy=remedy)
    wait_until_up(state.process, state.port, place.log)
    return state


def _start(place: Place, program: Program, port: int, say: Say) -> State:
    """Start a server that is not up on its data, which are made from the template the first time."""
    with _alone(place) as alive:
        made = template(program, say)
        login = make_login(place)
        if place.data.exists():
            known = read_state(place)
            check_version(place, made, program, known.version if known else None)
        else:
            copy_template(made, place.data)
        say(f"starting the server of {place.annotator}")
        process = launch(Launch(program.binary, place.data, place.home, place.log, port), login, alive)
        state = State(program.version, port, process, datetime.now(UTC).isoformat(timespec="seconds"))
        write_state(place, state)
        wait_until_up(process, port, place.log)
        return state


@contextmanager
def _one_choice(port: int | None, say: Say) -> Iterator[None]:
    """Let only one server at a time choose its port and take it; one that was named needs no turn."""
    if port is not None:
        yield
        return
    cache = cache_folder()
    with disk(str(cache)):
        cache.mkdir(parents=True, exist_ok=True)
    with locked(cache / "ports.lock", say):
        yield


@contextmanager
def _alone(place: Place) -> Iterator[int]:
    """Yield the lock that a server holds while it lives; if one does that no state names, ``studio-orphan``."""
    handle = os.open(place.alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not try_lock(handle, _DYING_S):
            raise CorpusError(
                "studio-orphan",
                "a server works on these data, and state.json does not say which process it is.",
                where=place.where,
                remedy=f"Find it with: ps ax | grep {place.data}. End it by its id, then run the command again.",
            )
        yield handle
    finally:
        os.close(handle)


def _port(project: Project, place: Place, wanted: int | None, say: Say) -> int:
    """Return the port that was asked for, or the one of last time, or a free one that no other annotator has."""
    if wanted is not None:
        if not is_free(wanted):
            raise busy(wanted)
        return wanted
    known = read_state(place)
    if known is not None and is_free(known.port):
        return known.port
    found = free_port(_taken(project, place))
    if found is None:
        what = f"every port from {FIRST_PORT} to {LAST_PORT} is taken."
        raise CorpusError("studio-port", what, where=place.where, remedy="Name another one with --port.")
    if known is not None:
        say(f"port {known.port} is busy; from now on {place.annotator} has port {found}")
    return found


def _taken(project: Project, place: Place) -> set[int]:
    """Return the ports of the other annotators, up or down; who has a damaged state is told when it is his turn."""
    ports = set()
    for other in places(project):
        if other != place and other.state.is_file():
            state = read_state(other)
            ports |= {state.port} if state else set()
    return ports
