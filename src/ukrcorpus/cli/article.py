"""``ukrcorpus trace`` and ``ukrcorpus signals``: what was done to one article, and how it measures."""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from ukrcorpus.core.project import Project, Threshold
from ukrcorpus.normalise.trace import Trace, shortened, visible
from ukrcorpus.policy.thresholds import breaches

_PLACE, _PASS = 13, 22


@click.command()
@click.argument("article_id", metavar="ARTICLE")
@click.option("--pass", "wanted", metavar="NAME", help="Only the edits of this pass, or of a group such as repair.")
@click.option("--summary", "short", is_flag=True, help="Count edits by pass; show none.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an edit, nothing cut.")
@click.pass_obj
def trace(root: Path, article_id: str, wanted: str | None, short: bool, as_json: bool) -> None:
    """Show every edit of an article: where, by which pass, before and after.

    Example: ukrcorpus trace sample-explainer-plant --pass repair
    """
    from ukrcorpus.normalise.article import aligned
    from ukrcorpus.normalise.trace import by_pass, traces
    from ukrcorpus.release.stages import raw_article
    from ukrcorpus.schema.read import read_schema

    project = Project.open(root)
    text = aligned(raw_article(project, article_id), read_schema(project.schema).repairs)
    found = tuple(by_pass(traces(text), wanted))
    if as_json:
        click.echo("".join(json.dumps(one.as_json(), ensure_ascii=False) + "\n" for one in found), nl=False)
        return
    for one in () if short else found:
        click.echo(_edit(one))
    click.echo(_counts(found, len(text.source), len(text.text)))


def _edit(one: Trace) -> str:
    """Return one edit as a line; as two in a terminal that is too narrow for it."""
    removed = click.style(shortened(one.before), fg="red", strikethrough=True) if one.before else ""
    added = click.style(shortened(one.after), fg="green", underline=True) if one.after else ""
    left, right = (click.style(visible(part), dim=True) for part in (one.left, one.right))
    change = f"{left}[{removed}{'→' if removed and added else ''}{added}]{right}"
    place = click.style(f"{one.raw_start}-{one.raw_end}".rjust(_PLACE), dim=True)
    head = f"{place}  {click.style(' + '.join(one.passes).ljust(_PASS), fg='cyan')}"
    wide = not sys.stdout.isatty() or len(click.unstyle(f"{head}  {change}")) <= shutil.get_terminal_size().columns
    return f"{head}  {change}" if wide else f"{head}\n{' ' * _PLACE}  {change}"


def _counts(found: tuple[Trace, ...], n_before: int, n_after: int) -> str:
    """Return the counts by pass as a table, and the size of source and text."""
    from ukrcorpus.normalise.trace import summary

    rows = summary(found)
    width = max((len(name) for name, *_ in rows), default=0)
    lines = [f"{name.ljust(width)}  edits {n:>6,}  characters {old:>7,} → {new:,}" for name, n, old, new in rows]
    total = f"edits: {len(found):,}; characters: {n_before:,} in the source, {n_after:,} in the text"
    return "\n".join([*lines, click.style(total, bold=True)])


@click.command()
@click.argument("article_id", metavar="[ARTICLE]", required=False)
@click.option("--list", "listed", is_flag=True, help="List the signals and what they measure.")
@click.pass_obj
def signals(root: Path, article_id: str | None, listed: bool) -> None:
    """Show the quality signals of an article beside the thresholds.

    Example: ukrcorpus signals sample-explainer-plant
    """
    from ukrcorpus.normalise.article import aligned, measured
    from ukrcorpus.normalise.signals import listing, signals_of
    from ukrcorpus.release.stages import raw_article
    from ukrcorpus.schema.read import read_schema

    if listed:
        click.echo(listing(), nl=False)
        return
    if article_id is None:
        raise click.UsageError("Name an article, or give --list.")
    project = Project.open(root)
    text = aligned(raw_article(project, article_id), read_schema(project.schema).repairs)
    click.echo(_signals(signals_of(measured(text)), project.info().thresholds))


def _signals(values: Mapping[str, float], thresholds: tuple[Threshold, ...]) -> str:
    """Return the signals as a table; one that breaks a threshold stands out."""
    broken = {one.signal: "; ".join(breaches(values, [one])) for one in thresholds if one.signal in values}
    width = max(map(len, values))
    lines = []
    for name, value in values.items():
        why = f"  {broken[name].removeprefix(name).strip()}" if broken.get(name) else ""
        lines.append(click.style(f"{name.ljust(width)}  {value:>10g}{why}", fg="red" if why else None))
    return "\n".join(lines)
