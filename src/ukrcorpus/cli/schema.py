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


@schema.command()
@click.option("--dry-run", is_flag=True, help="Only say it; write nothing.")
@click.pass_obj
def migrate(root: Path, /, dry_run: bool) -> None:
    """List what schema/migrations/ does to stored annotations, and what a human has to answer again.

    Annotations are brought up to date whenever they are read. This writes the generated files and the worklist in
    annotations/worklists/; `annotate review` makes review tasks of it.

    Example: ukrcorpus schema migrate --dry-run
    """
    from ukrcorpus.annotate.migrations import migrate as migrate_annotations

    project = Project.open(root)
    given = read_schema(project.schema)
    report = migrate_annotations(project, given, dry_run=dry_run)
    changed = () if dry_run else outputs.write(project, given)
    click.echo("\n".join([*(f"wrote {path}" for path in changed), report.as_text()]))
    raise SystemExit(report.exit_code)
