"""``logical-hash/1`` of a table: the SHA-256 of the sorted hashes of its rows, each written as JSON.

A row's JSON has its keys sorted, no spaces and no escapes that need not be. It is put together column by column, for
a hash of one row after the other in Python takes ten times as long.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_ROWS: Final = 8_192  # in memory as JSON at a time
_ESCAPED: Final = tuple(
    (character, json.dumps(character, ensure_ascii=False)[1:-1]) for character in ["\\", '"', *map(chr, range(32))]
)


def row_hashes(table: pa.Table) -> bytes:
    """Return the SHA-256 of every row, 32 bytes each, in the order of the rows."""
    return b"".join(_hashed(row_texts(batch)) for batch in table.to_batches(max_chunksize=_ROWS))


def hash_of_rows(hashes: bytes) -> str:
    """Return the logical hash of rows with these hashes, whatever their order.

    >>> one, other = pa.table({"n": [2, 1]}), pa.table({"n": [1, 2]})
    >>> hash_of_rows(row_hashes(one)) == hash_of_rows(row_hashes(other))
    True
    """
    words = np.frombuffer(hashes, dtype=">u8").reshape(-1, 4)
    first = words[:, 0].astype("u8")
    order = np.argsort(first)
    if (first[order[1:]] == first[order[:-1]]).any():  # rows that are the same, hardly ever others
        order = np.lexsort(words.T[::-1].astype("u8"))
    return hashlib.sha256(words[order].tobytes()).hexdigest()


def row_texts(batch: pa.RecordBatch) -> pa.Array:
    """Return each row as JSON.

    >>> row_texts(pa.record_batch({"b": ["x", None], "a": [1, 2]})).to_pylist()
    ['{"a":1,"b":"x"}', '{"a":2,"b":null}']
    """
    parts: list[Any] = []
    for number, name in enumerate(sorted(batch.schema.names)):
        start = "," if number else "{"
        parts += [f"{start}{_json(name)}:", *_quoted(batch.column(name))]
    parts = parts or [pa.array(["{"] * batch.num_rows, pa.large_string())]
    return _joined(*parts, "}", nulls="null")


def _quoted(values: pa.Array) -> list[Any]:
    """Return the values as JSON, in pieces that stand one after the other; null is null yet."""
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        escaped = _escaped(values.cast(pa.large_string()))
        return [_joined('"', escaped, '"')] if escaped.null_count else ['"', escaped, '"']
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return [values.cast(pa.large_string())]
    if pa.types.is_list(kind):
        return [_lists(values)]
    if pa.types.is_primitive(kind):
        distinct = values.dictionary_encode()
        return [_each(distinct.dictionary).take(distinct.indices)]
    return [_each(values)]


def _lists(values: pa.ListArray) -> pa.Array:
    """Return lists as JSON; nulls stay null."""
    items = _joined(*_quoted(values.flatten()), nulls="null")
    lengths = values.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    ends = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int64())
    inner = pc.binary_join(pa.LargeListArray.from_arrays(ends, items), pa.scalar(",", pa.large_string()))
    return pc.if_else(values.is_valid(), _joined("[", inner, "]"), pa.scalar(None, pa.large_string()))


def _joined(*parts: Any, nulls: str | None = None) -> pa.Array:
    """Return the parts as one text for each row; null where a part is, unless ``nulls`` says what stands for it."""
    texts = [part if isinstance(part, pa.Array) else pa.scalar(part, pa.large_string()) for part in parts]
    how = {"null_handling": "replace", "null_replacement": nulls} if nulls else {}
    return pc.binary_join_element_wise(*texts, pa.scalar("", pa.large_string()), **how)


def _escaped(texts: pa.Array) -> pa.Array:
    """Return texts with the characters escaped that JSON asks for; most texts have few kinds of them."""
    held = _held(texts)
    for character, escaped in _ESCAPED:
        if ord(character) in held:
            texts = pc.replace_substring(texts, character, escaped)
    return texts


def _held(texts: pa.Array) -> frozenset[int]:
    """Return which of the bytes that are escaped stand in the texts."""
    data = texts.buffers()[2]
    if data is None:
        return frozenset()
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    own = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]]
    low = own[own < 32]  # noqa: PLR2004 - the control characters
    held = set(np.unique(low).tolist())
    return frozenset(held | {code for code in (ord('"'), ord("\\")) if (own == code).any()})


def _each(values: pa.Array) -> pa.Array:
    return pa.array([_json(value) for value in values.to_pylist()], pa.large_string())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _hashed(texts: pa.Array) -> bytes:
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int64)
    ends = offsets[texts.offset : texts.offset + len(texts) + 1].tolist()
    data, sha = memoryview(texts.buffers()[2] or b""), hashlib.sha256
    return b"".join([sha(data[start:end]).digest() for start, end in pairwise(ends)])
