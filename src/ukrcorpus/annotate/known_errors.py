"""``annotations/known-errors.toml``: errors that were reported and are not mended in this version."""

from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.numbers import KnownError
from ukrcorpus.schema.fields import Fields, each, read_file

NAME: Final = "known-errors.toml"
ABOUT: Final = {
    "articles": "article_id",
    "claims": "claim_id",
    "mentions": "mention_id",
    "statements_all": "statement_id",
    "actors": "actor_id",
}
"""What an error may be about: the tables, each with the column of its ids."""


def known_errors_file(project: Project) -> Path:
    """Return where the list lies."""
    return project.annotations / NAME


def listed_errors(project: Project) -> tuple[tuple[KnownError, str], ...]:
    """Return each known error with the place of its id, in the order of the file; none if there is no file."""
    path = known_errors_file(project)
    if not path.is_file():
        return ()
    fields = read_file(path, project.address(path))
    entries = fields.maybe_tables("errors", "about")
    found = each(entries, _known_error)
    fields.done()
    return tuple((one, entry.at("about")) for one, entry in zip(found, entries, strict=True))


def _known_error(fields: Fields) -> KnownError:
    day = fields.maybe_day("reported")
    try:
        reported = date.fromisoformat(day or "")
    except ValueError as error:
        what, remedy = f"got {day!r}.", "Expected a day: 2026-11-22."
        raise CorpusError("known-error-value", what, where=fields.at("reported"), remedy=remedy) from error
    return KnownError(fields.text("about"), fields.text("what"), reported)
