"""A loopback stand-in for the Hub, as huggingface_hub finds it, and a release in shards."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import hub_stand_in
from hub_stand_in import Hub
from parted import make_shards, make_small
from ukrcorpus.core.project import Project
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema


@pytest.fixture(scope="session")
def sharded_release(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the three articles with a shard for each; to be copied and not written in."""
    project = Project(shutil.copytree(staged_project.root, tmp_path_factory.mktemp("sharded") / "small"))
    with pytest.MonkeyPatch.context() as patch:
        make_shards(patch)
        return write_release(project, schema, read_tables(project, schema))


@pytest.fixture(scope="session")
def parted_project(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The three articles in three parts, built; to be copied and not written in."""
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("parts") / "project"))
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch)
        done = build(project)
    assert done.folder, done.report and done.report.as_text()
    return project


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A stand-in that holds an empty dataset; the client waits no time between its tries."""
    from huggingface_hub import constants
    from huggingface_hub.utils import _http

    with hub_stand_in.serve() as running:
        running.make("group/corpus")
        for key, value in running.environment().items():
            monkeypatch.setenv(key, value)
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, running.url)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "ENDPOINT", running.url)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr(_http, "time", SimpleNamespace(sleep=lambda _: None, time=time.time))
        yield running
