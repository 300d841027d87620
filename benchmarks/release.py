"""A release and a build after one changed article, against bare pyarrow on the same tables, in one run.

    python benchmarks/release.py [N_ARTICLES | PROJECT] [--profile]

Synthetic articles (``synthetic.py``) without annotations, or a project that lies there; the first build takes about
20 ms an article. First the release is written again and again, all of it or with its data files taken over, beside
``pyarrow.parquet.write_table`` of the same tables with the same settings. Then one article changes and the project is
built, beside reading and writing the tables that this changes with bare pyarrow. CPU time of this process, medians.
"""

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import scale
import synthetic
from timing import seconds, timed

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Known
from ukrcorpus.core.tables import ROWS_PER_GROUP, WRITER, files_of
from ukrcorpus.release import write
from ukrcorpus.release.build import KNOWN, build, read_tables
from ukrcorpus.release.data import write_data
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema

ROUNDS = 5


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("what", nargs="?", default="2000")
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--profile", action="store_true")
    said = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(said.what)
        if said.what.isdigit():
            root = Path(folder) / "project"
            synthetic.write_project(root, int(said.what))
        measure(Project(root), said.rounds, profile=said.profile)


def measure(project: Project, rounds: int, *, profile: bool) -> None:
    time.sleep(scale.SETTLED_S)
    first, done = timed(lambda: build(project))
    assert done.folder is not None, done.report.as_text()[:2000]
    schema = read_schema(project.schema)
    tables = read_tables(project, schema)
    n_rows, size = sum(one.num_rows for one in tables.values()), sum(one.nbytes for one in tables.values())
    print(f"{tables['articles'].num_rows:,} articles, {n_rows:,} rows, {size / 1e6:.0f} MB in memory")
    bare = measure_release(project, schema, tables)
    show("a first build", first, bare)
    time.sleep(scale.SETTLED_S)
    timed(lambda: build(project))
    idle, _ = timed(lambda: build(project))
    affected = [name for name, table in tables.items() if "article_id" in table.column_names and table.num_rows]
    with tempfile.TemporaryDirectory() as folder:
        both = median(lambda: bare_copy(project, affected, Path(folder)))
    changes = [changed(project, profile=profile) for _ in range(rounds)]
    show("bare pyarrow reads and writes the affected tables", both, both)
    show("a build where nothing is stale", idle, both)
    show("a build after one changed article", statistics.median(changes), both)


def measure_release(project: Project, schema: Schema, tables: dict[str, Any]) -> float:
    """Show medians of alternating rounds; files written before are taken over in the last work only."""
    known = Known(project.build / KNOWN)
    with tempfile.TemporaryDirectory() as folder:
        bare, data = Path(folder) / "bare", Path(folder) / "data"
        bare.mkdir()
        works: dict[str, Callable[[], object]] = {
            "bare pyarrow writes the tables": lambda: bare_write(tables, bare),
            "the data files of the release": lambda: write_data(data, schema, tables),
            "logical hashes alone": lambda: [logical_hash(tables[one.name], one.key) for one in schema.tables],
            "the release": lambda: write.write_release(project, schema, tables),
            "the release, its data files taken over": lambda: write.write_release(project, schema, tables, known=known),
        }
        rounds = [{name: timed(work)[0] for name, work in works.items()} for _ in range(ROUNDS)]
    medians = {name: statistics.median(one[name] for one in rounds) for name in works}
    base, *_ = medians.values()
    for name, took in medians.items():
        show(name, took, base)
    return base


def bare_write(tables: dict[str, Any], folder: Path) -> None:
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", row_group_size=ROWS_PER_GROUP, **WRITER)


def bare_copy(project: Project, names: list[str], folder: Path) -> None:
    for name in names:
        parts = []
        for path in files_of(project.table("corpus", name)):
            with pq.ParquetFile(path) as file:
                parts.append(file.read())
        pq.write_table(pa.concat_tables(parts), folder / f"{name}.parquet", row_group_size=ROWS_PER_GROUP, **WRITER)


def changed(project: Project, *, profile: bool) -> float:
    scale.change_one(project.root)
    time.sleep(scale.SETTLED_S)
    watch = cProfile.Profile(time.process_time)
    if profile:
        watch.enable()
    took, done = timed(lambda: build(project))
    watch.disable()
    assert done.folder is not None, done.report.as_text()[:2000]
    if profile:
        pstats.Stats(watch).sort_stats("cumtime").print_stats(70)
    return took


def median(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(ROUNDS))


def show(what: str, took: float, base: float) -> None:
    print(f"{what:52} {took:8.2f} s  {took / base:6.2f} x", flush=True)


if __name__ == "__main__":
    main()
