"""``ukrcorpus studio``: Label Studio servers on this machine, one for each annotator."""

import json
from functools import partial
from pathlib import Path

import click

from ukrcorpus.cli import push as transfer
from ukrcorpus.cli.progress import tasks_bar
from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema

_say = partial(click.echo, err=True)
_annotator = click.option("--annotator", metavar="NAME", help="The pseudonym of the annotator whose server it is.")


@click.group()
def studio() -> None:
    """Give annotators a Label Studio of their own on this machine.

    Example: ukrcorpus studio up --annotator annotator-01
    """


@studio.command()
@_annotator
@click.option(
    "--step",
    type=click.Choice(["units", "codes", "both", "adjudication"]),
    default="both",
    show_default=True,
    help="What is asked: mark units, code the agreed ones, both at once, or settle conflicts.",
)
@click.option("--port", type=click.IntRange(1024, 65535), help="The port of 127.0.0.1; else the one of last time.")
@transfer.suggestions
@click.pass_obj
def up(root: Path, /, annotator: str | None, step: str, port: int | None, *, suggestions: bool) -> None:
    """Start an annotator's server with the tasks of all articles, and print address and login.

    The first start sets up Label Studio (3 minutes, 1 GB); later ones take seconds and go on with the same data.

    Example: ukrcorpus studio up --annotator annotator-01
    """
    from ukrcorpus.annotate.articles import read_articles
    from ukrcorpus.annotate.exchange.push import push
    from ukrcorpus.annotate.exchange.push_report import PushOptions
    from ukrcorpus.annotate.studio.client import local_client
    from ukrcorpus.annotate.studio.servers import up as bring_up
    from ukrcorpus.annotate.suggest.suggestions import Suggester
    from ukrcorpus.policy.withdrawals import Withdrawn
    from ukrcorpus.sources.withdrawals import read_withdrawals

    project = Project.open(root)
    schema = read_schema(project.schema)
    read_articles(project)  # without them there is nothing to start for
    running = bring_up(project, annotator, port, _say)
    click.echo(running.as_text())  # first: what cannot be loaded takes nothing from a server that is up
    suggester = Suggester.of(schema) if suggestions else None
    gone = Withdrawn.of(read_withdrawals(project)).articles
    options = PushOptions(blind=True, step=step, suggester=suggester, withdrawn=gone)  # nobody else's work is there
    with local_client(project, running.annotator, _say) as client, tasks_bar() as progress:
        report = push(project, schema, client, options, progress)
    click.echo(report.as_text())
    if report.project_id:
        click.echo(f"  open      {running.state.url}/projects/{report.project_id}")
    raise SystemExit(report.exit_code)


@studio.command()
@_annotator
@click.option("--all", "everybody", is_flag=True, help="End the servers of all annotators of this project.")
@click.pass_obj
def down(root: Path, /, annotator: str | None, everybody: bool) -> None:
    """End the server that `up` started, and no other process; the annotations stay.

    Example: ukrcorpus studio down --annotator annotator-01
    """
    from ukrcorpus.annotate.studio import servers

    if annotator and everybody:
        raise click.UsageError("--annotator and --all exclude each other.")
    project = Project.open(root)
    ended = servers.down_all(project, _say) if everybody else (servers.down(project, annotator, _say),)
    click.echo("\n".join(f"{name}: {'down' if was_up else 'was not up'}" for name, was_up in ended) or "no servers")


@studio.command()
@_annotator
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.option("--show-login", is_flag=True, help="Print e-mail and password too.")
@click.pass_obj
def status(root: Path, /, annotator: str | None, as_json: bool, show_login: bool) -> None:
    """Show each server: up or down, its address, tasks, annotated ones, since when, version.

    Example: ukrcorpus studio status
    """
    from ukrcorpus.annotate.studio.status import status as read_status

    found = read_status(Project.open(root), annotator, show_login=show_login)
    if as_json:
        click.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(one.as_text() for one in found) or "no servers; ukrcorpus studio up starts one")
    raise SystemExit(1 if any(one.problem for one in found) else 0)


studio.add_command(transfer.push)
studio.add_command(transfer.pull)
