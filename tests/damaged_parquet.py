"""Parquet files with one wrong byte, in every part that such a file has."""

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def parts_of_file(path: Path) -> dict[str, int]:
    """Return the place of a byte in the middle of each part: magic, page header, page data, page index, footer."""
    data, footer = path.read_bytes(), pq.read_metadata(path)
    end = len(data) - 8
    start = end - int.from_bytes(data[end : end + 4], "little")
    columns = [footer.row_group(0).column(number) for number in range(footer.num_columns)]
    largest = max(columns, key=lambda one: one.total_compressed_size)
    first = largest.dictionary_page_offset or largest.data_page_offset
    after = max((one.dictionary_page_offset or one.data_page_offset) + one.total_compressed_size for one in columns)
    middle = first + largest.total_compressed_size // 2
    places = {"magic": 1, "page header": first + 2, "page data": middle, "page index": (after + start) // 2}
    return places | {"footer": (start + end) // 2, "footer's length": end, "last byte": len(data) - 1}


def flipped(data: bytes, place: int) -> bytes:
    """Return bytes with one of them changed."""
    return data[:place] + bytes([data[place] ^ 0x40]) + data[place + 1 :]


def with_other_values(path: Path, beside: Path) -> bytes:
    """Return the file with a byte changed such that it is read, without its checksums, and holds something else."""
    data, table = path.read_bytes(), pq.ParquetFile(path).read()
    for place in range(4, len(data)):
        beside.write_bytes(flipped(data, place))
        with suppress(pa.ArrowException, OSError, ValueError), pq.ParquetFile(beside) as file:
            read = file.read()
            if read.schema.equals(table.schema) and read.num_rows == table.num_rows and not read.equals(table):
                read.validate(full=True)
                return beside.read_bytes()
    raise AssertionError(f"every wrong byte of {path.name} is noticed")
