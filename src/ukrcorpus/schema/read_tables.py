"""The tables of ``schema/tables/``: one file each, columns in order."""

from collections.abc import Mapping

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.fields import Fields, formed, known, one_of
from ukrcorpus.schema.model import Column, Kind, SplitBy, Table

_NAME = r"[a-z][a-z0-9_]*"
_FREE_KINDS = (Kind.LABEL, Kind.LABELS, Kind.POLARITY)


def read_tables(files: Mapping[str, Fields], vocabularies: tuple[str, ...]) -> tuple[Table, ...]:
    """Return the tables by name; ``files`` maps the stem of each file to its content."""
    tables = tuple(_table(stem, fields, vocabularies) for stem, fields in sorted(files.items()))
    keys = {f"{table.name}.{table.key[0]}" for table in tables if len(table.key) == 1}
    for table in tables:
        for column in table.columns:
            if column.references:
                where = f"{files[table.name].where}: columns: {column.name}: references"
                known(column.references, keys, "the key column", where)
    return tables


def _table(stem: str, fields: Fields, vocabularies: tuple[str, ...]) -> Table:
    columns = fields.table("columns")
    table = Table(
        name=one_of(fields.text("table"), [stem], fields.at("table")),
        description=fields.text("description"),
        key=fields.texts("key"),
        split=fields.choice("split", SplitBy),
        columns=tuple(_column(name, columns.table(name), vocabularies) for name in list(columns.rest)),
    )
    fields.done()
    required = [column.name for column in table.columns if column.required]
    for name in table.key:
        known(name, required, "the required column", fields.at("key"))
    if not table.key:
        raise CorpusError("schema-value", "the key is empty.", where=fields.at("key"), remedy="Name its columns.")
    return table


def _column(name: str, fields: Fields, vocabularies: tuple[str, ...]) -> Column:
    column = Column(
        name=formed(name, _NAME, "lower-case letters, digits and '_'", fields.where),
        kind=fields.choice("kind", Kind),
        description=fields.text("description"),
        required=not fields.flag("optional"),
        references=fields.maybe_text("references"),
        vocabulary=fields.maybe_text("vocabulary"),
        protected=fields.flag("protected"),
    )
    fields.done()
    if column.vocabulary:
        known(column.vocabulary, vocabularies, "the vocabulary", fields.at("vocabulary"))
        one_of(column.kind, _FREE_KINDS, fields.at("kind"))
    if column.protected and column.required:
        raise CorpusError(
            "schema-value",
            "a protected column is required.",
            where=fields.where,
            remedy="Add optional = true: the text-free edition leaves it null.",
        )
    return column
