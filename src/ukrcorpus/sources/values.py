"""Values that inputs write in several forms: days, instants, languages and lines of text."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from ukrcorpus.sources.entry import Precision, parse_instant, parse_published

_MAX_CHARS: Final = 1_000  # a title, a name or a url; what is longer is something else
_MAX_SHOWN: Final = 200
_WITH_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d([.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)?", re.IGNORECASE
)
_COMPACT = re.compile(r"(19|20)\d{6}")
_MAIL = re.compile(r"([A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(:\d\d)?( [A-Za-z]{1,5}| [+-]\d{4})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_SPACE = re.compile(r"\s+")
_NO_DAYS: Final = frozenset({date(1970, 1, 1), date(1900, 1, 1), date(1, 1, 1)})  # what software writes for "none"


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication, how exactly it is known, and the instant where one was written with its offset."""

    day: date
    precision: str
    instant: datetime | None = None

    def agrees_with(self, other: "Published") -> bool:
        """Say whether both can be true: equal as far as the less exact one goes, or one instant."""
        if self.instant is not None and self.instant == other.instant:
            return True
        order = list(Precision)
        n_parts = 1 + min(order.index(Precision(self.precision)), order.index(Precision(other.precision)))
        return self.day.timetuple()[:n_parts] == other.day.timetuple()[:n_parts]


def read_published(text: str) -> Published:
    """Return the day that an ISO 8601 or mail date names, as its writer counts days; else ``ValueError``.

    ``03/04/2025`` is no date: nobody can say which month it is.

    >>> read_published("2025-08-14T23:30:00+03:00").day
    datetime.date(2025, 8, 14)
    """
    text = text.strip()
    found = _published(text)
    if found.day in _NO_DAYS:
        raise ValueError(text)
    return found


def read_instant(text: str) -> datetime:
    """Return an ISO 8601 instant in UTC; one without its offset is a ``ValueError``."""
    return parse_instant(text.strip())


def read_language(text: str) -> str:
    """Return a BCP-47 tag, or ``ValueError``.

    >>> read_language("uk_UA")
    'uk-UA'
    """
    text = text.strip()
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(text)
    first, *rest = re.split("[-_]", text)
    return "-".join([first.lower(), *rest])


def read_text(text: str) -> str:
    """Return a name, title or url on one line, or ``ValueError`` where there is none or far too much."""
    line = _SPACE.sub(" ", text).strip()
    if not line or len(line) > _MAX_CHARS or any(not (char.isprintable() or char == "\u00ad") for char in line):
        raise ValueError(text)
    return line


def shown(text: str) -> str:
    """Return a text of any origin as messages and files can hold it: lone surrogates spelt out, and not too long.

    >>> len(shown("long " * 100))
    201
    """
    cut = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
    return cut.encode("utf-8", "backslashreplace").decode("utf-8")


def _published(text: str) -> Published:
    timed = _WITH_TIME.fullmatch(text)
    if timed:
        return Published(date.fromisoformat(timed[1]), Precision.DAY, _instant(text))
    if _MAIL.fullmatch(text):
        instant = parsedate_to_datetime(text)
        return Published(instant.date(), Precision.DAY, instant.astimezone(UTC) if instant.tzinfo else None)
    if _COMPACT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return Published(*parse_published(text))


def _instant(text: str) -> datetime | None:
    try:
        return parse_instant(text)
    except ValueError:
        return None
