"""A project with one normalised article, to be annotated."""

import shutil
from pathlib import Path

import pytest

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
