"""Generated files kept in git: written by one command, stale as soon as schema/ says something else."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ukrcorpus.cli.schema import schema as commands
from ukrcorpus.core.project import Project
from ukrcorpus.derive.outputs import OUTPUTS, outputs, stale, write
from ukrcorpus.schema.model import Schema

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    shutil.copyfile(ROOT / "corpus.toml", tmp_path / "corpus.toml")
    return Project.open(tmp_path)


def run(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments, obj=project.root)


def test_files_that_are_missing_are_stale_and_written_once(project: Project, schema: Schema) -> None:
    paths = [path for path, _ in OUTPUTS]
    assert [finding.where for finding in stale(project, schema)] == paths
    assert write(project, schema) == tuple(sorted(paths))
    assert stale(project, schema) == ()
    assert write(project, schema) == ()


def test_a_file_that_was_edited_is_stale(project: Project, schema: Schema) -> None:
    write(project, schema)
    (project.root / "docs/guidelines.md").write_text("# Guidelines\n", encoding="utf-8")
    (finding,) = stale(project, schema)
    assert finding.as_text() == (
        "docs/guidelines.md: error [generated-stale]\n  got another text\n  expected what schema/ makes of it\n"
        "  Run: ukrcorpus schema write."
    )


def test_every_file_changes_with_the_version_of_the_scheme(schema: Schema) -> None:
    later = replace(schema, scheme_version="9.9.9")
    assert all(now != then for now, then in zip(outputs(schema), outputs(later), strict=True))


def test_the_same_schema_gives_the_same_text(schema: Schema) -> None:
    assert outputs(schema) == outputs(schema)


def test_no_generated_file_of_this_repository_is_stale(schema: Schema) -> None:
    assert [finding.as_text() for finding in stale(Project(ROOT), schema)] == []


def test_the_commands_write_and_check(project: Project) -> None:
    assert run(project, "check").exit_code == 1
    written = run(project, "write")
    assert (written.exit_code, written.output) == (0, "wrote annotations/label_studio.xml\nwrote docs/guidelines.md\n")
    checked = run(project, "check")
    assert (checked.exit_code, checked.output) == (0, "schema: 0 errors, 0 notes\n")
    assert run(project, "write").output == "nothing to write: all files are as schema/ says\n"
