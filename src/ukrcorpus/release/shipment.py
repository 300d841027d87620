"""A release folder as it is to be published: every file with its hash, whole, lawful and nothing beside it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError, Severity
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.derive.folder import RELEASE_FILE, Folder, open_folder
from ukrcorpus.policy.rights import Edition, held_text
from ukrcorpus.release.record import SUMS
from ukrcorpus.release.verify.run import verify
from ukrcorpus.schema.read import read_schema

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
    """A release that may be published; ``files`` stand in the order in which they are to be sent."""

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


def check_shipment(shipment: Shipment) -> None:
    """Raise why a release may not be published.

    ``publish-edition``: texts were put back into it. ``rights-held``: it holds text that may not be passed on.
    ``publish-unverified``: it is not what it says.
    """
    where = str(shipment.folder)
    if shipment.release["edition"] not in set(Edition):
        remedy = "It is for your own use. Publish the edition that ukrcorpus build makes."
        raise CorpusError("publish-edition", "texts were put back into it.", where=where, remedy=remedy)
    _check_rights(shipment)
    check_verified(shipment)


def check_verified(shipment: Shipment) -> None:
    """Raise ``publish-unverified`` unless every check of ``release verify`` holds."""
    where = str(shipment.folder)
    wrong = [one for one in verify(shipment.folder).findings if one.severity is Severity.ERROR]
    if wrong:
        what = f"it is not what it says it is: {wrong[0].rule} at {wrong[0].where}, of {len(wrong)} errors in all."
        remedy = f"See them all (ukrcorpus release verify {where}), then build again."
        raise CorpusError("publish-unverified", what, where=where, remedy=remedy)


def _check_rights(shipment: Shipment) -> None:
    opened = Folder(shipment.folder, dict(shipment.release))
    schema = read_schema(shipment.folder / "schema")
    held = next(held_text(schema, {name: opened.read(name) for name in opened.table_names}), None)
    if held is not None:
        raise held.as_error()


def _file(place: Path, path: str) -> File:
    n_bytes = place.stat().st_size
    blob = hashlib.sha1(f"blob {n_bytes}\0".encode(), usedforsecurity=False)
    with place.open("rb") as file:
        while block := file.read(1 << 20):
            blob.update(block)
    return File(path, n_bytes, file_sha256(place), blob.hexdigest())
