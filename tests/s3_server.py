"""A real S3 server on the loopback interface, for tests: OpenStack Swift with its S3 API, in one folder.

It checks signatures, checksums and conditions of requests as others do. Its four servers (what clients see, accounts,
buckets, objects) run with one copy of everything, as the user who runs the tests.
"""

import contextlib
import os
import pwd
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
BINARIES = Path(os.environ.get("UKRCORPUS_SWIFT", ROOT / ".tools" / "s3" / "bin"))
RINGS = Path(__file__).with_name("s3_rings.py")
START_S = 60
STOP_S = 10
_STORES = ("account", "container", "object")
_FILTERS = ("catch_errors", "listing_formats", "bulk", "s3api", "tempauth", "slo", "copy")
_SETTINGS = {
    "s3api": "location = us-east-1",
    "tempauth": "user_tests_owner = {owner} .admin\nuser_tests_guest = {guest}",
    "proxy": "account_autocreate = true\nconn_timeout = 20\nnode_timeout = 60",
}


@dataclass(frozen=True)
class Server:
    """Where a running server is, and the keys of its owner and of a guest without rights, which nothing shows."""

    port: int
    owner: str = field(repr=False)
    guest: str = field(repr=False)
    processes: list["subprocess.Popen[bytes]"] = field(repr=False, default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, user: str = "owner", secret: str | None = None) -> dict[str, str]:
        """Return the variables by which clients of S3 find the server."""
        keys = {"owner": self.owner, "guest": self.guest}
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": f"tests:{user}",
            "AWS_SECRET_ACCESS_KEY": secret or keys[user],
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def stop(self) -> None:
        """End the processes by their ids; the data stay in the folder."""
        for one in self.processes:
            one.terminate()
        for one in self.processes:
            try:
                one.wait(STOP_S)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait(STOP_S)


def why_not() -> str | None:
    """Return why no server can be started here, or None; only a machine without packages has a reason."""
    if (BINARIES / "swift-proxy-server").is_file():
        return None
    return f"OpenStack Swift is not installed in {BINARIES}: tools/setup s3 does it, where packages can be had"


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Run a server with its data in ``folder`` until the block ends."""
    port, *ports = _free_ports(1 + len(_STORES))
    server = Server(port, secrets.token_hex(20), secrets.token_hex(20))
    _configure(folder, server, dict(zip(_STORES, ports, strict=True)))
    try:
        for name in (*_STORES, "proxy"):
            server.processes.append(_start(folder, name))
        _wait_until_up(server, (port, *ports), folder)
        yield server
    finally:
        server.stop()


def _configure(folder: Path, server: Server, ports: dict[str, int]) -> None:
    (folder / "disks" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = tests\n[storage-policy:0]\nname = one\ndefault = yes\n",
        encoding="utf-8",
    )
    for name, port in ports.items():
        _write_conf(folder, name, port, (), {})
    keys = _SETTINGS["tempauth"].format(owner=server.owner, guest=server.guest)
    _write_conf(folder, "proxy", server.port, _FILTERS, _SETTINGS | {"tempauth": keys})
    words = [f"{name}={port}" for name, port in ports.items()]
    subprocess.run([BINARIES / "python", RINGS, folder, *words], check=True, stdin=subprocess.DEVNULL)


def _write_conf(folder: Path, name: str, port: int, filters: tuple[str, ...], settings: dict[str, str]) -> None:
    user = pwd.getpwuid(os.getuid()).pw_name
    about = {"bind_ip": "127.0.0.1", "bind_port": port, "workers": 0, "user": user, "swift_dir": folder}
    # A busy machine is no reason to answer with an error, or to list an object later.
    about |= {"devices": folder / "disks", "mount_check": "false", "container_update_timeout": 60}
    lines = ["[DEFAULT]", *(f"{key} = {value}" for key, value in about.items())]
    lines += ["[pipeline:main]", f"pipeline = {' '.join((*filters, f'{name}-server'))}"]
    for part in filters:
        lines += [f"[filter:{part}]", f"use = egg:swift#{part}", settings.get(part, "")]
    lines += [f"[app:{name}-server]", f"use = egg:swift#{name}", settings.get(name, "")]
    path = folder / f"{name}.conf"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _start(folder: Path, name: str) -> "subprocess.Popen[bytes]":
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [BINARIES / f"swift-{name}-server", folder / f"{name}.conf", "--verbose"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _free_ports(n: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(n)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait_until_up(server: Server, ports: tuple[int, ...], folder: Path) -> None:
    end = time.monotonic() + START_S
    waiting = list(ports)
    while waiting and time.monotonic() < end:
        ended = [one.returncode for one in server.processes if one.poll() is not None]
        if ended:
            raise RuntimeError(f"a server of Swift ended with {ended[0]}; the logs are in {folder}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", waiting[0]), timeout=5):
            waiting.pop(0)
            continue
        time.sleep(0.05)
    if waiting:
        raise TimeoutError(f"Swift did not answer within {START_S} s; the logs are in {folder}")
