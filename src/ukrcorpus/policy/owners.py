"""Which article a row hangs on: by its own column, or through its claim."""

import pyarrow as pa
import pyarrow.compute as pc


def owners(table: pa.Table, claims: pa.Table) -> pa.ChunkedArray:
    """Return the article of each row of a table that names an article or a claim."""
    if "article_id" in table.column_names:
        return table["article_id"]
    return looked_up(table["claim_id"], claims["claim_id"], claims["article_id"])


def looked_up(wanted: pa.ChunkedArray, keys: pa.ChunkedArray, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the value of each wanted key; null where no row has it."""
    return pc.take(values, pc.index_in(wanted, value_set=keys.combine_chunks()))
