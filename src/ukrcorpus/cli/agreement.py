"""``ukrcorpus agreement``: how far the annotators agree."""

import json
from pathlib import Path

import click

from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with plots as well.")
@click.option("--samples", default=100, show_default=True, type=click.IntRange(1), help="Samples of chance for gamma.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Equal seeds give equal figures.")
@click.pass_obj
def agreement(root: Path, as_json: bool, page: Path | None, samples: int, seed: int) -> None:
    """Report how far the annotators agree: on spans, answers and statements.

    And what their differences do to the discourse network. Only blind rounds without suggestions enter.

    Example: ukrcorpus agreement --page build/agreement.html
    """
    from ukrcorpus.annotate.agreement import read_agreement, write_page
    from ukrcorpus.measure.report import Chance
    from ukrcorpus.measure.report_text import as_text
    from ukrcorpus.policy.withdrawals import Withdrawn
    from ukrcorpus.sources.withdrawals import read_withdrawals

    project = Project.open(root)
    gone = Withdrawn.of(read_withdrawals(project)).articles
    found = read_agreement(project, read_schema(project.schema), Chance(seed=seed, n_samples=samples), gone)
    if page:
        write_page(found, page)
        click.echo(f"wrote {page}", err=True)
    report = found.report
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else as_text(report))
