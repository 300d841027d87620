"""`build`: the whole line, from raw articles and exports to a release, and only what is stale."""

import json
import shutil
from pathlib import Path

import pytest

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.release.build import Built, build
from ukrcorpus.release.summary import summary
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

ALL = ("normalise", "annotate", "corpus", "release")


@pytest.fixture(scope="session")
def built(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Built]:
    """The annotated articles, built; to be copied and not written in."""
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("built") / "small"))
    return project, build(project)


@pytest.fixture
def project(built: tuple[Project, Built], tmp_path: Path) -> Project:
    return Project(shutil.copytree(built[0].root, tmp_path / "small"))


def folder_of(done: Built) -> Path:
    assert done.folder is not None, done.report and done.report.as_text()
    return done.folder


def test_a_first_build_runs_every_stage(built: tuple[Project, Built]) -> None:
    assert built[1].stages == ALL
    assert folder_of(built[1]).name == "project-0.1.0"


def test_what_two_annotators_say_comes_out_as_statements(built: tuple[Project, Built]) -> None:
    table = read_table(folder_of(built[1]) / "data/statements/train-00000-of-00001.parquet").to_pylist()
    assert {(row["holder_id"], row["issue"], row["polarity"], row["n_annotators"]) for row in table} == {
        ("per:zelensky", "ceasefire", 2, 2),
        ("org:ru_presidency", "ceasefire", -2, 2),
        ("org:ru_presidency", "russian_operations", 1, 2),
        ("gov:ru", "russian_operations", 2, 2),
    }


def test_a_second_build_finds_nothing_stale_and_changes_no_byte(project: Project) -> None:
    before = hashes(project.root, [project.root])
    done = build(project)
    assert done.stages == ()
    assert hashes(project.root, [project.root]) == before


def test_a_build_from_nothing_gives_the_same_bytes_elsewhere(project: Project, built: tuple[Project, Built]) -> None:
    shutil.rmtree(project.build)
    shutil.rmtree(project.dist)
    folder = folder_of(build(project))
    other = folder_of(built[1])
    assert hashes(folder, [folder]) == hashes(other, [other])


@pytest.mark.parametrize(
    ("path", "stages"),
    [
        ("dist/project-0.1.0/README.md", ("release",)),
        ("build/corpus/claims.parquet", ("corpus",)),
        ("build/annotate/votes.parquet", ("annotate",)),
        ("build/normalise/blocks.parquet", ("normalise",)),
    ],
)
def test_what_was_made_and_is_gone_is_made_again(project: Project, path: str, stages: tuple[str, ...]) -> None:
    before = hashes(project.root, [project.root])
    (project.root / path).unlink()
    assert build(project).stages == stages
    assert hashes(project.root, [project.root]) == before


def test_a_new_article_runs_every_stage(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "more.txt"
    file.write_text(
        "A fourth text\n\nThe envoys met again, and nobody in the room would speak of terms.\n", encoding="utf-8"
    )
    ingest(project, [file], IngestOptions())
    assert build(project).stages == ALL


def test_a_new_actor_leaves_the_texts_alone(project: Project) -> None:
    with (project.schema / "actors.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[actors]]\nid = "gov:zz"\nname = "Ruritania"\ntype = "state"\nnames = []\n')
    assert "normalise" not in build(project).stages


def test_a_new_version_gets_a_folder_of_its_own(project: Project) -> None:
    text = (project.root / "corpus.toml").read_text(encoding="utf-8")
    (project.root / "corpus.toml").write_text(text.replace('"0.1.0"', '"0.2.0"'), encoding="utf-8")
    assert build(project).stages == ("corpus", "release")
    assert sorted(path.name for path in project.dist.iterdir()) == ["project-0.1.0", "project-0.2.0"]


def test_an_error_stops_the_build_and_leaves_the_last_release(project: Project) -> None:
    before = hashes(project.root, [project.dist])
    (project.raw / "articles/talks.txt").write_text("Changed behind the manifest.\n", encoding="utf-8")
    done = build(project)
    assert done.folder is None
    assert done.report is not None
    assert "raw-changed" in {finding.rule for finding in done.report.findings}
    assert hashes(project.root, [project.dist]) == before


def test_a_project_without_annotations_has_articles_as_its_default(empty_project: Project, tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_text("A lone text\n\nThe envoys met, and nobody in the room would speak of terms.\n", encoding="utf-8")
    ingest(empty_project, [file], IngestOptions())
    folder = folder_of(build(empty_project))
    record = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    assert record["default_config"] == "articles"
    assert record["tables"]["statements"] == record["tables"]["statements_all"] | {
        "logical_hash": record["tables"]["statements"]["logical_hash"]
    }


def test_the_example_articles_build(empty_project: Project, seeds: tuple[Path, ...]) -> None:
    ingest(empty_project, seeds, IngestOptions())
    folder = folder_of(build(empty_project))
    record = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    assert record["tables"]["articles"]["rows"] == len(seeds)


def test_the_summary_says_what_there_is_and_how_to_load_it(
    built: tuple[Project, Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built[0].root)
    lines = summary(*built).splitlines()
    assert lines[0] == "project 0.1.0: ran normalise, annotate, corpus, release"
    assert ["statements", "4"] in [line.split() for line in lines]
    assert any("Volodymyr Zelenskyy (gov:ua) supports “A full ceasefire" in line for line in lines)
    assert lines[-2:] == [
        "    from datasets import load_dataset",
        '    dataset = load_dataset("dist/project-0.1.0", split="train")',
    ]
