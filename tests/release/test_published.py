"""What is published is what strangers load: by its tag, from the stand-in and from a server that others wrote."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import hub_stand_in
import olah_server
from hub_repository import Entry, Repository
from ukrcorpus.core.project import UNFILLED_AUTHOR, UNFILLED_CONTACT, Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema

NAME, TAG = "group/corpus", "v0.1.0"
PUBLISH = "from ukrcorpus.cli import main; main()"
# Reads it all: through `datasets` by the tag, and through our own listing and reading back.
READ = """
import json, sys
from pathlib import Path
from datasets import load_dataset
from ukrcorpus.release.publishing.hub import HubTarget
from ukrcorpus.release.publishing.shipment import open_shipment
target = HubTarget("hf://datasets/group/corpus")
target.read_back(open_shipment(Path(sys.argv[1])))
loaded = load_dataset("group/corpus", "statements", revision="v0.1.0", split="train")
versions = [[one.name, one.version, one.edition] for one in target.versions()]
print(json.dumps({"ids": loaded["statement_id"][:], "version": str(loaded.info.version), "versions": versions}))
"""


@dataclass(frozen=True)
class Published:
    """A release, and the repository that publishing it with the command made; main went on since."""

    folder: Path
    hub: hub_stand_in.Hub
    output: str

    @property
    def repository(self) -> Repository:
        return self.hub.repositories[NAME]


def run(code: str, environment: dict[str, str], folder: Path, *words: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    environment = kept | {"HF_HOME": str(folder / "home")} | environment
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def published(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    place = tmp_path_factory.mktemp("publish")
    project = Project(shutil.copytree(staged_project.root, place / "small"))
    told = (project.root / "corpus.toml").read_text(encoding="utf-8")
    filled = told.replace(UNFILLED_CONTACT, "the tracker").replace(UNFILLED_AUTHOR, "the authors")
    (project.root / "corpus.toml").write_text(filled, encoding="utf-8")
    folder = write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)
    with hub_stand_in.serve() as hub:
        words = ["--edition", "text-free", "--to", f"hf://datasets/{NAME}", "--create", "--yes"]
        words = ["--project", str(project.root), "release", "publish", *words]
        output = run(PUBLISH, hub.environment(), place, *words)
        # Whoever loads the tag does not see what became of main.
        hub.repositories[NAME].add("main", "emptied", {"README.md": Entry(b"---\n---\n", is_lfs=False)})
        yield Published(folder, hub, output)


def check_read(published: Published, environment: dict[str, str], folder: Path) -> None:
    told = json.loads(run(READ, environment, folder, str(published.folder)).splitlines()[-1])
    statements = read_table(published.folder / "data/statements/train-00000-of-00001.parquet")
    assert told["ids"] == statements["statement_id"].to_pylist()
    assert told["version"] == "0.1.0"
    assert told["versions"] == [["project", "0.1.0", "text-free"]]


def test_the_command_publishes_to_the_hub(published: Published) -> None:
    address = f"hf://datasets/{NAME}@{TAG}"
    assert f"\nPublished: {address}\nAnybody can check it: ukrcorpus release verify {address}\n" in published.output
    assert published.repository.tags == {TAG: published.repository.history[1].oid}
    assert "  nothing was withdrawn since it was built\n" in published.output
    assert published.hub.token not in published.output


def test_the_version_is_loaded_from_the_hub(published: Published, tmp_path: Path) -> None:
    check_read(published, published.hub.environment(), tmp_path)


@pytest.mark.skipif(olah_server.why_not() is not None, reason=str(olah_server.why_not()))
def test_the_version_is_loaded_from_a_server_that_others_wrote(published: Published, tmp_path: Path) -> None:
    published.repository.export(tmp_path / "mirror/datasets" / NAME)
    with olah_server.serve(tmp_path) as url:
        check_read(published, {"HF_ENDPOINT": url, "HF_HUB_DISABLE_XET": "1"}, tmp_path)
