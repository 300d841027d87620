"""A TOML table whose values are taken one by one; what nobody asks for is an error."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from ukrcorpus.core.problems import CorpusError, near

FORMAT = 1
_Choice = TypeVar("_Choice", bound=StrEnum)
_Read = TypeVar("_Read")
_Typed = TypeVar("_Typed")


@dataclass(slots=True)
class Fields:
    """The part of a table that is not taken yet, and its address for messages.

    The methods without ``maybe_`` demand their key. Texts are never empty.
    """

    where: str
    rest: dict[str, object]
    asked: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Take a text."""
        return _text(self._needed(key), self.at(key))

    def maybe_text(self, key: str) -> str | None:
        """Take a text, or None if the key is absent."""
        return self.text(key) if self._has(key) else None

    def verbatim(self, key: str) -> str:
        """Take a text as it stands, also an empty one or one with outer space."""
        return _typed(self._needed(key), str, "a text in quotation marks", self.at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; it may be empty."""
        items = _typed(self._needed(key), list, "a list of texts", self.at(key))
        return tuple(_text(item, f"{self.at(key)} #{n}") for n, item in enumerate(items, 1))

    def maybe_texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; absent means that there are none."""
        return self.texts(key) if self._has(key) else ()

    def flag(self, key: str) -> bool:
        """Take ``true`` or ``false``; absent means that the flag is not raised."""
        return _typed(self._needed(key), bool, "true or false", self.at(key)) if self._has(key) else False

    def number(self, key: str) -> int:
        """Take a whole number."""
        return _typed(self._needed(key), int, "a whole number", self.at(key))

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        """Take a text of a closed set."""
        return choices(one_of(self.text(key), choices, self.at(key)))

    def maybe_day(self, key: str) -> str | None:
        """Take a date, quoted or not, as text; months and years stay as short as they are."""
        value = self.rest.get(key)
        if type(value) is date:
            self.rest[key] = value.isoformat()
        return self.maybe_text(key)

    def tables(self, key: str, named: str) -> "tuple[Fields, ...]":
        """Take a list of tables; ``named`` is the key whose value tells them apart in messages."""
        items = _typed(self._needed(key), list, "a list of tables", self.at(key))
        return tuple(_item(item, f"{self.at(key)} #{n}", named) for n, item in enumerate(items, 1))

    def maybe_tables(self, key: str, named: str) -> "tuple[Fields, ...]":
        """Take a list of tables; absent means that there are none."""
        return self.tables(key, named) if self._has(key) else ()

    def table(self, key: str) -> "Fields":
        """Take a table."""
        return Fields(self.at(key), _typed(self._needed(key), dict, "a table", self.at(key)))

    def maybe_table(self, key: str) -> "Fields | None":
        """Take a table, or None if the key is absent."""
        return self.table(key) if self._has(key) else None

    def maybe_pairs(self, key: str) -> dict[str, str]:
        """Take a table of texts with free keys; absent means that it is empty."""
        pairs = self.maybe_table(key)
        return {name: pairs.text(name) for name in list(pairs.rest)} if pairs else {}

    def done(self) -> None:
        """Refuse what was not asked for."""
        for key in self.rest:
            raise CorpusError(
                "schema-key-unknown", f"unknown key '{key}'.", where=self.where, remedy=near(key, self.asked)
            )

    def at(self, key: str) -> str:
        """Return the address of a key."""
        return f"{self.where}: {key}"

    def _has(self, key: str) -> bool:
        self.asked.append(key)
        return key in self.rest

    def _needed(self, key: str) -> object:
        if self._has(key):
            return self.rest.pop(key)
        close = get_close_matches(key, self.rest, n=1)
        remedy = f"Add it, or did you mean it by '{close[0]}'?" if close else "Add it."
        raise CorpusError("schema-key-missing", f"the key '{key}' is missing.", where=self.where, remedy=remedy)


def read_file(path: Path, where: str) -> Fields:
    """Return a file's top table, its ``format`` checked."""
    try:
        fields = Fields(where, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise CorpusError(
            "schema-file", "the file is missing.", where=where, remedy="Every schema has one: write or restore it."
        ) from error
    except (ValueError, RecursionError) as error:  # among them a number of 5,000 digits
        raise CorpusError(
            "schema-syntax", f"not readable as TOML: {error}.", where=where, remedy="Mend the line it names."
        ) from error
    version = fields.number("format")
    if version != FORMAT:
        raise CorpusError("schema-format", f"got {version}.", where=fields.at("format"), remedy=f"Expected {FORMAT}.")
    return fields


def one_of(value: str, choices: Iterable[str], where: str) -> str:
    """Return the value if it is one of the choices, else raise ``schema-value``."""
    known = [str(choice) for choice in choices]
    if value not in known:
        raise CorpusError("schema-value", f"'{value}' is not allowed here.", where=where, remedy=near(value, known))
    return value


def known(value: str, choices: Iterable[str], what: str, where: str) -> str:
    """Return a name that something else must define, else raise ``schema-reference``."""
    names = list(choices)
    if value not in names:
        raise CorpusError(
            "schema-reference", f"{what} '{value}' does not exist.", where=where, remedy=near(value, names)
        )
    return value


def formed(value: str, pattern: str, expected: str, where: str) -> str:
    """Return an id that matches the whole pattern, else raise ``schema-id-form``."""
    if not re.fullmatch(pattern, value):
        raise CorpusError("schema-id-form", f"got '{value}'.", where=where, remedy=f"Expected {expected}.")
    return value


def once(items: Iterable[tuple[str, str]], what: str) -> None:
    """Raise ``schema-double`` at the second address of a value; ``items`` are (value, address)."""
    first: dict[str, str] = {}
    for value, where in items:
        if value in first:
            raise CorpusError(
                "schema-double",
                f"the {what} '{value}' is taken.",
                where=where,
                remedy=f"Rename or remove one of them; the first is {first[value]}.",
            )
        first[value] = where


def each(fields: Iterable[Fields], read: Callable[[Fields], _Read]) -> tuple[_Read, ...]:
    """Read each table and audit that nothing of it is left."""
    read_ones = []
    for one in fields:
        read_ones.append(read(one))
        one.done()
    return tuple(read_ones)


def _item(item: object, where: str, named: str) -> Fields:
    table = _typed(item, dict, "a table", where)
    name = table.get(named)
    return Fields(f"{where} ({name})" if isinstance(name, str) else where, dict(table))


def _typed(value: object, wanted: type[_Typed], expected: str, where: str) -> _Typed:
    if isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool)):
        return value
    raise CorpusError("schema-type", f"got {value!r}.", where=where, remedy=f"Expected {expected}.")


def _text(value: object, where: str) -> str:
    text = _typed(value, str, "a text in quotation marks", where)
    if text != text.strip() or not text:
        raise CorpusError("schema-type", f"got {value!r}.", where=where, remedy="Expected a text without outer space.")
    return text
