"""Whether what a stage made is still what its inputs would make: hashes of both, kept beside the output."""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from ukrcorpus.core.tables import sha256, write_json, write_text

Hashes = dict[str, str]
_YOUNG_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use


@dataclass(frozen=True, slots=True)
class Stamp:
    """``inputs`` and ``outputs`` map names to hashes. The stage is fresh while both are as they were."""

    path: Path
    inputs: Hashes

    def is_fresh(self, outputs: Hashes) -> bool:
        """Say whether the stage last ran to its end with these inputs, and its outputs are untouched."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return False
        return bool(kept == {"inputs": self.inputs, "outputs": outputs})

    def lift(self) -> None:
        """Take the stamp away before the stage runs, so that a killed run is never taken for a whole one."""
        self.path.unlink(missing_ok=True)

    def set(self, outputs: Hashes) -> None:
        """Stamp the outputs of a stage that ran to its end."""
        write_json(self.path, {"inputs": self.inputs, "outputs": outputs})


def hashes(root: Path, paths: Iterable[Path], known: "Known | None" = None) -> Hashes:
    """Return the SHA-256 of every file among and below the paths, by its path relative to ``root``.

    Missing paths are left out; hidden files are no input and no output. Files that ``known`` has seen as they are now
    are not read again.
    """
    told = known.sha256 if known else file_sha256
    above = f"{root}{os.sep}"
    files = (file for path in paths for file in _files(path))
    return {file.removeprefix(above).replace(os.sep, "/"): told(Path(file)) for file in files}


class Known:
    """The hashes of files by size, times and number, kept on disk: a project's large files are read once.

    The times are those of the content and of the entry itself, which nobody can set; a file that is too young for its
    times to tell is read again. Losing what is kept costs time only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._used: dict[str, list[str]] = {}
        try:
            self._kept = dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            self._kept = {}

    def sha256(self, file: Path) -> str:
        """Return the SHA-256 of a file."""
        name, stat = str(file), settled_stat([str(file)])
        kept = self._kept.get(name)
        digest = str(kept[1]) if kept and stat and kept[0] == stat else file_sha256(file)
        if stat:
            self._used[name] = [stat, digest]
        return digest

    def keep(self) -> None:
        """Keep for the next run what this one asked for."""
        text = json.dumps(self._used, sort_keys=True)
        write_text(self._path, text)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file of any size as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settled_stat(paths: Iterable[str]) -> str | None:
    """Return sizes, times and numbers of files, which stand for their content as long as they are the same.

    Beside the time that anybody can set stands that of the entry, which the system sets. None where a file is so young
    that another change of the same size would not show in its time.
    """
    stats = []
    for path in paths:
        try:
            one = os.stat(path)  # noqa: PTH116 - one for each article of a corpus; a Path costs more than the call
        except FileNotFoundError:
            stats.append("missing")
            continue
        if time.time_ns() - max(one.st_mtime_ns, one.st_ctime_ns) < _YOUNG_NS:
            return None
        stats.append(told_stat(one))
    return ", ".join(stats)


def told_stat(one: os.stat_result) -> str:
    """Return size, times and number of a file as text."""
    return f"{one.st_size} {one.st_mtime_ns} {one.st_ctime_ns} {one.st_ino}"


def tool_versions() -> dict[str, str]:
    """Return the versions of this package and of what building needs, as far as installed."""
    wanted = [line for line in metadata.requires("ukrcorpus") or () if "extra ==" not in line or "build" in line]
    names = {re.split(r"[^\w.-]", line)[0] for line in wanted}
    found = {}
    for name in sorted(names | {"ukrcorpus"}):
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def code_hash() -> str:
    """Return the hash of this package's own code: another version of a pass is another input."""
    package = Path(__file__).parents[1]
    return sha256(json.dumps(hashes(package, [package])).encode("utf-8"))


def source_hash() -> str:
    """Return the hash of this package's modules: the same in a checkout and in an installed wheel."""
    package = Path(__file__).parents[1]
    return sha256(json.dumps(hashes(package, sorted(package.rglob("*.py")))).encode("utf-8"))


def _files(path: Path) -> list[str]:
    if path.is_file():
        return [str(path)]
    found = []
    for folder, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith((".", "__pycache__"))]
        files = (os.path.join(folder, name) for name in names if not name.startswith((".", "__pycache__")))  # noqa: PTH118
        found += [file for file in files if os.path.isfile(file)]  # noqa: PTH113 - a Path costs more than the call
    return sorted(found)
