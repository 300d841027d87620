"""``ukrcorpus withdraw``: take an article, a person or a mention out of all versions to come."""

from datetime import date, datetime
from pathlib import Path

import click


@click.command()
@click.argument("article", required=False, metavar="[ARTICLE]")
@click.option("--person", metavar="ACTOR_ID", help="A natural person of the registry, out of every label.")
@click.option("--mention", metavar="MENTION_ID", help="One mention of an actor.")
@click.option("--reason", required=True, metavar="CLASS", help="rights, privacy, safety, legal or mistake.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The day; that of release_date, if not given."
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.pass_obj
def withdraw(root: Path, /, reason: str, on: datetime | None, dry_run: bool, **ids: str | None) -> None:
    """Take an article, a person or a mention out, and say what goes with it.

    A tombstone stays, in raw/withdrawals.toml. To undo it, take the entry out and build again.

    Example: ukrcorpus withdraw sample-jeddah-truce --reason rights --dry-run
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.policy.withdrawals import Kind
    from ukrcorpus.release import withdraw as withdrawing
    from ukrcorpus.schema.read import read_schema

    given = [(Kind(kind), one) for kind, one in ids.items() if one is not None]
    if len(given) != 1:
        raise click.UsageError("give one article, or --person, or --mention.")
    project, day = Project.open(root), date(on.year, on.month, on.day) if on else None
    wanted = withdrawing.Wanted(*given[0], reason, day)
    click.echo(withdrawing.withdraw(project, read_schema(project.schema), wanted, dry_run=dry_run).as_text())
