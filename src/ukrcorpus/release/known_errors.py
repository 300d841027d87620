"""``annotations/known-errors.toml``: errors that were reported and are not mended in this version."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.numbers import KnownError
from ukrcorpus.schema.fields import Fields, each, read_file

NAME: Final = "known-errors.toml"
_ABOUT: Final = {
    "articles": "article_id",
    "claims": "claim_id",
    "mentions": "mention_id",
    "statements_all": "statement_id",
    "actors": "actor_id",
}


def read_known_errors(project: Project, tables: Mapping[str, pa.Table]) -> tuple[KnownError, ...]:
    """Return the known errors in the order of the file; none if there is no file.

    One about an id that no table has is ``known-error-unknown``: what it was about is mended or mistyped.
    """
    path = project.annotations / NAME
    if not path.is_file():
        return ()
    fields = read_file(path, project.address(path))
    entries = fields.maybe_tables("errors", "about")
    found = each(entries, _known_error)
    fields.done()
    lost = {one.about for one in found} - set(_ids(tables, {one.about for one in found}))
    for one, entry in zip(found, entries, strict=True):
        if one.about in lost:
            what = f"no article, claim, mention, statement or actor is called '{one.about}'."
            remedy = "Take the entry out if the error is mended, or correct the id."
            raise CorpusError("known-error-unknown", what, where=entry.at("about"), remedy=remedy)
    return found


def _known_error(fields: Fields) -> KnownError:
    day = fields.maybe_day("reported")
    try:
        reported = date.fromisoformat(day or "")
    except ValueError as error:
        what, remedy = f"got {day!r}.", "Expected a day: 2026-11-22."
        raise CorpusError("known-error-value", what, where=fields.at("reported"), remedy=remedy) from error
    return KnownError(fields.text("about"), fields.text("what"), reported)


def _ids(tables: Mapping[str, pa.Table], wanted: set[str]) -> Iterator[str]:
    values = pa.array(sorted(wanted), pa.string())
    for name, column in _ABOUT.items():
        ids = tables[name][column]
        yield from ids.filter(pc.is_in(ids, value_set=values)).to_pylist()
