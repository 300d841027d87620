"""The files of a release against ``SHA256SUMS`` and ``release.json``: all there, none more, none changed."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.release.record import SUMS
from ukrcorpus.release.verify.record import Record
from ukrcorpus.validate.rules import Broken

# The Hub puts it beside every upload; it is no file of ours and says nothing about the data.
NOT_OURS: Final = frozenset({".gitattributes"})
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_MOST_BYTES: Final = 1 << 26  # of a list of files


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in a folder: its regular files, what else there is, and the hash of each file."""

    folder: Path
    files: Mapping[str, Path]
    others: tuple[str, ...]
    hashes: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path) -> "Held":
        """Look through a folder without following a link; every file is hashed."""
        found = dict(_entries(folder, ""))
        files = {name: Path(entry.path) for name, entry in found.items() if entry.is_file(follow_symlinks=False)}
        others = tuple(name for name in found if name not in files)
        return cls(folder, files, others, {name: file_sha256(path) for name, path in files.items()})


@dataclass(frozen=True, slots=True)
class Sums:
    """``SHA256SUMS``: the hash of each file, and what of the list is no such line."""

    hashes: Mapping[str, str]
    broken: tuple[Broken, ...]


def read_sums(text: str) -> Sums:
    """Return the lines of ``SHA256SUMS``; a path that leaves the folder is kept out of what may be opened."""
    hashes: dict[str, str] = {}
    broken = []
    for number, line in enumerate(text.splitlines(), start=1):
        where, match = f"{SUMS}: line {number}", _LINE.fullmatch(line)
        if not match:
            broken.append(Broken(where, repr(line[:100]), "64 hex digits, two spaces and a path"))
        elif not is_inner(match[2]):
            broken.append(Broken(where, repr(match[2]), "a path below the release's folder"))
        elif match[2] in hashes:
            broken.append(Broken(where, f"{match[2]} again", "one line for each file"))
        else:
            hashes[match[2]] = match[1]
    return Sums(hashes, tuple(broken))


def is_inner(path: str) -> bool:
    r"""Say whether a path written in a release names a file below its folder, in the one form that has no other.

    >>> [is_inner(one) for one in ("data/claims/train.parquet", "../x", "/etc/passwd", "a//b", "./a", "C:x", "a\\b")]
    [True, False, False, False, False, False, False]
    """
    plain = path.isprintable() and "\\" not in path and ":" not in path
    pure = PurePosixPath(path)
    return plain and bool(path) and not pure.is_absolute() and ".." not in pure.parts and str(pure) == path != "."


def check_links(held: Held) -> Iterator[Broken]:
    """Yield ``release-link`` for each entry that is neither a folder nor a file of its own."""
    for name in held.others:
        is_link = (held.folder / name).is_symlink()
        yield Broken(_shown(name), "a symbolic link" if is_link else "a special file", "a file of its own")


def check_sums(held: Held) -> Iterator[Broken]:
    """Yield ``sums-line`` for each line of ``SHA256SUMS`` that is no hash and path of a file below the folder."""
    sums = sums_of(held)
    if sums is None:
        yield Broken(SUMS, "no such file, or no text", "a line for every other file")
    else:
        yield from sums.broken


def check_there(held: Held) -> Iterator[Broken]:
    """Yield ``release-file-missing`` for each file that a list has and the folder lacks."""
    sums = sums_of(held)
    for name in sorted({*(sums.hashes if sums else ()), SUMS, RELEASE_FILE} - held.files.keys()):
        yield Broken(_shown(name), "no such file", f"the file that {SUMS} lists" if sums else "a file of every release")


def check_listed(held: Held) -> Iterator[Broken]:
    """Yield ``release-file-extra`` for each file that ``SHA256SUMS`` does not list."""
    sums = sums_of(held)
    for name in sorted(held.files.keys() - {SUMS} - NOT_OURS - (sums.hashes.keys() if sums else set())):
        yield Broken(_shown(name), "a file", f"no file that {SUMS} does not list")


def check_unchanged(held: Held) -> Iterator[Broken]:
    """Yield ``release-file-changed`` for each file with another hash than ``SHA256SUMS`` has."""
    sums = sums_of(held)
    for name, expected in sorted(sums.hashes.items() if sums else ()):
        if held.hashes.get(name, expected) != expected:
            yield Broken(_shown(name), f"SHA-256 {held.hashes[name]}", f"{expected}, as {SUMS} has it")


def check_recorded(held: Held, record: Record) -> Iterator[Broken]:
    """Yield ``record-files`` where ``release.json`` lists other files, hashes or sizes than there are."""
    there = {name: path for name, path in held.files.items() if name not in {SUMS, RELEASE_FILE, *NOT_OURS}}
    for name in sorted(there.keys() | record.files.keys()):
        where = f"{RELEASE_FILE}: files: {_shown(name)}"
        if name not in record.files:
            yield Broken(where, "no entry", "an entry for every file of the release")
        elif name not in there:
            yield Broken(where, "an entry without a file", "an entry for every file of the release, and no other")
        else:
            about, n_bytes = record.files[name], there[name].stat().st_size
            if (about.sha256, about.bytes) != (held.hashes[name], n_bytes):
                got = f"{about.bytes} bytes, SHA-256 {about.sha256}"
                yield Broken(where, got, f"{n_bytes} bytes, SHA-256 {held.hashes[name]}, as the file has")


def sums_of(held: Held) -> Sums | None:
    """Return the lines of the folder's ``SHA256SUMS``; None where it cannot be read."""
    path = held.files.get(SUMS)
    if path is None or path.stat().st_size > _MOST_BYTES:
        return None
    try:
        return read_sums(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return None


def _entries(folder: Path, inner: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), f"{inner}{entry.name}/")
        else:
            yield f"{inner}{entry.name}", entry


def _shown(name: str) -> str:
    """Return a file's name so that it can be printed, whatever bytes it has."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
