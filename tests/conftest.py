"""Projects that the tests share: an empty one, one that was built, and the seeds where they lie."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import s3_server
import small_corpus
import withdrawable
from ukrcorpus.annotate.exports.importing import ImportOptions, import_export
from ukrcorpus.annotate.run import mint_ids
from ukrcorpus.core.project import Project
from ukrcorpus.release.assemble import assemble
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.new import new_project

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["COLUMNS"] = "100"  # output is folded to the terminal's width
# No wall-clock limit per example: a busy machine is no reason to fail.
settings.register_profile("ukrcorpus", deadline=None, print_blob=True)
settings.load_profile("ukrcorpus")
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seeds() -> tuple[Path, ...]:
    """The example articles, which are not part of the repository."""
    folder = Path(os.environ.get("UKRCORPUS_SEEDS", ROOT.parent / "shared" / "seeds"))
    files = tuple(sorted(folder.glob("*.txt")))
    if not files:
        pytest.skip(f"no example articles in {folder}; set UKRCORPUS_SEEDS to their folder")
    return files


@pytest.fixture(scope="session")
def schema() -> Schema:
    """The schema that the repository ships."""
    return read_schema(ROOT / "schema")


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `ukrcorpus new` makes, to be copied and not written in."""
    return new_project(tmp_path_factory.mktemp("new") / "project").root


@pytest.fixture
def empty_project(new_folder: Path, tmp_path: Path) -> Project:
    """A project as `ukrcorpus new` makes it."""
    return Project(shutil.copytree(new_folder, tmp_path / "project"))


@pytest.fixture(scope="session")
def staged_project(new_folder: Path, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Three annotated articles, assembled; to be copied and not written in."""
    folder = tmp_path_factory.mktemp("staged")
    project = Project(shutil.copytree(new_folder, folder / "small"))
    small_corpus.stage(project, schema, folder)
    assemble(project, schema)
    return project


@pytest.fixture(scope="session")
def release(staged_project: Project, schema: Schema) -> Path:
    """The release of the three articles; to be copied and not written in."""
    return write_release(staged_project, schema, read_tables(staged_project, schema))


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[s3_server.Server]:
    """A running S3 server; each test makes buckets of its own."""
    if s3_server.why_not() is not None:
        pytest.skip(str(s3_server.why_not()))
    with s3_server.serve(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture(scope="session")
def annotated_project(new_folder: Path, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The three articles with the exports of two annotators, nothing built; to be copied and not written in."""
    folder = tmp_path_factory.mktemp("annotated")
    project = Project(shutil.copytree(new_folder, folder / "small"))
    small_corpus.normalised(project, schema, folder)
    for user in (1, 2):
        file = folder / f"export-{user}.json"
        file.write_text(json.dumps(small_corpus.export(project, schema, user)), encoding="utf-8")
        report = import_export(project, schema, file, ImportOptions(server="lab", name=f"annotator-0{user}"))
        assert not report.findings, report.as_text()
    mint_ids(project, schema)
    shutil.rmtree(project.build)
    return project


@pytest.fixture(scope="session")
def withdrawable_project(new_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Near-copies with claims and mentions of persons, built as 1.0.0; to be copied and not written in."""
    folder = tmp_path_factory.mktemp("withdrawable")
    project = withdrawable.annotated(Project(shutil.copytree(new_folder, folder / "project")), folder)
    withdrawable.set_version(project, "0.1.0", "1.0.0")
    built = build(project)
    assert built.folder, built.report and built.report.as_text()
    return project
