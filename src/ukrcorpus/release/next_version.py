"""The version that the built tables of a project may have."""

from pathlib import Path

from ukrcorpus.core.project import Project
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.versions import least_after, previous
from ukrcorpus.schema.read import read_schema


def next_version(project: Project, against: Path | None) -> str:
    """Return the least version after a release, or after the newest other one in ``dist/``, with the reasons."""
    info, place = project.info(), against or previous(project)
    if place is None:
        return f"No other release lies in dist/: {info.version} may be the first one."
    schema = read_schema(project.schema)
    least = least_after(place, info, schema, read_tables(project, schema))
    return f"{least.as_text()}\ncorpus.toml says {info.version}."
