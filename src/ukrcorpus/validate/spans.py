"""Rules on offsets: code points, half-open, inside the text, and the quote stands where the span says."""

from collections.abc import Iterable, Iterator

import polars as pl

from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads

_SPAN = {"article_id", "start", "end"}
_INSIDE = (pl.col("start") >= 0) & (pl.col("start") < pl.col("end")) & (pl.col("end") <= pl.col("n"))


def check_inside(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``span-inside`` for each span that is empty, turned round, or reaches out of its text."""
    for row in rows(_with_text(evidence).drop("text").filter(~_INSIDE)):
        expected = f"0 <= start < end <= {row['n']}, the length of the text"
        yield Broken(address(evidence.subject, row), f"[{row['start']}:{row['end']}]", expected)


def check_quote(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``span-quote`` for each quote that is not ``text[start:end]``.

    Offsets count code points; browsers count UTF-16 units. This rule is what notices.
    """
    there = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    told = _with_text(evidence, "quote").filter(_INSIDE).with_columns(there=there).drop("text")
    for row in rows(told.filter(pl.col("there").ne_missing(pl.col("quote")))):
        where = address(evidence.subject, row, "quote")
        yield Broken(where, show(row["quote"]), f"{show(row['there'])}, which is text[{row['start']}:{row['end']}]")


def check_sentence(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``span-sentence`` for each span that does not begin in the sentence it names."""
    sentences = evidence.scan("sentences", "article_id", "start", "end")
    units = evidence.scan(evidence.subject.name, "sentence_id", "article_id", "start")
    both = units.join(
        sentences.rename({"start": "start_of_sentence", "end": "end_of_sentence"}),
        on="sentence_id",
        suffix="_of_sentence",
    )
    begins = pl.col("start").is_between("start_of_sentence", "end_of_sentence", closed="left")
    for row in rows(both.filter(~begins | (pl.col("article_id") != pl.col("article_id_of_sentence")))):
        got = f"start {row['start']} in {row['article_id']}"
        span = f"[{row['start_of_sentence']}:{row['end_of_sentence']}] in {row['article_id_of_sentence']}"
        yield Broken(address(evidence.subject, row, "start"), got, f"a start in {row['sentence_id']}, {span}")


def check_overlap(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``claim-overlap`` for each claim that begins before an earlier claim of its article has ended."""
    claims = evidence.scan("claims", "article_id", "start", "end").sort("article_id", "start", "end")
    reach = pl.col("end").cum_max().shift(1).over("article_id")
    for row in rows(claims.with_columns(reach=reach).filter(pl.col("start") < pl.col("reach"))):
        where = address(evidence.subject, row)
        yield Broken(
            where, f"[{row['start']}:{row['end']}]", f"a start at or behind {row['reach']}, where the claim before ends"
        )


def spans(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give each table of spans in texts, with the texts. Edits may be empty and have a rule of their own."""
    return ((table.name, "articles") for table in schema.tables if set(table.names) >= _SPAN and table.name != "edits")


def quotes(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give each table of spans that keeps its quote, with the texts."""
    return (scope for scope in spans(schema) if "quote" in schema.table(scope[0]).names)


def sentence_spans(schema: Schema) -> Iterable[tuple[str, ...]]:
    """Give each table of spans that names the sentence it begins in, with the sentences."""
    tables = (schema.table(scope[0]) for scope in spans(schema))
    named = (t.name for t in tables if "sentence_id" in t.names and "sentence_id" not in t.key)
    return ((name, "sentences") for name in named)


def _with_text(evidence: Evidence, *columns: str) -> pl.LazyFrame:
    """Return the spans with their texts and the length of these; withdrawn articles have none."""
    texts = evidence.scan("articles", "text").drop_nulls("text").with_columns(n=pl.col("text").str.len_chars())
    spans_of = evidence.scan(evidence.subject.name, "article_id", "start", "end", *columns)
    return spans_of.drop_nulls("start").join(texts, on="article_id")


SPANS = (
    Rule(
        "span-inside",
        Depth.SPANS,
        spans,
        check_inside,
        "Every span has a length and lies inside the text of its article.",
        "Offsets are code points, half-open, into articles.text; run the stage that made the span again.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "span-quote",
        Depth.SPANS,
        quotes,
        check_quote,
        "Every stored quote is text[start:end] of its article.",
        "Offsets count code points, not bytes or UTF-16 units; build again, and re-import the export if it stays.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "span-sentence",
        Depth.SPANS,
        sentence_spans,
        check_sentence,
        "Every mention and claim begins in the sentence that it names.",
        "Build again: normalise and annotate must come from the same text.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "claim-overlap",
        Depth.SPANS,
        reads("claims"),
        check_overlap,
        "The adjudicated claims of an article do not overlap: claims are flat, one proposition each.",
        "Decide in annotations/decisions/ which of the two stands, or where the first one ends.",
        alone=Alone.ARTICLE,
    ),
)
