"""``DATA_STATEMENT.md``: the sections of Bender and Friedman (Data Statements for NLP, 2018)."""

from collections.abc import Callable
from typing import Final

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import annotation, biases, collected, holds, stated
from ukrcorpus.derive.markdown import bullets, plain


def _rationale(facts: ReleaseFacts) -> list[str]:
    return [plain(f"{stated(facts, 'purpose')} {stated(facts, 'selection')}")]


def _languages(facts: ReleaseFacts) -> list[str]:
    tags = [f"`{tag}` (BCP 47), articles: {n:,}" for tag, n in facts.numbers.languages]
    return [*bullets(tags or ["None yet."]), "", "The variety within a language is not recorded further."]


def _speakers(facts: ReleaseFacts) -> list[str]:
    return [
        plain(f"Writers of the articles: {stated(facts, 'writers')}"),
        "",
        "Holders of statements are actors of the registry (`actors`), mostly cited or retold by the writers: the words",
        "of a claim are the article's. Age, gender and origin of nobody are recorded.",
    ]


def _annotators(facts: ReleaseFacts) -> list[str]:
    return [
        plain(f"{annotation(facts)} {stated(facts, 'annotators')}"),
        "",
        plain(f"Curator: {stated(facts, 'curator')}"),
        "",
        plain(f"Language model: {stated(facts, 'model')}"),
    ]


def _situation(facts: ReleaseFacts) -> list[str]:
    stated_days = facts.numbers.profile.stated
    days = f"Dated statements run from {stated_days.first} to {stated_days.last}." if stated_days.n_dated else ""
    kind = (
        "Written, not spontaneous, not addressed to anybody." if facts.is_sample else "Written and edited, for readers."
    )
    return [f"{collected(facts)} {days} {kind}".replace("  ", " ")]


def _texts(facts: ReleaseFacts) -> list[str]:
    numbers, size = facts.numbers, facts.numbers.profile.size
    genres = ", ".join(f"{genre} {n:,}" for genre, n in numbers.genres) or "not annotated"
    lines = [
        f"Subject: the diplomacy of the war in Ukraine. Genres: {genres}.",
        f"{size.n_words:,} words, {size.n_sentences:,} sentences, {size.n_chars:,} characters.",
        f"{numbers.n_machine_written:,} of {numbers.n_articles:,} articles were written by a language model.",
    ]
    return bullets([*lines, *biases(facts)])


def _quality(facts: ReleaseFacts) -> list[str]:
    quality = next((found for name, found in facts.numbers.labels if name == "articles.text_quality"), ())
    said = ", ".join(f"{value} {n:,}" for value, n in quality) or "not annotated"
    return [f"Text quality as annotated: {said}. `flags` marks damaged places; `edits` has every repair."]


SECTIONS: Final[tuple[tuple[str, Callable[[ReleaseFacts], list[str]]], ...]] = (
    ("A. Curation rationale", _rationale),
    ("B. Language variety", _languages),
    ("C. Speaker demographic", _speakers),
    ("D. Annotator demographic", _annotators),
    ("E. Speech situation", _situation),
    ("F. Text characteristics", _texts),
    ("G. Recording quality", _quality),
    ("H. Other", lambda _: ["See [DATASHEET.md](DATASHEET.md) and the card, [README.md](README.md)."]),
    ("I. Provenance", lambda _: ["Publisher, URL, licence and hash of each article stand in `articles`."]),
)
"""Heading and lines of each section, in the order of the paper."""


def data_statement(facts: ReleaseFacts) -> str:
    """Return the data statement."""
    parts = [f"# Data statement of {plain(facts.info.title)}", f"Version {facts.info.version}. {holds(facts)}"]
    parts += ["\n".join([f"## {heading}", "", *make(facts)]) for heading, make in SECTIONS]
    return "\n\n".join(parts) + "\n"
