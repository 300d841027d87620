"""Logical hashes of tables that change little: the row hashes of stretches that are as they were are not told again."""

import hashlib
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from ukrcorpus.core.row_hashes import hash_of_rows, row_hashes
from ukrcorpus.core.tables import atomic_path

_NONE: Final = (pa.scalar(None, pa.binary()), pa.scalar(None, pa.binary()))
_ROWS: Final = 8_192  # in a stretch of a table that does not begin with a name
_STRETCH: Final = 256  # values of the first column in a stretch, on average


class KnownRows:
    """The row hashes of stretches of tables by the hash of their bytes in memory, kept on disk for the next run.

    Where a stretch begins depends on the values of the first column alone, so one article more or less changes one
    stretch of each table. Losing what is kept costs time only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._used: dict[bytes, bytes] = {}
        self._kept = _read(path)

    def logical_hash(self, table: pa.Table) -> str:
        """Return ``logical-hash/1`` of a table."""
        stretches = list(_stretches(table))
        keys = [_key(stretch) for stretch in stretches]
        known = {key: rows for key in keys if (rows := self._rows(key)) is not None}
        if len(known) * 2 < len(keys):  # all at once costs less than many, one by one
            every, ends = row_hashes(table), np.cumsum([32 * stretch.num_rows for stretch in stretches]).tolist()
            known = {key: every[start:end] for key, (start, end) in zip(keys, pairwise([0, *ends]), strict=True)}
        for key, stretch in zip(keys, stretches, strict=True):
            self._used[key] = known[key] if key in known else row_hashes(pa.table(stretch))
        return hash_of_rows(b"".join(self._used[key] for key in keys))

    def keep(self) -> None:
        """Keep for the next run what this one asked for."""
        if self._used.keys() == self._kept.keys():
            return
        rows = pa.array(self._used.values(), pa.large_binary())
        proofs = [_proof(key, own) for key, own in self._used.items()]
        made = {"stretch": pa.array(self._used.keys(), pa.binary()), "rows": rows, "proof": pa.array(proofs)}
        table = pa.table(made)
        with atomic_path(self._path) as beside, pa.ipc.new_file(str(beside), table.schema) as writer:
            writer.write_table(table)

    def _rows(self, key: bytes) -> bytes | None:
        """Return the row hashes of a stretch that is known, as they were kept."""
        if key in self._used:
            return self._used[key]
        rows, proof = (one.as_py() for one in self._kept.get(key, _NONE))
        return rows if rows is not None and _proof(key, rows) == proof else None


def _read(path: Path) -> dict[bytes, tuple[pa.Scalar, pa.Scalar]]:
    try:
        with pa.memory_map(str(path)) as file:
            table = pa.ipc.open_file(file).read_all().combine_chunks()
        columns = [table[name] for name in ("rows", "proof")]
        return dict(zip(table["stretch"].to_pylist(), zip(*columns, strict=True), strict=True))
    except (OSError, pa.ArrowException, KeyError):
        return {}


def _key(stretch: pa.RecordBatch) -> bytes:
    digest = hashlib.sha256(stretch.schema.serialize())
    digest.update(stretch.serialize())
    return digest.digest()


def _proof(key: bytes, rows: bytes) -> bytes:
    return hashlib.sha256(key + rows).digest()


def _stretches(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table in stretches; one that is sorted by its first column gives the same ones again."""
    for batch in table.combine_chunks().to_batches():
        starts = _starts(batch.column(0))
        yield from (batch.slice(start, stop - start) for start, stop in pairwise([*starts, batch.num_rows]))


def _starts(column: pa.Array) -> list[int]:
    if not pa.types.is_string(column.type) or not len(column):
        return list(range(0, max(1, len(column)), _ROWS))
    names = column.dictionary_encode()
    marked = [zlib.crc32(name.encode()) % _STRETCH == 0 for name in names.dictionary.to_pylist()]
    codes = names.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    begins = np.array([*marked, False])[codes] & np.append([True], codes[1:] != codes[:-1])
    return sorted({0, *np.flatnonzero(begins).tolist()})
