"""``ukrcorpus normalise``: raw articles to texts."""

from pathlib import Path

import click

from ukrcorpus.core.project import Project


@click.command()
@click.option("--passes", is_flag=True, help="List the passes in their order and normalise nothing.")
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help="Processes; all processors, if not given.")
@click.option("--dry-run", is_flag=True, help="Say what is stale and which labels would move, and write nothing.")
@click.pass_obj
def normalise(root: Path, /, passes: bool, processes: int | None, dry_run: bool) -> None:
    """Normalise what is new or changed in raw/ into build/normalise/.

    Example: ukrcorpus normalise --processes 2
    """
    from ukrcorpus.normalise.passes import listing

    if passes:
        click.echo(listing(), nl=False)
        return
    project = Project.open(root)
    if dry_run:
        _say_plan(project)
    else:
        raise SystemExit(_run(project, processes))


def _say_plan(project: Project) -> None:
    from ukrcorpus.annotate.moves import moves_as_text
    from ukrcorpus.normalise.plan import plan
    from ukrcorpus.release.moving import would_move
    from ukrcorpus.release.stages import raw_articles
    from ukrcorpus.schema.read import read_schema

    schema = read_schema(project.schema)
    click.echo(plan(project, schema, raw_articles(project)).as_text())
    click.echo(moves_as_text(would_move(project, schema)))


def _run(project: Project, processes: int | None) -> int:
    from ukrcorpus.annotate.moves import moves_as_text
    from ukrcorpus.cli.progress import progress_bar
    from ukrcorpus.normalise.engines.local import LocalEngine
    from ukrcorpus.normalise.run import run_normalise
    from ukrcorpus.release.moving import have_moved
    from ukrcorpus.release.stages import raw_articles
    from ukrcorpus.schema.read import read_schema

    schema = read_schema(project.schema)
    engine = LocalEngine(processes) if processes else LocalEngine()
    with progress_bar(project.manifest) as progress:
        report = run_normalise(project, schema, raw_articles(project), engine, progress)
    click.echo(report.as_text(project.address(project.build / "normalise")))
    click.echo(moves_as_text(have_moved(project, schema)))
    for problem in report.set_aside:
        click.echo(f"set aside: {problem}", err=True)
    return 1 if report.set_aside else 0
