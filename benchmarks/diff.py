"""CPU time and memory of `release diff` and of the version rule on 100,000 statements: the sample's tables, copied.

    python benchmarks/diff.py dist/ukrcorpus-sample-0.1.0 [COPIES]

One statement in a hundred has another polarity, one article in a hundred another text hash.
"""

import sys
import tempfile
from pathlib import Path

import polars as pl
from timing import peak_mb, timed

from ukrcorpus.core.tables import read_table, write_table
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.release.diffs.diff import State, compare_tables, diff_releases
from ukrcorpus.release.diffs.page import as_page
from ukrcorpus.release.versions import asked

_IDS = ("article_id", "claim_id", "mention_id", "statement_id", "sentence_id", "block_id", "flag_id", "round_id")
_REGISTRY = ("actors", "actor_names", "actor_roles", "issues")


def main(release: Path, copies: int) -> None:
    """Print what was compared and what it took."""
    folder = open_folder(release, verify=False)
    with tempfile.TemporaryDirectory() as place:
        for name in folder.table_names:
            frame = pl.from_arrow(folder.read(name))
            assert isinstance(frame, pl.DataFrame)
            many = frame if name in _REGISTRY else pl.concat([_copy(frame, number) for number in range(copies)])
            write_table(Path(place) / f"old-{name}.parquet", many.to_arrow())
            write_table(Path(place) / f"new-{name}.parquet", _changed(name, many).to_arrow())
        old, new = (
            State(folder.release, lambda name, side=side: read_table(Path(place) / f"{side}-{name}.parquet"))  # type: ignore[misc]
            for side in ("old", "new")
        )
        print(f"{old.read('statements_all').num_rows:,} statements, {old.read('annotations').num_rows:,} annotations")
        print(f"memory before: {peak_mb():,.0f} MB")
        took, least = timed(lambda: asked(old, new, compare_tables(old, new)))
        print(f"version rule: {took:.2f} s of CPU; {least.version}; peak {peak_mb():,.0f} MB")
        took, diff = timed(lambda: diff_releases(old, new))
        n_changes = sum(map(len, diff.changes.values()))
        print(f"diff: {took:.2f} s of CPU; {n_changes:,} changes; peak {peak_mb():,.0f} MB")
        took, page = timed(lambda: as_page(diff))
        print(f"page of {len(page):,} characters: {took:.2f} s of CPU")


def _copy(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    ids = [name for name in (*_IDS, "annotation_id") if name in frame.columns]
    return frame.with_columns(pl.concat_str(pl.col(name), pl.lit(f"-{number}")).alias(name) for name in ids)


def _changed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    each = pl.int_range(pl.len()) % 100 == 0
    if name in ("statements", "statements_all", "stances"):
        return frame.with_columns(pl.when(each).then(-pl.col("polarity")).otherwise("polarity").cast(pl.Int8))
    if name == "articles":
        return frame.with_columns(pl.when(each).then(pl.lit("0" * 64)).otherwise("text_sha256").alias("text_sha256"))
    return frame


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 97)
