"""The commands for the definition of a corpus."""

from pathlib import Path

import click

from ukrcorpus.core.problems import Severity
from ukrcorpus.core.project import Project
from ukrcorpus.derive import outputs
from ukrcorpus.schema.check import check_schema
from ukrcorpus.schema.read import read_schema


@click.group()
def schema() -> None:
    """Check the schema and write what is generated from it."""


@schema.command()
@click.pass_obj
def check(root: Path) -> None:
    """Check schema/ and the files generated from it; exit 1 on an error.

    Example: ukrcorpus schema check
    """
    project = Project.open(root)
    given = read_schema(project.schema)
    findings = check_schema(given) + outputs.stale(project, given)
    for finding in findings:
        click.echo(finding.as_text())
    n_errors = sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(f"schema: {n_errors} errors, {len(findings) - n_errors} notes")
    raise SystemExit(1 if n_errors else 0)


@schema.command()
@click.pass_obj
def write(root: Path) -> None:
    """Write the files that are generated from schema/.

    Example: ukrcorpus schema write
    """
    project = Project.open(root)
    changed = outputs.write(project, read_schema(project.schema))
    click.echo("\n".join(f"wrote {path}" for path in changed) or "nothing to write: all files are as schema/ says")
