"""The version that the built tables of a project may have."""

from collections.abc import Iterator
from pathlib import Path

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Known
from ukrcorpus.release.build import KNOWN, read_tables
from ukrcorpus.release.stages import first_stale
from ukrcorpus.release.taken import is_published, published_here
from ukrcorpus.release.versions import least_after, previous
from ukrcorpus.schema.read import read_schema


def next_version(project: Project, against: Path | None) -> str:
    """Return the least version after a release, with the reasons, and what the answer leaves out.

    Without ``against`` it is the present version's, if that is published, else the newest other one in ``dist/``.
    """
    info, place = project.info(), against or published_here(project) or previous(project)
    if place is None:
        lines = [f"No other release lies in dist/: {info.version} may be the first one."]
    else:
        schema = read_schema(project.schema)
        least = least_after(place, info, schema, read_tables(project, schema))
        lines = [least.as_text(), f"corpus.toml says {info.version}."]
    return "\n".join([*lines, *_notes(project, against)])


def _notes(project: Project, against: Path | None) -> Iterator[str]:
    version, stage = project.info().version, first_stale(project, Known(project.build / KNOWN))
    if is_published(project):
        is_away = not against and not published_here(project)
        yield f"{version} is published{'; its release is not in dist/: name a copy with --against' * is_away}."
    if stage:
        yield (
            f"What the stage {stage} reads changed since build/corpus/ was made, and the tables there may be old: "
            "run ukrcorpus build, then this again."
        )
