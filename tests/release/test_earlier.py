"""Data files taken over from earlier releases: those of rows that did not change, and only if they are whole."""

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from hub_stand_in import Hub
from parted import change, make_shards, make_small
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Hashes, Known, hashes
from ukrcorpus.core.tables import write_table, write_text
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release import data, earlier
from ukrcorpus.release.build import KNOWN, build, read_tables
from ukrcorpus.release.earlier import NAME
from ukrcorpus.release.publishing.hub import HubTarget
from ukrcorpus.release.publishing.publish import deliver
from ukrcorpus.release.publishing.shipment import open_shipment
from ukrcorpus.release.write import release_folder, write_release
from ukrcorpus.schema.model import Schema

URL = "hf://datasets/group/corpus"


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every article is a part and a shard; the data files that are written, and not taken over."""
    make_small(monkeypatch)
    make_shards(monkeypatch)
    files: list[str] = []

    def note(path: Path, table: pa.Table) -> None:
        files.append(f"{path.parent.name} {int(path.stem.rpartition('-')[2])}")
        write_table(path, table)

    monkeypatch.setattr(data, "write_table", note)
    return files


@pytest.fixture(scope="module")
def built_once(parted_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The three articles as 0.1.0 in three shards; to be copied and not written in."""
    project = Project(shutil.copytree(parted_project.root, tmp_path_factory.mktemp("earlier") / "project"))
    with pytest.MonkeyPatch.context() as patch:
        make_shards(patch)
        made(project, schema)
    return project


@pytest.fixture
def built(built_once: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(built_once.root, tmp_path / "project"))


def set_version(project: Project, version: str) -> None:
    file = project.root / "corpus.toml"
    write_text(file, file.read_text(encoding="utf-8").replace('version = "0.1.0"', f'version = "{version}"'))


def made(project: Project, schema: Schema, edition: Edition = Edition.FULL, *, anew: bool = False) -> Hashes:
    """Write the release of what is built, and return its data files."""
    known = None if anew else Known(project.build / KNOWN)
    folder = write_release(project, schema, read_tables(project, schema), edition, known=known)
    return hashes(folder, [folder / "data"])


def test_after_one_changed_article_its_shard_of_each_table_is_written(
    built: Project, schema: Schema, written: list[str]
) -> None:
    change(built, "spun")
    assert build(built).folder
    assert written == [
        f"{name} 1" for name in ("articles", "blocks", "edits", "sentences", "signals", "statements_all")
    ]
    folder = release_folder(built)
    assert hashes(folder, [folder / "data"]) == made(built, schema, anew=True)


def test_a_new_version_has_copies_and_no_links(built: Project, schema: Schema, written: list[str]) -> None:
    set_version(built, "0.1.1")
    after = made(built, schema)
    assert written == []
    old, new = (built.dist / f"project-{version}/data" for version in ("0.1.0", "0.1.1"))
    assert after == hashes(new.parent, [new]) == hashes(old.parent, [old])
    assert {file.stat().st_nlink for file in new.rglob("*.parquet")} == {1}


def test_of_a_new_version_the_hub_is_sent_no_file_that_it_has(built: Project, schema: Schema, hub: Hub) -> None:
    deliver(open_shipment(release_folder(built)), HubTarget(URL), lambda _: None, really=True)
    hub.seen.clear()
    set_version(built, "0.1.1")
    files = made(built, schema)
    done = deliver(open_shipment(release_folder(built)), HubTarget(URL), lambda _: None, really=True)
    assert files.keys() <= done.survey.there
    assert "PUT" not in {method for method, _ in hub.seen}


def test_a_text_free_edition_takes_over_what_holds_no_text(built: Project, schema: Schema, written: list[str]) -> None:
    made(built, schema, Edition.TEXT_FREE)
    assert {"articles 0", "statements_all 0"} <= {*written}
    assert not {name for name in written if name.startswith(("blocks", "sentences", "claim_sources", "actors"))}
    written.clear()
    set_version(built, "0.1.1")
    made(built, schema, Edition.TEXT_FREE)
    assert written == []


def test_a_damaged_file_is_not_taken_over(built: Project, schema: Schema, written: list[str]) -> None:
    folder = release_folder(built)
    before = hashes(folder, [folder / "data"])
    file = folder / "data/blocks/train-00001-of-00003.parquet"
    content = bytearray(file.read_bytes())
    content[20] ^= 1
    file.write_bytes(content)
    (folder / "data/claims/train-00000-of-00003.parquet").unlink()
    assert made(built, schema) == before
    assert written == ["blocks 1", "claims 0"]


@pytest.mark.parametrize("damage", ["{", "[]", '{"releases": {}}', "exchanged"])
def test_a_damaged_list_is_no_list(built_once: Project, tmp_path: Path, damage: str) -> None:
    kept = json.loads((built_once.build / NAME).read_text(encoding="utf-8"))
    (release,) = kept["releases"].values()
    one, other, *_ = release
    release[one], release[other] = release[other], release[one]
    write_text(tmp_path / NAME, json.dumps(kept) if damage == "exchanged" else damage)
    assert earlier._read(tmp_path / NAME) == {}
    assert earlier._read(built_once.build / NAME) != {}


def test_what_is_gone_from_dist_leaves_the_list(built: Project, schema: Schema) -> None:
    set_version(built, "0.1.1")
    shutil.rmtree(built.dist / "project-0.1.0")
    made(built, schema)
    kept = json.loads((built.build / NAME).read_text(encoding="utf-8"))
    assert list(kept["releases"]) == ["project-0.1.1"]
