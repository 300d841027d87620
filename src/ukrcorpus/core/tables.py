"""Tables on disk: Parquet with an explicit schema and the same bytes each time."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.core.disk import flush
from ukrcorpus.core.locks import is_at, try_lock
from ukrcorpus.core.problems import CorpusError

ROWS_PER_GROUP = 50_000
# Content-defined chunks keep a small change small on the Hub, and make the bytes independent of how the table
# was chunked.
WRITER = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "write_page_index": True,
    "write_page_checksum": True,
    "store_schema": True,
    "data_page_version": "1.0",
    "use_content_defined_chunking": {"min_chunk_size": 256 * 1024, "max_chunk_size": 1024 * 1024, "norm_level": 0},
}


Row = Mapping[str, object]


@contextmanager
def atomic_path(path: Path, *, flushed: bool = True) -> Iterator[Path]:
    """Yield a path beside ``path`` and rename it into place at the end; on an error nothing is left.

    What a killed run leaves is hidden, is no ``.parquet``, and goes with the next ``sweep``. A power cut leaves the old
    file or the whole new one; once the block has ended, the new one. Who writes thousands of files may have each not
    ``flushed`` and call ``disk.flush_all`` before anything says that they are there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _named_as(path):
        handle, beside = _locked_beside(path)
        try:
            yield beside
            beside.chmod(0o644)
            if flushed:
                os.fsync(handle)
            beside.replace(path)
            if flushed:
                flush(path.parent)
        except BaseException:
            with suppress(FileNotFoundError):
                beside.unlink()
            raise
        finally:
            os.close(handle)


@contextmanager
def _named_as(path: Path) -> Iterator[None]:
    """Let an error about the file beside a path name the path, the one that a person knows."""
    try:
        yield
    except OSError as error:
        found = error.filename  # pyarrow names no file
        if found is None or (isinstance(found, str) and Path(found).name.startswith(f".{path.name}.")):
            del error.filename2
            error.filename = str(path)
        raise


def _locked_beside(path: Path) -> tuple[int, Path]:
    """Return a new hidden file beside a path, locked, so that no other process takes it for left behind."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try_lock(handle, wait=True)
        if is_at(handle, Path(name)):
            return handle, Path(name)
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file atomically, line ends as they are."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file atomically."""
    with atomic_path(path) as beside:
        beside.write_bytes(data)


def write_json(path: Path, value: object) -> None:
    """Write JSON with sorted keys and a final newline, atomically."""
    write_text(path, json_text(value))


def json_text(value: object) -> str:
    """Return JSON as ``write_json`` writes it."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def table_of(rows: list[dict[str, object]], schema: pa.Schema, key: tuple[str, ...]) -> pa.Table:
    """Return rows as a table of exactly this schema, sorted by key."""
    table = pa.Table.from_pylist(rows, schema=schema)
    return table.sort_by([(name, "ascending") for name in key]) if rows else table


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table atomically; same rows, schema and pyarrow give the same bytes."""
    with atomic_path(path) as beside, pq.ParquetWriter(beside, table.schema, **WRITER) as writer:
        for start in range(0, table.num_rows, ROWS_PER_GROUP):
            block = table.slice(start, ROWS_PER_GROUP).combine_chunks()
            writer.write_table(block, row_group_size=ROWS_PER_GROUP)


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Read a table: one Parquet file, or a folder of parts in the order of their names.

    Raise ``table-unreadable`` for a damaged file: each page that we write has its checksum, only the footer has none.
    The path is passed on, never an open file: pyarrow 26 crashes at exit on those. ``pq.read_table`` would import
    pandas.
    """
    if path.is_dir():
        return pa.concat_tables([read_table(part, columns) for part in parts_of(path)])
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read(columns)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # not there, or no right to it
            raise
        raise CorpusError(
            "table-unreadable",
            f"this is no Parquet file that can be read ({str(error).splitlines()[0]}).",
            where=str(path),
            remedy="If it lies in build/, remove it and run ukrcorpus build; else fetch or copy it again.",
        ) from error


def n_rows(path: Path) -> int:
    """Return the number of rows of a table, by what its files say of themselves."""
    return sum(pq.read_metadata(file).num_rows for file in files_of(path))


def files_of(path: Path) -> list[Path]:
    """Return the files of a table: its parts, or itself."""
    return parts_of(path) if path.is_dir() else [path]


def n_bytes(table: pa.Table) -> int:
    """Return the size of a table's cells in memory, whatever its chunks, its slices and the pyarrow that holds it.

    A text or list is 4 bytes and what is in it, a flag one bit; what says which cells are null is not counted.

    >>> n_bytes(pa.table({"text": ["ab", None], "ids": [["a"], []]}).slice(0, 1))
    15
    """
    return sum(_n_bytes(column) for column in table.columns)


def _n_bytes(column: pa.ChunkedArray) -> int:
    if pa.types.is_string(column.type):
        return 4 * len(column) + sum(len(utf8(chunk)) for chunk in column.chunks)
    if pa.types.is_list(column.type):
        items = [chunk.flatten() for chunk in column.chunks]
        return 4 * len(column) + _n_bytes(pa.chunked_array(items, column.type.value_type))
    return int(-(-column.type.bit_width * len(column) // 8))


def utf8(texts: pa.Array) -> memoryview:
    """Return the bytes of the texts that are not null, end to end."""
    full = texts.drop_null() if texts.null_count else texts
    _, ends, data = full.buffers()
    if data is None or not len(full):
        return memoryview(b"")
    ends = memoryview(ends).cast("i" if pa.types.is_string(full.type) else "q")
    return memoryview(data)[ends[full.offset] : ends[full.offset + len(full)]]


def parts_of(folder: Path) -> list[Path]:
    """Return the files of a table in parts, in the order of their keys."""
    return sorted(folder.glob("*.parquet"), key=lambda path: path.stem)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
