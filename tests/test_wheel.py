"""The wheel in an empty environment: what a stranger installs must be whole."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ukrcorpus import __version__

ROOT = Path(__file__).parents[1]
TEXT = "Talks resume\n\nThe envoy said the delegation would return. Kyiv welcomed the step.\n"
LOAD = """
import sys, ukrcorpus
corpus = ukrcorpus.load(sys.argv[1], verify=True)
print(corpus.name, [article.title for article in corpus.articles], corpus.tables["claims"].num_rows)
"""
STATEMENTS = """
import sys, ukrcorpus
print(sorted({statement.holder.name for statement in ukrcorpus.load(sys.argv[1]).statements}))
"""


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside the repository, without its environment."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, cwd=cwd, env=kept)


def must_run(*words: str | Path, cwd: Path) -> str:
    done = run(*words, cwd=cwd)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    must_run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_the_schema_and_the_locks_of_the_server(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"ukrcorpus/_requirements/{name}.txt" for name in ("label-studio", "setup")} <= set(names)
    assert "ukrcorpus/_schema/scheme.toml" in names


@contextmanager
def environment(folder: Path, what: str) -> Iterator[Path]:
    """Yield the folder of the programs of a new environment that holds one package and what it needs."""
    must_run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    must_run(folder / "bin/python", "-m", "pip", "install", "--quiet", what, cwd=folder.parent)
    yield folder / "bin"
    shutil.rmtree(folder)  # most of a gigabyte


def test_with_build_it_runs_from_new_to_load(wheel: Path, tmp_path: Path) -> None:
    with environment(tmp_path / "env", f"{wheel}[build]") as programs:
        assert must_run(programs / "ukrcorpus", "--version", cwd=tmp_path) == f"ukrcorpus, version {__version__}\n"
        must_run(programs / "ukrcorpus", "new", "corpus", cwd=tmp_path)
        (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
        must_run(programs / "ukrcorpus", "--project", "corpus", "ingest", "talks.txt", cwd=tmp_path)
        shown = must_run(programs / "ukrcorpus", "--project", "corpus", "build", "--show", cwd=tmp_path)
        assert "Loaded back with datasets" in shown
        loaded = must_run(programs / "python", "-c", LOAD, "corpus/dist/corpus-0.1.0", cwd=tmp_path)
        assert loaded == "corpus ['Talks resume'] 0\n"


def test_the_base_install_loads_a_release_and_says_what_it_lacks(wheel: Path, release: Path, tmp_path: Path) -> None:
    with environment(tmp_path / "env", str(wheel)) as programs:
        loaded = must_run(programs / "python", "-c", STATEMENTS, release, cwd=tmp_path)
        assert loaded == "['Presidency of Russia', 'Russia', 'Volodymyr Zelenskyy']\n"
        assert "ingest" in must_run(programs / "ukrcorpus", "--help", cwd=tmp_path)
        must_run(programs / "ukrcorpus", "new", "corpus", cwd=tmp_path)
        done = run(programs / "ukrcorpus", "--project", "corpus", "build", cwd=tmp_path)
        assert done.returncode == 1
        assert "is not installed. [extra-missing]" in done.stderr
        assert "Traceback" not in done.stderr
