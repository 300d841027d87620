"""Before passes change: which annotated articles would get another text, and what becomes of their labels."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ukrcorpus.annotate.spans.moves import Move
from ukrcorpus.cli import commands
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.release.moving import would_move
from ukrcorpus.schema.read import read_schema

SLIP = '\n[[slips]]\nwrong = "truce"\nright = "armistice"\nlanguage = "en"\n'


@pytest.fixture
def project(annotated_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(annotated_project.root, tmp_path / "small"))


def add_slip(project: Project) -> None:
    with (project.schema / "repairs.toml").open("a", encoding="utf-8") as file:
        file.write(SLIP)


def normalise(project: Project, *words: str) -> list[str]:
    result = CliRunner().invoke(commands, ["--project", str(project.root), "normalise", *words])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_labels_bound_to_the_present_texts_do_not_move(project: Project) -> None:
    assert would_move(project, read_schema(project.schema)) == ()


def test_a_changed_pass_says_what_becomes_of_every_label(project: Project) -> None:
    add_slip(project)
    # Three labels for each claim: its id, and the regions of two annotators.
    assert would_move(project, read_schema(project.schema)) == (
        Move("spun", n_lost=3),
        Move("talks", n_kept=6, n_moved=3, n_lost=3),
    )


def test_a_text_that_is_in_no_export_cannot_be_followed(project: Project) -> None:
    add_slip(project)
    shutil.rmtree(project.annotations / "exports")
    assert would_move(project, read_schema(project.schema)) == (
        Move("spun", n_unknown=1),
        Move("talks", n_unknown=4),
    )


def test_a_dry_run_says_what_is_stale_and_writes_nothing(project: Project) -> None:
    assert normalise(project, "--dry-run")[0] == "3 of 3 articles would be made anew: 3 new, 0 changed"
    assert normalise(project)[-1] == "every label is bound to the text of its article"
    add_slip(project)
    before = hashes(project.root, [project.root])
    said = normalise(project, "--dry-run")
    assert hashes(project.root, [project.root]) == before
    why = "passes, repair lists or columns are others than in the last run"
    assert said[0] == f"3 of 3 articles would be made anew: 0 new, 3 changed; {why}"
    assert said[1:] == [
        "spun: 3 labels are bound to another text: 3 lose their characters",
        "talks: 12 labels are bound to another text: 6 keep their offsets, 3 move, 3 lose their characters",
        "2 annotated articles, 15 labels",
    ]
    assert normalise(project)[1:] == said[1:]
    assert normalise(project, "--dry-run")[0] == "0 of 3 articles would be made anew: 0 new, 0 changed"
