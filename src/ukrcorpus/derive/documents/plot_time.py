"""Columns over time: by month, or by year where the months are too many to tell apart."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Final
from xml.etree.ElementTree import Element

from ukrcorpus.derive.documents.svg import WIDTH, drawing, rect, rule, text
from ukrcorpus.derive.profile import Days

_LEFT: Final = 52
_RIGHT: Final = WIDTH - 16
_TOP: Final = 48
_BOTTOM: Final = 178
_MOST_MONTHS: Final = 120
_WIDEST: Final = 40  # of a column, in pixels
_LEAST_APART: Final = 38  # pixels between two years below the axis
_YEAR: Final = len("2025")
Columns = list[tuple[str, int]]


def columns_over_time(title: str, what: str, days: Days) -> tuple[str, str, str] | None:
    """Return title, words and drawing, or None where no day is known."""
    if days.first is None or days.last is None:
        return None
    columns = _columns(days.first, days.last, days)
    step = _step(max(n for _, n in columns))
    top = -(-max(n for _, n in columns) // step) * step
    marks = [mark for at in range(0, top + 1, step) for mark in _level(at, at / top)]
    marks += [*_bars(columns, top), *_years(columns)]
    per = "month" if len(columns[0][0]) > _YEAR else "year"
    note = f"By {per}, {days.first} to {days.last}. {what}: {days.n_dated:,} with a day, {days.n_undated:,} without."
    marks.append(text(16, _BOTTOM + 42, note, kind="small"))
    words = f"{note} " + ", ".join(f"{when}: {n}" for when, n in columns if n) + "."
    return title, note, drawing(title, words, _BOTTOM + 56, marks)


def _bars(columns: Columns, top: int) -> Iterator[Element]:
    width = _width(columns)
    for place, (_, n) in enumerate(columns):
        height = (_BOTTOM - _TOP) * n / top
        if n:
            yield rect(_LEFT + (place + 0.1) * width, _BOTTOM - height, max(width * 0.8, 1), height, "bar")


def _years(columns: Columns) -> Iterator[Element]:
    """Yield the years below the axis, as far as there is room."""
    last = float("-inf")
    for place, (when, _) in enumerate(columns):
        x = _LEFT + place * _width(columns)
        if (place == 0 or when.endswith("-01") or len(when) == _YEAR) and x - last >= _LEAST_APART:
            last = x
            yield rule(x, _BOTTOM, x, _BOTTOM + 5)
            yield text(min(x, _RIGHT - 26), _BOTTOM + 18, when[:_YEAR], kind="small")


def _width(columns: Columns) -> float:
    return min((_RIGHT - _LEFT) / len(columns), _WIDEST)


def _columns(first: date, last: date, days: Days) -> Columns:
    """Return every month from the first to the last, those without rows too; years where there are many months."""
    months = [divmod(at, 12) for at in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    counts = dict(days.by_month)
    found = [(f"{year:04}-{month + 1:02}", counts.get(f"{year:04}-{month + 1:02}", 0)) for year, month in months]
    if len(found) <= _MOST_MONTHS:
        return found
    years: Counter[str] = Counter()
    for when, n in found:
        years[when[:_YEAR]] += n
    return list(years.items())


def _level(at: int, share: float) -> list[Element]:
    y = _BOTTOM - (_BOTTOM - _TOP) * share
    return [rule(_LEFT, y, _RIGHT, y), text(_LEFT - 8, y + 4, f"{at:,}", anchor="end", kind="small")]


def _step(most: int) -> int:
    """Return the distance of the levels: 1, 2 or 5 times a power of ten, so that there are at most five.

    >>> _step(3), _step(74), _step(12_000)
    (1, 20, 5000)
    """
    tens: Iterator[int] = (10**power for power in count())
    return next(step for ten in tens for step in (ten, 2 * ten, 5 * ten) if most <= 4 * step)
