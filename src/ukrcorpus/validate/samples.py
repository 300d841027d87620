"""Rules on machine-written samples: nobody must take one for journalism, and each says what it rests on."""

import re
from collections.abc import Iterator
from typing import Any

import polars as pl

from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.schema.model import ActorType
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, reads
from ukrcorpus.validate.sample_sources import FILE, read_sample_sources

_PREFIX = "sample-"
_PUBLISHER = "ukrcorpus sample"
_NOTICE = "notice"
_MACHINE = "machine_written"
_FREE_WORDS = 2  # shorter quotations are names and terms
# Each pair of marks with what may stand between; an open end counts up to the end of the line.
_QUOTATIONS = re.compile(r"“([^”\n]*)”?|„([^“”\n]*)[“”]?|«([^»\n]*)»?|(?<!\d)\"([^\"\n]*)\"?")
_EDGES = " ,.;:!?…"


def check_origin(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-origin`` where id and origin disagree about whether an article is a sample."""
    named, written = pl.col("article_id").str.starts_with(_PREFIX), pl.col("origin") == _MACHINE
    for row in rows(evidence.scan("articles", "origin").filter(named != written)):
        expected = f"{_MACHINE} exactly where the id begins with {_PREFIX}"
        yield Broken(address(evidence.subject, row, "origin"), show(row["origin"]), expected)


def check_identity(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-identity`` for a sample that wears an outlet's name, a url or a byline."""
    wanted = {"publisher": _PUBLISHER, "url": None, "byline": None}
    for row in _samples(evidence, *wanted):
        for column, value in wanted.items():
            if row[column] != value:
                yield Broken(address(evidence.subject, row, column), show(row[column]), show(value))


def check_notice(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-notice`` for a sample whose last block is not a notice."""
    blocks = evidence.scan("blocks", "article_id", "start", "kind").group_by("article_id")
    last = rows(blocks.agg(pl.col("kind").sort_by("start").last()))
    kinds = {row["article_id"]: row["kind"] for row in last}
    for row in _samples(evidence):
        kind = kinds.get(row["article_id"])
        if kind != _NOTICE:
            yield Broken(f"blocks: article_id={row['article_id']}: last block", show(kind), show(_NOTICE))


def check_listed(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-source`` for a sample without a looked-up page, and for an entry without a sample."""
    entries = evidence.once(read_sample_sources)
    written = evidence.scan("articles", "origin").filter(pl.col("origin") == _MACHINE)
    samples = {row["article_id"] for row in rows(written)}
    for article_id in sorted({*samples, *entries}):
        where = f"raw/{FILE}: articles ({article_id})"
        if article_id not in samples:
            yield Broken(where, "an entry without a sample", f"an article with origin {_MACHINE}")
        elif article_id not in entries or not entries[article_id].sources:
            got = "no sources" if article_id in entries else "no entry"
            yield Broken(where, got, "at least one source with its url")


def check_quotations(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-quotation`` for three or more words in quotation marks that no entry lists."""
    entries = evidence.once(read_sample_sources)
    for row in _samples(evidence):
        entry = entries.get(row["article_id"])
        listed = {_bare(quotation.text) for quotation in entry.quotations} if entry else set()
        for quotation in _quoted(row["text"]):
            if quotation not in listed:
                expected = f"under quotations in raw/{FILE}, letter for letter, with its url"
                yield Broken(address(evidence.subject, row, "text"), show(quotation), expected)


def check_spun_persons(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-spun-person`` for each person whom a spun sample names, by an ambiguous name too."""
    spun = {entry.article_id for entry in evidence.once(read_sample_sources).values() if entry.spun}
    persons = {actor.id for actor in evidence.schema.actors if actor.type is ActorType.PERSON}
    gazetteer = Gazetteer.of(evidence.schema.actors)
    for row in _samples(evidence):
        hits = gazetteer.find(row["text"], spun=True) if row["article_id"] in spun else ()
        named = {hit.actor_id: row["text"][hit.start : hit.end] for hit in hits if hit.actor_id in persons}
        for actor_id, name in sorted(named.items()):
            yield Broken(address(evidence.subject, row, "text"), f"{show(name)}, {actor_id}", "roles only")


def check_spun_statements(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``sample-spun-statement`` for each statement taken from a spun sample."""
    spun = [entry.article_id for entry in evidence.once(read_sample_sources).values() if entry.spun]
    for row in rows(evidence.scan("statements", "article_id").filter(pl.col("article_id").is_in(spun))):
        yield Broken(address(evidence.subject, row), f"a row from {row['article_id']}", "none: that sample is spun")


def _samples(evidence: Evidence, *columns: str) -> Iterator[dict[str, Any]]:
    """Yield the samples that are not withdrawn, with their texts and these columns."""
    articles = evidence.scan("articles", "origin", "text", *columns)
    yield from rows(articles.filter(pl.col("origin") == _MACHINE).drop_nulls("text"))


def _quoted(text: str) -> Iterator[str]:
    for match in _QUOTATIONS.finditer(text):
        quotation = _bare(next(group for group in match.groups() if group is not None))
        if len(quotation.split()) > _FREE_WORDS:
            yield quotation


def _bare(quotation: str) -> str:
    """Return a quotation without the marks that belong to the sentence around it."""
    return quotation.strip(_EDGES)


SAMPLES = (
    Rule(
        "sample-origin",
        Depth.CORPUS,
        reads("articles"),
        check_origin,
        "An article is machine-written exactly where its id begins with sample-.",
        "Ingest it again with the right --id and --origin.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "sample-identity",
        Depth.CORPUS,
        reads("articles"),
        check_identity,
        "A sample's publisher is `ukrcorpus sample`; it has neither url nor byline.",
        "Mend the line in raw/manifest.jsonl; take a byline out of the raw text.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "sample-notice",
        Depth.CORPUS,
        reads("blocks", "articles"),
        check_notice,
        "The last block of a sample is the notice that it is machine-written and not journalism.",
        "End the raw text with the notice, as the other samples do.",
        alone=Alone.ARTICLE,
    ),
    Rule(
        "sample-source",
        Depth.CORPUS,
        reads("articles"),
        check_listed,
        "Every sample has an entry in raw/sample-sources.toml with at least one page, and every entry a sample.",
        "Add the entry with the pages that support the text, or remove it.",
    ),
    Rule(
        "sample-quotation",
        Depth.CORPUS,
        reads("articles"),
        check_quotations,
        "Three or more words in quotation marks in a sample are listed with the page they were seen on.",
        "Paraphrase, or list the exact words: no quotation is invented.",
        alone=Alone.ARTICLE,
        given=lambda project: [project.raw / FILE],
    ),
    Rule(
        "sample-spun-person",
        Depth.CORPUS,
        reads("articles"),
        check_spun_persons,
        "A spun sample names no person of the registry, only roles.",
        "Write the role instead of the name: spinning inverts facts, and the person is real.",
        alone=Alone.ARTICLE,
        given=lambda project: [project.raw / FILE],
    ),
    Rule(
        "sample-spun-statement",
        Depth.CORPUS,
        reads("statements"),
        check_spun_statements,
        "No statement of the headline table comes from a spun sample.",
        "Annotate the sample as heavily spun: machine_spun = heavy.",
        alone=Alone.ARTICLE,
        given=lambda project: [project.raw / FILE],
    ),
)
