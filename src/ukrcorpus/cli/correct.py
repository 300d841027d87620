"""``ukrcorpus correct``: mend one label by a decision."""

from pathlib import Path

import click


@click.command()
@click.argument("statement_id", metavar="STATEMENT_ID")
@click.option("--polarity", metavar="-2..2", help="The polarity on the statement's issue, or none.")
@click.option("--issue", metavar="NAME", help="The issue, a name of schema/issues.toml.")
@click.option("--conditional", type=click.Choice(["yes", "none"]), help="Whether it holds under a condition only.")
@click.option("--voice", metavar="NAME", help="stated, enacted, ascribed or author.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, in one sentence.")
@click.option("--curator", default="curator", show_default=True, metavar="PSEUDONYM", help="Who decides.")
@click.pass_obj
def correct(root: Path, /, statement_id: str, reason: str, curator: str, **labels: str | None) -> None:
    """Mend one label of a statement by a decision.

    What the annotators voted stays.

    Example: ukrcorpus correct 35c0ff55441914ad --polarity 0 --reason "It is on the reply."
    """
    from ukrcorpus.core.project import Project
    from ukrcorpus.release import correct as correcting
    from ukrcorpus.schema.read import read_schema

    project = Project.open(root)
    answers = {name: value for name, value in labels.items() if value is not None}
    wanted = correcting.Correction(statement_id, answers, reason, curator)
    click.echo(correcting.correct(project, read_schema(project.schema), wanted).as_text())
