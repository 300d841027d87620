"""The command line: one module per group of commands, imported when its command is called."""

import errno
import sys
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple, TextIO, cast

import click

from ukrcorpus import __version__
from ukrcorpus.cli.terminal import Terminal
from ukrcorpus.core.harmless import harmless
from ukrcorpus.core.problems import CorpusError


class Place(NamedTuple):
    """Where a command stands, and its line in ``--help``, which is printed without importing it."""

    module: str
    help: str


COMMANDS: Final[dict[str, Place]] = {
    "new": Place("sources", "Make an empty corpus project."),
    "ingest": Place("sources", "Copy articles into raw/, byte for byte, with their provenance."),
    "normalise": Place("normalise", "Normalise what is new or changed in raw/ into build/normalise/."),
    "trace": Place("article", "Show every edit of an article: where, by which pass, before and after."),
    "signals": Place("article", "Show the quality signals of an article beside the thresholds."),
    "annotate": Place("annotate", "Import annotations and decide conflicts between annotators."),
    "studio": Place("studio", "Give annotators a Label Studio of their own on this machine."),
    "agreement": Place("agreement", "Report how far the annotators agree: on spans, answers and statements."),
    "validate": Place("validate", "Check every table; exit 1 if a rule is broken."),
    "build": Place("build", "Run what is stale and write the release to dist/."),
    "correct": Place("correct", "Mend one label of a statement by a decision."),
    "release": Place("release", "Compare, number, verify, publish and record releases."),
    "withdraw": Place("withdraw", "Take an article, a person or a mention out, and say what goes with it."),
    "rehydrate": Place("rehydrate", "Put texts back into a text-free release from your own copies."),
    "schema": Place("schema", "Check the schema and write what is generated from it."),
}
_EXTRAS_HINT: Final = "Install it with the extra that the command needs: pip install 'ukrcorpus[{extra}]'."
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_FREE: Final = "Free some space and run the command again; what was whole before is whole now."
_LARGER: Final = "Raise the limit (ulimit -f) or take another file system; what was whole before is whole now."
_STUDIO: Final = ("httpx", "label_studio_sdk")


class _Commands(click.Group):
    """A group that knows its commands' names and help, and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own signature
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"ukrcorpus.cli.{COMMANDS[cmd_name].module}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])


@click.group(cls=_Commands)
@click.option(
    "--project",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The corpus project; the folder you are in, if not given.",
)
@click.version_option(__version__, prog_name="ukrcorpus")
@click.pass_context
def commands(ctx: click.Context, root: Path) -> None:
    """Turn raw articles into a citable dataset of who claims what, each label bound to characters.

    Example: ukrcorpus --project my-corpus build
    """
    ctx.obj = root


def main() -> None:
    """Run the command line. Exit codes: 0 clean, 1 findings or a user's mistake, 2 wrong usage."""
    if sys.stdout.isatty():
        sys.stdout = cast("TextIO", Terminal(sys.stdout))
    try:
        commands(prog_name="ukrcorpus")
    except CorpusError as error:
        _stop(str(error))
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "ukrcorpus":
            raise
        hint = _EXTRAS_HINT.format(extra="studio" if error.name in _STUDIO else "build")
        _stop(f"the package '{error.name}' is not installed. [extra-missing]\n  {hint}")
    except OSError as error:
        where = error.filename or "system"
        if error.errno in _FULL:
            _stop(f"{where}: no space is left on the disk. [disk-full]\n  {_FREE}")
        if error.errno == errno.EFBIG:
            _stop(f"{where}: a larger file is not allowed here. [file-size]\n  {_LARGER}")
        _stop(f"{where}: {error.strerror}. [file-access]\n  Check the path and your rights to it.")


def _stop(message: str) -> None:
    click.echo(harmless(message), err=True)
    sys.exit(1)
