"""``ukrcorpus build``: from raw articles and annotations to a release."""

from pathlib import Path

import click


@click.command()
@click.option(
    "--edition",
    type=click.Choice(["full", "text-free"]),
    default="full",
    show_default=True,
    help="All of it for private use, or no text of articles whose text may not be passed on.",
)
@click.option("--doi", metavar="DOI", help="The DOI reserved for this version; all that cites the release names it.")
@click.option("--show", is_flag=True, help="Load the release back with `datasets`, offline, and say what it found.")
@click.pass_obj
def build(root: Path, /, edition: str, doi: str | None, show: bool) -> None:
    """Run what is stale and write the release to dist/.

    The text-free edition is proved by a search of every byte for words of those articles.

    Example: ukrcorpus build --edition text-free
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.policy.rights import Edition
    from ukrcorpus.release.build import build as build_release
    from ukrcorpus.release.readback import load_back
    from ukrcorpus.release.summary import summary

    project = Project.open(root)
    built = build_release(project, Edition(edition), doi)
    if built.folder is None:
        click.echo(built.report.as_text() if built.report else "")
        raise SystemExit(1)
    click.echo(summary(project, built))
    if show:
        click.echo(f"\n{load_back(built.folder).as_text()}")
