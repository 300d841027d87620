"""The tables of a release as far as they can be read: each file proved by its hash, each column by its definition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.record import Record
from ukrcorpus.schema.model import Schema, Table
from ukrcorpus.validate.rules import Broken

UNREADABLE: Final = "data-unreadable"
COLUMNS: Final = "data-columns"


@dataclass(frozen=True, slots=True)
class Tables:
    """What could be read: each table by split and file, and as a whole, with its columns also where it has no rows.

    ``unread`` says of each other table of the definition why it is not here, ``broken`` what is wrong by rule.
    """

    parts: Mapping[str, Mapping[str, Mapping[str, pa.Table]]]
    whole: Mapping[str, pa.Table]
    unread: Mapping[str, str]
    broken: Mapping[str, tuple[Broken, ...]]


class _UnreadError(Exception):
    """Why a table is not read, and what that breaks; a file that is not the listed one breaks another rule."""

    def __init__(self, why: str, rule: str = "", broken: Broken | None = None) -> None:
        super().__init__(why)
        self.rule = rule
        self.broken = broken


def read_parts(held: Held, record: Record, schema: Schema) -> Tables:
    """Read the tables whose files are those that ``release.json`` lists."""
    parts: dict[str, Mapping[str, Mapping[str, pa.Table]]] = {}
    unread: dict[str, str] = {}
    broken: dict[str, tuple[Broken, ...]] = {UNREADABLE: (), COLUMNS: ()}
    for about in schema.tables:
        try:
            parts[about.name] = _parts(about, held, record)
        except _UnreadError as error:
            unread[about.name] = str(error)
            if error.broken:
                broken[error.rule] = (*broken[error.rule], error.broken)
    whole = {about.name: _whole(about, parts[about.name]) for about in schema.tables if about.name in parts}
    return Tables(parts, whole, unread, broken)


def _whole(about: Table, parts: Mapping[str, Mapping[str, pa.Table]]) -> pa.Table:
    files = [table for split in parts.values() for table in split.values()]
    return pa.concat_tables(files) if files else arrow_schema(about).empty_table()


def _parts(about: Table, held: Held, record: Record) -> dict[str, dict[str, pa.Table]]:
    if about.name not in record.tables:
        raise _UnreadError(f"{RELEASE_FILE} has no table {about.name}")
    splits = record.tables[about.name].splits.items()
    return {split: {file: _read(about, file, held, record) for file in own.files} for split, own in splits}


def _read(about: Table, name: str, held: Held, record: Record) -> pa.Table:
    listed = record.files.get(name)
    if listed is None or held.hashes.get(name) != listed.sha256:
        raise _UnreadError(f"{name} is not the file that {RELEASE_FILE} lists")
    try:
        stored = pq.read_schema(held.files[name])
        table = read_table(held.files[name])
        table.validate(full=True)  # pyarrow reads strings that are no UTF-8, and others stop at them
    except (pa.ArrowException, OSError, ValueError, CorpusError) as error:
        said = error.what if isinstance(error, CorpusError) else str(error).splitlines()[0]
        got = f"no readable Parquet file ({said})"
        raise _UnreadError(f"{name} cannot be read", UNREADABLE, Broken(name, got, "a Parquet file")) from error
    wrong = next(_differences(name, stored, arrow_schema(about)), None)
    if wrong:
        raise _UnreadError(f"{name} has other columns", COLUMNS, wrong)
    return table


def _differences(name: str, stored: pa.Schema, expected: pa.Schema) -> Iterator[Broken]:
    """Yield each column that differs, and metadata that would change how the file is read."""
    got, wanted = _columns(stored), _columns(expected)
    for index in range(max(len(got), len(wanted))):
        have, want = (side[index] if index < len(side) else "no further column" for side in (got, wanted))
        if have != want:
            yield Broken(f"{name}: column {index + 1}", have, want)
    if stored.metadata:
        keys = ", ".join(key.decode("utf-8", "backslashreplace") for key in sorted(stored.metadata))
        yield Broken(f"{name}: metadata", keys, "none: it would change how the columns are read")


def _columns(schema: pa.Schema) -> list[str]:
    return [f"{field.name}: {_type(field.type)}{'' if field.nullable else ' not null'}" for field in schema]


def _type(type_: pa.DataType) -> str:
    """Return a type's name; Parquet renames the items of a list, which changes nothing."""
    return f"list<{type_.value_type}>" if pa.types.is_list(type_) else str(type_)
