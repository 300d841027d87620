"""What an earlier rehydration put back is not given up for one that puts back less."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.folder import Folder
from ukrcorpus.policy.masked import Masked
from ukrcorpus.schema.model import Schema

_Value = tuple[str, str, tuple[object, ...]]  # column, table and key
_RULE: Final = "rehydrate-fewer"
_SHOWN: Final = 3


def check_kept(
    there: Folder, schema: Schema, tables: Mapping[str, pa.Table], raw: Path, masked: Masked | None = None
) -> None:
    """Raise ``rehydrate-fewer`` where protected values that lie there are in none of the rows to be written.

    Values are told by table, column and key: what is put back is the same in both, by its hash. What was withdrawn
    since has to go.
    """
    had = {name: there.read(name) for name in there.table_names if name in tables}
    if masked:
        had = {name: masked.left(name, table) for name, table in had.items()}
    lost = _values(schema, had) - _values(schema, tables)
    if not lost:
        return
    texts = sorted(str(key[0]) for column, table, key in lost if (column, table) == ("text", "articles"))
    named = f"{len(texts):,} of its texts ({', '.join(texts[:_SHOWN])}{', ...' * (len(texts) > _SHOWN)}) and " * bool(
        texts
    )
    raise CorpusError(
        _RULE,
        f"what lies there has more: {named}{len(lost) - len(texts):,} other values that {raw} does not give would go.",
        where=str(there.path),
        remedy="It was left as it is. Give the folder with all your copies (--raw) or another place (--output DIR), or "
        "give it up (--replace).",
    )


def _values(schema: Schema, tables: Mapping[str, pa.Table]) -> set[_Value]:
    """Return where protected values stand."""
    found: set[_Value] = set()
    for about in schema.tables:
        for column in about.protected if about.name in tables else ():
            table = tables[about.name]
            if column in table.column_names:
                keys = table.filter(table[column].is_valid()).select(list(about.key))
                found |= {(column, about.name, key) for key in _rows(keys)}
    return found


def _rows(keys: pa.Table) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in keys.columns), strict=True)
