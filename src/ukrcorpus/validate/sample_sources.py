"""``raw/sample-sources.toml``: what each machine-written sample rests on, and what it may quote."""

from dataclasses import dataclass

from ukrcorpus.core.project import Project
from ukrcorpus.schema.fields import Fields, each, once, read_file

FILE = "sample-sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A page that was looked up, and what in the sample it supports."""

    url: str
    supports: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of an official document or a widely reported statement, letter for letter, and where they stand."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class SampleSources:
    """One sample's entry. ``spun``: the text imitates a paraphrasing tool and names nobody."""

    article_id: str
    spun: bool
    sources: tuple[Source, ...]
    quotations: tuple[Quotation, ...]


def read_sample_sources(project: Project) -> dict[str, SampleSources]:
    """Return the entries by article; none where the file is missing. Every slip is a ``CorpusError``."""
    path = project.raw / FILE
    if not path.is_file():
        return {}
    fields = read_file(path, project.address(path))
    articles = fields.tables("articles", "article_id")
    fields.done()
    entries = each(articles, _entry)
    once(((entry.article_id, one.where) for entry, one in zip(entries, articles, strict=True)), "article_id")
    return {entry.article_id: entry for entry in entries}


def _entry(fields: Fields) -> SampleSources:
    return SampleSources(
        article_id=fields.text("article_id"),
        spun=fields.flag("spun"),
        sources=each(fields.maybe_tables("sources", "url"), lambda one: Source(one.text("url"), one.text("supports"))),
        quotations=each(
            fields.maybe_tables("quotations", "text"), lambda one: Quotation(one.text("text"), one.text("url"))
        ),
    )
