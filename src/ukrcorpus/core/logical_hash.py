"""``logical-hash/2``: what a table's cells hold, whatever their encoding, the order of rows and the Parquet writer.

``docs/releases.md`` defines it so that others can tell it too; the tests do, from plain values.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import utf8

LOGICAL_HASH: Final = "logical-hash/2"


def logical_hash(table: pa.Table, key: Sequence[str]) -> str:
    """Return the hash of a table in the order of this key; a ``TypeError`` where no schema has columns of its kinds.

    >>> one, other = pa.table({"id": ["a", "b"], "n": [1, None]}), pa.table({"id": ["b", "a"], "n": [None, 1]})
    >>> logical_hash(one, ["id"]) == logical_hash(other, ["id"])
    True
    """
    ordered = _in_order(pa.table({name: _decoded(table[name]) for name in sorted(table.column_names)}), key)
    return sha256(b"".join(map(_digest, ordered.column_names, ordered.columns))).hexdigest()


def check_known(release: Mapping[str, Any], where: str) -> None:
    """Raise ``release-json`` where the rows of a release are told by another hash than this one."""
    told = release.get("logical_hash")
    if told != LOGICAL_HASH:
        what = f"logical_hash {told!r}, and this version of ukrcorpus knows {LOGICAL_HASH}."
        remedy = "Use a version of ukrcorpus that knows it, such as the one under made_with."
        raise CorpusError("release-json", what, where=where, remedy=remedy)


def is_in_order(table: pa.Table, key: Sequence[str]) -> bool:
    """Say whether the rows come in the order of the key, and no two have the same."""
    return bool(table.num_rows < 2 or pc.all(_is_later([table[name] for name in key])).as_py())  # noqa: PLR2004


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _in_order(table: pa.Table, key: Sequence[str]) -> pa.Table:
    """Return the rows in the order of the key; that of a release is so already."""
    if is_in_order(table, key):
        return table
    order = pc.sort_indices(table.select(key), [(name, "ascending") for name in key])
    table = _taken(table, order)
    same = _is_same([table[name] for name in key])
    return _taken(table, _untied(table, same)) if pc.any(same).as_py() else table


def _taken(table: pa.Table, order: Any) -> pa.Table:
    wide = {pa.string(): pa.large_string()}  # which holds more than 2 GB
    fields = [field.with_type(wide.get(field.type, field.type)) for field in table.schema]
    return table.cast(pa.schema(fields)).take(order)


def _is_later(columns: list[pa.ChunkedArray]) -> Any:
    """Say for each row but the first whether its key comes after that of the row before it."""
    first, *rest = columns
    before, after = _neighbours(first)
    later = pc.fill_null(pc.less(before, after), fill_value=False)
    if first.null_count:
        later = pc.or_(later, pc.and_(pc.is_valid(before), pc.is_null(after)))
    return pc.or_(later, pc.and_(_is_same([first]), _is_later(rest))) if rest else later


def _is_same(columns: list[pa.ChunkedArray]) -> Any:
    """Say for each row but the first whether it has the key of the row before it."""
    first, *rest = columns
    before, after = _neighbours(first)
    same = pc.fill_null(pc.equal(before, after), fill_value=False)
    if first.null_count:
        same = pc.or_(same, pc.and_(pc.is_null(before), pc.is_null(after)))
    return pc.and_(same, _is_same(rest)) if rest else same


def _neighbours(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    return column.slice(0, len(column) - 1), column.slice(1)


def _untied(table: pa.Table, same: Any) -> list[int]:
    """Return the order of rows with those of one key by their own hashes."""
    order, start = list(range(table.num_rows)), 0
    for row, tied in enumerate([*same.to_pylist(), False], 1):
        if not tied:
            if row - start > 1:
                order[start:row] = sorted(order[start:row], key=lambda one: logical_hash(table.slice(one, 1), ()))
            start = row
    return order


def _digest(name: str, column: pa.ChunkedArray) -> bytes:
    digest = sha256(f"{name} {_kind(column.type)} {len(column)}\n".encode())
    for data in _bytes(column):
        digest.update(data)
    return digest.digest()


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return f"list of {_kind(kind.value_type)}"
    if pa.types.is_dictionary(kind):
        return _kind(kind.value_type)
    for name, holds in _KINDS.items():
        if holds(kind):
            return name
    raise TypeError(f"no schema has columns of {kind}")


def _bytes(column: pa.ChunkedArray) -> Iterator[Any]:
    """Yield the cells of a column as the definition has them."""
    kind, chunks = _kind(column.type), [chunk for chunk in column.chunks if len(chunk)]
    if kind == "text":
        yield from (_fixed(pc.binary_length(chunk).cast(pa.int32()), -1) for chunk in chunks)
        yield from map(utf8, chunks)
    elif kind.startswith("list of "):
        yield from (_fixed(pc.list_value_length(chunk).cast(pa.int32()), -1) for chunk in chunks)
        items = [chunk.flatten() for chunk in chunks]
        yield from _bytes(_decoded(pa.chunked_array(items, column.type.value_type)))
    elif kind == "flag":
        yield from (_fixed(chunk.cast(pa.int8()), -1) for chunk in chunks)
    else:
        yield from (_fixed(chunk.is_valid().cast(pa.int8()), 0) for chunk in chunks)
        yield from (_fixed(_number(chunk, kind), 0) for chunk in chunks)


def _number(values: pa.Array, kind: str) -> pa.Array:
    """Return numbers, days and instants in 8 bytes."""
    if kind == "real":
        values = values.cast(pa.float64())
        return pc.if_else(pc.is_nan(values), pa.scalar(math.nan), values)
    if kind == "day":
        values = values.cast(pa.date32()).cast(pa.int32())
    elif kind == "instant":
        values = values.cast(pa.timestamp("us", tz="UTC"))
    return values.cast(pa.int64())


def _fixed(values: pa.Array, null: int) -> Any:
    """Return the bytes of values of one width, with something for null."""
    filled = values.fill_null(pa.scalar(null, values.type))
    width = filled.type.bit_width // 8
    return filled.buffers()[1].slice(filled.offset * width, len(filled) * width)


_KINDS: Final[dict[str, Callable[[Any], bool]]] = {
    "text": lambda kind: kind in (pa.string(), pa.large_string()),
    "flag": pa.types.is_boolean,
    "integer": pa.types.is_integer,
    "real": pa.types.is_floating,
    "day": pa.types.is_date,
    "instant": lambda kind: pa.types.is_timestamp(kind) and kind.tz is not None,
}
