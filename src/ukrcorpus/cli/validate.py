"""``ukrcorpus validate``: every rule over the built tables, raw/, annotations/ and schema/."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ukrcorpus.core.problems import Severity
    from ukrcorpus.validate.rules import Depth


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="Text for people, or a form for programs: github prints annotations of a GitHub workflow.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--verbose", is_flag=True, help="Name the rules not asked, and tell on stderr how long each depth took.")
@click.option("--rules", is_flag=True, help="Print the page of all rules and check nothing.")
@click.pass_obj
def validate(root: Path, /, form: str, verbose: bool, rules: bool) -> None:
    """Check every table; exit 1 if a rule is broken.

    Example: ukrcorpus validate --format sarif > validation.sarif
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.schema.read import read_schema
    from ukrcorpus.validate.catalogue import RULES
    from ukrcorpus.validate.formats.choices import FORMATS
    from ukrcorpus.validate.page import rules_page
    from ukrcorpus.validate.run import run_rules

    if rules:
        click.echo(rules_page(RULES), nl=False)
        return
    project = Project.open(root)
    schema = read_schema(project.schema)
    report = run_rules(project, schema, done=_Clock().tell if verbose else lambda _depth: None)
    text = report.as_text(paint=_paint, verbose=verbose) if form == "text" else FORMATS[form](report, project, schema)
    click.echo(text)
    raise SystemExit(1 if report.n_errors else 0)


class _Clock:
    """Tells on stderr how long each depth took."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def tell(self, depth: "Depth") -> None:
        now = time.perf_counter()
        click.echo(f"{depth}: {now - self._since:.1f} s", err=True)
        self._since = now


def _paint(text: str, severity: "Severity") -> str:
    return click.style(text, fg={"error": "red", "legacy": "blue"}.get(severity, "yellow"), bold=True)
