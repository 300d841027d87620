"""``ukrcorpus rehydrate``: texts back into a text-free release."""

from pathlib import Path

import click


@click.command()
@click.argument("release", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--raw",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Your copies of the articles, under any names.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the release with its texts goes; <RELEASE>-rehydrated beside it, if not given.",
)
@click.option("--replace", is_flag=True, help="Give up an earlier one that lies there, even if it has more.")
@click.option(
    "--withdrawals",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="What was withdrawn since: a newer release, its withdrawals as Parquet, or raw/withdrawals.toml. The newest "
    "release beside is asked in any case.",
)
def rehydrate(release: Path, raw: Path, output: Path | None, *, replace: bool, withdrawals: Path | None) -> None:
    """Put texts back into a text-free release from your own copies.

    Each text is proved by its hash. Exit 1 if one stays missing; the report says which and why. An earlier result that
    has more texts or quotes is kept. What was withdrawn since gets no word back.

    Example: ukrcorpus rehydrate ukrcorpus-sample-1.2.0-text-free --raw my-articles
    """
    from ukrcorpus.release.text_free.rehydrate import rehydrate as put_back

    done = put_back(release, raw, output, replace=replace, withdrawals=withdrawals)
    click.echo(done.as_text())
    raise SystemExit(1 if done.missing else 0)
