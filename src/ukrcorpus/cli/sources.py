"""``ukrcorpus new`` and ``ukrcorpus ingest``: a project, and the articles in it."""

import logging
import shlex
from pathlib import Path
from typing import Any

import click

from ukrcorpus.cli.progress import bytes_bar
from ukrcorpus.core.project import Project
from ukrcorpus.sources.columns import FIELDS
from ukrcorpus.sources.entry import Origin
from ukrcorpus.sources.formats import NAMES
from ukrcorpus.sources.ingest import ingest as ingest_files
from ukrcorpus.sources.new import new_project
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.tables import DELIMITERS


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Make an empty corpus project.

    Example: ukrcorpus new my-corpus
    """
    project = new_project(folder)
    place = shlex.quote(str(folder))
    click.echo(
        f"made {project.root}: say in corpus.toml what it is, then\n  ukrcorpus --project {place} ingest FILE..."
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
@click.option("--encoding", metavar="NAME", help="Encoding of the files, where their bytes do not prove it.")
@click.option("--format", "form", type=click.Choice(NAMES), help="What the files are, else their suffix says.")
@click.option(
    "--field",
    "fields",
    metavar="FIELD=COLUMN",
    multiple=True,
    help=f"Which column of JSONL or CSV is which, where that is not plain. FIELD: {', '.join(FIELDS)}. "
    "COLUMN may be a.b in JSONL; FIELD= leaves a field out.",
)
@click.option("--delimiter", type=click.Choice([*DELIMITERS]), help="Of CSV, where the rows do not prove it.")
@click.pass_obj
def ingest(root: Path, /, files: tuple[Path, ...], **said: Any) -> None:
    """Copy articles into raw/, byte for byte, with their provenance.

    Reads txt, md, html, and files of many articles: jsonl, csv, tsv and warc, each also as .gz.

    Example: ukrcorpus ingest talks.html --publisher "Example Gazette" --licence CC-BY-4.0

    Example: ukrcorpus ingest crawl.warc.gz news.jsonl --field text=story --field published=
    """
    alone = [f"--{name.replace('article_', '')}" for name in ("article_id", "url", "supersedes") if said[name]]
    if len(files) > 1 and alone:
        raise click.UsageError(f"{alone[0]} fits one file only.")
    # It warns of pages without an article; the refusal says so too, with the page's address.
    logging.getLogger("trafilatura").setLevel(logging.ERROR)
    with bytes_bar(files) as progress:
        report = ingest_files(Project.open(root), files, IngestOptions(**said), progress)
    click.echo("\n".join(line.as_text() for line in report.lines))
    raise SystemExit(1 if report.refused else 0)
