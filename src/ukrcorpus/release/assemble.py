"""The final rows of every table, from what the stages made: splits, withdrawals, statements, registry."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa

from ukrcorpus.annotate.documents import ANSWERS, with_answers
from ukrcorpus.annotate.run import STAGE as ANNOTATE
from ukrcorpus.annotate.run import TABLES as ANNOTATED
from ukrcorpus.core.parts import Places, clear, part_names, put_part, take_over
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project, Threshold
from ukrcorpus.core.tables import n_rows, read_table, table_of
from ukrcorpus.core.told import Told
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.run import STAGE as NORMALISE
from ukrcorpus.normalise.run import TABLES as NORMALISED
from ukrcorpus.normalise.signals import SIGNALS
from ukrcorpus.policy.cascade import Cascade
from ukrcorpus.policy.owners import owners
from ukrcorpus.policy.registry import names_of, own_names, without_persons
from ukrcorpus.policy.representatives import represent
from ukrcorpus.policy.splits.tables import Splitting, with_splits
from ukrcorpus.policy.thresholds import check_names, exclude
from ukrcorpus.policy.withdrawals import Withdrawal, Withdrawn
from ukrcorpus.release import registry
from ukrcorpus.release.shards import in_order
from ukrcorpus.release.statements import headline, statement_rows
from ukrcorpus.schema.model import Schema, SplitBy, Table
from ukrcorpus.sources.splitting import read_splitting
from ukrcorpus.sources.withdrawals import read_withdrawals

STAGE: Final = "corpus"
MADE_BY: Final[dict[str, tuple[str, ...]]] = {NORMALISE: NORMALISED, ANNOTATE: ANNOTATED}
# An article's own, which nothing but its withdrawal touches.
_OWN: Final = frozenset(NORMALISED) - {"articles"}


def assemble(project: Project, schema: Schema) -> dict[str, int]:
    """Write every table of the schema to ``build/corpus/``, also those without rows; return their row counts.

    A corpus that normalise made in parts stays in parts, and those that are as they were are not written again.
    """
    thresholds = project.info().thresholds
    check_names(thresholds, (signal.__name__ for signal in SIGNALS), "corpus.toml")
    splitting = read_splitting(project, schema.issues)
    tables = final_tables(schema, staged_tables(project), read_withdrawals(project), thresholds, splitting)
    missing = {table.name for table in schema.tables} - tables.keys()
    assert not missing, f"no stage makes {missing}"
    places = Places(part_names(project.table(NORMALISE, "articles")))
    for about in schema.tables:
        if about.name in tables.maps[0]:
            _put(project, places, about, tables)
        else:
            _take_over(project, places, about.name)
    splitting.marks.keep()
    return {about.name: n_rows(project.table(STAGE, about.name)) for about in schema.tables}


def final_tables(
    schema: Schema,
    staged: Mapping[str, pa.Table],
    withdrawals: tuple[Withdrawal, ...],
    thresholds: tuple[Threshold, ...] = (),
    splitting: Splitting | None = None,
) -> ChainMap[str, pa.Table]:
    """Return every table with its explicit schema, sorted by key; nothing that was withdrawn has a row but its own.

    The first map has the tables that are made here; the others are final as they were staged.
    """
    gone = Withdrawn.of(withdrawals)
    kept = frozenset[str]() if gone.articles else _OWN
    split = {name: staged[name] for name in staged if name not in kept}
    split["articles"] = with_splits(staged, splitting or Splitting())  # a withdrawn article keeps its split
    tables = _cascade(schema, split, gone).all_left(split)
    every = ChainMap(tables, Told(kept, staged.__getitem__))  # type: ignore[arg-type] # nothing is written to the second
    if thresholds:
        tables["articles"] = exclude(tables["articles"], every["signals"], thresholds)
    tables["articles"] = represent(tables["articles"])
    schema = without_persons(schema, gone.persons)
    made: dict[str, Iterable[dict[str, object]]] = {
        "actors": registry.actor_rows(schema),
        "actor_names": registry.actor_name_rows(schema),
        "actor_roles": registry.actor_role_rows(schema),
        "issues": registry.issue_rows(schema),
        "withdrawals": ({n: getattr(one, n) for n in Withdrawal.__match_args__} for one in withdrawals),
        "statements_all": statement_rows(schema, every),
    }
    tables |= {name: _table(schema, name, rows) for name, rows in made.items()}
    tables["statements"] = headline(tables["statements_all"], tables["articles"])
    tables |= {name: in_order(table, schema.table(name).key) for name, table in tables.items()}
    return every


def _cascade(schema: Schema, tables: dict[str, pa.Table], gone: Withdrawn) -> Cascade:
    names, own = (of(schema, gone.persons) for of in (names_of, own_names))
    return Cascade(gone, lambda name, columns: tables[name].select(list(columns)), names, own)


def staged_tables(project: Project) -> Mapping[str, pa.Table]:
    """Return the tables that the stages before made, read when they are asked for; articles say what was answered."""
    stages = {name: stage for stage, names in MADE_BY.items() for name in names}
    for name, stage in stages.items():
        path = project.table(stage, name)
        if not path.exists():
            where, what = project.address(path), f"the stage '{stage}' has not made this table."
            raise CorpusError("stage-missing", what, where=where, remedy="Run: ukrcorpus build.")

    def read(name: str) -> pa.Table:
        table = read_table(project.table(stages[name], name))
        answers = project.build / ANNOTATE / ANSWERS
        return with_answers(answers, project.address(answers), table) if name == "articles" else table

    return Told(stages, read)


def _take_over(project: Project, places: Places, name: str) -> None:
    """Let a table be as normalise made it."""
    made, table = project.table(NORMALISE, name), project.table(STAGE, name)
    clear(table, places.files(table))
    for file, its in zip(places.files(table), places.files(made), strict=True):
        take_over(file, its)


def _put(project: Project, places: Places, about: Table, tables: Mapping[str, pa.Table]) -> None:
    """Write a table; one whose rows belong to articles is in as many parts as they are."""
    path, table = project.table(STAGE, about.name), tables[about.name]
    if about.split is SplitBy.REGISTRY:
        places = Places(None)
    clear(path, places.files(path))
    for file, own in zip(places.files(path), _by_part(table, places, tables), strict=True):
        put_part(file, own)


def _by_part(table: pa.Table, places: Places, tables: Mapping[str, pa.Table]) -> Iterator[pa.Table]:
    """Yield the rows of each part, in the order of the table."""
    if places.names is None:
        yield table
        return
    owner = owners(table, tables["claims"]).combine_chunks().dictionary_encode()
    numbers = np.array([places.number(one) for one in owner.dictionary.to_pylist()], np.int64)[owner.indices.to_numpy()]
    if (numbers[1:] < numbers[:-1]).any():  # as of a table whose keys are not in the order of its articles
        yield from (table.filter(pa.array(numbers == number)) for number in range(len(places.names)))
    else:
        ends = np.searchsorted(numbers, range(len(places.names) + 1)).tolist()
        yield from (table.slice(start, end - start) for start, end in pairwise(ends))


def _table(schema: Schema, name: str, rows: Iterable[dict[str, object]]) -> pa.Table:
    table = schema.table(name)
    known = list(rows)
    assert all(row.keys() == set(table.names) for row in known), f"rows of {name} do not fit its columns"
    return table_of(known, arrow_schema(table), table.key)
