"""Builds that cannot write: a full disk, a read-only file system, no rights. Run it where mounts are free:

    unshare --user --map-root-user --mount python hindered_builds.py PROJECT

PROJECT was built. Each attempt says why it stopped and leaves the release as it was; freed, the next one finishes.
"""

import ctypes
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from ukrcorpus.cli import main as command
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes

KB = 1024
FILLER = ".filler"


def main() -> None:
    project = Project(Path(sys.argv[1]))
    for number, (name, hindrance, message) in enumerate(HINDRANCES):
        with hindrance(project):
            corpus_toml = project.root / "corpus.toml"
            corpus_toml.write_text(changed(corpus_toml.read_text(encoding="utf-8"), number), encoding="utf-8")
            before = hashes(project.root, [project.dist])
            code, said = run(project)
            assert (code, message in said) == (1, True), f"{name}: exit {code}: {said}"
            assert hashes(project.root, [project.dist]) == before, f"{name}: the release has changed"
            hidden = [one.name for one in project.dist.rglob(".*") if one.name != FILLER]
            assert not hidden, f"{name}: left over in dist/: {hidden}"
        code, said = run(project)
        assert code == 0, f"after {name}: exit {code}: {said}"
        now = hashes(project.root, [project.dist])
        assert now.keys() == before.keys(), f"after {name}: {now.keys() ^ before.keys()}"
        assert now != before, f"after {name}: nothing was written"


def changed(corpus_toml: str, number: int) -> str:
    """Return a corpus.toml that makes the corpus and the release stale."""
    lines = [line for line in corpus_toml.splitlines() if not line.startswith("contact")]
    return "\n".join([f'contact = "desk-{number}@example.org"', *lines]) + "\n"


def run(project: Project) -> tuple[int, str]:
    """Run ``ukrcorpus build`` in this process and return its exit code and what it said on stderr."""
    said = io.StringIO()
    sys.argv = ["ukrcorpus", "--project", str(project.root), "build"]
    with redirect_stderr(said), redirect_stdout(io.StringIO()) as shown:
        try:
            command()
        except SystemExit as done:
            code = int(done.code or 0)
    return code, said.getvalue() or shown.getvalue()


@contextmanager
def full(folder: Path, free: int) -> Iterator[None]:
    """Put a folder on a disk of its own that has ``free`` bytes left, and give it back with what is there then."""
    kept = folder.with_name(f"{folder.name}-kept")
    folder.rename(kept)
    folder.mkdir()
    system("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder))
    shutil.copytree(kept, folder, dirs_exist_ok=True, symlinks=True)
    fill(folder / FILLER, free)
    shutil.rmtree(kept)
    try:
        yield
    finally:
        (folder / FILLER).unlink()
        shutil.copytree(folder, kept, symlinks=True)
        system("umount", str(folder))
        folder.rmdir()
        kept.rename(folder)


def fill(path: Path, free: int) -> None:
    """Write until the disk is full, then give so many bytes back."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(64 * KB)):
            pass
    os.truncate(path, path.stat().st_size - free)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    system("mount", "--bind", str(folder), str(folder))
    system("mount", "-o", "remount,bind,ro", str(folder))
    try:
        yield
    finally:
        system("umount", str(folder))


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Take away the right to write there; and root's way around it, for good."""
    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    assert ctypes.CDLL(None).capset(version_3, (ctypes.c_uint32 * 6)()) == 0
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


def system(*words: str) -> None:
    subprocess.run(words, check=True)


HINDRANCES: tuple[tuple[str, Callable[[Project], AbstractContextManager[None]], str], ...] = (
    ("dist/ fills up", lambda project: full(project.dist, 200 * KB), "no space is left on the disk. [disk-full]"),
    ("build/ is full", lambda project: full(project.build, 0), "no space is left on the disk. [disk-full]"),
    ("dist/ is read-only", lambda project: read_only(project.dist), "Read-only file system. [file-access]"),
    ("no right to dist/", lambda project: without_rights(project.dist), "Permission denied. [file-access]"),
)

if __name__ == "__main__":
    main()
