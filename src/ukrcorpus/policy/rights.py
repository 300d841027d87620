"""What a licence lets others do with an article's text, and what an edition may hold of it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError, Finding, near
from ukrcorpus.policy.owners import owners
from ukrcorpus.schema.model import Schema


class TextRights(StrEnum):
    """Whether an article's text may be passed on."""

    FULL = "full"
    NONE = "none"


class Edition(StrEnum):
    """What a release holds: all of it, or no text of articles whose text may not be passed on."""

    FULL = "full"
    TEXT_FREE = "text-free"


UNKNOWN: Final = "unknown"

# SPDX ids. NC and ND texts may be read but not passed on in an adapted, freely usable corpus, so they count as `none`.
LICENCES: Final[dict[str, TextRights]] = {
    UNKNOWN: TextRights.NONE,
    "CC0-1.0": TextRights.FULL,
    "CC-PDDC": TextRights.FULL,
    "CC-BY-3.0": TextRights.FULL,
    "CC-BY-4.0": TextRights.FULL,
    "CC-BY-SA-3.0": TextRights.FULL,
    "CC-BY-SA-4.0": TextRights.FULL,
    "CC-BY-NC-4.0": TextRights.NONE,
    "CC-BY-NC-SA-4.0": TextRights.NONE,
    "CC-BY-ND-4.0": TextRights.NONE,
    "CC-BY-NC-ND-4.0": TextRights.NONE,
    "OGL-UK-3.0": TextRights.FULL,
    "etalab-2.0": TextRights.FULL,
}


def text_rights(licence: str, where: str) -> TextRights:
    """Return what the licence allows, or raise ``licence-unknown`` for an id that is not listed.

    >>> text_rights("CC-BY-4.0", where="--licence").value, text_rights("unknown", where="--licence").value
    ('full', 'none')
    """
    if licence not in LICENCES:
        raise CorpusError(
            "licence-unknown",
            f"the licence '{licence}' is not in the list of SPDX ids.",
            where=where,
            remedy=f"{near(licence, LICENCES)} Where nobody says, give: unknown.",
        )
    return LICENCES[licence]


def closed_articles(articles: pa.Table) -> pa.Array:
    """Return the ids of the articles whose text may not be passed on."""
    closed = pc.equal(articles["text_rights"], TextRights.NONE.value)
    return articles.filter(closed)["article_id"].combine_chunks()


def text_free(schema: Schema, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the tables with null in every protected column of the rows that hang on closed articles."""
    closed = closed_articles(tables["articles"])
    made = dict(tables)
    for about in schema.tables:
        if about.protected:
            table = tables[about.name]
            hit = pc.is_in(owners(table, tables["claims"]), value_set=closed)
            made[about.name] = emptied(table, hit, about.protected)
    return made


def held_text(schema: Schema, tables: Mapping[str, pa.Table]) -> Iterator[Finding]:
    """Yield ``rights-held`` for each protected column with values of articles whose text may not be passed on.

    An edition of such tables must not be published.
    """
    closed = closed_articles(tables["articles"])
    for about in schema.tables:
        for column in about.protected:
            table = tables[about.name]
            hit = pc.is_in(owners(table, tables["claims"]), value_set=closed)
            n_held = pc.sum(pc.and_(hit, pc.is_valid(table[column]))).as_py() or 0
            if n_held:
                got = f"{n_held} values of articles with text_rights = none"
                remedy = "Publish the text-free edition: ukrcorpus build --edition text-free."
                yield Finding("rights-held", f"{about.name}.{column}", got, "null in their rows", remedy)


def emptied(table: pa.Table, hit: pa.ChunkedArray, columns: tuple[str, ...]) -> pa.Table:
    """Return the table with null in these columns of the rows that are hit."""
    for name in columns:
        index = table.schema.get_field_index(name)
        field = table.schema.field(index)
        table = table.set_column(index, field, pc.if_else(hit, pa.scalar(None, field.type), table[name]))
    return table
