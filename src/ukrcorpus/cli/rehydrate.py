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
def rehydrate(release: Path, raw: Path, output: Path | None, *, replace: bool) -> None:
    """Put texts back into a text-free release from your own copies.

    Each text is proved by its hash. Exit 1 if one stays missing; the report says which and why. An earlier result that
    has more texts or quotes is kept.

    Example: ukrcorpus rehydrate ukrcorpus-sample-1.2.0-text-free --raw my-articles
    """
    from ukrcorpus.release.text_free.rehydrate import rehydrate as put_back

    done = put_back(release, raw, output, replace=replace)
    click.echo(done.as_text())
    raise SystemExit(1 if done.missing else 0)
