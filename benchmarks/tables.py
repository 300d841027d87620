"""Writing, reading and hashing a table of articles, against bare pyarrow on the same table, in one run.

    python benchmarks/tables.py [N_ROWS]

The rows are the sample corpus's articles, repeated under new ids. CPU times, median of 5 alternating rounds.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from timing import seconds

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.tables import WRITER, read_table, write_table

ROUNDS = 5
ROOT = Path(__file__).parents[1]


def main() -> None:
    n_rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    source = read_table(ROOT / "build" / "normalise" / "articles.parquet")
    rows = list(islice(cycle(source.to_pylist()), n_rows))
    numbered = [row | {"article_id": f"article-{number:09}"} for number, row in enumerate(rows)]
    table = pa.Table.from_pylist(numbered, schema=source.schema)
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "ours.parquet", Path(folder) / "bare.parquet"
        works: dict[str, Callable[[], object]] = {
            "pyarrow write_table": lambda: pq.write_table(table, bare, **WRITER),
            "ukrcorpus write_table": lambda: write_table(ours, table),
            "ukrcorpus logical_hash": lambda: logical_hash(table, ["article_id"]),
        }
        rounds = [{name: seconds(work) for name, work in works.items()} for _round in range(ROUNDS)]
    medians = {name: statistics.median(one[name] for one in rounds) for name in works}
    base = medians["pyarrow write_table"]
    print(f"{n_rows} articles, {table.nbytes / 1e6:.0f} MB in memory")
    for name, value in medians.items():
        print(f"{name:24} {value:7.2f} s  {value / base:5.2f} x")


if __name__ == "__main__":
    main()
