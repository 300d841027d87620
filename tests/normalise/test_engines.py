"""Another engine, another store, another order of the input: the same bytes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from article_rows import Row, row, write_input
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.normalise import bulk, parts, shards
from ukrcorpus.normalise.article import RawArticle
from ukrcorpus.normalise.bulk import normalise_here
from ukrcorpus.normalise.engines.cluster import RayEngine, normalise_there, session
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.normalise.places import Place, places
from ukrcorpus.normalise.records import Pending
from ukrcorpus.normalise.run import TABLES, run_normalise, silent
from ukrcorpus.schema.model import Schema

pytest.importorskip("ray", reason="install the extra 'cluster'")
N = 60


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    with session(2) as started:
        yield started


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 4)
    monkeypatch.setattr(shards, "PART", 16)
    monkeypatch.setattr(bulk, "PART", 16)
    monkeypatch.setattr(parts, "WHOLE", 8)
    monkeypatch.setattr("ukrcorpus.normalise.engines.cluster.WHOLE", 8)


@pytest.fixture
def rows() -> list[Row]:
    found = [row(number) for number in range(N)]
    found[7]["source"] = "Leave a Comment\n"
    return found


@pytest.fixture
def expected(rows: list[Row], empty_project: Project, schema: Schema) -> dict[str, str]:
    """What the engine of one process makes of the rows."""
    run_normalise(empty_project, schema, pending(rows))
    return made(empty_project.build / "normalise", empty_project.quarantine / "normalise.jsonl")


def pending(rows: list[Row]) -> list[Pending]:
    return [Pending.of(RawArticle({k: v for k, v in one.items() if k != "source"}, one["source"])) for one in rows]


def made(folder: Path, quarantine: Path) -> dict[str, str]:
    tables = hashes(folder, [folder / f"{name}.parquet" for name in TABLES])
    assert len(tables) > len(TABLES)
    return tables | {"quarantine": quarantine.read_text(encoding="utf-8")}


def test_rays_tasks_change_no_byte(
    ray: Any, rows: list[Row], expected: dict[str, str], schema: Schema, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    run_normalise(project, schema, pending(rows), RayEngine(ray))
    assert made(project.build / "normalise", project.quarantine / "normalise.jsonl") == expected


@pytest.mark.parametrize("processes", [1, 2])
def test_another_store_changes_no_byte(
    rows: list[Row], expected: dict[str, str], schema: Schema, tmp_path: Path, processes: int
) -> None:
    given = Place(f"memory://given-{processes}")
    write_input(tmp_path / "in", rows)
    for path in (tmp_path / "in").iterdir():
        given.put(path, path.name)
    out = Place(f"memory://made-{processes}")
    normalise_here(given, out, schema, LocalEngine(processes), silent)
    out.files.get(f"{out.path}/", str(tmp_path / "out"), recursive=True)
    assert made(tmp_path / "out", tmp_path / "out/quarantine.jsonl") == expected


def test_ray_data_changes_no_byte_and_sets_the_same_rows_aside(
    ray: Any, rows: list[Row], schema: Schema, tmp_path: Path
) -> None:
    bad = [*rows, rows[3], row(70) | {"source": None}, row(71) | {"article_id": "../up"}, row(72) | {"licence": None}]
    given = Place(write_input(tmp_path / "in", bad))
    here, there = (Place((tmp_path / name).as_uri()) for name in ("here", "there"))
    report = normalise_here(given, here, schema, LocalEngine(1), silent)
    assert [error.rule for error in report.set_aside] == [
        "input-value",
        "input-twice",
        "article-empty",
        "input-value",
        "input-value",
    ]
    assert normalise_there(ray, given, there, schema).n_articles == report.n_articles == N - 2
    assert json.loads((tmp_path / "there/normalise.json").read_text(encoding="utf-8"))["set_aside"] == 5
    assert hashes(tmp_path / "there", [tmp_path / "there"]) == hashes(tmp_path / "here", [tmp_path / "here"])


def test_a_mistake_that_a_task_finds_is_told_as_it_is(ray: Any, schema: Schema, tmp_path: Path) -> None:
    given = Place(write_input(tmp_path / "in", [row(1) | {"published": "soon"}]))
    with pytest.raises(CorpusError) as caught:
        normalise_there(ray, given, Place((tmp_path / "there").as_uri()), schema)
    assert (type(caught.value), caught.value.rule) == (CorpusError, "input-type")


def test_no_rows_make_empty_tables(ray: Any, schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pq.write_table(pa.Table.from_pylist([row(1)]).slice(0, 0), tmp_path / "in/none.parquet")
    given = Place((tmp_path / "in").as_uri())
    for name in ("here", "there"):
        place = Place((tmp_path / name).as_uri())
        if name == "here":
            normalise_here(given, place, schema, LocalEngine(1), silent)
        else:
            normalise_there(ray, given, place, schema)
    assert hashes(tmp_path / "there", [tmp_path / "there"]) == hashes(tmp_path / "here", [tmp_path / "here"])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"titel": "One"}, "input-column"),
        ({"text": "One"}, "input-column"),
        ({"source": ...}, "input-column"),
        ({"published": "soon"}, "input-type"),
    ],
)
def test_an_input_with_wrong_columns_is_refused(change: Row, rule: str, schema: Schema, tmp_path: Path) -> None:
    one = {key: value for key, value in (row(1) | change).items() if value is not ...}
    given, place = places(write_input(tmp_path / "in", [one]), (tmp_path / "out").as_uri())
    with pytest.raises(CorpusError) as caught:
        normalise_here(given, place, schema, LocalEngine(1), silent)
    assert caught.value.rule == rule


def test_an_output_inside_the_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="output-inside-input"):
        places(tmp_path.as_uri(), (tmp_path / "out").as_uri())


def test_an_input_without_files_is_refused(schema: Schema, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="input-missing"):
        normalise_here(Place(tmp_path.as_uri()), Place("memory://none"), schema, LocalEngine(1), silent)


def test_the_command_reads_and_writes_addresses(rows: list[Row], empty_project: Project, tmp_path: Path) -> None:
    given = write_input(tmp_path / "in", rows[:5])
    words = [
        "--project",
        str(empty_project.root),
        "normalise",
        "--input",
        given,
        "--output",
        (tmp_path / "out").as_uri(),
    ]
    code = "from ukrcorpus.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"5 articles in {tmp_path.as_uri()}/out; 5 of the corpus were made anew\n"
    assert (tmp_path / "out/articles.parquet").is_file()
