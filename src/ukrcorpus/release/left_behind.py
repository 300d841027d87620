"""What a withdrawal leaves for a person to look at: lines that still name somebody, errors about what is gone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ukrcorpus.annotate.known_errors import ABOUT, known_errors_file, listed_errors
from ukrcorpus.core.project import Project
from ukrcorpus.policy.naming import naming, naming_address
from ukrcorpus.policy.withdrawals import Withdrawn
from ukrcorpus.release.definition import Definition
from ukrcorpus.release.diffs.rows import RowDiff
from ukrcorpus.schema.model import Schema

_BESIDE: Final = 50


def lost_errors(project: Project, diffs: Mapping[str, RowDiff]) -> tuple[str, ...]:
    """Return the places of known errors about ids that no table has any more after these differences."""
    gone = {one for name, column in ABOUT.items() for one in diffs[name].removed[column].to_list()}
    return tuple(f"{where}: {one.about}" for one, where in listed_errors(project) if one.about in gone)


def naming_lines(project: Project, schema: Schema, gone: Withdrawn, article_ids: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the lines that go into a release and name a withdrawn person, in any case, by a name of their own.

    Of long lines only what stands around the name. Ids of articles are such lines, for they stay for ever.
    """
    definition = Definition.without(schema, gone.persons)
    if not definition.own:
        return ()
    wanted = naming(definition.own, re.IGNORECASE)
    with TemporaryDirectory() as folder:
        definition.copy(project, Path(folder))
        copied = [(f"schema/{path.relative_to(folder).as_posix()}", path) for path in sorted(Path(folder).rglob("*"))]
        others = (project.root / "CHANGELOG.md", project.root / "corpus.toml", known_errors_file(project))
        files = [*copied, *((project.address(path), path) for path in others)]
        lines = [f"{name}: {line}" for name, path in files if path.is_file() for line in _lines(path, wanted)]
    names_one = naming_address(definition.own)
    return (*lines, *(f"articles: {one}" for one in article_ids if names_one(one)))


def _lines(path: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := wanted.search(line):
            head, tail = line[: found.start()].lstrip(), line[found.end() :].rstrip()
            yield f"{_cut(head[::-1])[::-1]}{found[0]}{_cut(tail)}"


def _cut(text: str) -> str:
    return text if len(text) <= _BESIDE else f"{text[: _BESIDE - 1]}…"
