"""Rules on the definition itself and on what is derived from it: schema findings, generated files, Arrow schemas."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ukrcorpus.core.problems import CorpusError, Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Hashes, hashes
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive import outputs
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema import check
from ukrcorpus.schema.model import Schema, Table
from ukrcorpus.validate.evidence import STAGE, Evidence
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, each_table, files

TABLE_CHANGED: Final = "table-changed"


def check_definition(evidence: Evidence) -> Iterator[Finding]:
    """Pass on the schema's own findings; excused ones are notes."""
    yield from check.check_schema(evidence.schema)


def check_table_known(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``table-unknown`` for each Parquet file of the corpus that no table of the schema explains."""
    names = {table.name for table in evidence.schema.tables}
    for path in sorted((evidence.project.build / STAGE).glob("*.parquet")):
        if path.stem not in names:
            yield Broken(
                evidence.project.address(path),
                "a table that schema/tables/ does not define",
                "a table of schema/tables/",
            )


def check_table_columns(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``table-columns`` unless the file has exactly the columns, order, types and nulls of the schema."""
    for path in evidence.files(evidence.subject.name):
        yield from _columns_of(path, evidence.project.address(path), evidence.subject)


def _columns_of(path: Path, where: str, table: Table) -> Iterator[Broken]:
    if not path.is_file():
        yield Broken(where, "no such file", "a file for every table, also with 0 rows")
        return
    try:
        stored = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        yield Broken(where, f"no readable Parquet file ({str(error).splitlines()[0]})", "a Parquet file")
        return
    got, expected = _columns(stored), _columns(arrow_schema(table))
    for index in range(max(len(got), len(expected))):
        have = got[index] if index < len(got) else "no further column"
        want = expected[index] if index < len(expected) else "no further column"
        if have != want:
            yield Broken(f"{where}: column {index + 1}", have, want)
            return  # behind the first difference the positions mean nothing


def check_table_changed(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``table-changed`` for each file that is not the one that the build stamped, or cannot be read."""
    project, path = evidence.project, evidence.path(evidence.subject.name)
    own = project.address(path)
    stamped = {name: one for name, one in evidence.once(_stamped).items() if name == own or name.startswith(f"{own}/")}
    there = hashes(project.root, [path])
    for name in sorted(stamped.keys() & there.keys()):
        if there[name] != stamped[name]:
            yield Broken(name, "other bytes than were built", f"SHA-256 {stamped[name]}")
    if there and not stamped:
        try:
            read_table(path).validate(full=True)
        except (CorpusError, pa.ArrowException) as error:
            said = error.what if isinstance(error, CorpusError) else str(error).splitlines()[0]
            yield Broken(own, said, "a Parquet file")


def _stamped(project: Project) -> Hashes:
    """Return the hashes of the corpus's files as they were built; none where that is not known."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((project.build / STAGE / "stamp.json").read_text(encoding="utf-8"))["outputs"]
        return {str(name): str(one) for name, one in kept.items()}
    return {}


def _columns(schema: pa.Schema) -> list[str]:
    return [f"{field.name}: {_type(field.type)}{'' if field.nullable else ' not null'}" for field in schema]


def _type(type_: pa.DataType) -> str:
    """Return a type's name; Parquet renames the items of a list, which changes nothing."""
    return f"list<{type_.value_type}>" if pa.types.is_list(type_) else str(type_)


def check_generated(evidence: Evidence) -> Iterator[Finding]:
    """Pass on what ``derive.outputs`` says of the generated files that are kept in git."""
    yield from outputs.stale(evidence.project, evidence.schema)


def _sentence(id_: str, rule: Callable[[Schema], object]) -> str:
    """Return what a rule of the schema says of itself in its docstring, which begins with ``Yield `id```."""
    return "Found " + str(rule.__doc__).splitlines()[0].removeprefix(f"Yield ``{id_}`` ")


DEFINITION = (
    Rule(
        "schema-definition",
        Depth.SCHEMA,
        files,
        check_definition,
        "The definition in schema/ holds together; the findings have ids of their own, and keys that excuse them.",
        "Run ukrcorpus schema check.",
        passes_on={id_: _sentence(id_, rule) for id_, rule in check.RULES}
        | {"excuse-unused": "Found for every excuse that excuses nothing."},
    ),
    Rule(
        "generated-stale",
        Depth.SCHEMA,
        files,
        check_generated,
        "The generated files kept in git are what schema/ derives today.",
        "Run ukrcorpus schema write.",
    ),
    Rule(
        "table-unknown",
        Depth.SCHEMA,
        files,
        check_table_known,
        "The corpus holds no table that schema/tables/ does not define.",
        "Delete build/ and build again, or define the table.",
    ),
    Rule(
        "table-columns",
        Depth.SCHEMA,
        each_table,
        check_table_columns,
        "Every table is there, with exactly the columns, order and Arrow types that schema/tables/ derives.",
        "Build again: the table was written with another schema.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        TABLE_CHANGED,
        Depth.SCHEMA,
        each_table,
        check_table_changed,
        "Every table of build/corpus/ is the file that the last build wrote, byte for byte, and can be read.",
        "Build again: nothing in build/ is edited, and what is damaged is made again.",
    ),
)
