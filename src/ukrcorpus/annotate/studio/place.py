"""Where the server of one annotator keeps its things, who may read them, and the lock that commands take there."""

import errno
import fcntl
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project

FOLDER: Final = ".studio"
FIRST_ANNOTATOR: Final = "annotator-01"
LOCK_WAIT_S: Final = 600.0
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_BARRED: Final = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one annotator's server; ``where`` is its address in messages."""

    annotator: str
    root: Path
    where: str

    @property
    def name(self) -> str:
        """The server's name in ledgers and manifests."""
        return f"local-{self.annotator}"

    @property
    def data(self) -> Path:
        """Label Studio's data directory: every annotation is in it."""
        return self.root / "data"

    @property
    def home(self) -> Path:
        """The home directory that the server sees, so that it writes nothing into the user's own."""
        return self.root / "home"

    @property
    def state(self) -> Path:
        """Process, port and version of the server."""
        return self.root / "state.json"

    @property
    def login(self) -> Path:
        """The first user's e-mail, password and token, for its owner's eyes only."""
        return self.root / "login.json"

    @property
    def log(self) -> Path:
        """What the server prints; the log of the start before is beside it."""
        return self.root / "server.log"

    @property
    def lock(self) -> Path:
        """Held while a command starts or stops the server."""
        return self.root / "command.lock"

    @property
    def transfer(self) -> Path:
        """Held while a command pushes or pulls: two pushes at once would each send what is not there yet."""
        return self.root / "transfer.lock"

    @property
    def alive(self) -> Path:
        """Locked by the server process itself for as long as it lives, whatever the state file says."""
        return self.root / "server.lock"

    def make(self) -> None:
        """Make the folder for this user alone, unknown to git; refuse one that others own or may enter."""
        with disk(self.where):
            self.root.parent.mkdir(mode=0o700, exist_ok=True)
            ignore = self.root.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            self.root.mkdir(mode=0o700, exist_ok=True)
            check_private(self.root, self.where)


def place_of(project: Project, annotator: str) -> Place:
    """Return the place of an annotator's server, made or not; a bad name is ``studio-annotator``."""
    if not _NAME.fullmatch(annotator):
        raise CorpusError(
            "studio-annotator",
            f"'{annotator}' cannot name an annotator.",
            where="--annotator",
            remedy="Use a pseudonym of lower-case letters, digits and '-', at most 40, such as annotator-01.",
        )
    root = project.root.resolve() / FOLDER / annotator
    return Place(annotator, root, f"{FOLDER}/{annotator}")


def places(project: Project) -> tuple[Place, ...]:
    """Return the places that exist, by annotator."""
    folder = project.root / FOLDER
    names = sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    return tuple(place_of(project, name) for name in names if _NAME.fullmatch(name))


def only_place(project: Project, annotator: str | None) -> Place:
    """Return the place of ``annotator``, or if none is named the only one there is; without any, the first's."""
    if annotator is not None:
        return place_of(project, annotator)
    known = places(project)
    if len(known) > 1:
        names = ", ".join(place.annotator for place in known)
        what = f"there are servers of {len(known)} annotators: {names}."
        raise CorpusError("studio-annotator", what, where=FOLDER, remedy="Say whose: --annotator NAME.")
    return known[0] if known else place_of(project, FIRST_ANNOTATOR)


@contextmanager
def disk(where: str) -> Iterator[None]:
    """Turn a full disk and missing rights into ``disk-full`` and ``file-access``."""
    try:
        yield
    except OSError as error:
        named = str(error.filename2 or error.filename or where)
        if error.errno in _FULL:
            remedy = "Free some space and run the command again; what is there stays."
            raise CorpusError("disk-full", "no space is left on the disk.", where=named, remedy=remedy) from error
        if error.errno in _BARRED:
            what = f"{os.strerror(error.errno or 0)}."
            raise CorpusError(
                "file-access", what, where=named, remedy="Check the path and your rights to it."
            ) from error
        raise


def check_private(path: Path, where: str) -> None:
    """Refuse a file or folder that belongs to somebody else or that others may read: ``studio-permissions``."""
    found = path.stat()
    right = 0o700 if path.is_dir() else 0o600
    if found.st_uid != os.geteuid():
        what, remedy = "it belongs to another user.", "Run the command as its owner, or move it away."
    elif found.st_mode & 0o077:
        what = f"other users have rights to it (mode {found.st_mode & 0o777:o})."
        remedy = f"Run: chmod {right:o} {path}"
    else:
        return
    raise CorpusError("studio-permissions", what, where=where, remedy=remedy)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, beside its place, and rename it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise


@contextmanager
def locked(path: Path, say: Say, *, wait_s: float = LOCK_WAIT_S) -> Iterator[int]:
    """Hold the lock of ``path`` for the block and yield its descriptor; who waits too long gets ``studio-locked``.

    The lock is the kernel's: it goes when the process goes, however that ends.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not try_lock(handle):
            say("waiting for another ukrcorpus studio command to finish")
            if not try_lock(handle, wait_s):
                what = f"another ukrcorpus studio command has been at work for more than {wait_s:.0f} s."
                raise CorpusError("studio-locked", what, where=str(path), remedy="Wait until it is done, or end it.")
        yield handle
    finally:
        os.close(handle)


def try_lock(handle: int, wait_s: float = 0.0) -> bool:
    """Return whether the lock of an open file is held through ``handle``, at once or within a time."""
    stop = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= stop:
                return False
            time.sleep(0.1)
        else:
            return True
