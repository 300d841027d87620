"""Whether what a stage made is still what its inputs would make: hashes of both, kept beside the output."""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

from ukrcorpus.core.tables import sha256, write_json, write_text

Hashes = dict[str, str]
_YOUNG_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use
_NO_FILE: Final = "missing"
_HIDDEN: Final = re.compile(r"(^|/)(\.|__pycache__)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """``inputs`` and ``outputs`` map names to hashes. The stage is fresh while both are as they were."""

    path: Path
    inputs: Hashes

    def is_fresh(self, outputs: Hashes) -> bool:
        """Say whether the stage last ran to its end with these inputs, and its outputs are untouched."""
        return bool(self._kept() == {"inputs": self.inputs, "outputs": outputs})

    def foreign(self, outputs: Hashes) -> tuple[str, ...]:
        """Return the outputs that are not as they were stamped: damaged, or written by somebody else."""
        kept = self._kept().get("outputs", {})
        return tuple(name for name, digest in outputs.items() if kept.get(name, digest) != digest)

    def lift(self) -> None:
        """Take the stamp away before the stage runs, so that a killed run is never taken for a whole one."""
        self.path.unlink(missing_ok=True)

    def set(self, outputs: Hashes) -> None:
        """Stamp the outputs of a stage that ran to its end."""
        write_json(self.path, {"inputs": self.inputs, "outputs": outputs})

    def _kept(self) -> dict[str, Hashes]:
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}


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
    times to tell is read again. Losing what is kept costs time only, as does damage to it. Without a path nothing is
    known and nothing kept.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._used: dict[str, str] = {}  # a file's name and stat -> its hash
        self._looked: dict[Path, dict[str, str | None]] = {}
        kept = read_kept(path) if path else None
        self._kept: dict[str, str] = kept if isinstance(kept, dict) else {}

    def sha256(self, file: Path) -> str:
        """Return the SHA-256 of a file."""
        return self._told(str(file), settled_stat([str(file)]))

    def folded(self, path: Path) -> str | None:
        """Return one hash of a file, or of all files below a folder and their names; None where nothing is there.

        Hidden files and folders do not count.
        """
        if not path.is_dir():
            return self.sha256(path) if path.is_file() else None
        stats = sorted(self.below(path).items())
        files = ((name, stat) for name, stat in stats if stat != _NO_FILE and not _HIDDEN.search(name))
        lines = "\n".join([f"{name} {self._told(f'{path}{os.sep}{name}', stat)}" for name, stat in files])
        return sha256(lines.encode("utf-8", "surrogateescape"))

    def below(self, folder: Path) -> Mapping[str, str | None]:
        """Return what ``settled_stat`` said of each file below a folder when it was first asked, by its path there."""
        if folder not in self._looked:
            self._looked[folder] = stats_below(folder)
        return self._looked[folder]

    def keep(self) -> None:
        """Keep for the next run what this one asked for."""
        if self._path and self._used != self._kept:
            write_kept(self._path, self._used)

    def _told(self, name: str, stat: str | None) -> str:
        key = f"{name} {stat}"
        digest = self._kept.get(key) or self._used.get(key) or file_sha256(Path(name))
        if stat:
            self._used[key] = digest
        return digest


def read_kept(path: Path) -> Any:
    """Return what ``write_kept`` wrote; None where nothing is kept, or not as it was written."""
    try:
        proof, _, text = path.read_bytes().partition(b"\n")
        return json.loads(text) if sha256(text).encode("ascii") == proof else None
    except (OSError, ValueError):
        return None


def write_kept(path: Path, value: object) -> None:
    """Keep a value for the next run, with the hash that shows damage."""
    text = json.dumps(value, sort_keys=True)
    write_text(path, f"{sha256(text.encode('ascii'))}\n{text}")


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file of any size as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settled_stat(paths: Iterable[str]) -> str | None:
    """Return sizes, times and numbers of files, which stand for their content as long as they are the same.

    Beside the time that anybody can set stands that of the entry, which the system sets. None where a file is so young
    that another change of the same size would not show in its time.
    """
    settled = time.time_ns() - _YOUNG_NS
    stats = [_stat_of(path, settled) for path in paths]
    return None if None in stats else ", ".join(one for one in stats if one)


def stats_below(folder: Path) -> dict[str, str | None]:
    """Return what ``settled_stat`` says of each file below a folder, by its path there; links to folders are left."""
    settled = time.time_ns() - _YOUNG_NS
    found, waiting = {}, [(str(folder), "")]
    while waiting:
        place, above = waiting.pop()
        with os.scandir(place) as entries:
            for one in entries:
                if not one.is_dir():
                    found[f"{above}{one.name}"] = _stat_of(one, settled)
                elif not one.is_symlink():
                    waiting.append((one.path, f"{above}{one.name}/"))
    return found


def told_stat(one: os.stat_result) -> str:
    """Return size, times and number of a file as text."""
    return f"{one.st_size} {one.st_mtime_ns} {one.st_ctime_ns} {one.st_ino}"


@cache
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
    return sha256(json.dumps(_own_files()).encode("utf-8"))


def source_hash() -> str:
    """Return the hash of this package's modules: the same in a checkout and in an installed wheel."""
    modules = {name: digest for name, digest in _own_files().items() if name.endswith(".py")}
    return sha256(json.dumps(modules).encode("utf-8"))


@cache
def _own_files() -> Hashes:
    """Return the hashes of this package's files; what runs is what they were when it began."""
    package = Path(__file__).parents[1]
    return hashes(package, [package])


def _stat_of(path: "str | os.DirEntry[str]", settled: int) -> str | None:
    """Return the stat of a file as text; None where the file is younger than ``settled``."""
    try:
        one = os.stat(path) if isinstance(path, str) else path.stat()  # noqa: PTH116 - a Path costs more than the call
    except FileNotFoundError:
        return _NO_FILE
    if not S_ISREG(one.st_mode):
        return _NO_FILE
    return None if one.st_mtime_ns > settled or one.st_ctime_ns > settled else told_stat(one)


def _files(path: Path) -> list[str]:
    if path.is_file():
        return [str(path)]
    found = []
    for folder, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith((".", "__pycache__"))]
        files = (os.path.join(folder, name) for name in names if not name.startswith((".", "__pycache__")))  # noqa: PTH118
        found += [file for file in files if os.path.isfile(file)]  # noqa: PTH113 - a Path costs more than the call
    return sorted(found)
