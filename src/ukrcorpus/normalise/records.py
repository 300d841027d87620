"""An article's record: one row with all the rows that normalising made of it, or why it was set aside."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.article import RawArticle, rows_of
from ukrcorpus.normalise.makers import TABLES
from ukrcorpus.normalise.signatures import signature
from ukrcorpus.schema.model import Repairs, Schema

_REASON: Final = ("rule", "where", "what", "remedy")
# Later stages decide these; until then an article is live and in the only split.
_UNDECIDED: Final = {"split": "train", "status": "live"}


class Pending(NamedTuple):
    """An article that may need work.

    ``digest`` is of all that decides about its rows but for the code. ``stat`` names sizes and times of its
    files; None where they are too young to be believed. ``load`` reads and proves the source text; ``check`` raises
    what is wrong with what is said of the article, which stops a run, where ``load`` only sets the article aside.
    """

    article_id: str
    digest: str
    stat: str | None
    load: Callable[[], RawArticle]
    check: Callable[[], object] = object

    @classmethod
    def of(cls, raw: RawArticle) -> "Pending":
        """Return an article that is in memory already."""
        about = json.dumps([dict(raw.provenance), raw.source, raw.corrections], default=str, sort_keys=True)
        return cls(raw.article_id, sha256(about.encode("utf-8")), None, partial(_same, raw))


def record_schema(schema: Schema) -> pa.Schema:
    """Return the columns of a record: a list of rows for each table."""
    reason = pa.struct([(name, pa.string()) for name in _REASON])
    fields = [("article_id", pa.string()), ("digest", pa.string()), ("refused", reason), ("signature", pa.binary())]
    rows = {name: arrow_schema(schema.table(name)) for name in TABLES}
    fields += [(name, pa.list_(pa.struct([(one.name, one.type) for one in rows[name]]))) for name in TABLES]
    return pa.schema(fields)


def record_of(pending: Pending, digest: str, repairs: Repairs | None) -> dict[str, object] | None:
    """Return the record of an article, or None where its source proves right and there are no repairs to do.

    One that cannot be used is refused with its reason. Any other exception is our mistake; it goes on, with a note
    that names the article.
    """
    head: dict[str, object] = {"article_id": pending.article_id, "digest": digest}
    try:
        raw = pending.load()
        return head | _made(raw, repairs) if repairs else None
    except CorpusError as error:
        return head | {"refused": reason_of(error), "signature": None, **dict.fromkeys(TABLES)}
    except Exception as error:
        error.add_note(f"while normalising article {pending.article_id}")
        raise


def reason_of(error: CorpusError) -> dict[str, str]:
    """Return an error as it is kept."""
    return {name: getattr(error, name) for name in _REASON}


def error_of(reason: Mapping[str, str]) -> CorpusError:
    """Return the error that a record keeps as its reason."""
    return CorpusError(reason["rule"], reason["what"], where=reason["where"], remedy=reason["remedy"])


def rows_in(records: pa.Table, name: str, schema: Schema, clusters: pa.Table) -> pa.Table:
    """Return the final rows of one table, sorted by key; an article not in ``clusters`` stands for itself."""
    about = schema.table(name)
    columns = dict(zip(about.names, _flat(records[name]), strict=True))
    if name == "articles":
        columns |= _decided(columns["article_id"], clusters)
    table = pa.Table.from_arrays(list(columns.values()), schema=arrow_schema(about))
    return table.sort_by([(key, "ascending") for key in about.key]) if table.num_rows else table


def _made(raw: RawArticle, repairs: Repairs) -> dict[str, object]:
    rows = rows_of(raw, repairs)
    return {"refused": None, "signature": signature(str(rows["articles"][0]["text"])), **rows}


def _decided(article_ids: pa.Array, clusters: pa.Table) -> dict[str, pa.Array]:
    at = pc.index_in(article_ids, value_set=clusters["article_id"])
    cluster = pc.coalesce(clusters["duplicate_cluster"].combine_chunks().take(at), article_ids)
    decided = {"duplicate_cluster": cluster, "is_representative": pc.equal(cluster, article_ids)}
    return decided | {name: pa.array([value] * len(cluster), pa.string()) for name, value in _UNDECIDED.items()}


def _flat(column: pa.ChunkedArray) -> list[pa.Array]:
    structs = pc.list_flatten(column.combine_chunks())
    return list(structs.flatten())


def _same(raw: RawArticle) -> RawArticle:
    return raw
