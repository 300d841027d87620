"""``ukrcorpus release purge``: the versions before the newest, out of a dataset of the Hub."""

import click


@click.command()
@click.option("--from", "target", required=True, metavar="ADDRESS", help="hf://datasets/ORG/NAME.")
@click.option("--yes/--dry-run", "really", default=False, help="Purge; without it, say what would go.")
def purge(target: str, really: bool) -> None:
    """Take every version but the newest out of a dataset of the Hub, for ever; without --yes say what would go.

    Old tags, other branches, the history of main and the large files of old versions go. The token comes from HF_TOKEN.

    Example: ukrcorpus release purge --from hf://datasets/my-group/my-corpus
    """
    from ukrcorpus.release.publishing.purge import purge as purge_dataset

    click.echo(purge_dataset(target, really=really).as_text())
