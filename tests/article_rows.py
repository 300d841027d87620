"""Rows of articles with their source texts, as `normalise --input` takes them."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.core.tables import sha256

Row = dict[str, Any]


def row(number: int) -> Row:
    source = f"Talks, day {number}\n\nDelegation {number} met on the river,and spoke of {number * 7} barges.\n"
    article_id = f"a{number:02}"
    about = {"article_id": article_id, "origin": "published", "licence": "CC0-1.0", "text_rights": "full"}
    about |= {"raw_file": f"articles/{article_id}.txt", "raw_encoding": "utf-8", "raw_sha256": sha256(source.encode())}
    return about | {"source": source}


def write_input(folder: Path, rows: list[Row]) -> str:
    """Write the rows in no order, in several files and row groups."""
    shuffled = sorted(rows, key=lambda one: sha256(str(one).encode()))
    folder.mkdir()
    for number, at in enumerate(range(0, len(rows), 25)):
        table = pa.Table.from_pylist(shuffled[at : at + 25])
        pq.write_table(table, folder / f"part-{number}.parquet", row_group_size=10)
    return folder.as_uri()
