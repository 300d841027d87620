"""``ukrcorpus release publish`` and ``list``: versions to the Hub, an object store or a folder."""

from pathlib import Path

import click

_to = click.option(
    "--to",
    "target",
    required=True,
    metavar="ADDRESS",
    help="hf://datasets/ORG/NAME, s3://BUCKET/PREFIX, or a folder.",
)


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[RELEASE]")
@_to
@click.option(
    "--edition",
    type=click.Choice(["full", "text-free"]),
    default="full",
    show_default=True,
    help="Which one of dist/, where no RELEASE is named.",
)
@click.option("--yes/--dry-run", "really", default=False, help="Publish; without it, say what would be done.")
@click.option("--create", is_flag=True, help="Make the repository of the Hub, private, where it is not there.")
@click.option("--verbose", is_flag=True, help="Name every file.")
@click.pass_obj
def publish(root: Path, /, folder: Path | None, target: str, edition: str, verbose: bool, **mode: bool) -> None:
    """Publish a release once, and read it back; without --yes say what would go where.

    RELEASE is a folder that ukrcorpus build made; that of the present version, if not given. Tokens come from the
    environment: HF_TOKEN, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. In its project a published release is recorded,
    as ukrcorpus release record does.

    Example: ukrcorpus release publish --to hf://datasets/my-group/my-corpus
    """
    from ukrcorpus.cli.progress import sending_bar
    from ukrcorpus.core.project import Project
    from ukrcorpus.policy.rights import Edition
    from ukrcorpus.release.publishing.publish import publish as publish_release
    from ukrcorpus.release.publishing.recorded import record_where_made
    from ukrcorpus.release.write import release_folder

    project = Project(root) if folder else Project.open(root)
    release = folder or release_folder(project, Edition(edition))
    with sending_bar(shown=mode["really"]) as progress:
        done = publish_release(release, target, progress, project=project, **mode)
    click.echo(done.as_text(verbose=verbose))
    if mode["really"]:
        click.echo(record_where_made(root, release), err=True)


@click.command("list")
@_to
def list_versions(target: str) -> None:
    """List the versions that are published at an address, the newest last.

    Example: ukrcorpus release list --to hf://datasets/my-group/my-corpus
    """
    from ukrcorpus.release.publishing.publish import published

    versions = published(target)
    for one in versions:
        click.echo(f"{one.name} {one.version}  {one.edition:<9}  {one.release_date}  {one.address}")
    if not versions:
        click.echo(f"{target}: no version is published there.", err=True)
