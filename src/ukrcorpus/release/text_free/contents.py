"""Every byte of a release, as pieces with an address: files as they are, Parquet also column by column."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_PIECE: Final = 1 << 23
_APART: Final = b"/"  # between two values: names that stand below each other are no sentence
_OVERLAP: Final = 1 << 12  # bytes of two pieces that both hold, so that no run falls between them
_PARQUET: Final = ".parquet"
_ESCAPE: Final = re.compile(rb"\\u[0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of a release; ``place`` is a file and what of it they are."""

    place: str
    data: bytes


def pieces(folder: Path) -> Iterator[Piece]:
    """Yield all that the files below a folder hold, their names first; one piece in memory at a time."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        yield Piece(f"{name}: its name", name.encode("utf-8"))
        yield from _bytes(path, name)
        if path.suffix == _PARQUET:
            yield from _parquet(path, name)


def _bytes(path: Path, name: str) -> Iterator[Piece]:
    with path.open("rb") as file:
        at, kept = 0, b""
        while data := file.read(_PIECE):
            place = f"{name}: bytes {at} to {at + len(data)}"
            yield Piece(place, kept + data)
            if path.suffix != _PARQUET and _ESCAPE.search(data):
                yield Piece(f"{place}, escapes read", _unescaped(kept + data))
            at, kept = at + len(data), data[-_OVERLAP:]


def _unescaped(data: bytes) -> bytes:
    return _ESCAPE.sub(lambda one: codecs.decode(one[0], "unicode_escape").encode("utf-8", "replace"), data)


def _parquet(path: Path, name: str) -> Iterator[Piece]:
    """Yield what is in a Parquet file packed or encoded: metadata of file and columns, statistics, values."""
    with pq.ParquetFile(path) as file:
        yield from _metadata(file, name)
        for group in range(file.num_row_groups):
            yield from _statistics(file.metadata.row_group(group), f"{name}: row group {group}")
            for column in file.schema_arrow.names:
                values = file.read_row_group(group, [column]).column(0)
                yield from _values(values, f"{name}: row group {group}, column {column}")


def _metadata(file: Any, name: str) -> Iterator[Piece]:
    schema = file.schema_arrow
    found = [("of the file", schema.metadata), ("of the file", file.metadata.metadata)]
    found += [(f"of the column {field.name}", field.metadata) for field in schema]
    for whose, metadata in found:
        for key, value in (metadata or {}).items():
            shown = key.decode("utf-8", "replace")[:40]
            yield Piece(f"{name}: metadata {whose}, {shown}", key + b" " + value)
            if _ESCAPE.search(value):
                yield Piece(f"{name}: metadata {whose}, {shown}, escapes read", _unescaped(value))


def _statistics(group: Any, place: str) -> Iterator[Piece]:
    for number in range(group.num_columns):
        column = group.column(number)
        statistics = column.statistics
        if statistics is not None and statistics.has_min_max:
            ends = f"{statistics.min} {statistics.max}".encode("utf-8", "replace")
            yield Piece(f"{place}, statistics of {column.path_in_schema}", ends)


def _values(values: pa.ChunkedArray, place: str) -> Iterator[Piece]:
    """Yield the characters of a column one after the other; numbers and dates hold none."""
    for chunk in values.chunks:
        flat = chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk
        while pa.types.is_list(flat.type) or pa.types.is_large_list(flat.type):
            flat = flat.flatten()
        if not (pa.types.is_string(flat.type) or pa.types.is_binary(flat.type) or pa.types.is_large_string(flat.type)):
            continue
        present = pc.drop_null(flat)
        step = max(1, len(present) * _PIECE // max(1, present.nbytes))
        for start in range(0, len(present), step):
            part = present.slice(max(0, start - 1), step + 1)
            yield Piece(place, _APART.join(one.as_buffer() for one in part))
