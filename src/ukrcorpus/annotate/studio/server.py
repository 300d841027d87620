"""Start a Label Studio on its data and prove that it, and nobody else, answers on its port."""

import http.client
import re
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.annotate.studio.place import disk
from ukrcorpus.annotate.studio.process import LOOPBACK, Process, end, is_alive, process_of
from ukrcorpus.annotate.studio.quiet import quiet_environment
from ukrcorpus.annotate.studio.state import Login
from ukrcorpus.core.problems import CorpusError

START_S: Final = 180.0
_OPTION: Final = "--internal-host"
_TAIL_BYTES: Final = 65_536
_ANSWER_S: Final = 3.0
_BUSY: Final = re.compile(rb"\* Port \d+ is in use\.|That port is already in use")
_LEAST_BYTES: Final = 1 << 16  # with less, the log cannot say that the disk is full
_FULL: Final = re.compile(rb"No space left on device|database or disk is full")


@dataclass(frozen=True, slots=True)
class Launch:
    """What a server is started with."""

    binary: Path
    data: Path
    home: Path
    log: Path
    port: int


def launch(this: Launch, login: Login, alive: int) -> Process:
    """Start the server in a session of its own and return its process; it inherits the locked file ``alive``.

    Label Studio makes the user on the first start only.
    """
    account = {
        "LABEL_STUDIO_USERNAME": login.email,
        "LABEL_STUDIO_PASSWORD": login.password,
        "LABEL_STUDIO_USER_TOKEN": login.token,
    }
    options = ["--no-browser", _OPTION, LOOPBACK, "-p", str(this.port), "--data-dir", str(this.data)]
    with disk(str(this.log)):
        this.home.mkdir(mode=0o700, exist_ok=True)
        if this.log.exists():
            this.log.replace(this.log.with_name(f"{this.log.name}.1"))
        this.log.touch(mode=0o600)
        with this.log.open("ab") as out:
            child = subprocess.Popen(  # noqa: S603 - the program that the user chose
                [str(this.binary), "start", *options],
                env=quiet_environment(this.data, this.home) | account,
                cwd=this.data,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=(alive,),
            )
    return _started(child, this)


def wait_until_up(process: Process, port: int, log: Path, *, wait_s: float = START_S) -> None:
    """Wait until this process answers on this port; otherwise end it and raise ``CorpusError``."""
    stop = time.monotonic() + wait_s
    while time.monotonic() < stop:
        if answers(process, port, log):
            return
        if not is_alive(process):
            raise _ended(log, port)
        if _BUSY.search(_tail(log)):
            end(process)
            raise busy(port)
        time.sleep(0.2)
    end(process)
    what = f"it did not answer within {wait_s:.0f} s and was ended."
    raise CorpusError("studio-start", what, where=str(log), remedy="Read this log, then run the command again.")


def answers(process: Process, port: int, log: Path) -> bool:
    """Return whether it is this process that answers: a question of ours must stand in the log that it alone writes."""
    mark = secrets.token_hex(8)
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=_ANSWER_S)
    try:
        connection.request("GET", f"/health?ukrcorpus={mark}")
        well = connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    stop = time.monotonic() + 1
    while well and is_alive(process) and time.monotonic() < stop:
        if mark.encode() in _tail(log):
            return True
        time.sleep(0.05)
    return False


def busy(port: int) -> CorpusError:
    """Return the error of a port that somebody else has."""
    remedy = "Name another one with --port, or none: then a free one is taken and kept."
    return CorpusError("studio-port", "somebody else listens there.", where=f"{LOOPBACK}:{port}", remedy=remedy)


def _started(child: "subprocess.Popen[bytes]", this: Launch) -> Process:
    """Return the process once it shows its own command line, which it has not yet when the program is being loaded."""
    while child.poll() is None:
        found = process_of(child.pid)
        if found is not None and _OPTION in found.command:
            return found
        time.sleep(0.01)
    raise _ended(this.log, this.port)


def _ended(log: Path, port: int) -> CorpusError:
    """Return why a server ended, as far as its log tells."""
    tail = _tail(log)
    if _BUSY.search(tail):
        return busy(port)
    if _FULL.search(tail) or shutil.disk_usage(log.parent).free < _LEAST_BYTES:
        remedy = "Free some space and run the command again; what is there stays."
        return CorpusError("disk-full", "no space is left on the disk.", where=str(log), remedy=remedy)
    lines = [line for line in tail.decode("utf-8", "replace").splitlines() if line.strip()]
    last = lines[-1].strip()[:300] if lines else "nothing"
    return CorpusError(
        "studio-start",
        f"Label Studio ended while it started; its last words: {last}",
        where=str(log),
        remedy="Read this log, then run the command again.",
    )


def _tail(log: Path) -> bytes:
    try:
        with log.open("rb") as lines:
            lines.seek(max(0, log.stat().st_size - _TAIL_BYTES))
            return lines.read()
    except FileNotFoundError:
        return b""
