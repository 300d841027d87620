"""Folders that appear whole: written beside their place, then swapped with what lies there in one step."""

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ukrcorpus.core.disk import flush, flush_below
from ukrcorpus.core.locks import is_at, try_lock

_TEMPORARY: Final = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp", re.DOTALL)  # as ``core.tables.atomic_path`` names them
_BESIDE: Final = re.compile(r"\.(.+)\.(new|old)", re.DOTALL)
_HERE: Final = -100  # AT_FDCWD: paths as this process sees them
_EXCHANGE: Final = 2  # RENAME_EXCHANGE


@contextmanager
def atomic_folder(place: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``place`` and swap it into place at the end; on an error nothing is left of it.

    Killed at any moment, by a power cut too, a run leaves at ``place`` what lay there, or all of the new folder.
    """
    settle(place)
    beside = place.with_name(f".{place.name}.new")
    _remove(beside)
    beside.mkdir(parents=True)
    handle = os.open(beside, os.O_RDONLY)
    try_lock(handle)
    try:
        yield beside
        flush_below(beside)
        _swap(beside, place)
        flush(place.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        os.close(handle)


def settle(place: Path) -> None:
    """Bring back a folder that a killed run had moved aside, or clear away what it left."""
    aside = place.with_name(f".{place.name}.old")
    if aside.exists() and not place.exists():
        aside.rename(place)
    _remove(aside)


def sweep(folder: Path) -> None:
    """Clear away what killed runs left half written in and below a folder; what a living process writes stays."""
    for path in sorted(folder.rglob(".*"), reverse=True):
        beside = _BESIDE.fullmatch(path.name)
        if _TEMPORARY.fullmatch(path.name) and path.is_file():
            _let_go(path)
        elif beside and path.is_dir() and path.parent == folder:
            settle(folder / beside[1]) if beside[2] == "old" else _let_go(path)


def sweep_files(folder: Path) -> None:
    """Clear away the half written files in a folder and in none below it."""
    for path in folder.glob(".*"):
        if _TEMPORARY.fullmatch(path.name) and path.is_file():
            _let_go(path)


def _let_go(path: Path) -> None:
    """Remove a file or folder unless a process that lives has locked it; one that may not be removed stays hidden."""
    with suppress(FileNotFoundError, PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            if try_lock(handle) and is_at(handle, path):
                _remove(path)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):  # a read-only disk is no trouble where there is nothing to remove
        path.unlink()


def _swap(beside: Path, place: Path) -> None:
    """Put the new folder there and leave the old one, if there was one, where the new one was."""
    if not place.exists():
        beside.rename(place)
    elif not _exchanged(beside, place):
        aside = place.with_name(f".{place.name}.old")
        place.rename(aside)
        beside.rename(place)
        settle(place)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step and say whether the system can; Linux can on nearly every file system."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0
