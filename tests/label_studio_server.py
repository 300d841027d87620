"""A real Label Studio server on the loopback interface, for tests; its data are a fresh copy of a migrated template."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
BINARY = Path(os.environ.get("UKRCORPUS_LABEL_STUDIO", ROOT / ".tools" / "label-studio" / "bin" / "label-studio"))
TEMPLATE = ROOT / ".cache" / "label-studio-template"
START_S = 120
STOP_S = 20
# Nothing of the caller's environment reaches the server but this: it reads bare names such as HOST and USERNAME too.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
_QUIET = {
    "COLLECT_ANALYTICS": "0",
    "LATEST_VERSION_CHECK": "0",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
}


@dataclass(frozen=True)
class Server:
    """Where a running server is, and the first user's credentials, which no representation shows."""

    url: str
    token: str = field(repr=False)
    email: str = "owner@example.org"


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Run a server with its data in ``folder`` until the block ends; it is stopped by its process id."""
    data = shutil.copytree(_template(), folder / "data")
    server = Server(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(20))
    port = server.url.rpartition(":")[2]
    account = {
        "LABEL_STUDIO_USERNAME": server.email,
        "LABEL_STUDIO_PASSWORD": secrets.token_urlsafe(16),
        "LABEL_STUDIO_USER_TOKEN": server.token,
    }
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [BINARY, "start", "--no-browser", "--internal-host", "127.0.0.1", "-p", port],
            env=_environment(data) | account,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_up(server, process, log)
        yield server
    finally:
        _stop(process)


def _template() -> Path:
    """Return the migrated data directory without users, made once (about a minute) and kept in .cache/."""
    if not BINARY.is_file():
        remedy = "Run make test, which installs it, or set UKRCORPUS_LABEL_STUDIO."
        raise FileNotFoundError(f"Label Studio is not installed at {BINARY}. {remedy}")
    if not TEMPLATE.is_dir():
        making = TEMPLATE.with_name(f"{TEMPLATE.name}.{os.getpid()}")
        making.mkdir(parents=True)
        subprocess.run(
            [BINARY, "version"], env=_environment(making), stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
        making.rename(TEMPLATE)
    return TEMPLATE


def _environment(data: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | _QUIET | {"LABEL_STUDIO_BASE_DATA_DIR": str(data)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the health page; a busy port would be silently replaced, so it is this process that must answer."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"Label Studio ended with {process.returncode}; its log is {log}")
        try:
            with urllib.request.urlopen(f"{server.url}/health", timeout=5) as answer:  # noqa: S310 - loopback
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise TimeoutError(f"Label Studio did not answer within {START_S} s; its log is {log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_S)
