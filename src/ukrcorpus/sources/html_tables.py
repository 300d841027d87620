"""Tables of a page: those that hold data become pipe tables, those that only lay out the page are no tables."""

from collections.abc import Iterator
from typing import Any

from ukrcorpus.sources.html_text import flat_text

# A cell of data is no article.
_LONGEST_CELL = 500
_PARTS_OF_PAGES = "descendant::table|descendant::h1|descendant::h2|descendant::article|descendant::form"


def table_text(table: Any) -> tuple[str, str] | None:
    """Return a table's caption and its rows between pipes, with a rule under its header if it has one.

    None where the table only lays out the page, or has text outside of its cells. A ``|`` inside a cell
    becomes ``/``, else it would part the cell. A first row of one cell is a caption.
    """
    if _is_layout(table):
        return None
    caption = " ".join(flat_text(caption) for caption in table.iter("caption"))
    rows = [(list(_cells(row)), _is_header(row)) for row in _rows(table)]
    rows = [(cells, header) for cells, header in rows if any(cells)]
    while len(rows) > 1 and len(rows[0][0]) > 1 and not any(rows[0][0][1:]):
        caption = f"{caption}\n{rows.pop(0)[0][0]}".strip()
    lines = [f"| {' | '.join(cells)} |" for cells, _ in rows]
    if rows and rows[0][1] and len(rows) > 1:
        lines.insert(1, f"|{'---|' * len(rows[0][0])}")
    elif len(lines) == 1:
        lines = [line.strip("| ") for line in lines]
    text = "\n".join(lines)
    return (caption, text) if _letters(caption + text) == _letters(flat_text(table)) else None


def _is_layout(table: Any) -> bool:
    """Say whether a table holds other tables, headings or an article, or has a single column."""
    rows = [list(row.iterchildren("td", "th")) for row in _rows(table)]
    if table.get("role") in ("presentation", "none") or table.xpath(_PARTS_OF_PAGES):
        return True
    if max(map(len, rows), default=0) < 2:  # noqa: PLR2004
        return True
    return any(len(flat_text(cell)) > _LONGEST_CELL for row in rows for cell in row)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, not those of tables within."""
    return (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iterchildren("td", "th"):
        yield flat_text(cell).replace("|", "/")
        span = cell.get("colspan", "1")
        yield from [""] * (int(span) - 1 if span.isdigit() and int(span) < 20 else 0)  # noqa: PLR2004


def _is_header(row: Any) -> bool:
    """Say whether every cell with a text is a header cell, or all of its text is bold."""
    cells = [cell for cell in row.iterchildren("td", "th") if flat_text(cell)]
    return row.getparent().tag == "thead" or all(cell.tag == "th" or _is_bold(cell) for cell in cells)


def _is_bold(cell: Any) -> bool:
    return any(flat_text(bold) == flat_text(cell) for bold in cell.iter("b", "strong"))
