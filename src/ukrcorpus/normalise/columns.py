"""Tables that were copied as text: cells set apart by tabs or by runs of spaces."""

import re
from collections.abc import Iterator, Sequence

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.normalise.lines import Line, ends_sentence, lines_of, n_words
from ukrcorpus.schema.model import Repairs

_TABS = re.compile(r"(?<=\S) *\t[ \t]*(?=\S)")
_GAPS = re.compile(r"(?<=[^\s.!?:;…]) {2,}(?=\S)")
_WIDE = re.compile(r" {3,}")
_JOINED = " | "
_MARK = re.compile(r"[^\w\s]{1,2}|\(?(?:\d{1,2}|[a-zа-яіїєґivx]{1,3})[.)]?")
_DIGIT = re.compile(r"\d")
_CELL_WORDS, _HEAD_WORDS, _LONGEST = 14, 5, 300
_FEW = 3


def column_heads(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Join the cells of the first row of a table in columns when it is a header: words alone, no figures.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(column_heads, "Who\tWhat\nKyiv\t2 ports\nOslo\t1 port")
    'Who | What\nKyiv\t2 ports\nOslo\t1 port'
    """
    for rows, gap in _tables(text.text):
        head = gap.split(rows[0].text.strip())
        if _is_head(head) and len(rows) > 1:
            yield from _joined(rows[0], gap)


def columns(text: AlignedText, _: Repairs) -> Iterator[Change]:
    r"""Join the cells of the rows of a table in columns.

    >>> from ukrcorpus.normalise.passes import shown
    >>> shown(columns, "Kyiv\t2 ports\nOslo\t1 port\nNothing\n1.\tA list, no table.")
    'Kyiv | 2 ports\nOslo | 1 port\nNothing\n1.\tA list, no table.'
    """
    for rows, gap in _tables(text.text):
        for row in rows:
            yield from _joined(row, gap)


def _is_head(cells: Sequence[str]) -> bool:
    return all(cell and not _DIGIT.search(cell) and n_words(cell) <= _HEAD_WORDS for cell in cells)


def _joined(row: Line, gap: re.Pattern[str]) -> Iterator[Change]:
    offset = len(row.text) - len(row.text.lstrip())
    for match in gap.finditer(row.text.strip()):
        yield Change(row.start + offset + match.start(), row.start + offset + match.end(), _JOINED)


def _tables(text: str) -> Iterator[tuple[list[Line], re.Pattern[str]]]:
    """Yield the rows of each table in columns with the pattern of its gaps."""
    if "\t" in text:
        yield from ((rows, _TABS) for rows in _groups(text, _TABS, fewest=2))
    if "  " in text:
        for rows in _groups(text, _GAPS, fewest=_FEW):
            if all(len(_GAPS.findall(row.text.strip())) > 1 or _WIDE.search(row.text.strip()) for row in rows):
                yield rows, _GAPS


def _groups(text: str, gap: re.Pattern[str], *, fewest: int) -> Iterator[list[Line]]:
    """Yield runs of lines with the same number of gaps; a joined header above one makes up for a row."""
    rows: list[Line] = []
    n_gaps = 0
    for line in [*lines_of(text), Line(len(text), len(text), "")]:
        row = line.text.strip()
        found = len(gap.findall(row)) if 0 < len(row) < _LONGEST and _is_row(row, gap) else 0
        if found and (found == n_gaps or not rows):
            rows.append(line)
            n_gaps = found
            continue
        if len(rows) + _headed(text, rows, n_gaps) >= fewest:
            yield rows
        rows, n_gaps = ([line], found) if found else ([], 0)


def _headed(text: str, rows: Sequence[Line], n_gaps: int) -> int:
    if not rows or rows[0].start == 0:
        return 0
    above = text[text.rfind("\n", 0, rows[0].start - 1) + 1 : rows[0].start - 1]
    return int(above.count(_JOINED) == n_gaps) * _FEW


def _is_row(row: str, gap: re.Pattern[str]) -> bool:
    cells = gap.split(row)
    if len(cells) > 1 and _MARK.fullmatch(cells[0]) and len(cells) == 2:  # noqa: PLR2004 - a list's mark and its item
        return False
    return all(
        n_words(cell) <= _CELL_WORDS and not (ends_sentence(cell) and n_words(cell) > _HEAD_WORDS) for cell in cells
    )
