"""CSV and TSV: a header, then one article a row, each with as many fields; the delimiter is proved."""

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.columns import columns_of, text_article
from ukrcorpus.sources.incoming import MAX_BYTES, Read, Skipped, Source
from ukrcorpus.sources.streams import Encoding, text_encoding

DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
MAX_FIELD: Final = 2 * MAX_BYTES
_SAMPLE: Final = 1 << 16  # bytes that the delimiter is proved on
_NO_TEXT: Final = re.compile(r"[\udc80-\udcff]")  # what "surrogateescape" makes of bytes that are no text


def read_csv(source: Source) -> Read:
    """Yield the articles of a table.

    A row that is short, long or no text is refused by itself. Behind broken quotes nobody knows where a row
    begins: ``source-quotes`` ends the reading.
    """
    encoding = text_encoding(source.stream, source.encoding)
    delimiter = source.delimiter or _proved(source, encoding.codec)
    rows = _rows(TextIOWrapper(source.stream, encoding.codec, errors="surrogateescape", newline=""), delimiter, source)
    _, header = next(rows, (0, []))
    columns = _columns(header, source, encoding)
    own = Encoding("utf-8" if encoding.codec.startswith("utf") else encoding.codec, encoding.found)
    for record, (number, row) in enumerate(rows, 1):
        where = f"{source.address}: line {number}"
        try:
            if not row:
                yield Skipped(where, "blank line")
                continue
            _check_row(row, header, encoding, where)
            values = {name: value for name, value in zip(header, row, strict=True) if value}
            own_columns = columns_of(tuple(values), columns, where)
            yield text_article(values, own_columns, source, (where, record), own)
        except CorpusError as error:
            yield error


def _columns(header: list[str], source: Source, encoding: Encoding) -> dict[str, str]:
    """Return what each column of the header is for; every field that has none is left out by name."""
    where = f"{source.address}: header"
    _check_row(header, header, encoding, where)
    unknown = [name for name in source.columns.values() if name and name not in header]
    repeated = [name for name in header if header.count(name) > 1]
    if unknown or repeated:
        what = f"there is no column '{unknown[0]}'" if unknown else f"the column '{repeated[0]}' comes twice"
        listed = ", ".join(header)
        raise CorpusError("source-columns", f"{what}.", where=where, remedy=f"The header names: {listed}.")
    return dict(source.columns) | dict(columns_of(header, source.columns, where))


def _check_row(row: list[str], header: list[str], encoding: Encoding, where: str) -> None:
    if len(row) != len(header):
        what = f"{len(row)} fields; the header has {len(header)}."
        raise CorpusError("source-row", what, where=where, remedy="Put a field that holds the delimiter in quotes.")
    wrong = _NO_TEXT.search("".join(row))
    if wrong:
        what = f"the byte 0x{ord(wrong[0]) - 0xDC00:02x} is not {encoding.codec}."
        raise CorpusError("source-encoding", what, where=where, remedy="Name the file's encoding: --encoding NAME.")


def _rows(lines: TextIOWrapper, delimiter: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of the line that it begins on."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FIELD))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = rows.line_num + 1
        where = f"{source.address}: line {number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            what = f"{error}, so nobody knows where the next row begins."
            remedy = 'Double the quotes inside quotes ("") from here on, and ingest the file again.'
            raise CorpusError("source-quotes", what, where=where, remedy=remedy) from error
        except UnicodeError as error:
            what, remedy = "the bytes are no text in the file's encoding.", "Name the right one: --encoding NAME."
            raise CorpusError("source-encoding", what, where=where, remedy=remedy) from error
        yield number, row


def _proved(source: Source, codec: str) -> str:
    """Return the one delimiter that parts the header, and most whole rows of the sample into as many fields."""
    sample = source.stream.peek(_SAMPLE)[:_SAMPLE].decode(codec, "replace")
    fitting = [delimiter for delimiter in DELIMITERS.values() if _fits(sample, delimiter)]
    header = sample.split("\n")[0]
    if not fitting and header.strip() and not any(delimiter in header for delimiter in DELIMITERS.values()):
        return ","  # one column needs none
    if len(fitting) != 1:
        raise CorpusError(
            "source-delimiter",
            "several delimiters fit the rows." if fitting else "no delimiter parts the rows into as many fields.",
            where=source.address,
            remedy=f"Name it: --delimiter {' or --delimiter '.join(DELIMITERS)}.",
        )
    return fitting[0]


def _fits(sample: str, delimiter: str) -> bool:
    rows = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    counts = [len(row) for row in rows if row]
    whole = counts[1:-1]  # the last row may be cut
    return bool(counts) and counts[0] > 1 and (not whole or 2 * whole.count(counts[0]) > len(whole))
