"""``published.jsonl``: what every published article was released as first; lines are added and never changed.

A build reads it, so that no published article changes its split, and so that rules know which data is older than they.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import FORMAT, Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.sources.entry import ARTICLE_ID

NAME: Final = "published.jsonl"
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_KEYS: Final = ("article_id", "format", "released_on", "split", "version")
_RESTORE: Final = "Restore the file from git; ukrcorpus release record writes it."


@dataclass(frozen=True, slots=True)
class Published:
    """The first release that has an article, and the split that it has in every release since."""

    article_id: str
    split: str
    version: str
    released_on: date


def published_file(project: Project) -> Path:
    """Return where the record of published articles lies."""
    return project.root / NAME


def read_published(project: Project) -> Mapping[str, Published]:
    """Return the published articles by id; none where nothing was published.

    A line that is no record, or the second one of an article, is ``published-line``.
    """
    path, found = published_file(project), dict[str, Published]()
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        where = f"{project.address(path)}: line {number}"
        one = _published(line, where)
        if one.article_id in found:
            raise _slip(f"the article '{one.article_id}' a second time.", where)
        found[one.article_id] = one
    return found


def write_published(project: Project, articles: Iterable[Published]) -> None:
    """Write the record, one line per article in the order of releases and ids."""
    ordered = sorted(articles, key=lambda one: (one.released_on, _number(one.version), one.article_id))
    write_text(published_file(project), "".join(f"{_line(one)}\n" for one in ordered))


def _line(one: Published) -> str:
    values = asdict(one) | {"format": FORMAT, "released_on": one.released_on.isoformat()}
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _published(line: str, where: str) -> Published:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise _slip(f"no JSON: {error}.", where) from error
    if not isinstance(given, dict) or given.keys() != set(_KEYS):
        odd = sorted(given.keys() ^ set(_KEYS)) if isinstance(given, dict) else []
        hint = f" {near(odd[0], _KEYS)}" if odd else ""
        raise _slip(f"other keys than {', '.join(_KEYS)}.{hint}", where)
    texts = (("article_id", ARTICLE_ID), ("split", re.compile("[a-z_]+")), ("version", _VERSION), ("released_on", _DAY))
    for key, form in texts:
        if not isinstance(given[key], str) or not form.fullmatch(given[key]):
            raise _slip(f"{key} is {given[key]!r}.", where)
    if given.pop("format") != FORMAT:
        raise _slip(f"another format than {FORMAT}.", where)
    try:
        return Published(**given | {"released_on": date.fromisoformat(given["released_on"])})
    except ValueError as error:
        raise _slip(f"released_on is {given['released_on']!r}.", where) from error


def _slip(what: str, where: str) -> CorpusError:
    return CorpusError("published-line", what, where=where, remedy=_RESTORE)
