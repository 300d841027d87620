"""Signatures on disk, a column at a time: what compares all texts with each other holds none of them in memory."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.signatures import SIGNATURE_VERSION, layout

BLOCK: Final = 16_384  # texts; within a block of the file the values of a column lie together
_VERSION: Final = "version"


class Sketches:
    """The signatures of texts in the order in which they came, in a file without a name, and the texts' ids.

    Of a text only its id stays in memory. The file is gone when the sketches are, in whatever way the process ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Make an empty file in ``folder``, or where the system keeps such files."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - as long as the sketches live
        self._ids: list[pa.Array] = []
        self._waiting: list[bytes] = []
        self._n_written = 0

    def __len__(self) -> int:
        return self._n_written + len(self._waiting)

    def add(self, records: pa.Table) -> None:
        """Take in ``article_id`` and ``signature`` of those articles that have one, or raise ``signature-version``."""
        assert self._n_written % BLOCK == 0, "sketches are being read"
        signed = records.filter(pc.is_valid(records["signature"]))
        self._ids += signed["article_id"].chunks
        self._waiting += signed["signature"].to_pylist()
        while len(self._waiting) >= BLOCK:
            self._write(self._waiting[:BLOCK])
            del self._waiting[:BLOCK]

    @property
    def article_ids(self) -> pa.ChunkedArray:
        """The ids in the order in which they came."""
        return pa.chunked_array(self._ids, pa.string())

    def column(self, field: str, slot: int) -> Any:
        """Return one value of every signature; nothing can be added any more."""
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []
        place, kind = _columns()[field, slot]
        values = np.empty(self._n_written, dtype=kind)
        for start in range(0, self._n_written, BLOCK):
            own = values[start : start + BLOCK]
            self._file.seek(start * _width() + place * len(own))
            n_bytes = self._file.readinto(own.data.cast("B"))
            assert n_bytes == own.nbytes
        return values

    def _write(self, signatures: list[bytes]) -> None:
        rows = _rows(signatures)
        self._file.seek(self._n_written * _width())
        for field, slot in _columns():
            self._file.write(np.ascontiguousarray(rows[field][:, slot]).tobytes())
        self._n_written += len(rows)


@cache
def _columns() -> dict[tuple[str, int], tuple[int, Any]]:
    """Return the bytes of a row that come before each column, and the column's type."""
    found, before = {}, 0
    for field in layout().names:
        kind = layout()[field]
        for slot in range(*kind.shape or (0,)):
            found[field, slot] = before, kind.base
            before += kind.base.itemsize
    return found


def _width() -> int:
    return int(layout().itemsize - layout()[_VERSION].itemsize)


def _rows(signatures: list[bytes]) -> Any:
    size = layout().itemsize
    if any(len(one) != size for one in signatures):
        raise _stale(f"a signature has not {size} bytes")
    rows: Any = np.frombuffer(b"".join(signatures), dtype=layout())
    if (rows[_VERSION] != SIGNATURE_VERSION).any():
        raise _stale(f"a signature has version {rows[_VERSION][rows[_VERSION] != SIGNATURE_VERSION][0]}")
    return rows


def _stale(what: str) -> CorpusError:
    return CorpusError(
        "signature-version",
        f"{what}, expected version {SIGNATURE_VERSION}.",
        where="signatures of near-duplicates",
        remedy="Normalise the articles again; signatures of two versions cannot be compared.",
    )
