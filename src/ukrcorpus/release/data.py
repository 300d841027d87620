"""The Parquet files of a release: each table parted by split and shard, with counts, sizes and hashes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import read_table, sha256, write_table
from ukrcorpus.derive.numbers import FileNumbers, SplitNumbers, TableNumbers, data_file
from ukrcorpus.policy.owners import looked_up, owners
from ukrcorpus.policy.rights import Edition, text_free
from ukrcorpus.release.shards import Shards
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
    """Write ``data/<table>/<split>-00000-of-00001.parquet`` for every split that has rows, or a file for each shard.

    A table or shard without rows gets no file: ``datasets`` cannot load an empty one.
    """
    shards = Shards.of(tables)
    return tuple(_write_one(folder, one, tables, shards) for one in sorted(schema.tables, key=lambda one: one.name))


def _write_one(folder: Path, about: Table, tables: Mapping[str, pa.Table], shards: Shards) -> TableNumbers:
    written = []
    for split, parts in sorted(_parts(about, tables, shards).items()):
        paths = [data_file(about.name, split, at, len(parts)) for at in range(len(parts))]
        for path, part in zip(paths, parts, strict=True):
            write_table(folder / path, part)
        written.append(SplitNumbers(split, tuple(_numbers(folder / path, path) for path in paths)))
    return table_numbers(about.name, written)


def _parts(about: Table, tables: Mapping[str, pa.Table], shards: Shards) -> dict[str, list[pa.Table]]:
    """Return the rows of a table by split, of each shard that has some."""
    parts = defaultdict(list)
    for shard in shards.parted(about, tables):
        splits = splits_of(shard, about, tables)
        names = pc.unique(splits).to_pylist()
        for split in names:
            parts[split].append(shard if len(names) == 1 else shard.filter(pc.equal(splits, split)))
    return parts


def table_numbers(name: str, splits: Sequence[SplitNumbers]) -> TableNumbers:
    """Return the numbers of a table's files, with a digest that changes with any of them."""
    files = (file for split in splits for file in split.files)
    digest = sha256("".join(f"{one.path} {one.sha256}\n" for one in files).encode("utf-8"))
    return TableNumbers(name, digest, tuple(splits))


def splits_of(table: pa.Table, about: Table, tables: Mapping[str, pa.Table]) -> pa.Array:
    """Return the split of each row: its own, its article's, its claim's article's, or the registry's."""
    if about.split is SplitBy.REGISTRY:
        return pa.array(["registry"] * table.num_rows, pa.string())
    if "split" in table.column_names:
        return table["split"].combine_chunks()
    articles = tables["articles"]
    return looked_up(owners(table, tables["claims"]), articles["article_id"], articles["split"]).combine_chunks()


def _numbers(file: Path, path: str) -> FileNumbers:
    table = read_table(file)
    return FileNumbers(path, file_sha256(file), table.num_rows, table.nbytes, file.stat().st_size)
