"""Files as streams of bytes, gzip unpacked on the way; a broken gzip file says so where it breaks."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Final, cast

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.declared import EncodingFrom
from ukrcorpus.sources.decode import bom_codec, given_codec

_MAGIC: Final = b"\x1f\x8b"
_BUFFER: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, and how it was found."""

    codec: str
    found: EncodingFrom


class _Gzip(RawIOBase):
    """The bytes inside a gzip file, all its members; a cut or foreign tail is a ``CorpusError`` when reached."""

    def __init__(self, packed: BufferedReader, where: str) -> None:
        super().__init__()
        self._inner = gzip.GzipFile(fileobj=packed)
        self._where = where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._inner.read1(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise CorpusError(
                "source-gzip",
                f"the gzip file is broken: {str(error).lower().rstrip('.')}.",
                where=self._where,
                remedy="Fetch the file again; what stood before the break was read.",
            ) from error
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_stream(path: Path, *, gz: bool) -> Iterator[tuple[BufferedReader, BufferedReader]]:
    """Yield the unpacked bytes of a file, and the file itself, whose ``tell`` says how far it is read."""
    with path.open("rb", buffering=_BUFFER) as opened:
        file = cast("BufferedReader", opened)
        yield (BufferedReader(_Gzip(file, str(path)), _BUFFER) if gz else file), file


def is_gzip(path: Path) -> bool:
    """Say whether a file begins like a gzip file."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def text_encoding(stream: BufferedReader, given: str | None) -> Encoding:
    """Return the encoding of a stream of records: as given, by its byte order mark (UTF-8's is passed over), or UTF-8.

    UTF-8 is proved record by record, by who decodes it. Letters prove nothing here: a stream is not known to its end.
    """
    marked = bom_codec(stream.peek(4)[:4])
    if marked == "utf-8-sig" and given_codec(given or "utf-8") == "utf-8":
        stream.read(3)
        return Encoding("utf-8", EncodingFrom.BOM)
    if given:
        return Encoding(given_codec(given), EncodingFrom.GIVEN)
    return Encoding(marked, EncodingFrom.BOM) if marked else Encoding("utf-8", EncodingFrom.BYTES)
