"""``published.jsonl``: what every published article was released as first; lines are added and never changed.

A build reads it, so that no published article changes its split, and so that rules know which data is older than they.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import FORMAT, Project
from ukrcorpus.core.records import read_records, record_line, write_records
from ukrcorpus.sources.entry import ARTICLE_ID

NAME: Final = "published.jsonl"
_FORMS: Final = {
    "article_id": ARTICLE_ID,
    "split": re.compile("[a-z_]+"),
    "version": re.compile(r"\d+\.\d+\.\d+"),
    "released_on": re.compile(r"\d{4}-\d\d-\d\d"),
}
_RULE: Final = "published-line"
_RESTORE: Final = "Restore the file from git; ukrcorpus release record writes it."


@dataclass(frozen=True, slots=True)
class Published:
    """The first release that has an article, its ISO date, and the split that the article has ever since."""

    article_id: str
    split: str
    version: str
    released_on: str
    format: int = FORMAT

    @property
    def day(self) -> date:
        """The day of the release."""
        return date.fromisoformat(self.released_on)


def published_file(project: Project) -> Path:
    """Return where the record of published articles lies."""
    return project.root / NAME


def read_published(project: Project) -> Mapping[str, Published]:
    """Return the published articles by id; none where nothing was published.

    A line that is no record, or the second one of an article, is ``published-line``.
    """
    path, found = published_file(project), dict[str, Published]()
    address = project.address(path)
    for number, one in enumerate(read_records(path, address, Published, rule=_RULE, remedy=_RESTORE), start=1):
        wrong = f"the article '{one.article_id}' a second time." if one.article_id in found else _slip(one)
        if wrong:
            raise CorpusError(_RULE, wrong, where=f"{address}: line {number}", remedy=_RESTORE)
        found[one.article_id] = one
    return found


def write_published(project: Project, articles: Iterable[Published]) -> None:
    """Write the record, one line per article in the order of releases and ids."""
    ordered = sorted(articles, key=_order)
    write_records(published_file(project), ordered)


def lines_of_others(project: Project, version: str) -> str:
    """Return the record as it is without the articles that a version was the first to have."""
    others = (one for one in read_published(project).values() if one.version != version)
    return "".join(f"{record_line(one)}\n" for one in sorted(others, key=_order))


def _order(one: Published) -> tuple[str, tuple[int, ...], str]:
    return one.released_on, tuple(int(part) for part in one.version.split(".")), one.article_id


def _slip(one: Published) -> str | None:
    for key, form in _FORMS.items():
        if not form.fullmatch(getattr(one, key)):
            return f"{key} is {getattr(one, key)!r}."
    try:
        date.fromisoformat(one.released_on)
    except ValueError:
        return f"released_on is {one.released_on!r}."
    return None if one.format == FORMAT else f"format is {one.format!r}."
