"""Protected values put back into the rows of a text-free edition: each is that of the full edition, or stays null."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from ukrcorpus.normalise.article import byline_of, dateline_of
from ukrcorpus.normalise.blocks import BlockKind
from ukrcorpus.release.statements import Sentences, sentences_of, setting
from ukrcorpus.release.text_free.copies import Read
from ukrcorpus.schema.model import Schema

_Row = dict[str, Any]
_Span = tuple[int, int]
_Tables = Mapping[str, pa.Table]


class Words(Protocol):
    """What gives the words of a span of an article."""

    def words(self, span: _Span) -> str | None:
        """Return the words, or None where they cannot be proved."""
        ...


@dataclass(frozen=True, slots=True)
class Proved:
    """A text proved by its hash."""

    read: Read

    def words(self, span: _Span) -> str | None:
        """Return the words of a span."""
        return self.read.text.text[span[0] : span[1]]


def refill(schema: Schema, tables: _Tables, given: Mapping[str, Words]) -> dict[str, pa.Table]:
    """Return the tables with what the articles' words give; values that are there stay."""
    setting_of = _Setting(sentences_of(tables["sentences"]), _rows_by(tables["claims"], "claim_id"))
    titles = {row["article_id"]: row for row in tables["blocks"].to_pylist() if row["kind"] == BlockKind.TITLE}
    made = dict(tables)
    for about in schema.tables:
        if not about.protected or "article_id" not in about.names or not tables[about.name].num_rows:
            continue
        rows = tables[about.name].to_pylist()
        for row in rows:
            if row["article_id"] in given:
                words = given[row["article_id"]]
                values = _article(row, words, titles) if about.name == "articles" else _of(row, words, setting_of)
                row |= {name: value for name, value in values if row[name] is None}
        made[about.name] = pa.Table.from_pylist(rows, schema=tables[about.name].schema)
    return made


@dataclass(frozen=True, slots=True)
class _Setting:
    sentences: Mapping[str, Sentences]
    claims: Mapping[str, _Row]

    def spans(self, row: _Row) -> dict[str, _Span | None]:
        claim = self.claims[row["claim_id"]]
        return setting(self.sentences[row["article_id"]], claim["start"], claim["end"])


def _article(row: _Row, words: Words, titles: Mapping[str, _Row]) -> Iterator[tuple[str, str | None]]:
    title = titles.get(row["article_id"])
    if title and isinstance(words, Proved):
        yield "title", words.words((title["start"], title["end"]))
    if isinstance(words, Proved):
        yield "text", words.read.text.text
        if words.read.same_source:
            yield "byline", byline_of(words.read.text)
            yield "dateline", dateline_of(words.read.text)


def _of(row: _Row, words: Words, setting_of: _Setting) -> Iterator[tuple[str, str | None]]:
    """Yield the values of a row that hangs on an article: a statement's, an edit's, a label's."""
    if "sentence" in row:
        yield from ((name, words.words(span)) for name, span in setting_of.spans(row).items() if span)
    elif "inserted" in row:
        if isinstance(words, Proved):
            yield "inserted", words.words((row["start"], row["end"])) or None
    elif row["start"] is not None:
        yield "quote", words.words((row["start"], row["end"]))


def _rows_by(table: pa.Table, key: str) -> dict[str, _Row]:
    return {row[key]: row for row in table.to_pylist()}
