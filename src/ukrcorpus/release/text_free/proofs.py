"""Hashes of the words that a text-free edition lacks, by which they are known again in another copy of an article.

A proof is the hash of the article's ``text_sha256``, the span and its words. It covers the spans of labels and the
sentences of statements, of closed articles only. Who has the words can prove them; nobody can read them off, though a
single name can be guessed, which ``actor_ids`` gives anyhow.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.tables import sha256, table_of
from ukrcorpus.policy.rights import closed_articles
from ukrcorpus.release.statements import sentences_of, setting
from ukrcorpus.schema.model import Schema

PROOFS: Final = "proofs.parquet"
_KEY: Final = ("article_id", "start", "end")
SCHEMA: Final = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("proof", pa.string(), nullable=False),
    ]
)

_Span = tuple[int, int]
_Tables = Mapping[str, pa.Table]


def proofs_of(schema: Schema, tables: _Tables) -> pa.Table:
    """Return the proofs of closed articles that have a text."""
    closed = pc.is_in(tables["articles"]["article_id"], value_set=closed_articles(tables["articles"]))
    texts = {row["article_id"]: row for row in tables["articles"].filter(closed).to_pylist() if row["text"]}
    rows = [
        {"article_id": one, "start": start, "end": end, "proof": proof(texts[one]["text_sha256"], (start, end), words)}
        for one, (start, end) in sorted(_spans(schema, tables))
        if one in texts and (words := texts[one]["text"][start:end])
    ]
    return table_of(rows, SCHEMA, _KEY)


def proof(text_sha256: str, span: _Span, words: str) -> str:
    """Return the proof of a span's words."""
    return sha256(f"{text_sha256} {span[0]} {span[1]} {words}".encode())


def known_proofs(table: pa.Table) -> dict[str, dict[_Span, str]]:
    """Return the proofs by article and span."""
    found: dict[str, dict[_Span, str]] = defaultdict(dict)
    for row in table.to_pylist():
        found[row["article_id"]][row["start"], row["end"]] = row["proof"]
    return found


@dataclass
class Copy:
    """A text that is not the article's, in which its words are looked for by their proofs."""

    text: str
    text_sha256: str
    proofs: Mapping[_Span, str]
    found: dict[_Span, int | None] = field(default_factory=dict)

    def words(self, span: _Span) -> str | None:
        """Return a span's words, if this text has them: where they stood, or moved; None where that is unproved."""
        if span not in self.found:
            self.found[span] = self._place(span)
        at = self.found[span]
        return None if at is None else self.text[at : at + span[1] - span[0]]

    def _place(self, span: _Span) -> int | None:
        expected, length = self.proofs.get(span), span[1] - span[0]
        if expected is None:
            return None
        places = [span[0], *range(len(self.text) - length + 1)]
        return next(
            (at for at in places if proof(self.text_sha256, span, self.text[at : at + length]) == expected), None
        )


def _spans(schema: Schema, tables: _Tables) -> set[tuple[str, _Span]]:
    """Return the spans of all labels, and of the sentences in and around statements."""
    found = set(_labels(schema, tables))
    sentences, claims = sentences_of(tables["sentences"]), tables["claims"].select(["article_id", "start", "end"])
    for row in claims.to_pylist():
        spans = setting(sentences[row["article_id"]], row["start"], row["end"]).values()
        found |= {(row["article_id"], span) for span in spans if span}
    return found


def _labels(schema: Schema, tables: _Tables) -> Iterator[tuple[str, _Span]]:
    for about in schema.tables:
        if "quote" in about.protected:
            rows = tables[about.name].select(["article_id", "start", "end"]).to_pylist()
            yield from ((row["article_id"], (row["start"], row["end"])) for row in rows if row["start"] is not None)
