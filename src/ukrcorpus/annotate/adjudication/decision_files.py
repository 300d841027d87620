"""Write decisions into the files under ``annotations/decisions/``: those of reviews, and corrections one by one."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ukrcorpus.core.project import FORMAT
from ukrcorpus.core.tables import write_text
from ukrcorpus.core.toml import toml_table, toml_value
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Layer

Given = str | bool | date | Sequence[str]

_ENTRY: Final = re.compile(r"^(?=\[\[decisions\]\])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``[[decisions]]`` table as it is written; ``span`` is None for the document, ``review`` for a hand's own."""

    layer: Layer
    span: Span | None
    quote_sha256: str | None
    text_sha256: str
    scheme_version: str
    keep: bool
    take: str | None
    changes: Mapping[str, Given]
    reason: str
    cause: str
    curator: str
    is_annotator: bool
    review: str | None = None

    def astoml_value(self) -> str:
        """Return the table, keys in the order people write them."""
        values: dict[str, object] = {"layer": str(self.layer)}
        if self.span is not None:
            values |= {"start": self.span.start, "end": self.span.end, "quote_sha256": self.quote_sha256}
        values["keep"] = self.keep
        values |= {"take": self.take} if self.take is not None else {}
        values |= {"set": self.changes} if self.changes else {}
        values |= {"reason": self.reason, "cause": self.cause, "curator": self.curator}
        values["is_annotator"] = self.is_annotator
        values |= {"review": self.review} if self.review is not None else {}
        values |= {"text_sha256": self.text_sha256, "scheme_version": self.scheme_version}
        return toml_table("decisions", values)


def write_entries(path: Path, article_id: str, entries: Sequence[Entry]) -> bool:
    """Put the entries of reviews in the place of those of older reviews; return whether the file changed.

    What hands wrote stays.
    """
    head, *tables = _parts(path, article_id, entries)
    return _write(
        path, [head, *(one for one in tables if not _is_of_review(one)), *(one.astoml_value() for one in entries)]
    )


def write_entry(path: Path, article_id: str, entry: Entry, number: int | None) -> None:
    """Put one entry in the place of the one of a number (from 1), or at the end."""
    head, *tables = _parts(path, article_id, [entry])
    if number is not None:
        del tables[number - 1]
    _write(path, [head, *tables, entry.astoml_value()])


def _parts(path: Path, article_id: str, entries: Sequence[Entry]) -> list[str]:
    """Return the head of a file, or of one to be, and its tables."""
    return _ENTRY.split(path.read_text(encoding="utf-8")) if path.is_file() else [_head(article_id, entries)]


def _write(path: Path, parts: Iterable[str]) -> bool:
    new = "\n".join(part.rstrip("\n") + "\n" for part in parts if part.strip())
    if path.is_file() and new == path.read_text(encoding="utf-8"):
        return False
    write_text(path, new)
    return True


def _head(article_id: str, entries: Iterable[Entry]) -> str:
    first = next(iter(entries))
    values = {
        "format": FORMAT,
        "article_id": article_id,
        "text_sha256": first.text_sha256,
        "scheme_version": first.scheme_version,
        "curator": first.curator,
    }
    return "".join(f"{key} = {toml_value(value)}\n" for key, value in values.items())


def _is_of_review(table: str) -> bool:
    [entry] = tomllib.loads(table)["decisions"]
    return "review" in entry
