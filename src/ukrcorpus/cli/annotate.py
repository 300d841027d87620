"""``ukrcorpus annotate``: annotations in, conflicts out."""

import json
from pathlib import Path

import click

from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema


@click.group()
def annotate() -> None:
    """Import annotations and decide conflicts between annotators.

    Example: ukrcorpus annotate import project-1.json --server lab --as annotator-01
    """


@annotate.command()
@click.pass_obj
def tasks(root: Path) -> None:
    """Write the tasks of all articles to build/tasks.json, for an upload to Label Studio.

    Example: ukrcorpus annotate tasks
    """
    from ukrcorpus.annotate.run import write_tasks

    project = Project.open(root)
    click.echo(f"wrote {write_tasks(project, read_schema(project.schema))} tasks to build/tasks.json")


@annotate.command(name="import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--server", required=True, metavar="NAME", help="A name for the Label Studio server it came from.")
@click.option("--as", "name", metavar="PSEUDONYM", help="The pseudonym of the export's only annotator.")
@click.option("--kind", "annotator_kind", default="human", show_default=True, help="human or model.")
@click.option("--step", default="both", show_default=True, help="What was asked: units, codes, both or adjudication.")
@click.option("--blind/--not-blind", default=True, show_default=True, help="Nobody saw the work of others.")
@click.option("--suggestions/--no-suggestions", "suggestions_shown", default=False, show_default=True)
@click.option("--suggestion-version", metavar="TEXT", help="Version of the model that made the suggestions.")
@click.option("--replace", is_flag=True, help="Take changed annotations from this export; the older file stays.")
@click.pass_obj
def import_(root: Path, /, file: Path, **said: object) -> None:
    """Copy a full JSON export of Label Studio into annotations/, under pseudonyms.

    Example: ukrcorpus annotate import project-1.json --server lab --as annotator-01
    """
    from ukrcorpus.annotate.exports.importing import ImportOptions, import_export
    from ukrcorpus.annotate.rounds import ADJUDICATION

    project = Project.open(root)
    options = ImportOptions(**said)  # type: ignore[arg-type]
    report = import_export(project, read_schema(project.schema), file, options)
    click.echo(report.as_text())
    raise SystemExit(max(report.exit_code, take_reviews_in(project) if options.step == ADJUDICATION else 0))


@annotate.command()
@click.pass_obj
def review(root: Path) -> None:
    """Write the tasks of articles with open conflicts to build/review.json, for a curator on the labelling screen.

    Their answers come back with `annotate import --step adjudication`; `studio push --step adjudication` sends them.

    Example: ukrcorpus annotate review
    """
    from ukrcorpus.annotate.adjudication.review import write_review

    project = Project.open(root)
    click.echo(f"wrote {write_review(project, read_schema(project.schema))} review tasks to build/review.json")


@annotate.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per label.")
@click.pass_obj
def reanchor(root: Path, as_json: bool) -> None:
    """List the labels that a changed text leaves without a sure place, with candidates; write them to build/annotate/.

    Example: ukrcorpus annotate reanchor
    """
    from ukrcorpus.annotate.articles import read_articles
    from ukrcorpus.annotate.spans.unanchored import NAME, open_labels, write_worklist

    project = Project.open(root)
    found = open_labels(project, read_schema(project.schema), read_articles(project).by_id)
    write_worklist(project, found)
    for one in found:
        click.echo(json.dumps(one.as_json(), ensure_ascii=False, default=str) if as_json else one.as_text())
    click.echo(f"{len(found):,} labels need a human; written to build/annotate/{NAME}", err=True)


@annotate.command()
@click.argument("file", metavar="FILE")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.pass_obj
def tables(root: Path, file: str, folder: Path) -> None:
    """Write the rounds and regions of one imported export as Parquet tables, every span proved.

    FILE is its name in annotations/exports/. Memory does not grow with the export.

    Example: ukrcorpus annotate tables annotator-01-2026-11-22.json build/rounds
    """
    from ukrcorpus.annotate.articles import read_articles
    from ukrcorpus.annotate.exports.manifest import entry_of, exports_folder
    from ukrcorpus.annotate.exports.tabulate import tabulate
    from ukrcorpus.annotate.spans.places import read_places

    project = Project.open(root)
    entry, articles, export = entry_of(project, file), read_articles(project).by_id, exports_folder(project) / file
    report = tabulate(export, entry, read_schema(project.schema), articles, folder, places=read_places(project))
    click.echo(report.as_text())
    raise SystemExit(report.exit_code)


@annotate.command()
@click.pass_obj
def adjudicate(root: Path) -> None:
    """Mint ids for what the annotators agree on or a decision settles, and list the open conflicts.

    Reviews that were imported become decision files first.

    Example: ukrcorpus annotate adjudicate
    """
    from ukrcorpus.annotate.run import mint_ids

    project = Project.open(root)
    exit_code = take_reviews_in(project)
    report = mint_ids(project, read_schema(project.schema))
    click.echo(report.as_text())
    raise SystemExit(max(exit_code, report.exit_code))


def take_reviews_in(project: Project) -> int:
    """Turn reviews into decision files, if there are any, and say so; return the exit code."""
    from ukrcorpus.annotate.adjudication.reviews import reviewed, take_reviews

    if not reviewed(project):
        return 0
    report = take_reviews(project, read_schema(project.schema))
    click.echo(report.as_text())
    return report.exit_code


@annotate.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def worklist(root: Path, as_json: bool) -> None:
    """List the actors that annotators missed in the registry, with each quote, article and count.

    Example: ukrcorpus annotate worklist
    """
    from ukrcorpus.annotate import worklist as missing

    project = Project.open(root)
    wanted = missing.read_worklist(project, read_schema(project.schema))
    if as_json:
        click.echo(json.dumps(missing.as_json(wanted), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(one.as_text() for one in wanted) or "no actor is missing")
