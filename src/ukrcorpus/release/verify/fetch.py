"""A release at an address, copied into a temporary folder file by file, as its own list says and no further."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stores import Store, open_store
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.release.record import SUMS
from ukrcorpus.release.verify.files import is_inner, read_sums
from ukrcorpus.release.verify.record import read_record

_WEB: Final = frozenset({"http", "https"})
_LOCAL: Final = frozenset({"file", "local"})
_BLOCK: Final = 1 << 20
_MOST_BYTES: Final = 1 << 26  # of a file whose size is recorded nowhere


@dataclass(frozen=True, slots=True)
class Fetched:
    """A release folder on disk, and where it came from; ``is_listed``: all files that are there were seen."""

    folder: Path
    url: str
    is_listed: bool


@contextmanager
def fetched(place: str) -> Iterator[Fetched]:
    """Yield the release at a folder or address (``https://``, ``s3://``, ``hf://``, ...); a copy goes afterwards.

    Rules: ``release-missing``, ``release-path`` and those of ``core.stores``. Nothing is written there.
    """
    if "://" not in place:
        yield Fetched(Path(place), place, is_listed=True)
        return
    store = open_store(place)
    if store.protocol in _LOCAL:
        yield Fetched(Path(store.path), store.url, is_listed=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        is_listed = store.protocol not in _WEB
        copy = Path(folder) / store.path.rstrip("/").rpartition("/")[2].replace("@", "-")
        copy.mkdir()
        _copy(store, copy, _names(store) if is_listed else None)
        yield Fetched(copy, store.url, is_listed)


def _names(store: Store) -> list[str]:
    """Return the files below the address, by their paths from there."""
    with store.answering():
        found = [str(one).removeprefix(f"{store.path}/") for one in store.files.find(store.path)]
    return sorted(one for one in found if one and not one.endswith("/"))


def _copy(store: Store, copy: Path, names: Iterable[str] | None) -> None:
    """Copy the lists first; what they list is copied up to the size that they give."""
    for name in (SUMS, RELEASE_FILE):
        _copy_one(store, name, copy, _MOST_BYTES)
    if not any(copy.iterdir()):
        what, remedy = f"neither {SUMS} nor {RELEASE_FILE} is there.", "Give the address of a release's own folder."
        raise CorpusError("release-missing", what, where=store.url, remedy=remedy)
    sizes = _sizes(copy)
    for name in names if names is not None else _listed(copy):
        if not is_inner(name):
            what, remedy = f"{name!r} is no path below a release's folder.", "Nobody should load it from there."
            raise CorpusError("release-path", what, where=store.url, remedy=remedy)
        if name not in (SUMS, RELEASE_FILE):
            _copy_one(store, name, copy, sizes.get(name, _MOST_BYTES))


def _listed(copy: Path) -> list[str]:
    sums = copy / SUMS
    text = sums.read_text(encoding="utf-8", errors="replace") if sums.is_file() else ""
    return sorted(read_sums(text).hashes)


def _sizes(copy: Path) -> dict[str, int]:
    try:
        return {name: about.bytes for name, about in read_record(copy).files.items()}
    except CorpusError:
        return {}  # verifying says so


def _copy_one(store: Store, name: str, copy: Path, n_bytes: int) -> None:
    """Copy a file, one byte more than it may have at most; a file that is not there is left to the verification."""
    place = copy / name
    with store.answering():
        try:
            with store.files.open(f"{store.path}/{name}", "rb") as source:
                data = source.read(min(_BLOCK, n_bytes + 1))
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("wb") as target:
                    while data:
                        target.write(data)
                        data = source.read(min(_BLOCK, n_bytes + 1 - target.tell()))
        except FileNotFoundError as error:
            if isinstance(error.__cause__, OSError):  # what fsspec makes of a web server that does not answer
                raise error.__cause__ from error
