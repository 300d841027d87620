"""The command line: thin, lazy, and never a traceback for a user's mistake."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from ukrcorpus import __version__
from ukrcorpus.cli import COMMANDS
from ukrcorpus.core.project import Project
from ukrcorpus.core.screen import folded, width
from ukrcorpus.core.tables import atomic_path, write_text
from ukrcorpus.sources.manifest import read_manifest

HEAVY = "pyarrow pandas polars pandera datasets mlcroissant trafilatura label_studio_sdk ukrcorpus.schema".split()


def run(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ukrcorpus.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_listing_says_what_the_command_says(name: str) -> None:
    command = getattr(import_module(f"ukrcorpus.cli.{COMMANDS[name].module}"), name)
    assert isinstance(command, click.Command)
    assert (command.help or "").split("\n")[0] == COMMANDS[name].help


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_shows_an_example(name: str) -> None:
    command = getattr(import_module(f"ukrcorpus.cli.{COMMANDS[name].module}"), name)
    shown = command.help or ""
    if isinstance(command, click.Group):
        shown += "".join(inner.help or "" for inner in command.commands.values())
    assert "Example: ukrcorpus" in shown


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom ukrcorpus.cli import main\nsys.argv = ['ukrcorpus', '--help']\n"
        f"try:\n    main()\nfinally:\n    print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_comes_from_one_place() -> None:
    assert run("--version").stdout == f"ukrcorpus, version {__version__}\n"


def test_an_unknown_command_is_wrong_usage() -> None:
    done = run("biuld")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such command 'biuld'" in done.stderr


def test_a_folder_without_a_project_is_a_users_mistake(tmp_path: Path) -> None:
    done = run("--project", tmp_path, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{tmp_path}: no corpus.toml, so this folder is not a corpus project. [project-missing]\n"
        "  Name one with --project DIR, or make one: ukrcorpus new DIR.\n"
    )


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import sys\nsys.modules['trafilatura'] = None\nfrom ukrcorpus.cli import main\n"
        f"sys.argv = ['ukrcorpus', '--project', {str(tmp_path / 'corpus')!r}, 'ingest', {str(tmp_path / 'a.html')!r}]\n"
        "main()"
    )
    (tmp_path / "a.html").write_text("<p>The envoy said no.</p>", encoding="utf-8")
    assert run("new", tmp_path / "corpus").returncode == 0
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        (
            "the package 'trafilatura' is not installed. [extra-missing]\n"
            "  Install it with the extra that the command needs: pip install 'ukrcorpus[build]'.\n"
        ),
    )


def test_new_says_a_next_command_that_the_shell_can_take(tmp_path: Path) -> None:
    done = run("new", tmp_path / "my corpus")
    assert done.stdout.splitlines()[1] == f"  ukrcorpus --project '{tmp_path / 'my corpus'}' ingest FILE..."


def test_new_then_ingest_says_what_became_of_each_file(tmp_path: Path) -> None:
    assert run("new", "corpus", cwd=tmp_path).returncode == 0
    (tmp_path / "one.txt").write_text("The envoy said no.\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("", encoding="utf-8")
    done = run("--project", "corpus", "ingest", "one.txt", "two.txt", "one.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == (
        "added    one.txt as 1f370caf7e95b946\n"
        "refused  two.txt: the file holds no letter and no digit. [source-empty]\n"
        "  Check the download; an article needs a text.\n"
        "known    one.txt as 1f370caf7e95b946\n"
    )


def test_everything_that_can_be_said_of_a_file_reaches_the_manifest(empty_project: Project) -> None:
    (empty_project.root / "one.txt").write_text("The envoy said no.\n", encoding="utf-8")
    said = [
        "--id",
        "no-talks",
        "--publisher",
        "Example Gazette",
        "--url",
        "https://example.org/1",
        "--licence",
        "CC0-1.0",
    ]
    said += ["--published", "2026-11", "--fetched-at", "2026-11-22T09:30:00Z", "--origin", "machine_written"]
    done = run("ingest", "one.txt", *said, "--encoding", "utf-8", cwd=empty_project.root)
    assert done.stdout == "added    one.txt as no-talks\n"
    (entry,) = read_manifest(empty_project)
    assert (entry.origin, entry.published_precision, entry.text_rights) == ("machine_written", "month", "full")
    assert (entry.publisher, entry.url) == ("Example Gazette", "https://example.org/1")


def test_what_fits_one_file_only_is_refused_for_two(empty_project: Project, tmp_path: Path) -> None:
    done = run("--project", empty_project.root, "ingest", "a.txt", "b.txt", "--id", "talks", cwd=tmp_path)
    assert done.returncode == 2
    assert "--id fits one file only." in done.stderr


@pytest.mark.parametrize("place", ["/proc/page.html", "page.html"])
def test_a_file_that_cannot_be_written_is_called_what_the_user_called_it(tmp_path: Path, place: str) -> None:
    (tmp_path / "page.html/inner").mkdir(parents=True)
    with pytest.raises(OSError, match=r"No such file|directory|Permission") as caught:
        write_text(tmp_path / place, "page")  # an absolute place stays one
    assert (caught.value.filename, caught.value.filename2) == (str(tmp_path / place), None)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(("columns", "used"), [("40", 60), ("72", 72), ("300", 100), ("0", 100)])
def test_lines_are_as_wide_as_the_terminal_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, used: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "__stdout__", None)  # whatever terminal the tests run in
    assert width() == used
    lines = folded("word " * 100 + "x" * 200, "  ", "    ").splitlines()
    assert used - 5 < max(map(len, lines[:-1])) <= used
    assert lines[-1] == "    " + "x" * 200


def test_an_error_about_another_file_keeps_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, atomic_path(tmp_path / "page.html"):
        (tmp_path / "other.html").read_text(encoding="utf-8")
    assert caught.value.filename == str(tmp_path / "other.html")


def test_a_build_with_errors_prints_the_report_and_exits_1(empty_project: Project) -> None:
    (empty_project.raw / "articles").mkdir()
    (empty_project.raw / "articles/stray.txt").write_text("The envoy said no.\n", encoding="utf-8")
    done = run("build", cwd=empty_project.root)
    assert done.returncode == 1
    assert done.stdout.startswith("raw-unlisted: 1 error\n")
    assert "raw/articles/stray.txt" in done.stdout
    assert not empty_project.dist.exists()


def test_a_build_shows_the_dataset_loaded_back(empty_project: Project) -> None:
    (empty_project.root / "one.txt").write_text("The envoy said no, and left the hall.\n", encoding="utf-8")
    assert run("ingest", "one.txt", cwd=empty_project.root).returncode == 0
    done = run("build", "--show", cwd=empty_project.root)
    assert done.returncode == 0, done.stderr
    assert "The dataset lies in dist/project-0.1.0. To load it:" in done.stdout
    assert "Loaded back with datasets" in done.stdout.splitlines()[-1]


def test_the_readmes_example_of_ingesting_runs(empty_project: Project, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    example = readme.partition("### Bringing articles in")[2].partition("```sh\n")[2].partition("```")[0]
    program = Path(sys.executable).parent
    subprocess.run(
        ["sh", "-ec", example.replace("my-corpus", str(empty_project.root))],
        cwd=tmp_path,
        env=os.environ | {"PATH": f"{program}{os.pathsep}{os.environ['PATH']}"},
        check=True,
    )
    (entry,) = read_manifest(empty_project)
    assert (entry.title, entry.publisher, entry.published_precision) == ("Talks resume", "Example Gazette", "month")
