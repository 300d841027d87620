"""CPU time and memory of giving splits and of certifying them: made-up articles of about 400 words.

    python benchmarks/splits.py [ARTICLES]

One in twenty is a copy of another one with a line changed, one in twenty ends with a standing line of its publisher,
one in ten has no day. A build tells the marks of new texts only, and certifies once.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from timing import peak_mb, timed

from ukrcorpus.core.tables import sha256
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.policy.splits.tables import Splitting, certificate, with_splits
from ukrcorpus.schema.read import read_schema

_ROOT = Path(__file__).parents[1]
_LETTERS = "abcdefghijklmnoprstuvyz"
_FIRST = date(2024, 1, 1)


def main(n: int) -> None:
    """Print what was split and what it took."""
    rows, columns = list(_articles(n)), arrow_schema(read_schema(_ROOT / "schema").table("articles"))
    articles = pa.Table.from_pylist(rows, pa.schema([columns.field(name) for name in rows[0]]))
    print(f"{n:,} articles, {sum(len(text) for text in articles['text'].to_pylist()):,} characters")
    print(f"memory before: {peak_mb():,.0f} MB")
    took, split = timed(lambda: with_splits({"articles": articles}, Splitting()))
    print(f"splits: {took:.1f} s CPU; peak {peak_mb():,.0f} MB")
    print(", ".join(f"{name} {count:,}" for name, count in sorted(Counter(split["split"].to_pylist()).items())))
    took, found = timed(lambda: certificate({"articles": split}, Splitting()))
    print(f"certificate: {took:.1f} s CPU; peak {peak_mb():,.0f} MB")
    for check in found.checks:
        print(f"  {check.name}: {check.n_checked:,} checked, {len(check.leaks)} leaks")


def _articles(n: int) -> Iterator[dict[str, Any]]:
    draws = random.Random(0)
    vocabulary = ["".join(draws.choices(_LETTERS, k=draws.randint(2, 9))) for _ in range(20_000)]
    n_publishers, lines, cluster = max(5, n // 100), list[str](), ""
    for number in range(n):
        if draws.random() < 0.05 and lines:
            lines = [*lines[1:10], " ".join(draws.choices(vocabulary, k=40))]
        else:
            lines = [" ".join(draws.choices(vocabulary, k=draws.randint(20, 60))) for _ in range(10)]
            cluster = f"a{number}"
        publisher = f"Outlet {draws.randrange(n_publishers)}"
        note = [f"The desk of {publisher} closes every page with these words, {draws.randrange(99)}."]
        dated = draws.random() < 0.9
        text = "\n".join(lines + note * (draws.random() < 0.05))
        yield {
            "article_id": f"a{number}",
            "duplicate_cluster": cluster,
            "url": None,
            "publisher": publisher,
            "published": _FIRST + timedelta(days=draws.randrange(700)) if dated else None,
            "published_precision": "day" if dated else None,
            "title": None,
            "text": text,
            "text_sha256": sha256(text.encode("utf-8")),
            "event_anchor": None,
            "split": "train",
            "status": "live",
        }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
