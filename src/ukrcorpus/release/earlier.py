"""Data files taken over from the releases in ``dist/``: what the same rows made is copied and not written again.

``build/.data-files.json`` says which file of which release has which origin. A copy is proved by its hash before it is
used. Losing the list, or damage to it or to a file, costs time only.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import atomic_path, sha256, write_json
from ukrcorpus.derive.numbers import FileNumbers
from ukrcorpus.release.origins import Origins
from ukrcorpus.release.shards import piece
from ukrcorpus.schema.model import Table

NAME: Final = ".data-files.json"
Files = Mapping[str, FileNumbers]  # by split


class Earlier:
    """The data files of a project's releases, and those of one in ``shards`` that is being written."""

    def __init__(self, project: Project, origins: Origins) -> None:
        self._dist, self._path, self._origins = project.dist, project.build / NAME, origins
        self.shards = origins.shards
        self._ledger = _read(self._path)
        self._made: dict[str, Files] = {}

    def take(self, about: Table, folder: Path) -> dict[int, Files]:
        """Copy the files of a table's shards into a folder, and return them by the number of the shard."""
        taken = {}
        for number, key in enumerate(self._origins.keys(about) or ()):
            known = ((self._dist / name, files[key]) for name, files in self._ledger.items() if key in files)
            copied = next((_copied(*one, folder, about.name, number) for one in known), None)
            if copied is not None:
                taken[number] = copied
        return taken

    def note(self, about: Table, shards: Sequence[Files]) -> None:
        """Note the files of a table's shards, as the release that is being written has them."""
        for number, key in enumerate(self._origins.keys(about) or ()):
            self._made[key] = shards[number]

    def keep(self, place: Path) -> None:
        """Write the list, now that the release lies in its place; other releases stay in it while they are there."""
        ledger = {name: files for name, files in self._ledger.items() if (self._dist / name).is_dir()}
        _write(self._path, ledger | {place.name: self._made})


def _copied(release: Path, files: Files, folder: Path, table: str, number: int) -> Files | None:
    """Copy the files of a shard; None, and no copy, where one is not as it was written."""
    copies = {split: replace(file, path=piece(table, split, number)) for split, file in files.items()}
    if all(_is_copied(release / files[split].path, folder / one.path, one.sha256) for split, one in copies.items()):
        return copies
    for one in copies.values():
        (folder / one.path).unlink(missing_ok=True)
    return None


def _is_copied(source: Path, place: Path, digest: str) -> bool:
    try:
        with atomic_path(place, flushed=False) as beside:
            shutil.copyfile(source, beside)
    except OSError:
        return False
    return file_sha256(place) == digest


def _read(path: Path) -> dict[str, dict[str, Files]]:
    """Return the files by release and key, as they were kept."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["proof"] != _proof(kept["releases"]):
            return {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return {
        release: {key: {split: FileNumbers(**file) for split, file in files.items()} for key, files in own.items()}
        for release, own in kept["releases"].items()
    }


def _write(path: Path, ledger: Mapping[str, Mapping[str, Files]]) -> None:
    releases = {
        release: {key: {split: asdict(file) for split, file in files.items()} for key, files in own.items()}
        for release, own in ledger.items()
    }
    write_json(path, {"proof": _proof(releases), "releases": releases})


def _proof(releases: object) -> str:
    return sha256(json.dumps(releases, sort_keys=True).encode("utf-8"))
