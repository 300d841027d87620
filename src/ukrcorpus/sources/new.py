"""An empty corpus project from the shipped template."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.derive.outputs import write
from ukrcorpus.schema.read import read_schema

_PACKAGE: Final = Path(__file__).parents[1]
_TEMPLATE: Final = _PACKAGE / "sources" / "template"
# A file that the template cannot hold under its own name: git would obey it.
_RENAMED: Final = {"gitignore": ".gitignore"}


def new_project(folder: Path) -> Project:
    """Make an empty corpus project; raise ``new-folder`` for a folder that holds anything.

    The corpus is named after the folder and dated today.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CorpusError(
            "new-folder", "there is something here already.", where=str(folder), remedy="Name an empty or new folder."
        )
    name, day = _corpus_name(folder.resolve().name), datetime.now(UTC).date()
    for path in sorted(_TEMPLATE.rglob("*")):
        if path.is_file():
            inner = path.relative_to(_TEMPLATE)
            write_text(folder / inner.parent / _RENAMED.get(inner.name, inner.name), _filled(path, name, day))
    shutil.copytree(_schema_folder(), folder / "schema")
    project = Project.open(folder)
    write(project, read_schema(project.schema))
    return project


def _schema_folder() -> Path:
    """Return the schema that the wheel carries, or for an editable install that of the repository."""
    shipped = _PACKAGE / "_schema"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "schema"


def _filled(path: Path, name: str, day: date) -> str:
    return path.read_text(encoding="utf-8").replace("{name}", name).replace("{day}", day.isoformat())


def _corpus_name(folder_name: str) -> str:
    """Return a folder's name as a corpus may be called.

    >>> _corpus_name("My Corpus 2")
    'my-corpus-2'
    """
    return re.sub(r"[^a-z0-9]+", "-", folder_name.lower()).strip("-")[:63] or "corpus"
