"""The date of a statement, by rule from its sentence; never guessed.

Only what is written counts: full dates, months and years, and days that the article's own date completes (a weekday,
a day without its year). Dates after the article's are not the statement's. Where two dates are left, the claim's own
words decide, else nothing does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ukrcorpus.measure.matching import Span

DAY, MONTH, YEAR = "day", "month", "year"
TEXT, PUBLISHED, UNKNOWN = "text", "published", "unknown"
_MOST_DAYS_BACK: Final = 180  # farther back a day without its year may belong to another year

_ENGLISH: Final = "january february march april may june july august september october november december".split()
_SHORT: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_UKRAINIAN: Final = (
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split(),
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень".split(),
    "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні".split(),
)
_MONTHS: Final = {
    "sept": 9,
    **{name: number for names in (_ENGLISH, _SHORT, *_UKRAINIAN) for number, name in enumerate(names, 1)},
}
_WEEKDAYS: Final = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday".split(),
        "понеділок вівторок середу четвер п'ятницю суботу неділю".split(),
    )
    for number, name in enumerate(names)
}
_DAY_BEFORE: Final = ("yesterday", "вчора", "учора")

# English months are capitalised: "may" and "march" are verbs more often than months.
_NAMES: Final = sorted((name for name in _MONTHS if not name.isascii()), key=len, reverse=True)
_CAPITALS: Final = sorted((name.capitalize() for name in (*_ENGLISH, *_SHORT, "sept")), key=len, reverse=True)
_M: Final = rf"(?P<month>{'|'.join(_NAMES)}|(?-i:{'|'.join(_CAPITALS)}))\b\.?"
_D: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|-го)?"
_Y: Final = r"(?P<year>(?:19|20)\d{2})"
_FORMS: Final = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-]|\.\d)", re.IGNORECASE)
    for form in (
        rf"{_Y}-(?P<number>[01]\d)-{_D}",
        rf"{_D}(?:\s+of)?\s+{_M},?\s+{_Y}",
        rf"{_M}\s+{_D},?\s+{_Y}",
        rf"(?P<one>[0-3]?\d)(?P<mark>[./])(?P<two>[0-3]?\d)(?P=mark){_Y}",
        rf"{_D}(?:\s+of)?\s+{_M}",
        rf"{_M}\s+{_D}",
        rf"{_M},?\s+{_Y}",
        rf"(?:on|у|в)\s+(?P<weekday>{'|'.join(_WEEKDAYS)})",
        rf"(?P<before>{'|'.join(_DAY_BEFORE)})",
        rf"(?:in|у|в)\s+{_Y}",
        rf"{_Y}\s+(?:року|році|рік)",
    )
)
_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]")
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class StatementDate:
    """When a statement was made; a month or year is stored as its first day."""

    day: date | None
    source: str
    precision: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A date as written; without a day where it cannot be told which one is meant."""

    span: Span
    day: date | None
    precision: str


def statement_date(sentence: str, claim: Span, published: date | None, precision: str | None) -> StatementDate:
    """Return the date of a claim at ``sentence[claim.start:claim.end]`` in an article published on a day.

    >>> statement_date("He said on 16 May 2025 that no.", Span(0, 30), None, None)
    StatementDate(day=datetime.date(2025, 5, 16), source='text', precision='day')
    """
    last = published and _last_day(published, precision)
    written = _found(sentence, published if precision == DAY else None)
    found = [one for one in written if not (one.day and last and one.day > last)]
    exact = [one for one in found if one.precision != YEAR] or found
    days = {(one.day, one.precision) for one in exact}
    if len(days) > 1:
        inside = {(one.day, one.precision) for one in exact if one.span.shared(claim)}
        days = inside if len(inside) == 1 else {(None, DAY)}
    if not days:
        return StatementDate(published, PUBLISHED, precision or DAY) if published else NOT_KNOWN
    day, precision_found = days.pop()
    return StatementDate(day, TEXT, precision_found) if day else NOT_KNOWN


def days_in(text: str) -> tuple[tuple[int, date], ...]:
    """Return the full dates that are written in a text with their places, in text order.

    >>> days_in("They met on 3 May 2024 and in June.")
    ((12, datetime.date(2024, 5, 3)),)
    """
    found = (one for one in _found(text, None) if one.precision == DAY)
    return tuple(sorted((one.span.start, one.day) for one in found if one.day is not None))


NOT_KNOWN: Final = StatementDate(None, UNKNOWN, None)


def _found(sentence: str, published: date | None) -> Iterator[_Found]:
    """Yield every date of a sentence once, the longest reading first."""
    text = sentence.replace("’", "'").replace("ʼ", "'")
    taken: list[Span] = []
    for form in _FORMS:
        for match in form.finditer(text):
            span = Span(*match.span())
            # A weekday before a full date says the same day once more.
            near = Span(span.start, span.end + len(", 1")) if "weekday" in match.groupdict() else span
            if any(near.shared(other) for other in taken):
                continue
            taken.append(span)
            if (day := _day(match, published, cyrillic=bool(_CYRILLIC.search(text)))) is not _NONE:
                yield _Found(span, day, _precision(match))


_NONE: Final = date.min


def _precision(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if set(parts) == {"year"}:
        return YEAR
    return MONTH if set(parts) == {"month", "year"} else DAY


def _day(match: re.Match[str], published: date | None, *, cyrillic: bool) -> date | None:
    """Return the day a match means, None where it cannot be told, ``_NONE`` where it is no date at all."""
    parts = match.groupdict()
    if "weekday" in parts:
        return published and _back(published, _WEEKDAYS[parts["weekday"].lower()])
    if "before" in parts:
        return published and published - timedelta(days=1)
    if "mark" in parts:
        return _numeric(parts, cyrillic=cyrillic)
    month = int(parts["number"]) if parts.get("number") else _MONTHS.get((parts.get("month") or "").lower(), 1)
    day = int(parts.get("day") or 1)
    if parts.get("year"):
        return _date(int(parts["year"]), month, day)
    if published is None:
        return None if _date(2000, month, day) is not _NONE else _NONE
    years = (_date(published.year - back, month, day) for back in (0, 1))
    near = [one for one in years if timedelta(0) <= published - one <= timedelta(days=_MOST_DAYS_BACK)]
    return near[0] if near else None


def _numeric(parts: dict[str, str], *, cyrillic: bool) -> date | None:
    """Read 25.04.2025 and 25/04/2025. Of 03/04/2025 nobody knows the month; with stops Ukrainian puts the day first."""
    one, two, year = int(parts["one"]), int(parts["two"]), int(parts["year"])
    if one > _NOON or one == two or (cyrillic and parts["mark"] == "."):
        return _date(year, two, one)
    return _date(year, one, two) if two > _NOON else None


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return _NONE


def _back(published: date, weekday: int) -> date:
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _last_day(published: date, precision: str | None) -> date:
    """Return the last day on which an article can have been published."""
    if precision == YEAR:
        return date(published.year, 12, 31)
    if precision == MONTH:
        return (published.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return published
