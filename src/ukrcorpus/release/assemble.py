"""The final rows of every table, from what the stages made: splits, withdrawals, statements, registry."""

from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from ukrcorpus.annotate.run import STAGE as ANNOTATE
from ukrcorpus.annotate.run import TABLES as ANNOTATED
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project, Threshold
from ukrcorpus.core.tables import read_table, table_of, write_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.run import STAGE as NORMALISE
from ukrcorpus.normalise.run import TABLES as NORMALISED
from ukrcorpus.normalise.signals import SIGNALS
from ukrcorpus.policy.cascade import Cascade
from ukrcorpus.policy.registry import names_of, own_names, without_persons
from ukrcorpus.policy.representatives import represent
from ukrcorpus.policy.splits.tables import Splitting, with_splits
from ukrcorpus.policy.thresholds import check_names, exclude
from ukrcorpus.policy.withdrawals import Withdrawal, Withdrawn
from ukrcorpus.release import registry
from ukrcorpus.release.statements import headline, statement_rows
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.splitting import read_splitting
from ukrcorpus.sources.withdrawals import read_withdrawals

STAGE: Final = "corpus"
# `annotate` takes the articles on and fills in what annotators say of them.
MADE_BY: Final[dict[str, tuple[str, ...]]] = {
    NORMALISE: tuple(name for name in NORMALISED if name not in ANNOTATED),
    ANNOTATE: ANNOTATED,
}


def assemble(project: Project, schema: Schema) -> dict[str, int]:
    """Write every table of the schema to ``build/corpus/``, also those without rows; return their row counts."""
    thresholds = project.info().thresholds
    check_names(thresholds, (signal.__name__ for signal in SIGNALS), "corpus.toml")
    splitting = read_splitting(project, schema.issues)
    tables = final_tables(schema, staged_tables(project), read_withdrawals(project), thresholds, splitting)
    missing = {table.name for table in schema.tables} - tables.keys()
    assert not missing, f"no stage makes {missing}"
    for name, table in tables.items():
        write_table(project.table(STAGE, name), table)
    return {name: table.num_rows for name, table in tables.items()}


def final_tables(
    schema: Schema,
    staged: dict[str, pa.Table],
    withdrawals: tuple[Withdrawal, ...],
    thresholds: tuple[Threshold, ...] = (),
    splitting: Splitting | None = None,
) -> dict[str, pa.Table]:
    """Return every table with its explicit schema, sorted by key; nothing that was withdrawn has a row but its own."""
    gone = Withdrawn.of(withdrawals)
    split = staged | {"articles": with_splits(staged, splitting or Splitting())}  # a withdrawn article keeps its split
    tables = _cascade(schema, split, gone).all_left(split)
    tables["articles"] = represent(exclude(tables["articles"], tables["signals"], thresholds))
    schema = without_persons(schema, gone.persons)
    made: dict[str, Iterable[dict[str, object]]] = {
        "actors": registry.actor_rows(schema),
        "actor_names": registry.actor_name_rows(schema),
        "actor_roles": registry.actor_role_rows(schema),
        "issues": registry.issue_rows(schema),
        "withdrawals": ({n: getattr(one, n) for n in Withdrawal.__match_args__} for one in withdrawals),
        "statements_all": statement_rows(schema, tables),
    }
    tables |= {name: _table(schema, name, rows) for name, rows in made.items()}
    tables["statements"] = headline(tables["statements_all"], tables["articles"])
    return {table.name: _sorted(tables[table.name], table.key) for table in schema.tables if table.name in tables}


def _cascade(schema: Schema, tables: dict[str, pa.Table], gone: Withdrawn) -> Cascade:
    names, own = (of(schema, gone.persons) for of in (names_of, own_names))
    return Cascade(gone, lambda name, columns: tables[name].select(list(columns)), names, own)


def staged_tables(project: Project) -> dict[str, pa.Table]:
    """Return the tables that the stages before made, with all that was withdrawn since."""
    tables = {}
    for stage, names in MADE_BY.items():
        for name in names:
            path = project.table(stage, name)
            if not path.exists():
                where, what = project.address(path), f"the stage '{stage}' has not made this table."
                raise CorpusError("stage-missing", what, where=where, remedy="Run: ukrcorpus build.")
            tables[name] = read_table(path)
    return tables


def _table(schema: Schema, name: str, rows: Iterable[dict[str, object]]) -> pa.Table:
    table = schema.table(name)
    known = list(rows)
    assert all(row.keys() == set(table.names) for row in known), f"rows of {name} do not fit its columns"
    return table_of(known, arrow_schema(table), table.key)


def _sorted(table: pa.Table, key: tuple[str, ...]) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in key]) if table.num_rows else table
