"""The Parquet files of a release: each table parted by split, with counts, sizes and hashes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import read_table, sha256, write_table
from ukrcorpus.derive.numbers import SplitNumbers, TableNumbers
from ukrcorpus.policy.owners import looked_up, owners
from ukrcorpus.policy.rights import Edition, text_free
from ukrcorpus.schema.model import Schema, SplitBy, Table


@dataclass(frozen=True, slots=True)
class Holdings:
    """The tables of an edition: in ``full``, and as far as the edition holds them."""

    edition: Edition
    full: Mapping[str, pa.Table]
    held: Mapping[str, pa.Table]

    @classmethod
    def of(cls, schema: Schema, tables: Mapping[str, pa.Table], edition: Edition) -> "Holdings":
        """Return what an edition holds of the full tables."""
        return cls(edition, tables, text_free(schema, tables) if edition is Edition.TEXT_FREE else tables)


def write_data(folder: Path, schema: Schema, tables: Mapping[str, pa.Table]) -> tuple[TableNumbers, ...]:
    """Write ``data/<table>/<split>-00000-of-00001.parquet`` for every split that has rows.

    A table without rows gets no file: ``datasets`` cannot load an empty one.
    """
    return tuple(_write_one(folder, one, tables) for one in sorted(schema.tables, key=lambda one: one.name))


def _write_one(folder: Path, about: Table, tables: Mapping[str, pa.Table]) -> TableNumbers:
    table = tables[about.name]
    splits = splits_of(table, about, tables)
    written = []
    names = sorted(pc.unique(splits).to_pylist())
    for split in names:
        path = f"data/{about.name}/{split}-00000-of-00001.parquet"
        write_table(folder / path, table if len(names) == 1 else table.filter(pc.equal(splits, split)))
        written.append(_numbers(folder / path, path, split))
    return table_numbers(about.name, written)


def table_numbers(name: str, splits: Sequence[SplitNumbers]) -> TableNumbers:
    """Return the numbers of a table's files, with a digest that changes with any of them."""
    digest = sha256("".join(f"{one.path} {one.sha256}\n" for one in splits).encode("utf-8"))
    return TableNumbers(name, digest, tuple(splits))


def splits_of(table: pa.Table, about: Table, tables: Mapping[str, pa.Table]) -> pa.Array:
    """Return the split of each row: its own, its article's, its claim's article's, or the registry's."""
    if about.split is SplitBy.REGISTRY:
        return pa.array(["registry"] * table.num_rows, pa.string())
    if "split" in table.column_names:
        return table["split"].combine_chunks()
    articles = tables["articles"]
    return looked_up(owners(table, tables["claims"]), articles["article_id"], articles["split"]).combine_chunks()


def _numbers(file: Path, path: str, split: str) -> SplitNumbers:
    table = read_table(file)
    return SplitNumbers(split, path, file_sha256(file), table.num_rows, table.nbytes, file.stat().st_size)
