"""The environment of the server is made by pip itself, here from a package of a few bytes, without a network."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import label_studio_server
from ukrcorpus.annotate.studio.environment import (
    BINARY_VARIABLE,
    CACHE_VARIABLE,
    Program,
    cache_folder,
    install,
    install_lock,
    label_studio,
    named_program,
    pinned_version,
)
from ukrcorpus.core.problems import CorpusError

ROOT = Path(__file__).parents[2]
INSTALL = (
    "import sys; from pathlib import Path; from ukrcorpus.annotate.studio.environment import install\n"
    "install(Path(sys.argv[1]), Path(sys.argv[2]), lambda line: print(line, flush=True))"
)


@pytest.fixture(scope="module")
def locks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of locks that pins one small package, a wheel beside it."""
    folder = tmp_path_factory.mktemp("locks")
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as out:
        out.writestr("tiny.py", "said = 'here'\n")
        out.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        out.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        out.writestr("tiny-1.0.dist-info/RECORD", "tiny.py,,\n")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "setup.txt").write_text("", encoding="utf-8")
    (folder / "label-studio.txt").write_text(f"tiny @ {wheel.as_uri()} --hash=sha256:{digest}\n", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Made:
    """An environment, and what was said while it was made and asked for again."""

    folder: Path
    told: list[str]


@pytest.fixture(scope="module")
def made(locks: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The environment with the small package."""
    one = Made(tmp_path_factory.mktemp("cache") / "env", [])
    for _ in range(2):
        install(one.folder, locks, one.told.append)
    return one


def test_an_environment_is_made_once_and_told_of(made: Made) -> None:
    said = subprocess.run(
        [made.folder / "bin/python", "-c", "import tiny; print(tiny.said)"], capture_output=True, check=True
    )
    assert said.stdout == b"here\n"
    assert made.told == [
        f"setting up Label Studio in {made.folder} (once; about 3 minutes and 1 GB)",
        "Label Studio is installed",
    ]


def test_a_set_up_that_was_killed_starts_again_from_nothing(tmp_path: Path, locks: Path) -> None:
    folder = tmp_path / "env"
    with subprocess.Popen([sys.executable, "-c", INSTALL, folder, locks], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        first.stdout.readline()
        while not folder.exists():
            time.sleep(0.01)
        os.kill(first.pid, signal.SIGKILL)
    assert not (folder / ".ready").exists()
    (folder / "half-made").write_text("", encoding="utf-8")
    install(folder, locks, print)
    assert (folder / ".ready").exists()
    assert not (folder / "half-made").exists()


@pytest.mark.parametrize(
    ("wanted", "retries", "rule", "what"),
    [
        (
            f"tiny @ {{wheel}} --hash=sha256:{'0' * 64}",
            "0",
            "studio-install-hash",
            "a package of the index is not the one that was pinned; nothing of it was installed.",
        ),
        (
            f"label-studio==1.23.2 --hash=sha256:{'0' * 64}",
            "1",
            "studio-install-offline",
            "the package index cannot be reached.",
        ),
        (
            f"label-studio==1.23.2 --hash=sha256:{'0' * 64}",
            "0",
            "studio-install-index",
            "the package index lacks a pinned package, or cannot be reached.",
        ),
        ("no requirement at all", "0", "studio-install", "pip could not install Label Studio. It said: "),
    ],
    ids=["hash", "offline", "index", "other"],
)
def test_what_pip_cannot_do_is_named(  # noqa: PLR0913, PLR0917 - a table of cases
    made: Made,
    locks: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: str,
    retries: str,
    rule: str,
    what: str,
) -> None:
    for name, value in (("PIP_INDEX_URL", "http://127.0.0.1:9/simple"), ("PIP_RETRIES", retries)):
        monkeypatch.setenv(name, value)
    lock, log = tmp_path / "lock.txt", tmp_path / "pip.log"
    lock.write_text(wanted.format(wheel=next(locks.glob("*.whl")).as_uri()) + "\n", encoding="utf-8")
    with (tmp_path / "held").open("w") as held, pytest.raises(CorpusError) as caught:
        install_lock(made.folder, lock, log, held.fileno(), print)
    assert (caught.value.rule, caught.value.where) == (rule, str(log))
    assert caught.value.what.startswith(what)


def test_too_small_a_disk_is_told_before_anything_is_fetched(tmp_path: Path, locks: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    isolated = label_studio_server.ISOLATED
    mount = f'mount -t tmpfs -o size=200m tmpfs "{small}"'
    label_studio_server.skip_unless_mounted(mount)
    done = subprocess.run(
        [*isolated, f'{mount} && exec "$0" -c "$1" "$2" "$3"', sys.executable, INSTALL, small / "env", locks],
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{small}: 0.2 GB are free, and Label Studio needs 1.5. [disk-full]" in done.stderr


def test_the_locks_of_the_repository_pin_the_server_that_is_tested() -> None:
    assert pinned_version(ROOT / "requirements") == "1.23.2"


def test_the_cache_is_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "ukrcorpus"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "ukrcorpus"


def test_a_named_program_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    binary = tmp_path / "bin/label-studio"
    infos = tmp_path / "lib/python3.12/site-packages"
    binary.parent.mkdir()
    binary.touch(mode=0o755)
    (infos / "label_studio-1.99.0.dist-info").mkdir(parents=True)
    (infos / "label_studio_sdk-2.1.2.dist-info").mkdir()
    monkeypatch.setenv(BINARY_VARIABLE, str(binary))
    assert label_studio(print) == named_program(binary) == Program(binary, "1.99.0")
