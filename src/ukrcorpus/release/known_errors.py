"""The known errors of a version: those of ``annotations/known-errors.toml``, each about something that it has."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.annotate.known_errors import ABOUT, listed_errors
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.numbers import KnownError


def read_known_errors(project: Project, tables: Mapping[str, pa.Table]) -> tuple[KnownError, ...]:
    """Return the known errors in the order of the file; none if there is no file.

    One about an id that no table has is ``known-error-unknown``: what it was about is mended or mistyped.
    """
    found = listed_errors(project)
    wanted = {one.about for one, _ in found}
    lost = wanted - set(_ids(tables, wanted))
    for one, where in found:
        if one.about in lost:
            what = f"no article, claim, mention, statement or actor is called '{one.about}'."
            remedy = "Take the entry out if the error is mended, or correct the id."
            raise CorpusError("known-error-unknown", what, where=where, remedy=remedy)
    return tuple(one for one, _ in found)


def _ids(tables: Mapping[str, pa.Table], wanted: set[str]) -> Iterator[str]:
    values = pa.array(sorted(wanted), pa.string())
    for name, column in ABOUT.items():
        ids = tables[name][column]
        yield from ids.filter(pc.is_in(ids, value_set=values)).to_pylist()
