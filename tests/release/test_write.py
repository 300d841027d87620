"""A release folder: whole, byte for byte the same, and readable by everybody it is for."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import mlcroissant
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from ukrcorpus.core.folders import settle
from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import n_bytes, read_table
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.readback import load_back
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema

STREAM = """
import os, sys, time
os.environ["HF_HUB_OFFLINE"] = "1"
from datasets import load_dataset
for folder in sys.argv[1:]:
    rows = iter(load_dataset(folder, streaming=True, split="train"))
    print(next(rows)["statement_id"])
    del rows
time.sleep(1)  # pyarrow crashes at exit while a reader is open
"""


@pytest.fixture
def project(staged_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(staged_project.root, tmp_path / "small"))


def test_a_release_holds_what_the_data_model_lists(release: Path) -> None:
    assert release.name == "project-0.1.0"
    names = {path.name for path in release.iterdir()}
    assert names == {
        "README.md",
        "data",
        "croissant.json",
        "splits.json",
        "CITATION.cff",
        "CITATION.bib",
        "tables.tex",
        "DATASHEET.md",
        "DATA_STATEMENT.md",
        "assets",
        "LICENSE",
        "CHANGELOG.md",
        "schema",
        "release.json",
        "SHA256SUMS",
        "zenodo.json",
    }
    assert {"scheme.toml", "tables", "label_studio.xml", "guidelines.md"} <= {
        p.name for p in (release / "schema").iterdir()
    }


def test_a_table_without_rows_has_no_file_but_its_columns_are_recorded(release: Path, schema: Schema) -> None:
    record = json.loads((release / "release.json").read_text(encoding="utf-8"))
    assert set(record["tables"]) == {table.name for table in schema.tables}
    for table in schema.tables:
        about = record["tables"][table.name]
        assert [column["name"] for column in about["columns"]] == list(table.names)
        files = sorted((release / "data").glob(f"{table.name}/*.parquet"))
        named = [name for split in about["splits"].values() for name in split["files"]]
        assert [file.relative_to(release).as_posix() for file in files] == named
        assert sum(pq.read_metadata(file).num_rows for file in files) == about["rows"]
    assert record["tables"]["mentions"]["rows"] == 0
    assert not (release / "data/mentions").exists()


def test_the_record_names_the_content_of_each_table(release: Path, staged_project: Project, schema: Schema) -> None:
    record = json.loads((release / "release.json").read_text(encoding="utf-8"))
    for name, table in read_tables(staged_project, schema).items():
        assert record["tables"][name]["logical_hash"] == logical_hash(table, record["tables"][name]["key"])
    assert record["default_config"] == "statements"
    assert not [name for name in record["inputs"] if name.endswith(".key.toml")]


def test_sizes_in_memory_are_those_of_the_cells_whatever_holds_them(release: Path) -> None:
    for file in release.rglob("data/*/*.parquet"):
        table = read_table(file)
        cut = [table.slice(0, 1), table.slice(1).take(pa.array(range(len(table) - 1), pa.int64())), table.slice(0, 0)]
        assert sum(map(n_bytes, cut)) - n_bytes(table) in range(2 * table.num_columns)  # flags fill bytes
        assert n_bytes(pa.concat_tables(cut)) == n_bytes(table)
        assert 0 <= table.nbytes - n_bytes(table) < 16 * table.num_columns + table.num_rows * table.num_columns / 4


def test_the_sums_hold(release: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=release, check=False)
    assert done.returncode == 0
    listed = {line.split("  ")[1] for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert listed == set(hashes(release, [release])) - {"SHA256SUMS"}


def test_two_releases_of_the_same_tables_are_byte_for_byte_the_same(
    release: Path, project: Project, schema: Schema
) -> None:
    again = write_release(project, schema, read_tables(project, schema))
    assert hashes(again, [again]) == hashes(release, [release])


def test_a_release_names_no_place_on_the_machine_that_made_it(release: Path, staged_project: Project) -> None:
    for name in hashes(release, [release]):
        assert str(staged_project.root.parent).encode() not in (release / name).read_bytes()


def test_an_annotators_key_file_stays_at_home(project: Project, schema: Schema) -> None:
    (project.annotations / "annotators.key.toml").write_text("secret = 1\n", encoding="utf-8")
    folder = write_release(project, schema, read_tables(project, schema))
    assert "key.toml" not in (folder / "release.json").read_text(encoding="utf-8")


def test_a_build_killed_while_it_swaps_leaves_the_last_good_release(project: Project, schema: Schema) -> None:
    place = write_release(project, schema, read_tables(project, schema))
    before = hashes(place, [place])
    place.rename(place.with_name(f".{place.name}.old"))  # killed between the two renames
    settle(place)
    assert hashes(place, [place]) == before
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_what_a_killed_build_had_begun_is_cleared_away(project: Project, schema: Schema) -> None:
    place = write_release(project, schema, read_tables(project, schema))
    begun = place.with_name(f".{place.name}.new")
    shutil.copytree(place, begun)
    (begun / "stray.txt").write_text("half", encoding="utf-8")
    again = write_release(project, schema, read_tables(project, schema))
    assert not (again / "stray.txt").exists()
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_the_changelog_of_the_project_goes_along(release: Path, staged_project: Project) -> None:
    own = (staged_project.root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (release / "CHANGELOG.md").read_text(encoding="utf-8") == own


def test_the_citation_says_what_corpus_toml_says(release: Path, staged_project: Project) -> None:
    record = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    info = staged_project.info()
    assert (record["title"], record["version"], record["type"]) == (info.title, info.version, "dataset")
    assert record["date-released"] == info.release_date.isoformat()


def test_every_config_loads_with_datasets(release: Path) -> None:
    record = json.loads((release / "release.json").read_text(encoding="utf-8"))
    filled = {name: about["rows"] for name, about in record["tables"].items() if about["rows"]}
    assert load_back(release).rows == filled


def test_the_default_config_streams_in_one_shard_and_in_several(release: Path, sharded_release: Path) -> None:
    command = [sys.executable, "-c", STREAM, str(release), str(sharded_release)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, [len(line) for line in done.stdout.split()]) == (0, [16, 16]), done.stderr


def test_a_changed_release_under_the_same_name_never_serves_old_rows(
    project: Project, schema: Schema, tmp_path: Path
) -> None:
    from datasets import load_dataset

    cache = str(tmp_path / "cache")
    folder = write_release(project, schema, read_tables(project, schema))
    before = load_dataset(str(folder), "signals", split="train", cache_dir=cache)
    tables = read_tables(project, schema)
    tables["signals"] = tables["signals"].slice(1)
    write_release(project, schema, tables)
    after = load_dataset(str(folder), "signals", split="train", cache_dir=cache)
    assert after.num_rows == before.num_rows - 1


def test_croissant_reads_the_statements(release: Path, staged_project: Project) -> None:
    dataset = mlcroissant.Dataset(release / "croissant.json")
    texts = {record["statements_all/claim"].decode() for record in dataset.records("statements_all")}
    table = read_table(staged_project.table("corpus", "statements_all"))
    assert texts == set(table["claim"].to_pylist())


def test_pandas_polars_and_duckdb_read_the_files(release: Path) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    file = str(release / "data/statements/train-00000-of-00001.parquet")
    n_rows = pq.read_metadata(file).num_rows
    assert len(pd.read_parquet(file)) == len(pl.read_parquet(file)) == n_rows
    assert duckdb.sql(f"select count(*) from '{file}'").fetchall() == [(n_rows,)]  # noqa: S608 - our own path
