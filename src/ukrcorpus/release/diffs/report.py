"""A diff as text and as JSON."""

import textwrap
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from ukrcorpus.core.screen import folded, width
from ukrcorpus.release.diffs.causes import MEANING, Cause
from ukrcorpus.release.diffs.diff import Diff
from ukrcorpus.release.diffs.edges import Fate
from ukrcorpus.release.diffs.subjects import Change
from ukrcorpus.release.versions import asked, number

_SHOWN: Final = 10


def as_text(diff: Diff) -> str:
    """Return what a person reads in a terminal: counts of everything, the first changes of each kind."""
    return "\n".join(_lines(diff))


def order_note(diff: Diff) -> str | None:
    """Return what to say where the release given as the old one has the greater version."""
    old, new = diff.old, diff.new
    if old.record["name"] != new.record["name"] or number(old.version) <= number(new.version):
        return None
    return folded(
        f"note: {old.version} is compared as the old release and {new.version} as the new one, which looks reversed; "
        "the older one stands first: ukrcorpus release diff OLD NEW"
    )


def as_json(diff: Diff) -> dict[str, Any]:
    """Return every change, none left out; texts are cut at 160 characters."""
    least = asked(diff.old, diff.new, diff.tables)
    return {
        "old": _about(diff.old.record),
        "new": _about(diff.new.record),
        "step": least.step.name.lower(),
        "least_version": least.version,
        "reasons": list(least.reasons),
        "new_tables": list(diff.new_tables),
        "gone_tables": list(diff.gone_tables),
        "tables": {
            name: {
                "old_rows": one.n_old,
                "new_rows": one.n_new,
                "added": len(one.added),
                "removed": len(one.removed),
                "changed": len(one.after),
                "new_columns": list(one.new_columns),
                "gone_columns": list(one.gone_columns),
            }
            for name, one in diff.tables.items()
            if not one.is_empty
        },
        "changes": {name: rows.to_dicts() for name, rows in diff.changes.items() if len(rows)},
        "network": {
            "old_edges": diff.network.n_old,
            "new_edges": diff.network.n_new,
            "edges": diff.network.edges.to_dicts(),
        },
    }


def counts(rows: pl.DataFrame) -> list[tuple[Change, Cause, int]]:
    """Return how many changes there are of each kind and cause, in the order of kinds, then causes."""
    found = rows.group_by("change", "cause").len().rows()
    kinds, causes = list(Change), list(Cause)
    named = [(Change(change), Cause(cause), n) for change, cause, n in found]
    return sorted(named, key=lambda one: (kinds.index(one[0]), causes.index(one[1])))


def title(diff: Diff) -> str:
    """Return which releases are compared."""
    old, new = diff.old.record, diff.new.record
    return f"{old['name']} {old['version']} -> {new['name']} {new['version']}"


def values_of(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield column, old value and new value of what differs in a row that both releases have; null is a dash."""
    for value in row["values"]:
        yield value["column"], *("-" if value[side] is None else value[side] for side in ("old", "new"))


def weight(edge: dict[str, Any], side: str) -> str:
    """Return an edge's weight on one side (none or ``_new``): the sum of signs, and of how many statements."""
    weight, n = edge[f"weight{side}"], edge[f"n{side}"]
    return "none" if n is None else f"{weight:+d} of {n}"


def _lines(diff: Diff) -> Iterator[str]:
    yield title(diff)
    if diff.is_empty:
        yield "Every row of every table is the same."
    yield asked(diff.old, diff.new, diff.tables).as_text()
    for name, rows in diff.changes.items():
        yield from _subject(name, rows)
    yield from _network(diff)
    causes = {cause for rows in diff.changes.values() for cause in rows["cause"].unique()}
    for cause in Cause:
        if cause.value in causes:
            yield folded(f"{cause}: {MEANING[cause]}", "  ", "    ")


def _subject(name: str, rows: pl.DataFrame) -> Iterator[str]:
    if rows.is_empty():
        return
    yield f"\n{name}"
    for change, cause, n in counts(rows):
        yield f"  {n:,} {change} ({cause})"
        of_kind = rows.filter((pl.col("change") == change.value) & (pl.col("cause") == cause.value))
        for row in of_kind.head(_SHOWN).to_dicts():
            yield from _change(row)
        if n > _SHOWN:
            yield f"    … and {n - _SHOWN:,} more; --json has them all"


def _change(row: dict[str, Any]) -> Iterator[str]:
    was = f" (was {row['was']})" if row["was"] else ""
    shown = f": {row['shown']}" if row["shown"] else ""
    yield "    " + textwrap.shorten(f"{row['id']}{was}{shown}", width() - 4, placeholder=" …")
    for column, old, new in values_of(row):
        yield f"        {column}: {_short(old)} -> {_short(new)}"


def _short(value: str) -> str:
    most = width() // 3
    return textwrap.shorten(value, most, placeholder=" …") or value[:most]


def _network(diff: Diff) -> Iterator[str]:
    network = diff.network
    yield f"\ndiscourse network of `statements`: {network.n_old:,} -> {network.n_new:,} edges"
    for fate in Fate:
        edges = network.edges.filter(pl.col("fate") == fate.value)
        if len(edges):
            yield f"  {len(edges):,} {fate}"
        for edge in edges.head(_SHOWN).to_dicts():
            yield f"    {edge['holder_id']} on {edge['issue']}: {weight(edge, '')} -> {weight(edge, '_new')}"
    if network.edges.is_empty():
        yield "  no edge differs"


def _about(record: Any) -> dict[str, str]:
    return {key: record[key] for key in ("name", "version", "edition", "scheme_version")}
