"""A diff as one HTML page without outside resources: counts by cause, every subject's changes, the network."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

import polars as pl

from ukrcorpus.measure.page_style import STYLE
from ukrcorpus.release.diffs.causes import MEANING, Cause
from ukrcorpus.release.diffs.diff import Diff
from ukrcorpus.release.diffs.edges import Fate
from ukrcorpus.release.diffs.report import counts, title, values_of, weight
from ukrcorpus.release.diffs.subjects import Change
from ukrcorpus.release.versions import asked

_SHOWN: Final = 200
_OPEN: Final = 20  # as many rows stand open
_OWN_STYLE: Final = """\
.step { display: inline-block; border: 1px solid var(--line); border-radius: 4px; padding: .1rem .5rem;
  background: var(--card); font-weight: 600; }
.changes { width: 100%; } .changes td { white-space: normal; vertical-align: top; overflow-wrap: anywhere; }
.changes td:first-child { width: 11rem; } .changes .in { width: 12rem; }
.changes dl { grid-template-columns: max-content 1fr; }
del { color: var(--goal); } ins { color: var(--accent); text-decoration: none; font-weight: 600; }
"""


def as_page(diff: Diff) -> str:
    """Return the page; everything that comes from a release is escaped."""
    body = "\n".join(_body(diff))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title(diff))}</title>\n<style>\n{STYLE}{_OWN_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _body(diff: Diff) -> Iterator[str]:
    least = asked(diff.old, diff.new, diff.tables)
    yield f"<header><h1>{escape(title(diff))}</h1>"
    yield f"<p class=lead><span class=step>{least.step.name.lower()}</span> {escape(least.version)} is the least "
    yield f"version that may follow {escape(least.old)}.</p>"
    yield "<details><summary>Why, table by table</summary><ul>"
    yield from (f"<li>{escape(reason)}" for reason in least.reasons)
    yield "</ul></details>"
    found = {name: rows for name, rows in diff.changes.items() if len(rows)}
    links = [f'<a href="#{name}">{name}</a>' for name in [*found, "network"]]
    yield f"<nav>{' '.join(links)}</nav></header>"
    yield from _causes(found)
    for name, rows in found.items():
        yield from _subject(name, rows)
    yield from _network(diff)


def _causes(found: dict[str, pl.DataFrame]) -> Iterator[str]:
    named = {cause for rows in found.values() for cause in rows["cause"].unique()}
    causes = [cause for cause in Cause if cause.value in named]
    if not causes:
        yield "<p>No article, label or entry of the registry differs.</p>"
        return
    yield "<section><h2>What changed, and why</h2><div class=wide><table><thead><tr><th>"
    yield "".join(f'<th class=n title="{escape(MEANING[cause])}">{cause}' for cause in causes) + "</thead><tbody>"
    for name, rows in found.items():
        n = {(change, cause): count for change, cause, count in counts(rows)}
        for change in Change:
            cells = [n.get((change, cause), 0) for cause in causes]
            if any(cells):
                shown = "".join(f"<td class=n>{cell:,}" if cell else "<td>" for cell in cells)
                yield f"<tr><th>{name} {change}{shown}"
    yield "</tbody></table></div><ul class=note>"
    yield from (f"<li><b>{cause}</b>: {escape(MEANING[cause])}" for cause in causes)
    yield "</ul></section>"


def _subject(name: str, rows: pl.DataFrame) -> Iterator[str]:
    yield f'<section id="{name}"><h2>{name}: {len(rows):,}</h2>'
    for change, cause, n in counts(rows):
        of_kind = rows.filter((pl.col("change") == change.value) & (pl.col("cause") == cause.value))
        yield f"<details{' open' if n <= _OPEN else ''}><summary>{n:,} {change} ({cause})</summary>"
        if n > _SHOWN:
            yield f"<p class=note>The first {_SHOWN:,}; <code>--json</code> has them all.</p>"
        yield "<table class=changes><thead><tr><th>Id<th class=in>Article<th>What</thead><tbody>"
        yield from (_row(row) for row in of_kind.head(_SHOWN).to_dicts())
        yield "</tbody></table></details>"
    yield "</section>"


def _row(row: dict[str, Any]) -> str:
    was = f"<br>was <code>{escape(row['was'])}</code>" if row["was"] else ""
    values = "".join(
        f"<dt>{escape(column)}<dd><del>{escape(old)}</del> → <ins>{escape(new)}</ins>"
        for column, old, new in values_of(row)
    )
    what = f"{escape(row['shown'] or '')}{f'<dl>{values}</dl>' if values else ''}"
    article = f"<code>{escape(row['article_id'] or '')}</code>"
    return f"<tr><td><code>{escape(row['id'])}</code>{was}<td>{article}<td dir=auto>{what}"


def _network(diff: Diff) -> Iterator[str]:
    network = diff.network
    yield '<section id="network"><h2>Discourse network</h2>'
    yield f"<p>Holders by issues over <code>statements</code>: {network.n_old:,} edges before, {network.n_new:,} "
    yield "after. The weight is the number of statements for the pole less those against it.</p>"
    for fate in Fate:
        edges = network.edges.filter(pl.col("fate") == fate.value)
        if edges.is_empty():
            continue
        yield f"<h3>{fate}: {len(edges):,}</h3><div class=wide><table><thead><tr><th>Holder<th>Issue"
        yield "<th class=n>Before<th class=n>After</thead><tbody>"
        yield from (_edge(edge) for edge in edges.head(_SHOWN).to_dicts())
        yield "</tbody></table></div>"
    if network.edges.is_empty():
        yield "<p>No edge differs.</p>"
    yield "</section>"


def _edge(edge: dict[str, Any]) -> str:
    cells = "".join(f"<td class=n>{weight(edge, side)}" for side in ("", "_new"))
    return f"<tr><td>{escape(edge['holder_id'])}<td>{escape(edge['issue'])}{cells}"
