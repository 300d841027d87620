"""``published.jsonl``: what every published article was released as first; lines are added and never changed.

A build reads it, so that no published article changes its split, and so that rules know which data is older than they.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.project import FORMAT, Project
from ukrcorpus.core.records import read_ledger, record_line, write_records
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
    path = published_file(project)
    return read_ledger(path, project.address(path), Published, _FORMS, rule=_RULE, remedy=_RESTORE)


def write_published(project: Project, articles: Iterable[Published]) -> None:
    """Write the record, one line per article in the order of releases and ids."""
    ordered = sorted(articles, key=_order)
    write_records(published_file(project), ordered)


def is_named(project: Project, version: str) -> bool:
    """Say whether an article was published in a version first; nothing but a version is written like one."""
    path = published_file(project)
    return path.is_file() and f'"{version}"'.encode() in path.read_bytes()


def lines_of_others(project: Project, version: str) -> str:
    """Return the record as it is without the articles that a version was the first to have."""
    others = (one for one in read_published(project).values() if one.version != version)
    return "".join(f"{record_line(one)}\n" for one in sorted(others, key=_order))


def _order(one: Published) -> tuple[str, tuple[int, ...], str]:
    return one.released_on, tuple(int(part) for part in one.version.split(".")), one.article_id
