"""The workflow that releases on a tag: pinned, with few rights, silent about secrets; and the script that it runs."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ukrcorpus.core.project import Project

WORKFLOW = ".github/workflows/release.yml"
_PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / WORKFLOW).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workflow(text: str) -> dict[Any, Any]:
    found = yaml.safe_load(text)
    assert isinstance(found, dict)
    return found


def steps(workflow: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_only_a_tag_of_a_version_starts_it(workflow: dict[Any, Any]) -> None:
    on = workflow[True]  # YAML reads the key `on` as true
    assert on == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(text: str) -> None:
    used = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert used
    assert [one for one in used if not _PINNED.fullmatch(one)] == []


def test_rights_are_given_job_by_job_and_what_runs_our_code_only_reads(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {}
    rights = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    assert rights == {"release": {"contents": "read"}, "attach": {"contents": "write"}}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())
    assert "checkout" not in str(workflow["jobs"]["attach"])
    (checkout,) = [one for one in steps(workflow) if "checkout" in one.get("uses", "")]
    assert checkout["with"] == {"persist-credentials": False}


def test_no_command_holds_a_secret_or_what_somebody_else_may_write(workflow: dict[Any, Any]) -> None:
    for step in steps(workflow):
        command = step.get("run", "")
        assert "${{" not in command
        assert not re.search(r"set -\w*x|\b(echo|printf|cat|env|printenv)\b.*(TOKEN|KEY|SECRET)", command)
    secret = {name for step in steps(workflow) for name, value in step.get("env", {}).items() if "secrets." in value}
    assert secret == {"HF_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def test_only_the_text_free_edition_leaves_the_runner(workflow: dict[Any, Any]) -> None:
    (upload,) = [one for one in steps(workflow) if "upload-artifact" in one.get("uses", "")]
    assert all("-text-free.tar.gz" in path for path in upload["with"]["path"].split())


def test_the_shell_of_workflow_and_script_is_shell(workflow: dict[Any, Any], root: Path) -> None:
    scripts = [step["run"] for step in steps(workflow) if "run" in step]
    scripts.append((root / "tools/release").read_text(encoding="utf-8"))
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    assert "set -euo pipefail" in scripts[-1]
    assert "TOKEN" not in re.sub(r"\$\{HF_TOKEN:-\}", "", "\n".join(re.findall(r"say .*|echo .*", scripts[-1])))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["v9.9.9"], "The tag is v9.9.9, and corpus.toml says version 1.4.2.\nTag the commit v1.4.2.\n"),
        (["1.4.2"], "The tag is 1.4.2, and corpus.toml says version 1.4.2.\nTag the commit v1.4.2.\n"),
        ([], "Usage: tools/release vX.Y.Z\n"),
    ],
)
def test_a_tag_that_is_not_the_version_of_the_data_releases_nothing(
    arguments: list[str], told: str, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "corpus.toml").write_text('name = "small"\nversion = "1.4.2"\n', encoding="utf-8")
    done = run(root, tmp_path, *arguments)
    assert (done.returncode, done.stderr, done.stdout) == (1, told, "")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.toml"]


def test_a_version_that_was_not_recorded_before_its_tag_is_not_released(
    root: Path, withdrawable_project: Project, tmp_path: Path
) -> None:
    project = Project(shutil.copytree(withdrawable_project.root, tmp_path / "small"))
    done = run(root, project.root, "v1.0.0", PUBLISH_TO=str(tmp_path / "public"))
    assert done.returncode == 1
    assert done.stderr.endswith(
        "project-1.0.0: 1.0.0 is not recorded: releases.jsonl has no line for it, and published.jsonl lacks 4 of its 4 "
        "articles. [record-missing]\n"
        "  Run ukrcorpus release record, commit published.jsonl and releases.jsonl, and tag that commit.\n"
    )
    assert "publishing" not in done.stdout
    assert not (tmp_path / "public").exists()
    assert not [path for path in project.root.iterdir() if path.suffix == ".jsonl"]


def run(root: Path, project: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(root / "tools/release"), *arguments],
        env=os.environ | {"PROJECT": str(project), "BIN": str(Path(sys.executable).parent)} | given,
        capture_output=True,
        text=True,
        check=False,
    )
