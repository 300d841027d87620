"""The Parquet files of a release: each table parted by split and shard, with counts, sizes and hashes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.core.tables import n_bytes, sha256, write_table
from ukrcorpus.derive.numbers import FileNumbers, SplitNumbers, TableNumbers, data_file
from ukrcorpus.policy.owners import looked_up, owners
from ukrcorpus.policy.rights import Edition, text_free
from ukrcorpus.release.earlier import Earlier, Files
from ukrcorpus.release.shards import Shards, in_order, piece
from ukrcorpus.schema.model import Schema, SplitBy, Table


@dataclass(frozen=True, slots=True)
class Holdings:
    """The tables of an edition: in ``full``, and as far as the edition holds them; and what files there are of them."""

    edition: Edition
    full: Mapping[str, pa.Table]
    held: Mapping[str, pa.Table]
    earlier: Earlier | None = None

    @classmethod
    def of(cls, schema: Schema, tables: Mapping[str, pa.Table], edition: Edition) -> "Holdings":
        """Return what an edition holds of the full tables."""
        return cls(edition, tables, text_free(schema, tables) if edition is Edition.TEXT_FREE else tables)


def write_data(
    folder: Path, schema: Schema, tables: Mapping[str, pa.Table], earlier: Earlier | None = None
) -> tuple[TableNumbers, ...]:
    """Write ``data/<table>/<split>-00000-of-00001.parquet`` for every split that has rows, or a file for each shard.

    A table or shard without rows gets no file: ``datasets`` cannot load an empty one. What ``earlier`` has is copied.
    """
    shards = earlier.shards if earlier else Shards.of(tables["articles"])
    return tuple(
        _write_one(folder, one, tables, shards, earlier) for one in sorted(schema.tables, key=lambda one: one.name)
    )


def _write_one(
    folder: Path, about: Table, tables: Mapping[str, pa.Table], shards: Shards, earlier: Earlier | None
) -> TableNumbers:
    made = dict(earlier.take(about, folder)) if earlier else {}
    wanted = [number for number in range(len(shards.starts_of(about)) + 1) if number not in made]
    rows = shards.parted(about, tables) if wanted else []
    for number in wanted:
        made[number] = _written(folder, about, number, in_order(rows[number], about.key), tables)
    named = _named(folder, about, [made[number] for number in sorted(made)])
    if earlier:
        earlier.note(about, named)
    names = sorted({split for files in named for split in files})
    splits = [SplitNumbers(split, tuple(files[split] for files in named if split in files)) for split in names]
    return table_numbers(about.name, splits)


def _written(
    folder: Path, about: Table, number: int, rows: pa.Table, tables: Mapping[str, pa.Table]
) -> dict[str, FileNumbers]:
    """Write the files of a shard."""
    splits = splits_of(rows, about, tables)
    names = pc.unique(splits.values).to_pylist()
    files = {}
    for split in names:
        path = piece(about.name, split, number)
        own = rows if len(names) == 1 else _filtered(rows, is_in_split(splits, split))
        files[split] = _write_file(folder, path, own)
    return files


def _filtered(table: pa.Table, wanted: pa.Array) -> pa.Table:
    """Return the wanted rows, column by column: stretches are copied at once, which filtering a table does not do."""
    return pa.Table.from_arrays([column.filter(wanted) for column in table.columns], schema=table.schema)


def _write_file(folder: Path, path: str, table: pa.Table) -> FileNumbers:
    file = folder / path
    write_table(file, table)
    return FileNumbers(path, file_sha256(file), table.num_rows, n_bytes(table), file.stat().st_size)


def _named(folder: Path, about: Table, shards: Sequence[Files]) -> list[dict[str, FileNumbers]]:
    """Give the files of the shards their names, now that it is known how many there are of each split."""
    named: list[dict[str, FileNumbers]] = [{} for _ in shards]
    for split in sorted({split for files in shards for split in files}):
        numbers = [number for number, files in enumerate(shards) if split in files]
        for at, number in enumerate(numbers):
            path = data_file(about.name, split, at, len(numbers))
            (folder / shards[number][split].path).rename(folder / path)
            named[number][split] = replace(shards[number][split], path=path)
    return named


def table_numbers(name: str, splits: Sequence[SplitNumbers]) -> TableNumbers:
    """Return the numbers of a table's files, with a digest that changes with any of them."""
    files = (file for split in splits for file in split.files)
    digest = sha256("".join(f"{one.path} {one.sha256}\n" for one in files).encode("utf-8"))
    return TableNumbers(name, digest, tuple(splits))


def splits_of(table: pa.Table, about: Table, tables: Mapping[str, pa.Table]) -> pa.RunEndEncodedArray:
    """Return the split of each row: its own, its article's, its claim's article's, or the registry's.

    Run by run: rows of an article mostly stand together.
    """
    if about.split is SplitBy.REGISTRY:
        return pc.run_end_encode(pa.repeat("registry", table.num_rows))
    if "split" in table.column_names:
        return pc.run_end_encode(table["split"].combine_chunks())
    runs, articles = pc.run_end_encode(owners(table, tables["claims"]).combine_chunks()), tables["articles"]
    found = looked_up(pa.chunked_array([runs.values]), articles["article_id"], articles["split"])
    return pa.RunEndEncodedArray.from_arrays(runs.run_ends, found.combine_chunks())


def is_in_split(splits: pa.RunEndEncodedArray, split: str) -> pa.Array:
    """Say of each row whether it is in a split; one that is in none is not."""
    own = pc.fill_null(pc.equal(splits.values, split), fill_value=False)
    return pc.run_end_decode(pa.RunEndEncodedArray.from_arrays(splits.run_ends, own))
