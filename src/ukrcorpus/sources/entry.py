"""One line of ``raw/manifest.jsonl``: an article's provenance, read and written strictly."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from ukrcorpus.core.problems import near
from ukrcorpus.core.project import FORMAT
from ukrcorpus.policy.rights import LICENCES, TextRights
from ukrcorpus.sources.declared import EncodingFrom, codec_name

SUFFIXES: Final = (".txt", ".md", ".html")
ARTICLE_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_SHARD_DIGITS: Final = 3
_MOST: Final = 2**31 - 1  # as a column of counts holds
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


# Keys that a line has only where they are known.
OPTIONAL: Final = (
    *("encoding_from", "container", "record", "record_id"),
    *("title", "byline", "language", "found", "conflicts"),
)


class Origin(StrEnum):
    """Whether an article was published or written by a machine for a sample corpus."""

    PUBLISHED = "published"
    MACHINE_WRITTEN = "machine_written"


class Precision(StrEnum):
    """How exactly a day is known, in the order of the parts of an ISO date."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """Where an article came from. Paths are below ``raw/``; null means not known.

    ``sha256`` is of the raw bytes, ``source_sha256`` of the source text in UTF-8: the decoded file,
    or for a page what the extractor made of it. What follows ``origin`` is left out of a line where it is
    not known: the container that the article came in and its record there (from 1), what the input says
    of the article, where it says so (``found``), and what it says that was not taken (``conflicts``).
    """

    article_id: str
    supersedes: str | None
    file: str
    sha256: str
    encoding: str
    extractor: str | None
    extractor_version: str | None
    source_sha256: str
    url: str | None
    publisher: str | None
    published: date | None
    published_precision: str | None
    fetched_at: datetime | None
    licence: str
    text_rights: str
    origin: str
    encoding_from: str | None = None
    container: str | None = None
    record: int | None = None
    record_id: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    found: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def extracted(self) -> str | None:
        """The file that holds a page's text; None where the raw file is the text."""
        return extracted_file(self.file, self.extractor)

    def as_line(self) -> str:
        """Return the entry as its line of the manifest, without the line end."""
        values = {name: getattr(self, name) for name in _KEYS}
        values |= {name: value for name in OPTIONAL if (value := getattr(self, name))}
        values |= {"format": FORMAT, "published": self.published and self.published.isoformat()}
        values["fetched_at"] = self.fetched_at and _instant_text(self.fetched_at)
        return json.dumps(values, ensure_ascii=False, sort_keys=True)


_KEYS: Final = tuple(one.name for one in fields(ManifestEntry))[: -len(OPTIONAL)]


class EntryError(ValueError):
    """A line that is no entry: rule id, what stands there, what should, and the way out."""

    def __init__(self, rule: str, got: str, expected: str, remedy: str) -> None:
        super().__init__(rule, got, expected, remedy)
        self.rule, self.got, self.expected, self.remedy = rule, got, expected, remedy


def parse_line(line: str) -> ManifestEntry:
    """Return the entry that a line of the manifest holds, or raise ``EntryError``."""
    try:
        given = json.loads(line, object_pairs_hook=_each_once)
    except EntryError:
        raise
    except (ValueError, RecursionError) as error:  # among them a number of 5,000 digits
        where = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise EntryError("manifest-json", where, "one JSON object", "Mend the line.") from error
    if not isinstance(given, dict):
        raise EntryError("manifest-json", f"a JSON {type(given).__name__}", "one JSON object", "Mend the line.")
    _check_keys(given)
    values: dict[str, Any] = {
        key: None if value is None and key in _NULLABLE else _value(key, value) for key, value in given.items()
    }
    del values["format"]
    entry = ManifestEntry(**values)
    _check_entry(entry)
    return entry


def extracted_file(file: str, extractor: str | None) -> str | None:
    """Return where the text lies that an extractor took out of a raw file; None where none did."""
    return f"extracted{file.removeprefix('articles').rpartition('.')[0]}.txt" if extractor else None


def raw_file(article_id: str, suffix: str, sha256: str | None = None) -> str:
    """Return where an article's bytes lie below ``raw/``; with a hash, in one of 4,096 folders.

    A container of a million records would fill one folder with as many files.

    >>> raw_file("talks", ".txt"), raw_file("ab12", ".txt", "ab12")
    ('articles/talks.txt', 'articles/ab1/ab12.txt')
    """
    folder = f"{sha256[:_SHARD_DIGITS]}/" if sha256 else ""
    return f"articles/{folder}{article_id}{suffix}"


def parse_published(text: str) -> tuple[date, Precision]:
    """Return the first day of a written year, month or day, and which of them it is.

    >>> parse_published("2025-08")
    (datetime.date(2025, 8, 1), <Precision.MONTH: 'month'>)
    """
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    parts = [int(part) for part in text.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day), tuple(Precision)[len(parts) - 1]


def parse_instant(text: str) -> datetime:
    """Return an ISO 8601 instant in UTC; one without its offset is refused, for nobody could say when it was."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(UTC)


def _instant_text(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _id(value: object) -> str:
    return _matching(value, ARTICLE_ID)


def _hash(value: object) -> str:
    return _matching(value, _HASH)


def _matching(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError
    return value


def _codec(value: object) -> str:
    try:
        return codec_name(_text(value))
    except LookupError as error:
        raise ValueError from error


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST:
        raise ValueError
    return value


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise ValueError
    return {key: _text(text) for key, text in value.items()}


def _lists(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value or not all(isinstance(one, list) for one in value.values()):
        raise ValueError
    return {key: tuple(_text(text) for text in texts) for key, texts in value.items()}


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _instant(value: object) -> datetime:
    return parse_instant(_text(value))


def _format(value: object) -> int:
    if value != FORMAT:
        raise ValueError
    return FORMAT


def _one_of(*choices: str) -> Callable[[object], str]:
    def choice(value: object) -> str:
        if value not in choices:
            raise ValueError
        return str(value)

    return choice


_READERS: Final[dict[str, tuple[Callable[[object], object], str]]] = {
    "article_id": (_id, "lower-case letters, digits and '-', at most 63"),
    "byline": (_text, "a name"),
    "conflicts": (_lists, "lists of statements by key"),
    "container": (_text, "the name of a file"),
    "encoding": (_codec, "the name of an encoding, such as utf-8"),
    "encoding_from": (_one_of(*EncodingFrom), ", ".join(EncodingFrom)),
    "extractor": (_text, "a name, or null"),
    "extractor_version": (_text, "a version, or null"),
    "fetched_at": (_instant, "an instant such as 2026-11-22T09:30:00Z, or null"),
    "file": (_text, "a file below raw/"),
    "format": (_format, str(FORMAT)),
    "found": (_words, "places in the input by key"),
    "language": (_text, "a BCP-47 tag"),
    "licence": (_one_of(*LICENCES), "a listed SPDX id, or unknown"),
    "origin": (_one_of(*Origin), " or ".join(Origin)),
    "published": (_day, "a date such as 2026-11-22, or null"),
    "published_precision": (_one_of(*Precision), "day, month, year or null"),
    "publisher": (_text, "a name, or null"),
    "record": (_count, "a number from 1"),
    "record_id": (_text, "the record's own name"),
    "sha256": (_hash, "64 hex digits"),
    "source_sha256": (_hash, "64 hex digits"),
    "supersedes": (_id, "an article_id, or null"),
    "text_rights": (_one_of(*TextRights), " or ".join(TextRights)),
    "title": (_text, "a title"),
    "url": (_text, "a url, or null"),
}
_NEEDED: Final = _READERS.keys() - OPTIONAL
_NULLABLE: Final = frozenset(key for key, (_, expected) in _READERS.items() if expected.endswith("null"))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object that JSON wrote; readers do not agree on which of two values counts."""
    given = dict(pairs)
    if len(given) < len(pairs):
        key = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise EntryError("manifest-keys", f"the key '{key}' twice", "each key once", "Keep the value that is right.")
    return given


def _check_keys(given: dict[str, object]) -> None:
    if _NEEDED <= given.keys() <= _READERS.keys():
        return
    for key in given:
        if key not in _READERS:
            raise EntryError("manifest-keys", f"the key '{key}'", "no other keys", near(key, _READERS))
    for key in _READERS:
        if key not in given and key not in OPTIONAL:
            raise EntryError("manifest-keys", f"no key '{key}'", "every key, null where not known", f"Add '{key}'.")


def _value(key: str, value: object) -> Any:
    read, expected = _READERS[key]
    try:
        return read(value)
    except ValueError as error:
        raise EntryError("manifest-value", f"{key} = {value!r}", expected, f"Mend '{key}'.") from error


def _check_entry(entry: ManifestEntry) -> None:
    """Check what no single value shows: the file is the article's own, and pairs of keys agree."""
    suffix = entry.file[entry.file.rfind(".") :]
    own = (raw_file(entry.article_id, suffix), raw_file(entry.article_id, suffix, entry.sha256))
    if suffix not in SUFFIXES or entry.file not in own:
        files = [raw_file(entry.article_id, suffix) for suffix in SUFFIXES]
        raise EntryError("manifest-value", f"file = {entry.file!r}", " or ".join(files), "Name the article's own file.")
    rights = LICENCES[entry.licence]
    if entry.text_rights != rights:
        got = f"text_rights = '{entry.text_rights}' with licence = '{entry.licence}'"
        raise EntryError("manifest-value", got, f"'{rights}'", "The licence decides; mend the one that is wrong.")
    for one, other in (("extractor", "extractor_version"), ("published", "published_precision")):
        if (getattr(entry, one) is None) != (getattr(entry, other) is None):
            got = f"only one of {one} and {other}"
            raise EntryError("manifest-value", got, "both, or null for both", f"Mend '{one}' or '{other}'.")
