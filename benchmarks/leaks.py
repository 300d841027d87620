"""The leak check of a text-free edition, against writing that edition's tables, in one run.

    python benchmarks/leaks.py [N_ARTICLES] [ROUNDS]

The articles are sentences of the sample corpus shuffled word by word under new ids; the text of every second one may
not be passed on. CPU times, medians.
"""

import random
import statistics
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
from timing import seconds

from ukrcorpus.core.tables import read_table, sha256
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.policy.rights import text_free
from ukrcorpus.release.data import write_data
from ukrcorpus.release.text_free.leaks import find_leaks
from ukrcorpus.schema.read import read_schema

ROOT = Path(__file__).parents[1]


def main() -> None:
    n_articles = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    n_rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    schema = read_schema(ROOT / "schema")
    empty = {table.name: arrow_schema(table).empty_table() for table in schema.tables}
    tables = empty | {"articles": articles(n_articles, random.Random(1))}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        writes, checks = [], []
        for _round in range(n_rounds):
            writes.append(seconds(lambda: write_data(place, schema, text_free(schema, tables))))
            checks.append(seconds(lambda: find_leaks(place, schema, tables)))
        n_bytes = sum(path.stat().st_size for path in place.rglob("*.parquet"))
    write, check = statistics.median(writes), statistics.median(checks)
    print(f"{n_articles} articles, {tables['articles'].nbytes / 1e6:.0f} MB in memory, {n_bytes / 1e6:.0f} MB written")
    print(f"writing {write:.2f} s, checking {check:.2f} s: {check / write:.2f} times writing")


def articles(n_articles: int, chance: random.Random) -> pa.Table:
    source = read_table(ROOT / "build" / "corpus" / "articles.parquet").to_pylist()
    words = [word for row in source for word in row["text"].split()]
    rows = []
    for number in range(n_articles):
        text = " ".join(chance.choices(words, k=800))
        row = source[number % len(source)] | {"article_id": f"article-{number:09}", "text": text, "title": text[:60]}
        rows.append(row | {"text_rights": ("full", "none")[number % 2], "text_sha256": sha256(text.encode("utf-8"))})
    return pa.Table.from_pylist(rows, schema=read_table(ROOT / "build" / "corpus" / "articles.parquet").schema)


if __name__ == "__main__":
    main()
