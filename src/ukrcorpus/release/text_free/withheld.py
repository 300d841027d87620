"""What was withdrawn since a release was made gets no word back, though the copies have it."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from ukrcorpus.policy.masked import Masked
from ukrcorpus.schema.model import Schema, Table

_Row = dict[str, Any]
_Tables = Mapping[str, pa.Table]


def withheld(schema: Schema, masked: Masked, bare: _Tables, filled: _Tables) -> dict[str, pa.Table]:
    """Return the filled tables with every value that loading them would not show as the text-free edition has it."""
    found = dict(filled)
    for about in schema.tables:
        if about.protected and about.name in filled and not filled[about.name].equals(bare[about.name]):
            found[about.name] = _one(about, masked, bare[about.name], filled[about.name])
    return found


def _one(about: Table, masked: Masked, bare: pa.Table, filled: pa.Table) -> pa.Table:
    shown = {_key(about, row): row for row in masked.left(about.name, filled).to_pylist()}
    pairs = zip(bare.to_pylist(), filled.to_pylist(), strict=True)
    rows = [free | _shown(row, shown.get(_key(about, row), {})) for free, row in pairs]
    return pa.Table.from_pylist(rows, schema=filled.schema)


def _shown(row: _Row, shown: _Row) -> _Row:
    """Return the values of a row that are shown as they are."""
    return {name: value for name, value in row.items() if name in shown and shown[name] == value}


def _key(about: Table, row: _Row) -> tuple[object, ...]:
    return tuple(row[name] for name in about.key)
