"""What texts are compared by, told once for each text: its windows and its long lines, as numbers.

A text is its letters, cut into all windows of ``WINDOW`` letters, about seven words. Of these one in sixteen is
kept, by its first letters, so that two texts keep the same ones.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from ukrcorpus.core.letters import letters_of
from ukrcorpus.core.stamps import code_hash
from ukrcorpus.core.tables import atomic_path

WINDOW: Final = 40
# A line of fewer letters may be a heading that two writers chose; of more it is a page's own or a copy.
LINE: Final = 40
_EIGHT: Final = 8
MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_TURN, _DRAWN = np.uint64(29), np.uint64(64 - 4)  # one in sixteen has four leading bits of zero
_CHUNK: Final = 1 << 22  # letters hashed at once
_TEXTS: Final = 4096  # whose words are in memory at once
_DIGITS: Final = bytes.maketrans(b"0123456789", b"0" * 10)
_SCHEMA: Final = pa.schema(
    {"text_sha256": pa.binary(32), "windows": pa.large_list(pa.uint64()), "lines": pa.large_list(pa.uint64())}
)
_CODE, _PROOF = "code", "proof"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class Text:
    """A text of a table by its hash, which a rule of its own proves; its words are read when they are asked for."""

    __slots__ = ("_column", "_row", "sha256")

    def __init__(self, sha256: str, column: pa.Array | pa.ChunkedArray, row: int) -> None:
        self.sha256 = sha256
        self._column, self._row = column, row

    @classmethod
    def of(cls, text: str) -> "Text":
        """Return a text that is in memory."""
        return cls(hashlib.sha256(text.encode("utf-8")).hexdigest(), pa.array([text]), 0)

    @property
    def key(self) -> bytes:
        """The hash as bytes; told anew where the given one has not the form of a hash."""
        if _HASH.fullmatch(self.sha256):
            return bytes.fromhex(self.sha256)
        return hashlib.sha256(str(self).encode("utf-8")).digest()

    def __str__(self) -> str:
        return str(self._column[self._row].as_py())


NO_TEXT: Final = Text.of("")


class KnownMarks:
    """The marks of texts by the hash of the text, kept on disk for the next run; without a file nothing is kept.

    The file is read when marks are first asked for. Losing what is kept costs time only, and so does another version of
    this code.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: pa.Table | None = None
        self._rows: dict[bytes, int] = {}
        self._used: pa.Table | None = None

    def of(self, texts: Sequence[Text]) -> pa.Table:
        """Return the marks of each text: ``windows`` and ``lines``, lists of numbers of 64 bits, a row for a text."""
        keys = [text.key for text in texts]
        kept = self._learn(texts, keys)
        self._used = kept.take(pa.array([self._rows[key] for key in keys], pa.int64()))
        return self._used

    def keep(self) -> None:
        """Keep for the next run what this one asked for last."""
        if self._path is None or self._used is None:
            return
        table = self._used.replace_schema_metadata({_CODE: code_hash(), _PROOF: _proof(self._used)})
        with atomic_path(self._path) as beside, pa.ipc.new_file(str(beside), table.schema) as writer:
            writer.write_table(table)

    def _learn(self, texts: Sequence[Text], keys: Sequence[bytes]) -> pa.Table:
        """Return the marks of all texts that are known now, these among them."""
        if self._kept is None:
            self._kept = _read(self._path) if self._path else _SCHEMA.empty_table()
            self._rows = {key: row for row, key in enumerate(self._kept["text_sha256"].to_pylist())}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            self._rows |= {key: row for row, key in enumerate(new, start=self._kept.num_rows)}
            pairs = list(new.items())
            some = (pairs[start : start + _TEXTS] for start in range(0, len(pairs), _TEXTS))
            made = [_marks({key: str(text) for key, text in own}) for own in some]
            self._kept = pa.concat_tables([self._kept, *made]).combine_chunks()
        return self._kept


def _read(path: Path) -> pa.Table:
    """Return what was kept; nothing of another version of the code, or of a file that is damaged."""
    try:
        with pa.memory_map(str(path)) as file:
            table = pa.ipc.open_file(file).read_all()
        said, kept = table.schema.metadata or {}, table.replace_schema_metadata(None).cast(_SCHEMA)
        known = said.get(_CODE.encode()) == code_hash().encode() and said.get(_PROOF.encode()) == _proof(kept).encode()
        return kept if known else _SCHEMA.empty_table()
    except (OSError, ValueError, pa.ArrowException):
        return _SCHEMA.empty_table()


def _proof(table: pa.Table) -> str:
    """Return a hash of all values."""
    digest = hashlib.sha256()
    for column in table.combine_chunks().itercolumns():
        for chunk in column.chunks:
            lists = isinstance(chunk, pa.LargeListArray)
            for values in (chunk.value_lengths(), chunk.flatten()) if lists else (chunk.cast(pa.large_binary()),):
                digest.update(pa.record_batch({"": values}).serialize())
    return digest.hexdigest()


def _marks(texts: dict[bytes, str]) -> pa.Table:
    folded = [text.casefold() for text in texts.values()]
    windows = _lists(_windows([letters_of(text.encode("utf-8")) for text in folded]))
    lines = _lists([np.array(sorted(_lines(text)), np.uint64) for text in folded])
    return pa.Table.from_arrays([pa.array(texts, pa.binary(32)), windows, lines], schema=_SCHEMA)


def _lists(values: Sequence[Any]) -> pa.Array:
    ends = np.cumsum([0, *(len(own) for own in values)])
    every = np.concatenate([np.zeros(0, np.uint64), *values])
    return pa.LargeListArray.from_arrays(pa.array(ends, pa.int64()), pa.array(every, pa.uint64()))


def _windows(letters: Sequence[bytes]) -> list[Any]:
    """Return the hashes of the kept windows of each text."""
    found: list[Any] = []
    begin = size = 0
    for end, one in enumerate(letters, start=1):
        size += len(one)
        if size >= _CHUNK or end == len(letters):
            owners, hashes = _kept(letters[begin:end])
            places = np.searchsorted(owners, np.arange(end - begin + 1))
            found += [hashes[start:stop] for start, stop in pairwise(places)]
            begin, size = end, 0
    return found


def _kept(letters: Sequence[bytes]) -> tuple[Any, Any]:
    """Return owner and hash of the kept windows of some texts; the first letters of a window decide about it."""
    joined = b"".join(letters)
    if len(joined) < WINDOW:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    eights: Any = np.ndarray((len(joined) - _EIGHT + 1,), "<u8", joined, strides=(1,))
    places = np.flatnonzero((eights[: len(joined) - WINDOW + 1] * MIX) >> _DRAWN == 0)
    ends = np.cumsum([len(one) for one in letters])
    owners = np.searchsorted(ends, places, "right")
    whole = places + WINDOW <= ends[owners]  # a window belongs to one text
    places, owners = places[whole], owners[whole]
    mixed: Any = np.zeros(len(places), np.uint64)
    for at in range(0, WINDOW, _EIGHT):
        mixed ^= eights[places + at]
        mixed *= MIX
        mixed ^= mixed >> _TURN
    return owners, mixed


def _lines(text: str) -> set[int]:
    """Return a hash for each different line that is long enough to be a page's own, whatever its digits."""
    lines = (letters_of(line.encode("utf-8")) for line in text.split("\n") if len(line) >= LINE)
    return {number_of(line.translate(_DIGITS)) for line in lines if len(line) >= LINE}


def number_of(data: bytes) -> int:
    """Return a hash of 64 bits."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())
