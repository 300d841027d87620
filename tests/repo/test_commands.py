"""The two commands do what the README says, and every command that a page shows exists."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ukrcorpus.cli import COMMANDS, commands
from ukrcorpus.release.statements import statement_id

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(ukrcorpus (?!sample`)[a-z][^`]*)`")  # `ukrcorpus sample` is a publisher
_EXAMPLE = re.compile(r"^\s*Example: (ukrcorpus .+)$", re.MULTILINE)
_MAKE = re.compile(r"\bmake ([a-z]+)(?=`|$|\s+#| [A-Z]+=)", re.MULTILINE)


def planned(root: Path, target: str) -> str:
    """What make would run for a target."""
    run = subprocess.run(["make", "-n", target], cwd=root, check=True, capture_output=True, text=True)
    return run.stdout


def pages(texts: dict[str, str]) -> dict[str, str]:
    found = {path: text for path, text in texts.items() if path.endswith(".md")}
    assert "README.md" in found
    return found


def test_the_readme_names_both_commands(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert "make corpus" in readme
    assert "make test" in readme


def test_the_readme_shows_every_command_of_the_program(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if not re.search(rf"^ukrcorpus {name}\b", readme, re.MULTILINE)] == []


def test_the_checks_of_a_change_run_make_test(root: Path) -> None:
    script = (root / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert script[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in script
    assert script[-1] == "make test"


@pytest.mark.parametrize(
    "check", ["ruff check .", "ruff format --check .", "mypy", "lint-imports", "ukrcorpus schema check", "-m pytest"]
)
def test_make_test_runs_every_check(root: Path, check: str) -> None:
    assert check in planned(root, "test")


def test_make_corpus_installs_no_label_studio(root: Path) -> None:
    plan = planned(root, "corpus")
    assert "setup corpus\n" in plan
    assert "label-studio" not in plan


def test_set_up_refuses_an_environment_it_does_not_know(root: Path) -> None:
    run = subprocess.run(["bash", "tools/setup", "corpse"], cwd=root, check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (1, "tools/setup: no environment is called corpse.\n")


def test_make_alone_lists_every_target(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    listed = subprocess.run(["make"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert re.findall(r"^make (\w+)", listed, re.MULTILINE) == re.findall(r"^([a-z]+):", makefile, re.MULTILINE)


def test_every_make_target_that_a_page_names_exists(root: Path, texts: dict[str, str]) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {(path, name) for path, text in pages(texts).items() for name in _MAKE.findall(text)}
    assert {(path, name) for path, name in named if name not in targets} == set()


def test_every_command_that_a_page_shows_in_code_can_be_parsed(texts: dict[str, str]) -> None:
    shown = [(path, line) for path, text in pages(texts).items() for line in _fenced(text)]
    assert ("README.md", "ukrcorpus new my-corpus") in shown
    assert [(path, line, problem) for path, line in shown if (problem := _problem(line))] == []


def test_every_command_that_a_page_mentions_exists(texts: dict[str, str]) -> None:
    mentioned = {(path, line) for path, text in pages(texts).items() for line in _INLINE.findall(text)}
    assert mentioned
    assert [(path, line) for path, line in sorted(mentioned) if not _exists(line)] == []


def test_every_example_in_the_help_can_be_parsed(texts: dict[str, str]) -> None:
    modules = {path: text for path, text in texts.items() if path.startswith("src/ukrcorpus/cli/")}
    shown = [(path, line) for path, text in modules.items() for line in _EXAMPLE.findall(text)]
    assert len(shown) >= len(COMMANDS)
    assert [(path, line, problem) for path, line in shown if (problem := _problem(line))] == []


def test_the_statement_that_the_example_of_correct_names_is_one_of_the_sample(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    command = commands.get_command(click.Context(commands), "correct")
    assert command is not None
    shown = re.findall(r"ukrcorpus correct (\w+)", f"{readme}\n{command.help}")
    minted = (root / "annotations/ids.jsonl").read_text(encoding="utf-8")
    claim = "c-477f650fd032"
    assert f'"{claim}"' in minted
    assert shown == [statement_id(claim, "per:zelensky", "ceasefire")] * 2


def _fenced(text: str) -> Iterator[str]:
    """Yield the lines of shell code that call the program, without comments and redirections."""
    for language, block in _FENCE.findall(text):
        for line in block.splitlines() if language == "sh" else ():
            if line.startswith("ukrcorpus "):
                yield re.split(r"\s+[#>|]", line)[0].strip()


def _problem(line: str) -> str:
    """Return what click says against a command line, nothing if it would run."""
    words = shlex.split(re.split(r"\s+[>|]", line)[0])[1:]
    group: click.Command = commands
    context = None
    try:
        while isinstance(group, click.Group):
            context = group.make_context("ukrcorpus", words, parent=context)
            _name, command, words = group.resolve_command(context, [*context._protected_args, *context.args])
            assert command is not None
            group = command
        group.make_context("ukrcorpus", words, parent=context)
    except click.UsageError as error:
        return error.format_message()
    return ""


def _exists(line: str) -> bool:
    """Say whether the words after the program's name, up to the first that is no command, name one."""
    words = [word for word in re.split(r"[ .,;]+", line)[1:] if word]
    if words[0] == "--project":
        words = words[2:]
    group = commands.get_command(click.Context(commands), words[0])
    if isinstance(group, click.Group) and len(words) > 1:
        return all(word in group.commands for word in words[1].split("|"))
    return group is not None
