"""Processes and ports: which process a record means, how it is ended, and which ports of 127.0.0.1 are free."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"
FIRST_PORT: Final = 8090
LAST_PORT: Final = 8189
_TERM_S: Final = 30.0
_KILL_S: Final = 10.0
_PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """One process for good: a reused pid has another start, and most often another command line.

    ``started`` is opaque: on Linux the boot and the clock ticks since, which a changed clock does not move.
    """

    pid: int
    started: str
    command: str


def process_of(pid: int) -> Process | None:
    """Return the living process with this pid; None if there is none or it is a zombie."""
    return _from_proc(pid) if sys.platform == "linux" else from_ps(pid)


def is_alive(process: Process) -> bool:
    """Return whether exactly this process lives."""
    return process_of(process.pid) == process


def end(process: Process) -> bool:
    """End exactly this process, politely first; return whether it is gone."""
    for number, patience in ((signal.SIGTERM, _TERM_S), (signal.SIGKILL, _KILL_S)):
        if not is_alive(process):
            return True
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)
        stop = time.monotonic() + patience
        while is_alive(process) and time.monotonic() < stop:
            time.sleep(0.05)
    return not is_alive(process)


def is_free(port: int) -> bool:
    """Return whether nobody listens on a port of 127.0.0.1 and it can be taken."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((LOOPBACK, port)) == 0:
            return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(taken: Collection[int]) -> int | None:
    """Return the lowest free port of the range that is not spoken for; None if there is none."""
    return next((port for port in range(FIRST_PORT, LAST_PORT + 1) if port not in taken and is_free(port)), None)


def _from_proc(pid: int) -> Process | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        words = (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name in brackets may hold anything; what follows it are state, parent, ... and as the 20th the start.
    fields = stat.rpartition(")")[2].split()
    if fields[0] in "ZX":
        return None
    return Process(pid, f"{_boot()} {fields[19]}", " ".join(os.fsdecode(word) for word in words if word))


def _boot() -> str:
    """Return which boot of the machine this is; some containers do not tell."""
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "-"


def from_ps(pid: int) -> Process | None:
    """Return the same from ``ps``, as macOS has it."""
    command = ["ps", "-ww", "-o", "stat=", "-o", "lstart=", "-o", "command=", "-p", str(pid)]
    done = subprocess.run(  # noqa: S603 - a fixed command and a number
        command, capture_output=True, check=False, env={"LC_ALL": "C", "PATH": "/bin:/usr/bin"}
    )
    fields = os.fsdecode(done.stdout).split(maxsplit=6)
    if len(fields) < 7 or fields[0].startswith("Z"):  # noqa: PLR2004 - state, five words of the start, the command
        return None
    return Process(pid, " ".join(fields[1:6]), fields[6].rstrip("\n"))
