"""A release folder as it is to be published: every file with its hash, in the order in which it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.derive.folder import RELEASE_FILE, open_folder
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.record import SUMS

# The sums say whose place it is; what makes a folder loadable goes last: a half upload is no release.
_ORDER: Final = {SUMS: 0, "README.md": 2, RELEASE_FILE: 3}


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release; ``git_oid`` is what git and the Hub call a file that is not kept in LFS."""

    path: str
    n_bytes: int
    sha256: str
    git_oid: str


@dataclass(frozen=True, slots=True)
class Shipment:
    """A release on its way; ``files`` stand in the order in which they are to be sent."""

    folder: Path
    release: Mapping[str, Any]
    files: tuple[File, ...]

    @property
    def name(self) -> str:
        """The corpus's name."""
        return str(self.release["name"])

    @property
    def version(self) -> str:
        """The version of the data."""
        return str(self.release["version"])

    @property
    def edition(self) -> Edition:
        """The edition."""
        return Edition(self.release["edition"])

    @property
    def folder_name(self) -> str:
        """The folder's name where several versions lie side by side."""
        suffix = "" if self.edition is Edition.FULL else f"-{self.edition}"
        return f"{self.name}-{self.version}{suffix}"

    @property
    def sums_sha256(self) -> str:
        """The hash of ``SHA256SUMS``, which stands for every byte."""
        return next(file.sha256 for file in self.files if file.path == SUMS)

    @property
    def n_bytes(self) -> int:
        """The size of all files."""
        return sum(file.n_bytes for file in self.files)


def open_shipment(folder: Path) -> Shipment:
    """Return the files of a release folder in the order in which they are to be sent (rules ``release-*``)."""
    release = open_folder(folder, verify=False).release
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    files = sorted(found, key=lambda one: (_ORDER.get(one, 1), one))
    return Shipment(folder, release, tuple(_file(folder / path, path) for path in files))


def check_unchanged(shipment: Shipment) -> None:
    """Raise ``publish-changed`` if the folder is no longer as it was opened: a build may run at the same time."""
    now = open_shipment(shipment.folder)
    if now.files != shipment.files:
        paths = sorted({file.path for file in {*now.files} ^ {*shipment.files}})
        what = f"it changed while it was sent ({', '.join(paths[:3])}); nothing was published."
        remedy = "Let no build run meanwhile, then run the command again."
        raise CorpusError("publish-changed", what, where=str(shipment.folder), remedy=remedy)


def _file(place: Path, path: str) -> File:
    n_bytes = place.stat().st_size
    blob = hashlib.sha1(f"blob {n_bytes}\0".encode(), usedforsecurity=False)
    with place.open("rb") as file:
        while block := file.read(1 << 20):
            blob.update(block)
    return File(path, n_bytes, file_sha256(place), blob.hexdigest())
