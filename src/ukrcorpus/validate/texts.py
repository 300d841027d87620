"""Rules on texts: what the hashes say, the lines and sentences, and the way back to the source."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import polars as pl

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import sha256
from ukrcorpus.sources.manifest import ManifestEntry
from ukrcorpus.sources.readers import read_source
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

_EDIT: Final = ("edit_no", "raw_start", "raw_end", "start", "end", "inserted")


def check_text_hash(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``text-hash`` for each text that is not the one its hash names."""
    for row in _texts(evidence):
        got = _hash(row["text"])
        if got != row["text_sha256"]:
            yield Broken(
                address(evidence.subject, row, "text"), f"SHA-256 {got}", f"{row['text_sha256']}, its text_sha256"
            )


def check_counts(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``text-counts`` where n_chars or n_sentences is not what can be counted."""
    sentences = evidence.scan("sentences", "article_id").group_by("article_id").len("sentences")
    counted = {"n_chars": pl.col("text").str.len_chars(), "n_sentences": pl.col("sentences").fill_null(0)}
    live = evidence.scan("articles", "text", *counted).drop_nulls("text").join(sentences, on="article_id", how="left")
    told = live.select("article_id", *counted, *(count.alias(f"{name} counted") for name, count in counted.items()))
    for column in counted:
        for row in rows(told.filter(pl.col(f"{column} counted") != pl.col(column))):
            expected = f"{row[f'{column} counted']}, as counted"
            yield Broken(address(evidence.subject, row, column), show(row[column]), expected)


def check_blocks(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``block-lines`` at the first line of an article that no block tells exactly, or block without a line."""
    order = pl.int_range(pl.len()).over("article_id").alias("line")
    blocks = evidence.scan("blocks", "article_id", "start", "end").sort("article_id", "start")
    blocks = blocks.select("article_id", order, "start", "end")
    articles = evidence.scan("articles", "text").drop_nulls("text")
    both = _lines(articles).join(blocks, on=["article_id", "line"], how="full", coalesce=True, suffix="_got")
    wrong = both.filter(pl.col("start").ne_missing(pl.col("start_got")) | pl.col("end").ne_missing(pl.col("end_got")))
    wrong = wrong.join(articles.select("article_id"), on="article_id", how="semi")
    for row in rows(wrong.sort("article_id", "line").unique("article_id", keep="first")):
        where = f"{evidence.subject.name}: article_id={row['article_id']}: line {row['line'] + 1}"
        yield Broken(where, _span(row["start_got"], row["end_got"]), _span(row["start"], row["end"]))


def check_sentence_in_block(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sentence-in-block`` for each sentence that leaves the block it names."""
    span = ("article_id", "start", "end")
    sentences = evidence.scan("sentences", "block_id", *span)
    both = sentences.join(evidence.scan("blocks", *span), on="block_id", suffix="_of_block")
    inside = (pl.col("start") >= pl.col("start_of_block")) & (pl.col("end") <= pl.col("end_of_block"))
    for row in rows(both.filter(~inside | (pl.col("article_id") != pl.col("article_id_of_block")))):
        got = f"[{row['start']}:{row['end']}] in {row['article_id']}"
        block = f"[{row['start_of_block']}:{row['end_of_block']}] in {row['article_id_of_block']}"
        yield Broken(address(evidence.subject, row), got, f"a span inside {row['block_id']}, {block}")


def check_sentence_order(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sentence-order`` for each sentence that begins before the one before it has ended."""
    sentences = evidence.scan("sentences", "article_id", "start", "end").sort("article_id", "start", "end")
    before = pl.col("end").shift(1).over("article_id")
    for row in rows(sentences.with_columns(before=before).filter(pl.col("start") < pl.col("before"))):
        where = address(evidence.subject, row, "start")
        yield Broken(where, show(row["start"]), f"{row['before']} or more, where the sentence before ends")


def check_rebuild(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``edits-rebuild`` for each article whose source, edits and text do not fit, in either direction.

    Where the source text cannot be proved, the rules on raw/ say so.
    """
    entries = evidence.entries()
    by_article = (
        evidence.scan("edits", *_EDIT).sort("article_id", "edit_no").group_by("article_id", maintain_order=True)
    )
    edits = {row["article_id"]: row for row in rows(by_article.agg(_EDIT))}
    for row in _texts(evidence):
        article_id = row["article_id"]
        source, found = _source(evidence, entries.get(article_id)), edits.get(article_id)
        changes = zip(*(found[name] for name in _EDIT), strict=True) if found else ()
        if source is not None and (problem := _rebuild_problem(source, row["text"], changes)):
            yield Broken(f"edits: article_id={article_id}", problem, "source + edits = text, and text + edits = source")


def _source(evidence: Evidence, entry: ManifestEntry | None) -> str | None:
    """Return the proved source text of an article; None where there is none."""
    if entry is None:
        return None
    try:
        return read_source(evidence.project, entry)
    except CorpusError:
        return None


def _rebuild_problem(source: str, text: str, edits: Iterable[tuple[Any, ...]]) -> str | None:
    """Say where source, edits and text part; None if they agree in both directions."""
    raw_at = at = 0
    for number, raw_start, raw_end, start, end, inserted in edits:
        if raw_start < raw_at or start < at:
            return f"edit {number} begins before the one before has ended"
        if source[raw_at:raw_start] != text[at:start]:
            return f"other characters before edit {number}: {_parted(source[raw_at:raw_start], text[at:start])}"
        if text[start:end] != (inserted or ""):
            return f"edit {number} inserts {show(inserted)}, the text has {show(text[start:end])}"
        raw_at, at = raw_end, end
    if source[raw_at:] != text[at:]:
        return f"other characters behind the last edit: {_parted(source[raw_at:], text[at:])}"
    return None


def _parted(source: str, text: str) -> str:
    """Show both sides from their first difference."""
    pairs = enumerate(zip(source, text, strict=False))
    at = next((n for n, (one, other) in pairs if one != other), min(len(source), len(text)))
    return f"source {show(source[at : at + 20])}, text {show(text[at : at + 20])}"


def _texts(evidence: Evidence) -> Iterator[dict[str, Any]]:
    """Yield the articles that have a text; withdrawn ones have none."""
    yield from rows(evidence.scan("articles", "text", "text_sha256").drop_nulls("text"))


def _lines(articles: pl.LazyFrame) -> pl.LazyFrame:
    """Return the span of each line of each text, lines counted from 0."""
    lines = articles.select("article_id", pl.col("text").str.split("\n")).explode("text")
    lines = lines.select("article_id", n=pl.col("text").str.len_chars().cast(pl.Int32))
    end = ((pl.col("n") + 1).cum_sum() - 1).over("article_id").cast(pl.Int32)
    line = pl.int_range(pl.len()).over("article_id")
    return lines.select("article_id", line=line, start=end - pl.col("n"), end=end)


def _span(start: int | None, end: int | None) -> str:
    return "no block" if start is None else f"[{start}:{end}]"


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8"))


TEXTS = (
    Rule(
        "text-hash",
        Depth.KEYS,
        reads("articles"),
        check_text_hash,
        "text_sha256 is the SHA-256 of the article's text; every span is bound to it.",
        "Build again; nothing but normalise writes texts.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "text-counts",
        Depth.SPANS,
        reads("articles", "sentences"),
        check_counts,
        "n_chars and n_sentences are what can be counted.",
        "Build again; offsets and counts are code points.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "block-lines",
        Depth.SPANS,
        reads("blocks", "articles"),
        check_blocks,
        "The blocks of an article are the lines of its text, one block a line, nothing left out.",
        "Build again; nothing but normalise writes blocks.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "sentence-in-block",
        Depth.SPANS,
        reads("sentences", "blocks"),
        check_sentence_in_block,
        "A sentence never crosses the block it names.",
        "Build again; nothing but normalise writes sentences.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "sentence-order",
        Depth.SPANS,
        reads("sentences"),
        check_sentence_order,
        "The sentences of an article follow each other without overlap.",
        "Build again; nothing but normalise writes sentences.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "edits-rebuild",
        Depth.SPANS,
        reads("edits", "articles"),
        check_rebuild,
        "Source text and edits rebuild the text, and the text and edits lead back to the source.",
        "Build again; if it stays, a pass of normalise has lost an edit, which is a fault of ours to report.",
        alone=Alone.ARTICLE,
        given=lambda project: [project.manifest],
    ),
)
