"""``ukrcorpus normalise``: raw articles to texts."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ukrcorpus.core.project import Project

if TYPE_CHECKING:
    from ukrcorpus.normalise.run import NormaliseReport
    from ukrcorpus.schema.model import Schema

_LARGE = 1 << 18  # bytes of a manifest that lists more articles than one worker would be given


@click.command()
@click.option("--passes", is_flag=True, help="List the passes in their order and normalise nothing.")
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help="Processes; all processors, if not given.")
@click.option("--dry-run", is_flag=True, help="Say what is stale and which labels would move, and write nothing.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where to work."
)
@click.option("--input", "given", metavar="URL", help="Parquet of articles with their source texts, instead of raw/.")
@click.option("--output", metavar="URL", help="Where the tables of --input go: any address that fsspec knows.")
@click.pass_obj
def normalise(root: Path, /, passes: bool, dry_run: bool, **said: Any) -> None:
    """Normalise what is new or changed in raw/ into build/normalise/.

    Ray joins the cluster at RAY_ADDRESS; without one it runs on this machine.

    Example: ukrcorpus normalise --engine ray --input s3://bucket/articles --output s3://bucket/normalised
    """
    from ukrcorpus.normalise.passes import listing

    if passes:
        click.echo(listing(), nl=False)
        return
    if (said["given"] is None) != (said["output"] is None) or (dry_run and said["given"]):
        raise click.UsageError("--input and --output belong together, and --dry-run is for a project.")
    project = Project.open(root)
    if dry_run:
        _say_plan(project)
    else:
        raise SystemExit(_run(project, **said))


def _say_plan(project: Project) -> None:
    from ukrcorpus.annotate.spans.moves import moves_as_text
    from ukrcorpus.normalise.plan import plan
    from ukrcorpus.release.moving import would_move
    from ukrcorpus.release.stages import raw_articles
    from ukrcorpus.schema.read import read_schema

    schema = read_schema(project.schema)
    click.echo(plan(project, schema, raw_articles(project)).as_text())
    click.echo(moves_as_text(would_move(project, schema)))


def _run(project: Project, engine: str, processes: int | None, given: str | None, output: str | None) -> int:
    if engine == "local" and not given:
        _start_ahead(project, processes)
    from ukrcorpus.annotate.spans.moves import moves_as_text
    from ukrcorpus.release.moving import have_moved
    from ukrcorpus.schema.read import read_schema

    schema = read_schema(project.schema)
    if given and output:
        report, place = _run_bulk(schema, given, output, engine, processes)
    else:
        report, place = _run_project(project, schema, engine, processes), "build/normalise"
    click.echo(report.as_text(place))
    if not given:
        click.echo(moves_as_text(have_moved(project, schema)))
    for problem in report.set_aside:
        click.echo(f"set aside: {problem}", err=True)
    return 1 if report.set_aside else 0


def _start_ahead(project: Project, processes: int | None) -> None:
    """Begin to load the workers' models where so many articles were never normalised that there will be workers."""
    from ukrcorpus.normalise.engines.local import local_engine, start_ahead

    is_new = not project.table("normalise", "articles").exists()
    is_large = project.manifest.is_file() and project.manifest.stat().st_size > _LARGE
    if is_new and is_large and local_engine(processes).processes > 1:
        start_ahead()


def _run_project(project: Project, schema: "Schema", engine: str, processes: int | None) -> "NormaliseReport":
    from ukrcorpus.cli.progress import progress_bar
    from ukrcorpus.normalise.engines.cluster import RayEngine, session
    from ukrcorpus.normalise.engines.local import local_engine
    from ukrcorpus.normalise.run import run_normalise
    from ukrcorpus.release.stages import raw_articles

    with ExitStack() as stack:
        does = RayEngine(stack.enter_context(session(processes))) if engine == "ray" else local_engine(processes)
        progress = stack.enter_context(progress_bar(project.manifest))
        return run_normalise(project, schema, raw_articles(project), does, progress)


def _run_bulk(
    schema: "Schema", given: str, output: str, engine: str, processes: int | None
) -> tuple["NormaliseReport", str]:
    from ukrcorpus.cli.progress import progress_bar
    from ukrcorpus.normalise.bulk import normalise_here
    from ukrcorpus.normalise.engines.cluster import normalise_there, session
    from ukrcorpus.normalise.engines.local import local_engine
    from ukrcorpus.normalise.places import places

    source, place = places(given, output)
    if engine == "ray":
        with session(processes) as ray:
            return normalise_there(ray, source, place, schema), place.url
    with progress_bar() as progress:
        return normalise_here(source, place, schema, local_engine(processes), progress), place.url
