"""Releases in a folder or an object store, one folder for each version; a half upload is never a release."""

import errno
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ukrcorpus.core.disk import flush, flush_below
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stores import open_store
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.release.publishing.shipment import File, Shipment, check_unchanged
from ukrcorpus.release.publishing.succession import check_step
from ukrcorpus.release.publishing.targets import Progress, Standing, Survey, Version, damaged, record_of, taken
from ukrcorpus.release.record import SUMS
from ukrcorpus.release.versions import number

_HOW: Final = "file by file, release.json last"
_BLOCK: Final = 8 << 20
# Stores that can be told to write a file only if none is there, so that of two publishers one is refused.
_CREATING: Final = frozenset({"s3", "s3a", "gs", "gcs", "memory"})
_EXISTS: Final = frozenset({errno.EEXIST, errno.ENOTEMPTY})
_CONFLICTS: Final = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})


class StoreTarget:
    """A folder at any address that fsspec knows, with a folder ``<name>-<version>[-text-free]`` for each version."""

    def __init__(self, given: str) -> None:
        self.store = open_store(given)
        self.files = self.store.files

    def survey(self, shipment: Shipment) -> Survey:
        """Return what of the version is there, each file proved by its hash.

        Raise ``publish-taken`` where it is published with other content, ``publish-foreign`` where files lie that are
        not its own, ``publish-inside`` where the place is the release itself, ``version-too-small`` where the step is.
        """
        place, filling = self._place(shipment), self._filling(shipment)
        self._check_outside(shipment)
        with self.store.answering():
            self.files.invalidate_cache()
            if not self.store.has_folders:
                self.files.info(place.partition("/")[0])  # a slip in the bucket's name is known before anything is sent
            record = self._bytes(f"{place}/{RELEASE_FILE}")
        own = self._address(shipment)
        if record is not None:
            if record != (shipment.folder / RELEASE_FILE).read_bytes():
                raise taken(shipment, own, [RELEASE_FILE])
            return Survey(Standing.PUBLISHED, own, _HOW, frozenset(file.path for file in shipment.files))
        self._check_step(shipment)
        found = self._found(filling)
        there = frozenset(file.path for file in shipment.files if self._is_there(file, filling, found))
        self._check_begun(shipment, found, there)
        standing = Standing.BEGUN if found else Standing.ABSENT
        return Survey(standing, own, _HOW, there, frozenset(found) - there)

    def send(self, shipment: Shipment, survey: Survey, progress: Progress) -> None:
        """Send the files, the record last; a local folder gets its name when it is whole."""
        filling = self._filling(shipment)
        for file in shipment.files:
            if file.path == RELEASE_FILE:
                check_unchanged(shipment)
            if file.path not in survey.there:
                with self._alone(shipment):
                    self._put(shipment.folder / file.path, f"{filling}/{file.path}", again=file.path in survey.begun)
            progress(file)
        if self._is_local:
            self._check(shipment, filling)
            flush_below(Path(filling))
            with self._alone(shipment):
                Path(filling).rename(self._place(shipment))
            flush(Path(filling).parent)

    def read_back(self, shipment: Shipment) -> None:
        """Read every file of the version and compare its hash."""
        self._check(shipment, self._place(shipment))

    def versions(self) -> tuple[Version, ...]:
        """Return the versions below the address."""
        found = [Version.of(record, f"{self.store.url}/{folder}") for folder, record in self._records()]
        return tuple(sorted(found, key=lambda one: (one.name, number(one.version), one.edition)))

    def _records(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the records of the published versions, with the names of their folders."""
        with self.store.answering():
            self.files.invalidate_cache()
            found = [(path, self._bytes(path)) for path in self.files.glob(f"{self.store.path}/*/{RELEASE_FILE}")]
        records = [(PurePosixPath(path).parent.name, record_of(data)) for path, data in found if data is not None]
        return [(folder, record) for folder, record in records if record is not None]

    def _check_step(self, shipment: Shipment) -> None:
        same = [record for _, record in self._records() if record["name"] == shipment.name]
        before = [one for one in same if number(one["version"]) < number(shipment.version)]
        if before:
            newest = max(before, key=lambda one: (number(one["version"]), one["edition"] == shipment.edition))
            check_step(shipment.release, newest, self.store.url)

    @property
    def _is_local(self) -> bool:
        return "file" in self.files.protocol

    def _place(self, shipment: Shipment) -> str:
        return f"{self.store.path}/{shipment.folder_name}"

    def _filling(self, shipment: Shipment) -> str:
        """Return where the files go: a local folder can be renamed when it is whole, no other can."""
        return f"{self.store.path}/.{shipment.folder_name}.new" if self._is_local else self._place(shipment)

    def _address(self, shipment: Shipment) -> str:
        return f"{self.store.url}/{shipment.folder_name}"

    def _check_outside(self, shipment: Shipment) -> None:
        if self._is_local and Path(self.store.path).resolve().is_relative_to(shipment.folder.resolve()):
            remedy = "Name a folder outside of it."
            raise CorpusError("publish-inside", "lies in the release itself.", where=self.store.url, remedy=remedy)

    def _check_begun(self, shipment: Shipment, found: Mapping[str, int], there: frozenset[str]) -> None:
        foreign = sorted(found.keys() - {file.path for file in shipment.files})
        other = SUMS in found and SUMS not in there and not self._is_local  # here it may have been cut
        if not foreign and not other:
            return
        what = (
            "another build of this version was begun there" if other else "files that are not of this release lie there"
        )
        named = f": {', '.join(foreign[:5])}" if foreign else ""
        remedy = "Take them away if they are left from an earlier try, or publish to another place."
        raise CorpusError("publish-foreign", f"{what}{named}.", where=self._filling(shipment), remedy=remedy)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return bytes(self.files.cat_file(path))
        except FileNotFoundError:
            return None

    def _found(self, folder: str) -> dict[str, int]:
        """Return the files at or below a folder with their sizes."""
        with self.store.answering():
            self.files.invalidate_cache()
            # Some stores list a marker of the folder itself, without a name.
            listed = self.files.find(folder, detail=True).values()
        sizes = {str(one["name"]).removeprefix(f"{folder}/"): int(one["size"]) for one in listed}
        return {path: size for path, size in sizes.items() if path and path != folder}

    def _is_there(self, file: File, folder: str, found: Mapping[str, int]) -> bool:
        if found.get(file.path) != file.n_bytes:
            return False
        digest = hashlib.sha256()
        with self.store.answering(), self.files.open(f"{folder}/{file.path}", "rb") as opened:
            while block := opened.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest() == file.sha256

    def _check(self, shipment: Shipment, place: str) -> None:
        found = self._found(place)
        wrong = [file.path for file in shipment.files if not self._is_there(file, place, found)]
        extra = sorted(found.keys() - {file.path for file in shipment.files})
        if wrong or extra:
            raise damaged(self._address(shipment), [*wrong, *extra])

    def _put(self, local: Path, path: str, *, again: bool) -> None:
        if self.store.has_folders:
            self.files.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        mode = {"mode": "create"} if self.store.protocol in _CREATING and not again else {}
        self.files.put_file(str(local), path, **mode)

    @contextmanager
    def _alone(self, shipment: Shipment) -> Iterator[None]:
        """Raise ``publish-race`` where somebody else published the version meanwhile."""
        with self.store.answering():
            try:
                yield
            except OSError as error:
                if not _is_taken(error):
                    raise
                what = "somebody else published this version meanwhile."
                remedy = "Run the command again: it says whether what is there is the same."
                raise CorpusError("publish-race", what, where=self._address(shipment), remedy=remedy) from error


def _is_taken(error: OSError) -> bool:
    """Say whether a file or folder was not to be there and is; s3fs has no error of its own for it."""
    answer = getattr(error.__cause__, "response", None) or {}
    return (
        isinstance(error, FileExistsError)
        or error.errno in _EXISTS
        or answer.get("Error", {}).get("Code") in _CONFLICTS
    )
