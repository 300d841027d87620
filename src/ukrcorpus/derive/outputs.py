"""Generated files that are kept in git: what they must hold, whether they do, and writing them."""

from collections.abc import Callable
from typing import Final

from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.derive.guidelines import guidelines
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.schema.model import Schema

OUTPUTS: Final[tuple[tuple[str, Callable[[Schema], str]], ...]] = (
    ("annotations/label_studio.xml", labelling_config),
    ("docs/guidelines.md", guidelines),
)


def outputs(schema: Schema) -> tuple[tuple[str, str], ...]:
    """Return path (from the project's root) and text of each generated file."""
    return tuple((path, make(schema)) for path, make in OUTPUTS)


def stale(project: Project, schema: Schema) -> tuple[Finding, ...]:
    """Return ``generated-stale`` for each file that is missing or no longer what the schema says."""
    remedy = "Run: ukrcorpus schema write."
    findings = []
    for path, text in outputs(schema):
        file = project.root / path
        held = file.read_bytes() if file.is_file() else None
        if held != text.encode("utf-8"):
            got = "no file" if held is None else "another text"
            findings.append(Finding("generated-stale", path, got, "what schema/ makes of it", remedy))
    return tuple(findings)


def write(project: Project, schema: Schema) -> tuple[str, ...]:
    """Write each file that is stale and return the paths of those that changed."""
    changed = {finding.where for finding in stale(project, schema)}
    for path, text in outputs(schema):
        if path in changed:
            write_text(project.root / path, text)
    return tuple(sorted(changed))
