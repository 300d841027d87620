"""Label Studio in an environment of its own: made once in the cache, with the exact packages that the wheel pins."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ukrcorpus.annotate.studio.place import Say, disk, locked
from ukrcorpus.core.problems import CorpusError

BINARY_VARIABLE: Final = "UKRCORPUS_LABEL_STUDIO"
CACHE_VARIABLE: Final = "UKRCORPUS_CACHE"
NEEDED_BYTES: Final = 1_500_000_000  # the environment takes 1.0 GB, and pip unpacks beside it
_PACKAGE: Final = Path(__file__).parents[2]
_READY: Final = ".ready"
_SETUP: Final = "setup.txt"
_LOCK: Final = "label-studio.txt"
_INSTALL: Final = (
    "-m pip install --no-input --disable-pip-version-check --no-deps --no-build-isolation --progress-bar off "
    "--require-hashes -r"
).split()
# What would send the packages elsewhere; where pip finds its index stays the user's to say.
_DROPPED: Final = (
    "PYTHONPATH PYTHONHOME VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_USER PIP_ROOT PIP_REQUIREMENT PIP_CONSTRAINT "
    "PIP_NO_BINARY PIP_QUIET PIP_DRY_RUN"
).split()
_EVERY: Final = 25  # packages between two lines of progress
_AGAIN: Final = "What is half made is made anew by the next ukrcorpus studio up."
# What pip says -> (rule, what, remedy), the first that fits.
_CAUSES: Final = (
    ("No space left on device", "disk-full", "no space is left on the disk.", f"Free 1.5 GB. {_AGAIN}"),
    (
        "DO NOT MATCH THE HASHES",
        "studio-install-hash",
        "a package of the index is not the one that was pinned; nothing of it was installed.",
        "Try another index (PIP_INDEX_URL), and tell the maintainers if it stays.",
    ),
    (
        "connection broken by|Max retries exceeded|Could not fetch URL|Read timed out|Network is unreachable",
        "studio-install-offline",
        "the package index cannot be reached.",
        f"Check the network and pip's settings (PIP_INDEX_URL, HTTPS_PROXY). {_AGAIN}",
    ),
    (
        "No matching distribution found",
        "studio-install-index",
        "the package index lacks a pinned package, or cannot be reached.",
        f"The log names it. Check the network and pip's settings (PIP_INDEX_URL, HTTPS_PROXY). {_AGAIN}",
    ),
)


@dataclass(frozen=True, slots=True)
class Program:
    """An installed Label Studio."""

    binary: Path
    version: str


def cache_folder() -> Path:
    """Return where environments and templates lie: UKRCORPUS_CACHE, else XDG_CACHE_HOME or ~/.cache, /ukrcorpus."""
    said = os.environ.get(CACHE_VARIABLE)
    if said:
        return Path(said).resolve()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "ukrcorpus"


def label_studio(say: Say) -> Program:
    """Return the Label Studio that UKRCORPUS_LABEL_STUDIO names, else the one in the cache, installed if need be."""
    said = os.environ.get(BINARY_VARIABLE)
    if said:
        return named_program(Path(said))
    locks = _locks_folder()
    version = pinned_version(locks)
    folder = cache_folder() / f"label-studio-{version}-{_key(locks)}"
    if not (folder / _READY).is_file():
        install(folder, locks, say)
    return Program(folder / "bin" / "label-studio", version)


def named_program(binary: Path) -> Program:
    """Return the Label Studio of a program file; its version is read from the packages beside it."""
    infos = sorted(binary.resolve().parents[1].glob("lib/python3*/site-packages/label_studio-*.dist-info"))
    if not os.access(binary, os.X_OK) or not binary.is_file() or len(infos) != 1:
        what = "no program of an environment with label-studio."
        remedy = f"Name the file bin/label-studio of one, or unset {BINARY_VARIABLE}."
        raise CorpusError("studio-program", what, where=f"{BINARY_VARIABLE}={binary}", remedy=remedy)
    return Program(binary.absolute(), infos[0].name.removeprefix("label_studio-").removesuffix(".dist-info"))


def pinned_version(locks: Path) -> str:
    """Return the version of Label Studio that a folder of locks pins."""
    found = re.search(r"^label-studio==(\S+)", (locks / _LOCK).read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, f"{locks / _LOCK} pins no label-studio"
    return found[1]


def install(folder: Path, locks: Path, say: Say) -> None:
    """Make the environment; it is ready when its stamp is there, and one without a stamp is made anew.

    A second command waits, also for a pip that outlived the command that started it.
    """
    with disk(str(folder)):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder.with_name(f"{folder.name}.lock"), say, wait_s=1800) as lock:
            if (folder / _READY).is_file():
                return
            _check_space(folder)
            say(f"setting up Label Studio in {folder} (once; about 3 minutes and 1 GB)")
            log = folder.with_name(f"{folder.name}.log")
            log.write_bytes(b"")
            _venv(folder, log, lock)
            for name in (_SETUP, _LOCK):
                install_lock(folder, locks / name, log, lock, say)
            (folder / _READY).touch()
            say("Label Studio is installed")


def install_lock(folder: Path, requirements: Path, log: Path, lock: int, say: Say) -> None:
    """Install a lock and tell how far it is; pip holds the lock too, should it outlive this process."""
    total = len(re.findall(r"^\S+==", requirements.read_text(encoding="utf-8"), re.MULTILINE))
    command = [str(folder / "bin" / "python"), *_INSTALL, str(requirements)]
    n_collected = 0
    with (
        log.open("ab") as out,
        subprocess.Popen(  # noqa: S603 - the environment's own pip
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_environment(),
            pass_fds=(lock,),
        ) as pip,
    ):
        assert pip.stdout is not None
        for line in pip.stdout:
            out.write(line)
            n_collected += line.startswith(b"Collecting ")
            if line.startswith(b"Collecting ") and n_collected % _EVERY == 0:
                say(f"  {n_collected} of {total} packages")
            if line.startswith(b"Installing collected") and total > _EVERY:
                say(f"  installing {total} packages")
    if pip.returncode != 0:
        raise _failure(log, "studio-install", "pip could not install Label Studio.", f"Its log says more. {_AGAIN}")


def _locks_folder() -> Path:
    """Return the locks that the wheel carries, or for an editable install those of the repository."""
    shipped = _PACKAGE / "_requirements"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "requirements"


def _key(locks: Path) -> str:
    """Return a name for the packages and the Python they are installed for."""
    named = [(locks / name).read_bytes() for name in (_SETUP, _LOCK)] + [sys.version.encode(), sys.prefix.encode()]
    return hashlib.sha256(b"\0".join(named)).hexdigest()[:12]


def _check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder.parent).free
    if free < NEEDED_BYTES:
        what = f"{free / 1e9:.1f} GB are free, and Label Studio needs {NEEDED_BYTES / 1e9:.1f}."
        remedy = f"Free some space, or name a folder on another disk: {CACHE_VARIABLE}=DIR."
        raise CorpusError("disk-full", what, where=str(folder.parent), remedy=remedy)


def _environment() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _DROPPED}


def _venv(folder: Path, log: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(folder)]
    with log.open("ab") as out:
        done = subprocess.run(  # noqa: S603 - our own Python
            command, check=False, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=_environment(), pass_fds=(lock,)
        )
    if done.returncode != 0:
        remedy = "On Debian: apt-get install python3-venv. Then run the command again."
        raise _failure(log, "studio-install", "Python could not make an environment.", remedy)


def _failure(log: Path, rule: str, what: str, remedy: str) -> CorpusError:
    """Return the error with the cause that the log names, if it is one of the known ones."""
    text = log.read_text(encoding="utf-8", errors="replace")
    for pattern, known, said, help_ in _CAUSES:
        if re.search(pattern, text):
            return CorpusError(known, said, where=str(log), remedy=help_)
    last = ""
    with suppress(IndexError):
        last = [line for line in text.splitlines() if line.strip()][-1].strip()
    return CorpusError(rule, f"{what} It said: {last[:300]}", where=str(log), remedy=remedy)
