"""Locks that end with the process that holds them: one process at a time writes in a project."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project

if sys.platform != "win32":
    import fcntl

P = ParamSpec("P")
R = TypeVar("R")
_NAME: Final = ".lock"
_held: set[Path] = set()  # by this process


@contextmanager
def working(project: Project) -> Iterator[None]:
    """Keep other processes from building, importing or deciding until the block ends, or raise ``project-busy``.

    The system lets go of the lock when the process ends, in whatever way. A block inside a block is free.
    """
    path = (project.build / _NAME).resolve()
    if path in _held:
        yield
        return
    handle = _taken(path, project.address(project.build / _NAME))
    _held.add(path)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        _held.remove(path)
        os.close(handle)


def alone(work: Callable[Concatenate[Project, P], R]) -> Callable[Concatenate[Project, P], R]:
    """Return a function that runs as ``working``: no other process writes what it reads and writes again."""

    @wraps(work)
    def done(project: Project, /, *given: P.args, **named: P.kwargs) -> R:
        with working(project):
            return work(project, *given, **named)

    return done


def try_lock(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file or folder for this process and say whether that went well; where nothing can be locked, it did.

    Closing the file lets go of it.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def is_at(handle: int, path: Path) -> bool:
    """Say whether the open file is the one that lies at the path."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _taken(path: Path, where: str) -> int:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # somebody removed build/ between the two calls
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            if not try_lock(handle):
                raise _busy(handle, where)
            if is_at(handle, path):
                return handle
            os.close(handle)


def _busy(handle: int, where: str) -> CorpusError:
    with os.fdopen(handle, "rb") as file:
        said = file.read(20).strip()
    who = f"process {int(said)}" if said.isdigit() else "another process"
    return CorpusError(
        "project-busy",
        f"{who} is at work on this project.",
        where=where,
        remedy="Wait for it to end, then run the command again. If it was killed, nothing has to be removed.",
    )
