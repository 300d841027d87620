"""Folders of articles and tables at any address that fsspec knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stores import open_store
from ukrcorpus.normalise.makers import TABLES

DONE: Final = "normalise.json"
_WRITTEN: Final = (DONE, *(f"{table}.parquet" for table in TABLES), "quarantine.jsonl")
_PROBE: Final = ".ukrcorpus"


class Place:
    """A folder at an address such as ``file:///data``, ``s3://bucket/data`` or ``memory://data``."""

    def __init__(self, url: str) -> None:
        self.store = open_store(url)
        self.url, self.files, self.path = self.store.url, self.store.files, self.store.path

    def parquet_files(self) -> list[str]:
        """Return the Parquet files at or below the address, in the order of their names; none is refused."""
        with self.store.answering():
            # `isfile` and `glob` of fsspec take a store that refuses for one that is empty.
            try:
                kind = self.files.info(self.path)["type"]
            except FileNotFoundError:
                kind = ""
            below = self.files.find(self.path) if kind == "directory" else []
        found = [self.path] if kind == "file" else sorted(path for path in below if path.endswith(".parquet"))
        if not found:
            remedy = "Name a Parquet file, or a folder of such files."
            raise CorpusError("input-missing", "no Parquet file is there.", where=self.url, remedy=remedy)
        return found

    @contextmanager
    def reading(self, path: str) -> Iterator[pq.ParquetFile]:
        """Open a Parquet file of this place."""
        with self.store.answering(), self.files.open(path, "rb") as opened:
            try:
                file = pq.ParquetFile(opened)
            except pa.ArrowInvalid as error:
                remedy = "Mend the file or take it away."
                raise CorpusError("input-parquet", f"{error}.", where=f"{self.url}: {path}", remedy=remedy) from error
            with file:
                yield file

    def try_out(self) -> None:
        """Write an empty file and take it away, so that a refusal is known before the work is done."""
        path = f"{self.path}/{_PROBE}"
        with self.store.answering():
            self._make_folder(path)
            self.files.pipe_file(path, b"")
            self.files.rm_file(path)

    def put(self, local: Path, name: str) -> None:
        """Copy a local file to a name below the address."""
        path = f"{self.path}/{name}"
        with self.store.answering():
            self._make_folder(path)
            self.files.put_file(str(local), path)

    def holds(self, other: "Place") -> bool:
        """Say whether another address lies in this folder."""
        return f"{other.path}/".startswith(f"{self.path}/") and type(self.files) is type(other.files)

    def overwrites(self, other: "Place") -> bool:
        """Say whether another address is among what a run writes into this folder."""
        below = f"{other.path}/".removeprefix(f"{self.path}/").partition("/")[0]
        return self.holds(other) and below in _WRITTEN

    def clear(self) -> None:
        """Take away what an earlier run left there, first the mark that it is whole."""
        for path in (f"{self.path}/{name}" for name in _WRITTEN):
            with self.store.answering():
                if not self.files.exists(path):
                    continue
                self.files.rm(path, recursive=True)
                self.files.invalidate_cache()
                left = self.files.exists(path)
            if left:  # several stores refuse to delete without an error
                remedy = "Give the key the right to delete, or name another folder."
                raise CorpusError("store-kept", f"{path} cannot be deleted.", where=self.url, remedy=remedy)

    def _make_folder(self, path: str) -> None:
        if self.store.has_folders:
            self.files.makedirs(str(PurePosixPath(path).parent), exist_ok=True)


def places(given: str, output: str) -> tuple[Place, Place]:
    """Return the addresses of input and output.

    Raise ``output-inside-input`` where a second run would read the first, and ``output-over-input`` where this run
    would take away what it reads.
    """
    source, place = Place(given), Place(output)
    if source.holds(place):
        remedy = "Name a folder outside of the input."
        raise CorpusError("output-inside-input", f"lies in the input {source.url}.", where=place.url, remedy=remedy)
    if place.overwrites(source):
        remedy = "Name another folder."
        raise CorpusError("output-over-input", f"would replace the input {source.url}.", where=place.url, remedy=remedy)
    return source, place
