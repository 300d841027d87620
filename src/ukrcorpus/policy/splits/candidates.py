"""What splits are decided by: of each article its cluster, page, publisher, days, words and issues."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import pyarrow as pa

from ukrcorpus.policy.naming import is_cut
from ukrcorpus.policy.splits.plan import Event

COLUMNS: Final = (
    *("article_id", "duplicate_cluster", "url", "publisher", "published", "published_precision"),
    *("title", "text", "event_anchor"),
)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One article. ``days`` are the first and the last day on which it can have been published; None is unknown."""

    article_id: str
    cluster: str
    page: str | None
    publisher: str
    days: Days | None
    text: str
    of_event: bool = False


def candidates(
    articles: pa.Table, event: Event | None = None, issues: Mapping[str, Iterable[str]] | None = None
) -> tuple[Candidate, ...]:
    """Return the articles in the order of their ids; ``issues`` are those of an article's claims."""
    rows = articles.select(list(COLUMNS)).sort_by("article_id").to_pylist()
    return tuple(_candidate(row, event, set((issues or {}).get(row["article_id"], ()))) for row in rows)


def issues_of(claims: pa.Table, claim_issues: pa.Table) -> dict[str, set[str]]:
    """Return the issues of each article's claims."""
    owner = dict(zip(claims["claim_id"].to_pylist(), claims["article_id"].to_pylist(), strict=True))
    found: dict[str, set[str]] = defaultdict(set)
    for claim_id, issue in zip(*(claim_issues[name].to_pylist() for name in ("claim_id", "issue")), strict=True):
        if claim_id in owner:
            found[owner[claim_id]].add(issue)
    return found


def _candidate(row: Mapping[str, Any], event: Event | None, issues: set[str]) -> Candidate:
    days = _days(row["published"], row["published_precision"])
    return Candidate(
        article_id=row["article_id"],
        cluster=row["duplicate_cluster"],
        page=None if is_cut(row["url"] or "") else row["url"],
        publisher=_publisher(row),
        days=days,
        text=row["text"] or "",
        of_event=event is not None and _is_about(event, row, days, issues),
    )


def _is_about(event: Event, row: Mapping[str, Any], days: Days | None, issues: set[str]) -> bool:
    """Say whether an article fulfils every condition of an event."""
    first, last = event.first or date.min, event.last or date.max
    dated = days is not None and days[0] <= last and days[1] >= first
    words = "\n".join(row[name] or "" for name in ("title", "text", "event_anchor")).casefold() if event.words else ""
    return (
        (dated or not (event.first or event.last))
        and (not event.words or any(word.casefold() in words for word in event.words))
        and (not event.issues or not issues.isdisjoint(event.issues))
    )


def _publisher(row: Mapping[str, Any]) -> str:
    """Return the publisher's name, else the host of the url, else nothing: those without either count as one."""
    host = urlsplit(row["url"] or "").hostname or ""
    return (row["publisher"] or host.removeprefix("www.")).casefold()


def _days(first: date | None, precision: str | None) -> Days | None:
    if first is None:
        return None
    if precision == "year":
        return date(first.year, 1, 1), date(first.year, 12, 31)
    if precision == "month":
        return first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, first
