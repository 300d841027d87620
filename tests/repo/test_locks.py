"""The locks pin every package with hashes, name no host or path, and agree with each other and with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
LOCKS = sorted(path.stem for path in REQUIREMENTS.glob("*.txt"))
_PIN = re.compile(r"([a-z0-9][a-z0-9-]*)==([^\s;]+)( ; [^\\/@]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)")


def lines_of(lock: str) -> str:
    text = (REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def pins(lock: str) -> dict[str, str]:
    return {match[1]: match[2] for match in _PIN.finditer(lines_of(lock))}


def dependencies(*extras: str) -> list[Requirement]:
    given = tomllib.loads((REQUIREMENTS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    named = [given["project"]["optional-dependencies"][extra] for extra in extras]
    return [Requirement(line) for lines in (given["project"]["dependencies"], *named) for line in lines]


def test_each_environment_has_its_lock() -> None:
    assert LOCKS == ["cffconvert", "corpus", "label-studio", "olah", "s3", "setup", "test"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_pins_with_hashes(lock: str) -> None:
    assert _PIN.sub("", lines_of(lock)).strip() == ""
    assert len(pins(lock)) > 1


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_path_or_index(lock: str) -> None:
    text = (REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8")
    assert not re.search(r"/|://|@|--(?!hash=)", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_brings_torch(lock: str) -> None:
    assert "torch" not in pins(lock)


@pytest.mark.parametrize("lock", ["corpus", "setup"])
def test_the_tests_run_with_the_versions_that_build_the_corpus(lock: str) -> None:
    assert {name: pins("test").get(name) for name in pins(lock)} == pins(lock)


@pytest.mark.parametrize(
    ("lock", "extras"), [("corpus", ("build", "research")), ("test", ("build", "research", "studio", "cluster", "s3"))]
)
def test_what_pyproject_asks_for_is_locked_within_its_bounds(lock: str, extras: tuple[str, ...]) -> None:
    locked = pins(lock)
    unfit = [str(one) for one in dependencies(*extras) if not _fits(one, locked)]
    assert unfit == [], "renew the locks: make lock"


def test_the_corpus_is_built_without_label_studio() -> None:
    assert not {name for name in pins("corpus") if name.startswith("label-studio")}


def _fits(wanted: Requirement, locked: dict[str, str]) -> bool:
    version = locked.get(canonicalize_name(wanted.name))
    return version is not None and wanted.specifier.contains(version, prereleases=True)
