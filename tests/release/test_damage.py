"""A data file with one wrong byte: named by whatever reads it, and never read as something else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import ukrcorpus
from damaged_parquet import flipped, parts_of_file, with_other_values
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.release.build import build
from ukrcorpus.release.diffs.diff import state_of
from ukrcorpus.release.text_free.rehydrate import rehydrate
from ukrcorpus.release.verify.run import verify
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.run import run_rules

CLAIMS = "data/claims/train-00000-of-00001.parquet"


@pytest.fixture
def folder(release: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(release, tmp_path / release.name))


def loaded(folder: Path) -> None:
    list(ukrcorpus.load(folder).claims)


def compared(folder: Path) -> None:
    state_of(open_folder(folder, verify=True))


def put_back(folder: Path) -> None:
    rehydrate(folder, folder)


@pytest.mark.parametrize("use", [loaded, compared, put_back])
def test_a_wrong_byte_anywhere_in_a_data_file_is_told_with_its_name(folder: Path, use: Callable[[Path], None]) -> None:
    data = (folder / CLAIMS).read_bytes()
    for part, place in parts_of_file(folder / CLAIMS).items():
        (folder / CLAIMS).write_bytes(flipped(data, place))
        with pytest.raises(CorpusError) as caught:
            use(folder)
        assert (caught.value.rule, caught.value.where) == ("release-file-changed", str(folder / CLAIMS)), part


def test_release_verify_names_the_file_and_reads_nothing_of_it(folder: Path) -> None:
    data = (folder / CLAIMS).read_bytes()
    (folder / CLAIMS).write_bytes(flipped(data, parts_of_file(folder / CLAIMS)["page data"]))
    told = {(one.rule, one.where) for one in verify(folder).findings}
    assert ("release-file-changed", CLAIMS) in told
    assert not {where for _, where in told if where.startswith("claims")}


def test_a_page_that_can_be_unpacked_into_other_values_is_refused_by_its_checksum(folder: Path) -> None:
    path = folder / CLAIMS
    path.write_bytes(with_other_values(path, folder / "beside.parquet"))
    with pq.ParquetFile(path) as unproved:
        assert unproved.read().num_rows
    with pytest.raises(CorpusError, match="CRC checksum verification failed") as caught:
        read_table(path)
    assert (caught.value.rule, caught.value.where) == ("table-unreadable", str(path))


def test_damage_in_build_is_told_by_validate_and_made_again_by_build(
    annotated_project: Project, schema: Schema, tmp_path: Path
) -> None:
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "project"))
    build(project)
    made = sorted([*project.build.glob("*/*.parquet"), *project.dist.rglob("*.parquet")])
    before = {path: path.read_bytes() for path in made}
    actors, claims = project.table("corpus", "actors"), project.table("corpus", "claims")
    actors.write_bytes(flipped(before[actors], parts_of_file(actors)["page index"]))  # every row is as it was
    for path in (claims, project.table("annotate", "stances"), project.table("normalise", "sentences")):
        path.write_bytes(with_other_values(path, tmp_path / "beside.parquet"))
    assert changed(project, schema) == {
        "build/corpus/actors.parquet": "other bytes than were built",
        "build/corpus/claims.parquet": "other bytes than were built",
    }
    build(project)
    assert {path: path.read_bytes() for path in made} == before
    claims.write_bytes(with_other_values(claims, tmp_path / "beside.parquet"))
    (project.build / "corpus" / "stamp.json").unlink()
    assert "CRC checksum verification failed" in changed(project, schema)["build/corpus/claims.parquet"]
    build(project)
    assert {path: path.read_bytes() for path in made} == before


def changed(project: Project, schema: Schema) -> dict[str, str]:
    return {one.where: one.got for one in run_rules(project, schema).findings if one.rule == "table-changed"}
