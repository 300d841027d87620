"""``ukrcorpus normalise``: raw articles to texts."""

from pathlib import Path

import click

from ukrcorpus.core.project import Project


@click.command()
@click.option("--passes", is_flag=True, help="List the passes in their order and normalise nothing.")
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help="Processes; all processors, if not given.")
@click.pass_obj
def normalise(root: Path, passes: bool, processes: int | None) -> None:
    """Normalise what is new or changed in raw/ into build/normalise/.

    Example: ukrcorpus normalise --processes 2
    """
    from ukrcorpus.cli.progress import progress_bar
    from ukrcorpus.normalise.engines.local import LocalEngine
    from ukrcorpus.normalise.passes import listing
    from ukrcorpus.normalise.run import run_normalise
    from ukrcorpus.release.stages import raw_articles
    from ukrcorpus.schema.read import read_schema

    if passes:
        click.echo(listing(), nl=False)
        return
    project = Project.open(root)
    engine = LocalEngine(processes) if processes else LocalEngine()
    with progress_bar(project.manifest) as progress:
        report = run_normalise(project, read_schema(project.schema), raw_articles(project), engine, progress)
    click.echo(report.as_text(project.address(project.build / "normalise")))
    for problem in report.set_aside:
        click.echo(f"set aside: {problem}", err=True)
    raise SystemExit(1 if report.set_aside else 0)
