"""A project with one normalised article, to be annotated."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import label_studio_server
import studio_corpus
from annotated_exports import ARTICLE, RAW, Workshop, normalised
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.schema.model import Schema


@pytest.fixture(scope="session")
def normalised_folder(new_folder: Path, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the normalised article, to be copied and not written in."""
    folder = tmp_path_factory.mktemp("normalised")
    project = Project(shutil.copytree(new_folder, folder / "project"))
    normalised(project, schema, folder, **{ARTICLE: RAW})
    return project.root


@pytest.fixture
def workshop(normalised_folder: Path, schema: Schema, tmp_path: Path) -> Workshop:
    """A fresh copy of the project."""
    project = Project(shutil.copytree(normalised_folder, tmp_path / "project"))
    text = str(read_table(project.table("normalise", "articles")).to_pylist()[0]["text"])
    return Workshop(project, schema, text, tmp_path)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[label_studio_server.Server]:
    """A running Label Studio that all tests of this folder share."""
    with label_studio_server.serve(tmp_path_factory.mktemp("label-studio")) as running:
        yield running


@pytest.fixture(scope="session")
def normalised_texts(new_folder: Path, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three normalised articles, to be copied and not written in."""
    folder = tmp_path_factory.mktemp("texts")
    project = Project(shutil.copytree(new_folder, folder / "project"))
    normalised(project, schema, folder, **studio_corpus.TEXTS)
    return project.root


@pytest.fixture
def corpus(
    normalised_texts: Path, schema: Schema, server: label_studio_server.Server, tmp_path: Path
) -> studio_corpus.StudioCorpus:
    """A fresh corpus of three articles, which nobody has pushed yet."""
    return studio_corpus.studio_corpus(normalised_texts, schema, server, tmp_path)
