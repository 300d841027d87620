"""``ukrcorpus new`` and ``ukrcorpus ingest``: a project, and the articles in it."""

from pathlib import Path

import click

from ukrcorpus.core.project import Project
from ukrcorpus.sources.entry import Origin
from ukrcorpus.sources.ingest import ingest as ingest_files
from ukrcorpus.sources.new import new_project
from ukrcorpus.sources.options import IngestOptions


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Make an empty corpus project.

    Example: ukrcorpus new my-corpus
    """
    project = new_project(folder)
    click.echo(
        f"made {project.root}: say in corpus.toml what it is, then\n  ukrcorpus --project {folder} ingest FILE..."
    )


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--id", "article_id", metavar="ID", help="The article's id, else the start of the bytes' SHA-256.")
@click.option("--publisher", metavar="NAME", help="The outlet.")
@click.option("--url", help="Where the article was found. New bytes under a known url supersede the old ones.")
@click.option("--licence", default="unknown", show_default=True, help="SPDX id of the licence, or unknown.")
@click.option("--published", metavar="DATE", help="YYYY-MM-DD, YYYY-MM or YYYY.")
@click.option("--fetched-at", metavar="INSTANT", help="When it was fetched, such as 2026-11-22T09:30:00Z.")
@click.option("--supersedes", metavar="ID", help="The earlier article that this one replaces.")
@click.option(
    "--origin", type=click.Choice([one.value for one in Origin]), default=Origin.PUBLISHED.value, show_default=True
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files; never guessed, so legacy ones need it.")
@click.pass_obj
def ingest(root: Path, /, files: tuple[Path, ...], **said: str | None) -> None:
    """Copy articles into raw/, byte for byte, with their provenance.

    Example: ukrcorpus ingest talks.html --publisher "Example Gazette" --licence CC-BY-4.0
    """
    alone = [f"--{name.replace('article_', '')}" for name in ("article_id", "url", "supersedes") if said[name]]
    if len(files) > 1 and alone:
        raise click.UsageError(f"{alone[0]} fits one file only.")
    report = ingest_files(Project.open(root), files, IngestOptions(**said))  # type: ignore[arg-type]
    click.echo("\n".join(line.as_text() for line in report.lines))
    raise SystemExit(1 if report.refused else 0)
