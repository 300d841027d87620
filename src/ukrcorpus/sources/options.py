"""What the user says of the files to ingest, as written and as understood."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.policy.rights import UNKNOWN, text_rights
from ukrcorpus.sources.columns import read_fields
from ukrcorpus.sources.entry import ARTICLE_ID, Origin, parse_instant, parse_published
from ukrcorpus.sources.stated import Field
from ukrcorpus.sources.tables import DELIMITERS
from ukrcorpus.sources.values import Published


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the user says of the files, dates as written. An id, a url and what is superseded fit one file only."""

    publisher: str | None = None
    url: str | None = None
    licence: str = UNKNOWN
    article_id: str | None = None
    published: str | None = None
    fetched_at: str | None = None
    supersedes: str | None = None
    origin: str = Origin.PUBLISHED
    encoding: str | None = None
    form: str | None = None
    fields: tuple[str, ...] = ()
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """The options as understood: dates parsed, ids and licence checked."""

    options: IngestOptions
    said: Mapping[Field, object]
    columns: Mapping[str, str]
    delimiter: str | None
    text_rights: str

    @property
    def alone(self) -> str | None:
        """The first option given that fits one article only."""
        own = {"--id": self.options.article_id, "--url": self.options.url, "--supersedes": self.options.supersedes}
        return next((name for name, value in own.items() if value is not None), None)


def read_options(options: IngestOptions, known_ids: Collection[str]) -> Given:
    """Return the options as understood, or raise for the first one that is wrong."""
    _check_id(options.article_id, "--id")
    if options.supersedes is not None and options.supersedes not in known_ids:
        remedy = near(options.supersedes, known_ids) if known_ids else "Ingest that one first."
        raise CorpusError(
            "ingest-supersedes", f"no article is called '{options.supersedes}'.", where="--supersedes", remedy=remedy
        )
    said: dict[Field, object] = {
        Field.PUBLISHER: options.publisher,
        Field.URL: options.url,
        Field.PUBLISHED: _read_published(options.published),
        Field.FETCHED_AT: _read_instant(options.fetched_at),
    }
    return Given(
        options=options,
        said=said,
        columns=read_fields(options.fields),
        delimiter=DELIMITERS[options.delimiter] if options.delimiter else None,
        text_rights=text_rights(options.licence, "--licence"),
    )


def _check_id(article_id: str | None, where: str) -> None:
    if article_id is not None and not ARTICLE_ID.fullmatch(article_id):
        raise CorpusError(
            "ingest-id",
            f"'{article_id}' cannot be an article's id.",
            where=where,
            remedy="Use lower-case letters, digits and '-', at most 63, beginning with a letter or digit.",
        )


def _read_published(text: str | None) -> Published | None:
    try:
        return Published(*parse_published(text)) if text is not None else None
    except ValueError as error:
        raise CorpusError(
            "ingest-date",
            f"'{text}' is no date.",
            where="--published",
            remedy="Give what is known: 2026-11-22, 2026-11 or 2026.",
        ) from error


def _read_instant(text: str | None) -> datetime | None:
    try:
        return parse_instant(text) if text is not None else None
    except ValueError as error:
        raise CorpusError(
            "ingest-date",
            f"'{text}' is no instant with its offset from UTC.",
            where="--fetched-at",
            remedy="Give it as 2026-11-22T09:30:00Z or 2026-11-22T11:30:00+02:00.",
        ) from error
