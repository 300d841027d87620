"""A release folder on disk: what ``release.json`` says of it, proved as far as asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import FORMAT
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.arrow import TYPES
from ukrcorpus.schema.model import Kind

RELEASE_FILE: Final = "release.json"
_AGAIN: Final = "Fetch or build the release again; an edited release is no release."


@dataclass(frozen=True, slots=True)
class Folder:
    """A release folder whose ``release.json`` was read and whose files are there."""

    path: Path
    release: dict[str, Any] = field(repr=False)
    _proved: set[str] = field(default_factory=set, repr=False, compare=False)

    @property
    def table_names(self) -> tuple[str, ...]:
        """The tables of the release, also those without rows, in alphabetical order."""
        return tuple(sorted(self.release["tables"]))

    def read(self, name: str, columns: tuple[str, ...] | None = None) -> pa.Table:
        """Return a table, its splits and their files one after the other; one without rows comes with its columns.

        Of ``columns``, where they are given, those that the table has. A file is proved by its hash before it is first
        read, for what is damaged may be read as something else (``release-file-changed``).
        """
        about = self.release["tables"][name]
        if columns is not None:
            about = {**about, "columns": [one for one in about["columns"] if one["name"] in columns]}
        wanted = None if columns is None else [one["name"] for one in about["columns"]]
        parts = [
            read_table(self._whole(file), wanted) for split in about["splits"].values() for file in files_of(split)
        ]
        fields = [
            pa.field(column["name"], TYPES[Kind(column["kind"])], nullable=not column["required"])
            for column in about["columns"]
        ]
        table = pa.concat_tables(parts) if parts else pa.schema(fields).empty_table()
        if table.num_rows != about["rows"] or table.schema.names != [field.name for field in fields]:
            raise _changed(self.path / "data" / name, "other rows or columns than release.json lists")
        return table

    def _whole(self, file: str) -> Path:
        if file not in self._proved:
            _check_file(self.path / file, self.release["files"][file], verify=True)
            self._proved.add(file)
        return self.path / file


def open_folder(path: Path, *, verify: bool) -> Folder:
    """Return the release at a path; every file listed must be there at its size, with ``verify`` at its hash.

    Rules: ``release-missing``, ``release-json``, ``release-file-missing``, ``release-file-changed``.
    """
    file = path / RELEASE_FILE
    if not file.is_file():
        raise CorpusError("release-missing", f"no {RELEASE_FILE} here.", where=str(path), remedy=_way_to_release(path))
    folder = Folder(path, _read_release(file))
    for name, about in folder.release["files"].items():
        _check_file(path / name, about, verify=verify)
    return Folder(path, folder.release, set(folder.release["files"] if verify else ()))


def files_of(split: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files of a split as ``release.json`` lists them; before there were several, it named one.

    >>> files_of({"rows": 9, "files": ["a", "b"]}), files_of({"rows": 9, "file": "a"})
    (('a', 'b'), ('a',))
    """
    return tuple(split["files"]) if "files" in split else (split["file"],)


def _way_to_release(path: Path) -> str:
    if (path / "corpus.toml").is_file():
        return "This is a corpus project: build it (ukrcorpus build), then load its dist/<name>-<version>."
    inner = sorted(file.parent.name for file in path.glob(f"*/{RELEASE_FILE}"))
    if inner:
        return f"There is a release inside: load {path / inner[-1]}."
    return "Give the folder that ukrcorpus build made, or a download of a release."


def _read_release(file: Path) -> dict[str, Any]:
    try:
        release = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CorpusError("release-json", f"not readable as JSON: {error}.", where=str(file), remedy=_AGAIN) from error
    if not isinstance(release, dict) or release.get("format") != FORMAT:
        what = "this is no release record that this version of ukrcorpus knows."
        raise CorpusError("release-json", what, where=str(file), remedy="Update ukrcorpus, or fetch the release again.")
    return release


def _check_file(path: Path, about: dict[str, Any], *, verify: bool) -> None:
    if not path.is_file():
        raise CorpusError("release-file-missing", "the file is missing.", where=str(path), remedy=_AGAIN)
    n_bytes = path.stat().st_size
    if n_bytes != about["bytes"]:
        raise _changed(path, f"{n_bytes} bytes, not {about['bytes']}")
    if verify and file_sha256(path) != about["sha256"]:
        raise _changed(path, "another SHA-256 than release.json lists")


def _changed(path: Path, what: str) -> CorpusError:
    return CorpusError("release-file-changed", f"{what}.", where=str(path), remedy=_AGAIN)
