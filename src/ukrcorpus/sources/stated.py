"""What the user and an input say of an article, settled: the user wins, and who disagrees is named.

A field is filled only by what says it in so many words. Where two statements of one rank differ it
stays empty. What was not taken is kept as a conflict, so that nothing is settled in silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ukrcorpus.sources.values import Published, read_instant, read_language, read_published, read_text, shown


class Field(StrEnum):
    """What an input may say of an article, by the manifest's key."""

    PUBLISHER = "publisher"
    TITLE = "title"
    BYLINE = "byline"
    PUBLISHED = "published"
    LANGUAGE = "language"
    URL = "url"
    FETCHED_AT = "fetched_at"


_READ: Final = {
    Field.PUBLISHER: read_text,
    Field.TITLE: read_text,
    Field.BYLINE: read_text,
    Field.PUBLISHED: read_published,
    Field.LANGUAGE: read_language,
    Field.URL: read_text,
    Field.FETCHED_AT: read_instant,
}
# A site's name and its owner's are two things, so the owner's is asked only where the site's is missing. There
# is one day of publication: all who name one are asked.
_ALL_RANKS: Final = frozenset({Field.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a place in the input says of a field, as written; the lowest rank that speaks is heard."""

    field: Field
    value: str
    place: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """The value of each field, the place in the input that gave it, and the statements that were not taken."""

    values: Mapping[Field, Any]
    found: Mapping[str, str]
    conflicts: Mapping[str, tuple[str, ...]]


def settle(said: Mapping[Field, Any], statements: Iterable[Statement]) -> Settled:
    """Return the fields as the user says them (``said``, None where silent), else as the input does."""
    heard: dict[Field, list[Statement]] = {}
    for statement in statements:
        heard.setdefault(statement.field, []).append(statement)
    values = {field: said.get(field) for field in Field}
    found: dict[str, str] = {}
    conflicts: dict[str, tuple[str, ...]] = {}
    for field, own in heard.items():
        winner, value, losers = _settle_one(field, values[field], own)
        values[field] = value
        if winner is not None:
            found[field.value] = shown(winner.place)
        if losers:
            conflicts[field.value] = tuple(f"{shown(one.place)}: {shown(one.value)}" for one in losers)
    return Settled(values, found, conflicts)


def _settle_one(field: Field, said: Any, heard: list[Statement]) -> tuple[Statement | None, Any, list[Statement]]:
    """Return the statement that is taken, the value, and the statements that are not."""
    read = [(one, _read(field, one.value)) for one in heard]
    unreadable = [one for one, value in read if value is None]
    readable = [(one, value) for one, value in read if value is not None]
    if said is not None:
        return None, said, [*unreadable, *(one for one, value in readable if not _same(value, said))]
    if not readable:
        return None, None, unreadable
    first = min(one.rank for one, _ in readable)
    asked = [(one, value) for one, value in readable if one.rank == first or field in _ALL_RANKS]
    winner, value = min(asked, key=lambda pair: pair[0].rank)
    if all(_same(other, value) for _, other in asked):
        return winner, value, unreadable
    return None, None, [*unreadable, *(one for one, _ in asked)]


def _read(field: Field, text: str) -> Any:
    try:
        return _READ[field](text)
    except ValueError:
        return None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Published) and isinstance(other, Published):
        return one.agrees_with(other)
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)
