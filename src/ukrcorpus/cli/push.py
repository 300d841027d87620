"""``ukrcorpus studio push`` and ``pull``: tasks to a Label Studio server, labels home."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.keys import PSEUDONYM
from ukrcorpus.annotate.studio.place import place_of
from ukrcorpus.cli.annotate import take_reviews_in
from ukrcorpus.cli.progress import tasks_bar
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema

_say = partial(click.echo, err=True)
_URL, _TOKEN = "LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"
_annotator = click.option("--annotator", metavar="NAME", help="The local server of this annotator: the pass is blind.")
_server = click.option("--server", metavar="NAME", help=f"A name for the server at {_URL}, with the key in {_TOKEN}.")

suggestions = click.option(
    "--suggestions/--no-suggestions",
    default=False,
    show_default=True,
    help="Show suggestions; a pass that counts for agreement or a test is made without.",
)


@click.command()
@_annotator
@_server
@click.option("--step", default="both", show_default=True, help="What is asked: units, codes, both or adjudication.")
@click.option("--articles", multiple=True, metavar="ID", help="Only these articles; may be given several times.")
@click.option(
    "--on-change",
    type=click.Choice(["refuse", "reanchor"]),
    default="refuse",
    show_default=True,
    help="What becomes of an article that is there with another text.",
)
@suggestions
@click.pass_obj
def push(root: Path, /, annotator: str | None, server: str | None, *, suggestions: bool, **said: object) -> None:
    """Bring the tasks of all articles to a Label Studio server; a second push changes nothing.

    Example: ukrcorpus studio push --annotator annotator-01
    """
    from ukrcorpus.annotate.exchange.push import push as push_tasks
    from ukrcorpus.annotate.exchange.push_report import PushOptions
    from ukrcorpus.annotate.suggest.suggestions import Suggester
    from ukrcorpus.policy.withdrawals import Withdrawn
    from ukrcorpus.sources.withdrawals import read_withdrawals

    project = Project.open(root)
    schema = read_schema(project.schema)
    suggester = Suggester.of(schema) if suggestions else None
    gone = Withdrawn.of(read_withdrawals(project)).articles
    options = PushOptions(blind=annotator is not None, suggester=suggester, withdrawn=gone, **said)  # type: ignore[arg-type]
    with _connected(project, annotator, server) as client, tasks_bar() as progress:
        report = push_tasks(project, schema, client, options, progress)
    click.echo(report.as_text())
    raise SystemExit(report.exit_code)


@click.command()
@_annotator
@_server
@click.option(
    "--kind",
    type=click.Choice(["human", "model"]),
    default="human",
    show_default=True,
    help="Whether people or a model labelled on the server.",
)
@click.option("--replace", is_flag=True, help="Take annotations that were changed on the server; the older file stays.")
@click.pass_obj
def pull(root: Path, /, annotator: str | None, server: str | None, kind: str, replace: bool) -> None:
    """Bring new labels home from a Label Studio server, under pseudonyms.

    Example: ukrcorpus studio pull --annotator annotator-01
    """
    from ukrcorpus.annotate.exchange.pull import PullOptions
    from ukrcorpus.annotate.exchange.pull import pull as pull_labels

    project = Project.open(root)
    schema = read_schema(project.schema)
    with _connected(project, annotator, server) as client:
        report = pull_labels(project, schema, client, PullOptions(annotator, replace, _media(project, annotator), kind))
    click.echo(report.as_text())
    reviewed = any(one.file for one in report.imports) and take_reviews_in(project)
    raise SystemExit(max(report.exit_code, reviewed))


def _media(project: Project, annotator: str | None) -> Path | None:
    """Return where a local server leaves files that only we can remove."""
    return place_of(project, annotator).data / "media" if annotator is not None else None


@contextmanager
def _connected(project: Project, annotator: str | None, server: str | None) -> Iterator[Client]:
    """Yield the client of the server that is named; exactly one of both options names it."""
    if (annotator is None) == (server is None):
        raise click.UsageError("Name the server: --annotator NAME for a local one, --server NAME for any other.")
    from ukrcorpus.annotate.studio.client import local_client

    with local_client(project, annotator, _say) if annotator is not None else _remote(str(server)) as client:
        yield client


def _remote(name: str) -> Client:
    if not PSEUDONYM.fullmatch(name) or name.startswith("local-"):
        remedy = "Use lower-case letters, digits and '-', such as lab; local-... are those of ukrcorpus studio up."
        raise CorpusError("server-name", f"'{name}' cannot name a server.", where="--server", remedy=remedy)
    missing = [variable for variable in (_URL, _TOKEN) if not os.environ.get(variable)]
    if missing:
        remedy = f"Set {' and '.join(missing)} to the server's address and your token there."
        raise CorpusError("server-url", "no address or no token.", where="environment", remedy=remedy)
    return Client(name, os.environ[_URL], os.environ[_TOKEN])
