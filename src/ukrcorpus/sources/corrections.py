"""``raw/corrections.toml``: corrections of single articles, as data with a reason each."""

from dataclasses import dataclass

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.schema.fields import Fields, each, read_file


@dataclass(frozen=True, slots=True)
class Correction:
    """Put ``replace`` in the place of the ``occurrence``-th (from 1) ``find`` in an article's source text."""

    article_id: str
    find: str
    replace: str
    occurrence: int
    reason: str


def read_corrections(project: Project) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections by article, in the order of the file; none if there is no file."""
    path = project.raw / "corrections.toml"
    if not path.is_file():
        return {}
    fields = read_file(path, project.address(path))
    found: dict[str, tuple[Correction, ...]] = {}
    for correction in each(fields.maybe_tables("corrections", "article_id"), _correction):
        found[correction.article_id] = (*found.get(correction.article_id, ()), correction)
    fields.done()
    return found


def _correction(fields: Fields) -> Correction:
    correction = Correction(
        article_id=fields.text("article_id"),
        find=fields.verbatim("find"),
        replace=fields.verbatim("replace"),
        occurrence=fields.number("occurrence"),
        reason=fields.text("reason"),
    )
    if not correction.find or correction.find == correction.replace:
        what, remedy = f"'{correction.find}' becomes '{correction.replace}'.", "Say what to find, and what else to put."
        raise CorpusError("correction-value", what, where=fields.at("find"), remedy=remedy)
    if correction.occurrence < 1:
        remedy = "Expected a number from 1."
        raise CorpusError(
            "correction-value", f"got {correction.occurrence}.", where=fields.at("occurrence"), remedy=remedy
        )
    return correction
