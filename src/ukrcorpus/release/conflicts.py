"""What annotators were at odds about, as far as a release holds it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl
import pyarrow as pa

from ukrcorpus.core.tables import Row

CONFLICT: Final = {
    "article_id": pl.String,
    "layer": pl.String,
    "start": pl.Int32,
    "end": pl.Int32,
    "cause": pl.String,
    "decided": pl.Boolean,
}
Counts = tuple[tuple[str, int, int], ...]


def count_conflicts(conflicts: Iterable[Row], tables: Mapping[str, pa.Table]) -> Counts:
    """Return (cause, decided, open) of the conflicts whose regions are among the annotations of these tables.

    A conflict is one of them if an annotation of its layer shares a character with it: an article, a person or a
    mention that was withdrawn takes its conflicts along.
    """
    frame = pl.DataFrame(list(conflicts), schema=CONFLICT)
    regions = pl.DataFrame(tables["annotations"].select(["article_id", "layer", "start", "end"]))
    both = frame.with_row_index("no").join(regions, on=["article_id", "layer"], suffix=":of")
    touching = (pl.col("start") < pl.col("end:of")) & (pl.col("end") > pl.col("start:of"))
    held = both.filter(touching | pl.col("start").is_null())["no"].unique()
    rows = frame[held.to_list()].select("cause", "decided").rows()
    counts = Counter(rows)
    return tuple((cause, counts[cause, True], counts[cause, False]) for cause in sorted({cause for cause, _ in rows}))
