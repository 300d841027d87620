"""What splits are decided by: of each article its cluster, page, publisher, days, words and issues."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import pyarrow as pa

from ukrcorpus.policy.naming import is_cut
from ukrcorpus.policy.splits.marks import NO_TEXT, Text
from ukrcorpus.policy.splits.plan import Event

COLUMNS: Final = (
    *("article_id", "duplicate_cluster", "url", "publisher", "published", "published_precision"),
    *("text_sha256", "text", "title", "event_anchor"),
)
_OWN: Final = COLUMNS[: COLUMNS.index("text_sha256")]
Days = tuple[date, date]


class Candidate(NamedTuple):
    """One article. ``days`` are the first and the last day on which it can have been published; None is unknown."""

    article_id: str
    cluster: str
    page: str | None
    publisher: str
    days: Days | None
    text: Text
    of_event: bool = False


def candidates(
    articles: pa.Table, event: Event | None = None, issues: Mapping[str, Iterable[str]] | None = None
) -> tuple[Candidate, ...]:
    """Return the articles in the order of their ids; ``issues`` are those of an article's claims."""
    ids = articles["article_id"].to_pylist()
    order = sorted(range(len(ids)), key=ids.__getitem__)
    words = articles["text"]  # stay where they are
    table = articles.select([name for name in COLUMNS if name != "text"])
    ordered = table if order == list(range(len(ids))) else table.take(order)
    made = tuple(_candidates(ordered, _texts(ordered["text_sha256"], words, order)))
    if event is None:
        return made
    known, beside = issues or {}, zip(*(ordered[name].to_pylist() for name in ("title", "event_anchor")), strict=True)
    return tuple(
        one._replace(of_event=_is_about(event, one, own, set(known.get(one.article_id, ()))))
        for one, own in zip(made, beside, strict=True)
    )


def issues_of(claims: pa.Table, claim_issues: pa.Table) -> dict[str, set[str]]:
    """Return the issues of each article's claims."""
    owner = dict(zip(claims["claim_id"].to_pylist(), claims["article_id"].to_pylist(), strict=True))
    found: dict[str, set[str]] = defaultdict(set)
    for claim_id, issue in zip(*(claim_issues[name].to_pylist() for name in ("claim_id", "issue")), strict=True):
        if claim_id in owner:
            found[owner[claim_id]].add(issue)
    return found


def _candidates(table: pa.Table, texts: Iterable[Text]) -> Iterator[Candidate]:
    """Yield the articles in the order of the table, none of them about an event."""
    columns = (table[name].to_pylist() for name in _OWN)
    for row, text in zip(zip(*columns, strict=True), texts, strict=True):
        article_id, cluster, url, publisher, published, precision = row
        page = None if url and is_cut(url) else url
        name = publisher.casefold() if publisher else _site(url)
        yield Candidate(article_id, cluster, page, name, _days(published, precision), text)


def _texts(hashes: pa.ChunkedArray, words: pa.ChunkedArray, order: Iterable[int]) -> Iterator[Text]:
    """Yield the text of each article; ``order`` leads to its words."""
    there = words.is_valid().to_pylist()
    for digest, row in zip(hashes.to_pylist(), order, strict=True):
        yield Text(digest or "", words, row) if there[row] else NO_TEXT


def _is_about(event: Event, one: Candidate, words: tuple[str | None, str | None], issues: set[str]) -> bool:
    """Say whether an article, with its title and event anchor, fulfils every condition of an event."""
    first, last = event.first or date.min, event.last or date.max
    dated = one.days is not None and one.days[0] <= last and one.days[1] >= first
    if (event.first or event.last) and not dated:
        return False
    if event.issues and issues.isdisjoint(event.issues):
        return False
    title, anchor = words
    said = "\n".join((title or "", str(one.text), anchor or "")).casefold() if event.words else ""
    return not event.words or any(word.casefold() in said for word in event.words)


def _site(url: str | None) -> str:
    """Return what stands for a publisher without a name: the host of the url; those without either count as one."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # half an IPv6 address
        host = ""
    return host.removeprefix("www.").casefold()


@cache
def _days(first: date | None, precision: str | None) -> Days | None:
    if first is None:
        return None
    if precision == "year":
        return date(first.year, 1, 1), date(first.year, 12, 31)
    if precision == "month":
        return first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, first
