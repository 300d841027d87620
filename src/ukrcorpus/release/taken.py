"""A version that was published keeps its rows: whether the present one was, with which, and where they lie."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.folder import RELEASE_FILE, open_folder
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.write import release_folder
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.published import is_named, published_file
from ukrcorpus.sources.released import read_released, released_file, rows_of_record, rows_sha256


def check_not_taken(project: Project, schema: Schema, tables: Mapping[str, pa.Table]) -> None:
    """Raise ``version-published`` where the present version was published with other rows than the full ``tables``.

    Raise ``version-unrecorded`` where it was published, and nobody recorded with which.
    """
    version = project.info().version
    known = read_released(project).get(version)
    if known is None and is_named(project, version):
        raise CorpusError(
            "version-unrecorded",
            f"{version} was published, says {project.address(published_file(project))}, and "
            f"{project.address(released_file(project))} does not say with which rows.",
            where="corpus.toml: version",
            remedy="Run ukrcorpus release record DIR, with a copy of the release as it was published, or raise the "
            "version. What lies in dist/ is as it was.",
        )
    if known and known.rows_sha256 != _rows_of(schema, tables):
        raise CorpusError(
            "version-published",
            f"{version} was published on {known.released_on} with other rows, says "
            f"{project.address(released_file(project))}.",
            where="corpus.toml: version",
            remedy="Raise it; ukrcorpus release version says to which. What lies in dist/ is as it was.",
        )


def is_published(project: Project) -> bool:
    """Say whether the version in corpus.toml is published."""
    return project.info().version in read_released(project)


def published_here(project: Project) -> Path | None:
    """Return the folder in ``dist/`` with the published rows of the version in corpus.toml, the full edition first."""
    known = read_released(project).get(project.info().version)
    places = (release_folder(project, edition) for edition in Edition if known)
    for place in places:
        if known and (place / RELEASE_FILE).is_file() and _rows(place) == known.rows_sha256:
            return place
    return None


def _rows_of(schema: Schema, tables: Mapping[str, pa.Table]) -> str:
    return rows_sha256({one.name: logical_hash(tables[one.name], one.key) for one in schema.tables})


def _rows(place: Path) -> str:
    return rows_of_record(open_folder(place, verify=False).release)
