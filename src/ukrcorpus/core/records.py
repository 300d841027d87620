"""JSON Lines files whose lines are frozen dataclasses: ledgers and manifests that git keeps."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, asdict, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import FORMAT
from ukrcorpus.core.tables import write_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def read_records(path: Path, where: str, kind: type[T], *, rule: str, remedy: str) -> tuple[T, ...]:
    """Return the lines in order; without a file there are none.

    A line that is no such value raises ``CorpusError`` under ``rule``. Only a key with a default may be missing.
    """
    if not path.is_file():
        return ()
    types, found = {one.name: _types(one) for one in fields(kind)}, []
    with path.open(encoding="utf-8", newline="\n") as lines:  # no other mark of a line's end counts: texts have some
        for number, line in enumerate(lines, 1):
            one = _plain(line, kind, types)
            found.append(_record(line, f"{where}: line {number}", kind, rule, remedy) if one is None else one)
    return tuple(found)


def read_ledger(  # noqa: PLR0913 - what lines are, and what is said of one that is none
    path: Path, where: str, kind: type[T], forms: Mapping[str, re.Pattern[str]], *, rule: str, remedy: str
) -> dict[str, T]:
    """Return the lines by the first field of ``forms``, which says how each field is written; ``*_on`` are days.

    A line of another form or format, or the second one of a key, raises ``CorpusError`` under ``rule``.
    """
    key, found = next(iter(forms)), dict[str, T]()
    for number, one in enumerate(read_records(path, where, kind, rule=rule, remedy=remedy), 1):
        name = getattr(one, key)
        wrong = f"the {key} '{name}' a second time." if name in found else _slip(one, forms)
        if wrong:
            raise CorpusError(rule, wrong, where=f"{where}: line {number}", remedy=remedy)
        found[name] = one
    return found


def write_records(path: Path, records: "Iterable[DataclassInstance]") -> None:
    """Write one line for each value, in the order given."""
    write_text(path, "".join(record_line(one) + "\n" for one in records))


def record_line(record: "DataclassInstance") -> str:
    """Return a value as one line of JSON, keys sorted."""
    return json.dumps(asdict(record), ensure_ascii=False, sort_keys=True)


def _slip(one: object, forms: Mapping[str, re.Pattern[str]]) -> str | None:
    for key, form in forms.items():
        value = getattr(one, key)
        if not form.fullmatch(value) or (key.endswith("_on") and not _is_day(value)):
            return f"{key} is {value!r}."
    given = getattr(one, "format", FORMAT)
    return None if given == FORMAT else f"format is {given!r}."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _types(one: "Field[Any]") -> frozenset[object]:
    """Return the types that a field's value may have in JSON as it is; none for what is another value here."""
    return frozenset(() if get_origin(one.type) is tuple else get_args(one.type) or (one.type,))


def _plain(line: str, kind: type[T], types: Mapping[str, frozenset[object]]) -> T | None:
    """Return the value of a line that has every key and no other, each as it is in JSON; None for every other line."""
    try:
        given = json.loads(line)
    except ValueError:
        return None
    if type(given) is not dict or given.keys() != types.keys():
        return None
    return kind(**given) if all(type(value) in types[name] for name, value in given.items()) else None


def _record(line: str, where: str, kind: type[T], rule: str, remedy: str) -> T:
    try:
        given = json.loads(line.rstrip("\n"))
    except ValueError as error:
        raise CorpusError(rule, f"no JSON: {error}.", where=where, remedy=remedy) from error
    given = given if isinstance(given, dict) else {}
    known = [one.name for one in fields(kind)]
    for key in given:
        if key not in known:
            raise CorpusError(rule, f"unknown key '{key}'.", where=where, remedy=f"{near(key, known)} {remedy}")
    for one in fields(kind):
        if one.name not in given and one.default is not MISSING:
            continue
        if one.name not in given or not _fits(given[one.name], one):
            what = f"{one.name} is {given[one.name]!r}." if one.name in given else f"the key '{one.name}' is missing."
            raise CorpusError(rule, what, where=where, remedy=remedy)
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in given.items()})


def _fits(value: object, one: "Field[Any]") -> bool:
    """Say whether a value read from JSON is one of a field's type; a list stands for a tuple."""
    if get_origin(one.type) is tuple:
        return isinstance(value, list)
    if isinstance(value, bool):
        return one.type is bool
    return isinstance(value, one.type)  # type: ignore[arg-type]
