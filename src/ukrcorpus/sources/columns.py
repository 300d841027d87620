"""Which key or column of a record means what: the one that fits, or the one that the user names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.sources.decode import Decoded, check_text
from ukrcorpus.sources.incoming import MAX_BYTES, Incoming, Source, too_big
from ukrcorpus.sources.stated import Field, Statement
from ukrcorpus.sources.streams import Encoding
from ukrcorpus.sources.values import shown

TEXT: Final = "text"
HTML: Final = "html"
ID: Final = "id"
_DEFAULTS: Final[dict[str, tuple[str, ...]]] = {
    TEXT: ("text", "body", "content", "maintext", "article_text", "full_text"),
    HTML: ("html", "raw_html"),
    Field.TITLE: ("title", "headline"),
    Field.URL: ("url", "link"),
    Field.PUBLISHER: ("publisher", "source", "outlet", "source_name"),
    Field.PUBLISHED: ("published", "date", "published_at", "publishedat", "date_published", "date_publish", "pub_date"),
    Field.BYLINE: ("byline", "author", "authors"),
    Field.LANGUAGE: ("language", "lang"),
    Field.FETCHED_AT: ("fetched_at", "fetched", "crawled_at"),
    ID: ("id", "guid", "uuid"),
}
FIELDS: Final = tuple(str(field) for field in _DEFAULTS)
_BODIES: Final = (TEXT, HTML)
_SUFFIX: Final = {TEXT: ".txt", HTML: ".html"}
_SHAPES: Final = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
_COLUMN_RANK: Final = -1  # a column is asked before the tags of a page that stands beside it


def read_fields(written: Sequence[str]) -> dict[str, str]:
    """Return what ``--field FIELD=COLUMN`` says; ``FIELD=`` leaves the field out."""
    fields: dict[str, str] = {}
    for one in written:
        name, equals, column = one.partition("=")
        if not equals or name not in FIELDS or name in fields:
            what = f"'{one}' comes a second time." if name in fields else f"'{one}' maps no field to a column."
            remedy = near(name, FIELDS) if equals and name not in fields else "Give it once, as --field text=body."
            raise CorpusError("ingest-field", what, where="--field", remedy=remedy)
        fields[name] = column
    return fields


def columns_of(names: Sequence[str], given: Mapping[str, str], where: str) -> dict[str, str]:
    """Return the column of each field, or raise ``source-columns`` where none or several fit.

    ``names`` are the columns that hold something; a given name wins over every default.
    """
    found: dict[str, str] = {}
    for field, defaults in _DEFAULTS.items():
        wanted = _fitting(field, names, given, defaults)
        if len(wanted) > 1:
            raise _refusal(f"{_listed(wanted)} all fit '{field}'", names, f"--field {field}={wanted[0]}", where)
        if wanted:
            found[str(field)] = wanted[0]
    bodies = [field for field in _BODIES if field in found]
    if len(bodies) > 1:
        ways = " or ".join(f"--field {one}=" for one in reversed(bodies))
        raise _refusal("both 'text' and 'html' are there", names, f"leave one out: {ways}", where)
    if not bodies:
        raise _refusal("none holds the text", names, "--field text=COLUMN or --field html=COLUMN", where)
    return found


def text_article(
    values: Mapping[str, Any], columns: Mapping[str, str], source: Source, place: tuple[str, int], encoding: Encoding
) -> Incoming:
    """Return the article in a record's columns; its bytes are the field's text in the record's encoding."""
    where, number = place
    body = TEXT if TEXT in columns else HTML
    text = values[columns[body]]
    if not isinstance(text, str):
        _refuse_shape(text, body, columns[body], where)
    check_text(text, where)
    data = text.encode(encoding.codec)
    if len(data) > MAX_BYTES:
        raise too_big(where, f"{len(data):,}")
    return Incoming(
        where=where,
        data=data,
        suffix=_SUFFIX[body],
        decoded=Decoded(text, encoding.codec, encoding.found),
        statements=tuple(_statements(values, columns, where)),
        container=source.name,
        record=number,
        record_id=shown(_line(values[columns[ID]], ID, columns[ID], where)).strip() or None if ID in columns else None,
    )


def _statements(values: Mapping[str, Any], columns: Mapping[str, str], where: str) -> Iterator[Statement]:
    for field in Field:
        if field in columns:
            value = _line(values[columns[field]], field, columns[field], where)
            yield Statement(field, value, f"column {columns[field]}", _COLUMN_RANK)


def _line(value: Any, field: str, column: str, where: str) -> str:
    """Return a string, a whole number or a list of strings as text; else raise ``source-field``."""
    parts = value if isinstance(value, list) else [value]
    if all(isinstance(part, str) for part in parts):
        return ", ".join(parts)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _refuse_shape(value, field, column, where)


def _refuse_shape(value: Any, field: str, column: str, where: str) -> NoReturn:
    inner = next(iter(value), "name") if isinstance(value, dict) else None
    ways = [f"Name a key inside it: --field {field}={column}.{inner}."] if inner else []
    ways += [f"Leave it out: --field {field}=."] if field not in _BODIES else ["Write the article's text there."]
    shape = _SHAPES.get(type(value), "something else")
    what = f"'{shown(column)}' holds {shape}, not the {field}."
    raise CorpusError("source-field", what, where=where, remedy=" ".join(ways))


def _fitting(field: str, names: Sequence[str], given: Mapping[str, str], defaults: tuple[str, ...]) -> list[str]:
    if field in given:
        return [given[field]] if given[field] in names else []
    if field in _BODIES and any(body in given and given[body] for body in _BODIES):
        return []
    return [name for name in names if name.strip().lower() in defaults]


def _refusal(what: str, names: Sequence[str], remedy: str, where: str) -> CorpusError:
    return CorpusError(
        "source-columns",
        f"of the columns {_listed(names) or '(none)'} {what}.",
        where=where,
        remedy=f"Say which: {remedy}.",
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{shown(name)}'" for name in names)
