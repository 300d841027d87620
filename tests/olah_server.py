"""olah, a mirror of the Hub that others wrote, on the loopback interface: it serves git repositories to readers."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BINARY = Path(os.environ.get("UKRCORPUS_OLAH", Path(__file__).parents[1] / ".tools/olah/bin/olah-cli"))
START_S = 60
STOP_S = 10


def why_not() -> str | None:
    """Return why it cannot be started here, or None; only a machine without packages has a reason."""
    return None if BINARY.is_file() else f"there is no {BINARY}: tools/setup olah does it, where packages can be had"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve ``folder/mirror/datasets/<organisation>/<name>`` until the block ends, and yield the address."""
    port = _free_port()
    about = [f'[basic]\nhost = "127.0.0.1"\nport = {port}\nrepos-path = "{folder}/cache"']
    about += [f'mirrors-path = ["{folder}/mirror"]\n[accessibility]\noffline = true\n']
    (folder / "olah.toml").write_text("\n".join(about), encoding="utf-8")
    with (folder / "olah.log").open("wb") as log:
        process = subprocess.Popen(
            [BINARY, "-c", folder / "olah.toml"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_up(process, port, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"olah ended with {process.returncode}; its log is in {folder}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.05)
    raise TimeoutError(f"olah did not answer within {START_S} s; its log is in {folder}")
