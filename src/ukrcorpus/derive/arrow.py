"""The Arrow schema of a table: the hub that Parquet, frames and Hugging Face features follow from."""

from typing import Final

import pyarrow as pa

from ukrcorpus.schema.model import Kind, Table

TYPES: Final[dict[Kind, pa.DataType]] = {
    Kind.ID: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.LABEL: pa.string(),
    Kind.HASH: pa.string(),
    Kind.FLAG: pa.bool_(),
    Kind.COUNT: pa.int32(),
    Kind.OFFSET: pa.int32(),
    Kind.POLARITY: pa.int8(),
    Kind.SCORE: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
    Kind.IDS: pa.list_(pa.string()),
    Kind.LABELS: pa.list_(pa.string()),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Return the table's columns in order, without metadata, nullable where not required."""
    return pa.schema(
        [pa.field(column.name, TYPES[column.kind], nullable=not column.required) for column in table.columns]
    )
