"""Addresses that fsspec knows; what a store answers with an error is said with its remedy, never a key."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError

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


@dataclass(frozen=True, slots=True)
class Store:
    """A folder at an address such as ``file:///data``, ``s3://bucket/data`` or ``memory://data``, opened with fsspec.

    ``url`` is the address without a password, ``path`` what ``files`` calls it.
    """

    url: str
    protocol: str
    files: Any
    path: str

    @property
    def has_folders(self) -> bool:
        """Whether a folder has to be made before a file in it."""
        return self.protocol not in _FLAT

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Raise what fails there as ``store-denied``, ``store-missing``, ``store-unreachable`` or ``store-failed``."""
        try:
            yield
        except _failures() as error:
            raise _refusal(error, self.url, self.protocol) from error


def open_store(given: str) -> Store:
    """Return the store at an address, or raise ``store-extra`` or ``store-unknown``."""
    url = _PASSWORD.sub("", given).rstrip("/")
    protocol = given.partition("://")[0] if "://" in given else "file"
    files, path = _connect(given.rstrip("/"), url, protocol)
    return Store(url, protocol, files, path)


def without_secrets(text: str, *others: str | None) -> str:
    """Return a text in one line, without the values of secret variables, passwords in addresses, and others."""
    said = _PASSWORD.sub("", " ".join(text.split()))
    for name, value in os.environ.items():
        if len(value) >= _LONG and _SECRET.search(name):
            said = said.replace(value, f"${name}")
    for other in others:
        said = said.replace(other, "***") if other else said
    return said


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
    return (without_secrets(str(error)) or type(error).__name__).rstrip(".")
