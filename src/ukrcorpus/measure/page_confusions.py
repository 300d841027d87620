"""Which answers annotators confuse, on the agreement page: a table, or a list of pairs where there are many."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from ukrcorpus.measure.figures import Confusion

UNMARKED: Final = "not marked"
_MANY: Final = 12


def confusions(tables: Sequence[Confusion]) -> Iterator[str]:
    """Yield the section; of more than twelve answers that are ever confused a list stands for the table."""
    yield '<section id="confusions"><h2>Confusions</h2><p class=note>Rows: the first annotator by name; columns: the '
    yield f"second. “{UNMARKED}” is a unit, or an issue of a unit, that only the other one has. Of many answers only "
    yield "those pairs are listed that are confused, the most frequent first.</p>"
    yield from (_confusion(one) for one in tables if len(one.labels) > 1)
    yield "</section>"


def breakable(name: str) -> str:
    """Return a name that may be broken behind an underscore or a colon."""
    return escape(name).replace("_", "_<wbr>").replace(":", ":<wbr>")


def _confusion(table: Confusion) -> str:
    names = [UNMARKED if label is None else label for label in table.labels]
    most = max((n for i, row in enumerate(table.counts) for j, n in enumerate(row) if i != j), default=0)
    shown = _confused(table) if len(names) > _MANY else list(range(len(names)))
    made = _pairs(table, names, most) if len(shown) > _MANY else _matrix(table, names, shown, most)
    return f"<h3>{escape(table.layer)}: {escape(table.question)}</h3><div class=wide>{made}</div>"


def _confused(table: Confusion) -> list[int]:
    """Return the places of the answers that were given where the other annotator gave another one."""
    counts = table.counts
    return [i for i in range(len(counts)) if any(counts[i][j] or counts[j][i] for j in range(len(counts)) if i != j)]


def _matrix(table: Confusion, names: Sequence[str], shown: Sequence[int], most: int) -> str:
    head = "".join(f"<th><span>{escape(names[j])}</span>" for j in shown)
    rows = "".join(
        f"<tr><th>{escape(names[i])}" + "".join(_cell(table.counts[i][j], most, same=i == j) for j in shown)
        for i in shown
    )
    return f"<table class=confusion><thead><tr><td>{head}</thead><tbody>{rows}</tbody></table>"


def _pairs(table: Confusion, names: Sequence[str], most: int) -> str:
    """Return a row for each two answers that were confused, with how often the first annotator gave the one."""
    counts = table.counts
    pairs = [(n, i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if n and i != j]
    rows = "".join(
        f"<tr><td>{breakable(names[i])}<td>{breakable(names[j])}"
        f"{_cell(n, most, same=False)}<td class=n>of {sum(counts[i])}"
        for n, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))
    )
    head = "<tr><th>First<th>Second<th class=n colspan=2>Times, of all by the first"
    return f"<table class=pairs><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _cell(count: int, most: int, *, same: bool) -> str:
    if not count:
        return "<td>"
    return f"<td class=same>{count}" if same else f'<td style="--share:{count / most:.2f}" class=off>{count}'
