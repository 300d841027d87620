"""A corpus in several shards: each article's rows in one file of each table, and everybody reads them as one."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import mlcroissant
import pyarrow as pa
import pytest

from hub_stand_in import Hub
from parted import make_shards
from small_corpus import TEXTS
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.derive.numbers import data_file
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.diffs.diff import diff_releases, state_of
from ukrcorpus.release.publishing.publish import deliver, target_at
from ukrcorpus.release.publishing.shipment import open_shipment
from ukrcorpus.release.readback import load_back
from ukrcorpus.release.shards import Shards
from ukrcorpus.release.text_free.rehydrate import rehydrate
from ukrcorpus.release.verify.data import check_listed
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.record import read_record
from ukrcorpus.release.verify.run import verify
from ukrcorpus.release.verify.tables import read_parts
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema, SplitBy
from ukrcorpus.schema.read import read_schema


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    make_shards(monkeypatch)


@pytest.fixture(scope="module")
def text_free(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(shutil.copytree(staged_project.root, tmp_path_factory.mktemp("free") / "small"))
    with pytest.MonkeyPatch.context() as patch:
        make_shards(patch)
        return write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)


def ids(*names: str) -> pa.Table:
    return pa.table({"article_id": sorted(names)})


def test_each_file_has_the_rows_of_its_shard_sorted_by_key(
    sharded_release: Path, release: Path, schema: Schema
) -> None:
    whole, parted = (open_folder(folder, verify=True) for folder in (release, sharded_release))
    for about in schema.tables:
        key = [(name, "ascending") for name in about.key]
        for split, given in parted.release["tables"][about.name]["splits"].items():
            n = 1 if about.split is SplitBy.REGISTRY else len(given["files"])
            assert given["files"] == [data_file(about.name, split, at, n) for at in range(n)]
            tables = [read_table(sharded_release / file) for file in given["files"]]
            assert all(table.equals(table.sort_by(key)) for table in tables)
        assert parted.read(about.name).sort_by(key).equals(whole.read(about.name))
    articles = [read_table(sharded_release / f"data/articles/train-{at:05d}-of-00003.parquet") for at in range(3)]
    assert [one["article_id"].to_pylist() for one in articles] == [[name] for name in sorted(TEXTS)]
    of_claims = parted.release["tables"]["claim_sources"]["splits"]["train"]["files"]
    owner = dict(zip(*(whole.read("claims")[name].to_pylist() for name in ("claim_id", "article_id")), strict=True))
    held = [{owner[one] for one in read_table(sharded_release / file)["claim_id"].to_pylist()} for file in of_claims]
    assert held == [{name} for name in sorted(TEXTS)]


def test_the_release_is_what_it_says(sharded_release: Path) -> None:
    report = verify(sharded_release)
    assert [one for one in report.findings if one.severity == "error"] == []


def test_files_that_release_json_names_amiss_are_found(sharded_release: Path) -> None:
    held, record = Held.of(sharded_release), read_record(sharded_release)
    own = read_schema(sharded_release / "schema")
    split = record.tables["claims"].splits["train"]
    for files in (split.files[::-1], split.files[1:], ()):
        record.tables["claims"].splits["train"] = replace(split, files=files)
        found = check_listed(Evidence(held, record, own, read_parts(held, record, own)))
        where = "release.json: tables: claims: splits: train: files"
        assert next(one.where for one in found) == where


def test_datasets_reads_every_config(sharded_release: Path) -> None:
    record = json.loads((sharded_release / "release.json").read_text(encoding="utf-8"))
    assert load_back(sharded_release).rows == {
        name: one["rows"] for name, one in record["tables"].items() if one["rows"]
    }


def test_a_pattern_of_the_card_fits_the_files_of_its_split_and_no_others(sharded_release: Path) -> None:
    import yaml

    head = yaml.safe_load((sharded_release / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    record = json.loads((sharded_release / "release.json").read_text(encoding="utf-8"))
    for config in head["configs"]:
        for given in config["data_files"]:
            found = sorted(one.relative_to(sharded_release).as_posix() for one in sharded_release.glob(given["path"]))
            assert found == record["tables"][config["config_name"]]["splits"][given["split"]]["files"]


def test_the_hub_finds_the_files_of_a_pattern_in_the_folder_of_its_table(sharded_release: Path, hub: Hub) -> None:
    from huggingface_hub import HfFileSystem

    deliver(open_shipment(sharded_release), target_at("hf://datasets/group/corpus"), lambda _: None, really=True)
    hub.seen.clear()
    root = "datasets/group/corpus@v0.1.0"
    files = HfFileSystem(endpoint=hub.url, use_listings_cache=False)
    found = files.glob(f"{root}/data/claims/train-*-of-00003.parquet")
    assert sorted(found) == [f"{root}/{data_file('claims', 'train', at, 3)}" for at in range(3)]
    listed = {path.rpartition("/")[2] for _, path in hub.seen if "/tree/" in path}
    assert listed <= {"data", "data%2Fclaims"}  # of no other table


def test_croissant_reads_the_claims(sharded_release: Path) -> None:
    dataset = mlcroissant.Dataset(sharded_release / "croissant.json")
    read = {record["articles/article_id"].decode() for record in dataset.records("articles")}
    assert read == set(TEXTS)


def test_pandas_polars_and_duckdb_read_the_files_as_the_card_says(sharded_release: Path) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    card = (sharded_release / "README.md").read_text(encoding="utf-8")
    assert "`data/statements` in pandas, `data/statements/*.parquet` in polars and DuckDB" in card
    folder = sharded_release / "data/statements"
    n_rows = open_folder(sharded_release, verify=False).release["tables"]["statements"]["rows"]
    assert len(pd.read_parquet(folder)) == len(pl.read_parquet(folder / "*.parquet")) == n_rows
    assert duckdb.sql(f"select count(*) from '{folder}/*.parquet'").fetchall() == [(n_rows,)]  # noqa: S608 - our path


def test_it_has_the_rows_of_a_release_in_one_shard(sharded_release: Path, release: Path) -> None:
    one, other = (open_folder(folder, verify=False) for folder in (release, sharded_release))
    hashes = [{name: about["logical_hash"] for name, about in own.release["tables"].items()} for own in (one, other)]
    assert hashes[0] == hashes[1]
    assert diff_releases(state_of(one), state_of(other)).is_empty


def test_texts_are_put_back_into_shards(text_free: Path, release: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies/closed.txt").write_text(TEXTS["closed"], encoding="utf-8")
    done = rehydrate(text_free, tmp_path / "copies", tmp_path / "back")
    assert (done.missing, done.differing) == ((), ())
    back, full = open_folder(done.folder, verify=True), open_folder(release, verify=True)
    for name in full.table_names:
        assert back.release["tables"][name]["logical_hash"] == full.release["tables"][name]["logical_hash"]
    broken = {one.rule for one in verify(done.folder).findings if one.severity == "error"}
    assert broken <= {"deposit-file"}  # it is not to be deposited


def test_shards_are_published(sharded_release: Path, tmp_path: Path) -> None:
    shipment, target = open_shipment(sharded_release), target_at(str(tmp_path / "out"))
    assert deliver(shipment, target, lambda _: None, really=True).sent
    there = tmp_path / "out" / sharded_release.name
    assert hashes(there, [there]) == hashes(sharded_release, [sharded_release])


def test_one_article_more_touches_one_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    make_shards(monkeypatch, 8)
    names = [f"a{number:04d}" for number in range(400)]
    before, after = Shards.of(ids(*names)), Shards.of(ids(*names, "a0200x"))
    assert 25 < len(before.starts) < 100
    assert len(set(after.starts) ^ set(before.starts)) <= 1
    assert Shards.of(ids(*names[:1])).starts == ()
