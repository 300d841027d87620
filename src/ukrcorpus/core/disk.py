"""What has to be on the disk before the next step; a system keeps what is written in memory for half a minute."""

import ctypes
import os
import sys
from pathlib import Path


def flush(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk; Windows cannot do that with a folder."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_below(folder: Path) -> None:
    """Bring every file in and below a folder to the disk, and the folders that name them."""
    for inner, _, names in os.walk(folder, topdown=False):
        for name in names:
            flush(Path(inner, name))
        flush(Path(inner))


def flush_all(folder: Path) -> None:
    """Bring all that was written on a folder's file system to the disk: one call for thousands of files."""
    if sys.platform == "win32":
        return
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:  # Linux alone has it
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)
