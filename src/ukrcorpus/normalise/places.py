"""Folders at any address that fsspec knows; what a store answers with an error is said with its remedy, never a key."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.makers import TABLES

DONE: Final = "normalise.json"
_WRITTEN: Final = (DONE, *(f"{table}.parquet" for table in TABLES), "quarantine.jsonl")
_PROBE: Final = ".ukrcorpus"
_S3: Final = frozenset({"s3", "s3a"})
# Stores without folders: to make one would make the bucket, and a slip in its name is no wish for another bucket.
_FLAT: Final = _S3 | {"gs", "gcs", "abfs", "abfss", "az", "oss"}
# An error's rule by the names of its classes, so that no store's library is imported to tell them. botocore's
# ConnectionError and Python's share their name and their meaning.
_RULES: Final = (
    ("store-denied", frozenset({"PermissionError", "NoCredentialsError", "PartialCredentialsError"})),
    ("store-missing", frozenset({"FileNotFoundError"})),
    ("store-unreachable", frozenset({"ConnectionError", "TimeoutError", "HTTPClientError", "ClientConnectionError"})),
)
_WHATS: Final = {
    "store-denied": "the store denies access",
    "store-missing": "the bucket or folder is not there",
    "store-unreachable": "the store does not answer",
    "store-failed": "the store answered with an error",
}
_REMEDIES: Final = {
    "store-denied": "Check your rights there, and the credentials in the environment.",
    "store-missing": "Make the bucket or folder first, or correct the address.",
    "store-unreachable": "Check the address and the network, then run the command again.",
    "store-failed": "Run the command again; if it fails again, ask who runs the store.",
}
_S3_REMEDIES: Final = {
    "store-denied": "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what that key may do in the bucket.",
    "store-unreachable": "Check that the server runs, and that AWS_ENDPOINT_URL or FSSPEC_S3_ENDPOINT_URL names it.",
}
_PASSWORD = re.compile(r"(?<=://)[^/@:\s]*:[^/@\s]*@")
_SECRET = re.compile(r"KEY|SECRET|TOKEN|PASSWORD")
_LONG: Final = 6  # a shorter value is no secret, and would be found in any word


class Place:
    """A folder at an address such as ``file:///data``, ``s3://bucket/data`` or ``memory://data``."""

    def __init__(self, url: str) -> None:
        self.url = _PASSWORD.sub("", url).rstrip("/")
        self.protocol = url.partition("://")[0]
        self.files, self.path = _connect(url.rstrip("/"), self.url, self.protocol)

    def parquet_files(self) -> list[str]:
        """Return the Parquet files at or below the address, in the order of their names; none is refused."""
        with self._answering():
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
        with self._answering(), self.files.open(path, "rb") as opened:
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
        with self._answering():
            self._make_folder(path)
            self.files.pipe_file(path, b"")
            self.files.rm_file(path)

    def put(self, local: Path, name: str) -> None:
        """Copy a local file to a name below the address."""
        path = f"{self.path}/{name}"
        with self._answering():
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
            with self._answering():
                if not self.files.exists(path):
                    continue
                self.files.rm(path, recursive=True)
                self.files.invalidate_cache()
                left = self.files.exists(path)
            if left:  # several stores refuse to delete without an error
                remedy = "Give the key the right to delete, or name another folder."
                raise CorpusError("store-kept", f"{path} cannot be deleted.", where=self.url, remedy=remedy)

    def _make_folder(self, path: str) -> None:
        if self.protocol not in _FLAT:
            self.files.makedirs(str(PurePosixPath(path).parent), exist_ok=True)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except _failures() as error:
            raise _refusal(error, self.url, self.protocol) from error


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


def _connect(url: str, where: str, protocol: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    try:
        files, path = url_to_fs(url)
    except ImportError as error:
        with_extra = "Install the extra for it: pip install 'ukrcorpus[s3]'."
        remedy = with_extra if protocol in _S3 else "Install that package where the command runs."
        raise CorpusError("store-extra", f"{_said(error)}.", where=where, remedy=remedy) from error
    except ValueError as error:
        remedy = "Name a folder, or an address such as file:///data or s3://bucket/data."
        raise CorpusError("store-unknown", f"{_said(error)}.", where=where, remedy=remedy) from error
    return files, str(path)


def _failures() -> tuple[type[BaseException], ...]:
    """Return what a store's failure can be: errors of Python, and of the libraries that are loaded."""
    names = (
        ("botocore.exceptions", "BotoCoreError"),
        ("botocore.exceptions", "ClientError"),
        ("aiohttp", "ClientError"),
    )
    return (OSError, *(getattr(sys.modules[module], name) for module, name in names if module in sys.modules))


def _refusal(error: BaseException, where: str, protocol: str) -> CorpusError:
    classes = {one.__name__ for one in type(error).__mro__}
    rule = next((rule for rule, names in _RULES if names & classes), "store-failed")
    remedy = (protocol in _S3 and _S3_REMEDIES.get(rule)) or _REMEDIES[rule]
    return CorpusError(rule, f"{_WHATS[rule]}: {_said(error)}.", where=where, remedy=remedy)


def _said(error: BaseException) -> str:
    """Return what an error says in one line, without the values of secret variables and passwords in addresses."""
    text = _PASSWORD.sub("", " ".join(str(error).split())) or type(error).__name__
    for name, value in os.environ.items():
        if len(value) >= _LONG and _SECRET.search(name):
            text = text.replace(value, f"${name}")
    return text.rstrip(".")
