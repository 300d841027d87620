"""``ukrcorpus validate``: every rule over the built tables, raw/, annotations/ and schema/."""

import json
from pathlib import Path

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--rules", is_flag=True, help="Print the page of all rules and check nothing.")
@click.pass_obj
def validate(root: Path, as_json: bool, rules: bool) -> None:
    """Check every table; exit 1 if a rule is broken.

    Example: ukrcorpus validate --json > report.json
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.schema.read import read_schema
    from ukrcorpus.validate.catalogue import RULES
    from ukrcorpus.validate.page import rules_page
    from ukrcorpus.validate.run import run_rules

    if rules:
        click.echo(rules_page(RULES), nl=False)
        return
    project = Project.open(root)
    report = run_rules(project, read_schema(project.schema))
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else report.as_text())
    raise SystemExit(1 if report.n_errors else 0)
