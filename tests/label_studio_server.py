"""A real Label Studio server on the loopback interface, for tests: ``studio up`` with data in a folder of the test."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ukrcorpus.annotate.studio.environment import BINARY_VARIABLE, CACHE_VARIABLE
from ukrcorpus.annotate.studio.servers import down, up
from ukrcorpus.annotate.studio.state import Server as Server  # noqa: PLC0414 - what tests name it by
from ukrcorpus.core.project import Project

ROOT = Path(__file__).parents[1]
# The program that tools/setup installs, and the migrated template beside it.
BINARY = Path(os.environ.setdefault(BINARY_VARIABLE, str(ROOT / ".tools" / "label-studio" / "bin" / "label-studio")))
HOMES = (folder for folder in BINARY.parents if (folder / ".tools").is_dir())
os.environ.setdefault(CACHE_VARIABLE, str(next(HOMES, ROOT) / ".cache"))

ISOLATED = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]  # with file systems of its own


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Run a server with its data in ``folder`` until the block ends."""
    project = Project(folder)
    try:
        yield up(project, "owner", ephemeral_port(), print).server
    finally:
        down(project, "owner", print)


def ephemeral_port() -> int:
    """Return a port that is free and that no two tests at the same time are given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def skip_unless_mounted(mount: str) -> None:
    """Skip the test where nobody can mount a small disk, such as on macOS."""
    if not shutil.which(ISOLATED[0]) or subprocess.run([*ISOLATED, mount], check=False).returncode != 0:
        pytest.skip("no file system can be mounted here")
