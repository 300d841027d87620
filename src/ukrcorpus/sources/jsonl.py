"""JSON Lines: one object a line, each an article or refused by itself."""

import json
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.sources.columns import columns_of, text_article
from ukrcorpus.sources.incoming import MAX_BYTES, Read, Skipped, Source, Unfit, too_big
from ukrcorpus.sources.streams import Encoding, text_encoding
from ukrcorpus.sources.values import shown

MAX_LINE: Final = 8 * MAX_BYTES  # JSON may write a character of two bytes in six
_MAX_SHAPES: Final = 1_000
_Columns = dict[tuple[str, ...], dict[str, str]]


class _RepeatedKeyError(ValueError):
    """An object names a key twice, so one of its values would be lost."""


def read_jsonl(source: Source) -> Read:
    """Yield the articles of a stream; a given column that no record has is ``Unfit``, at its end."""
    unseen = {name for name in source.columns.values() if name}
    known: _Columns = {}
    seen: set[str] = set()
    encoding = text_encoding(source.stream, source.encoding)
    for number, line in _lines(source, encoding):
        where = f"{source.address}: line {number}"
        try:
            if line is None:
                raise too_big(where, f"more than {MAX_LINE:,}")
            if not line.strip():
                yield Skipped(where, "blank line")
                continue
            values = _flat(_parsed(line, where), source.columns.values())
            unseen -= values.keys()
            if tuple(values) not in known:
                seen.update(values if len(seen) < _MAX_SHAPES else ())
                known = {} if len(known) > _MAX_SHAPES else known
                known[tuple(values)] = columns_of(tuple(values), source.columns, where)
            yield text_article(values, known[tuple(values)], source, (where, number), Encoding("utf-8", encoding.found))
        except CorpusError as error:
            yield error
    yield from (_unfit(name, seen, source) for name in sorted(unseen))


def _unfit(name: str, seen: set[str], source: Source) -> Unfit:
    what = f"no record has the key '{shown(name)}'."
    remedy = near(name, map(shown, seen)) if seen else "Mend the name in --field."
    return Unfit(CorpusError("source-columns", what, where=source.address, remedy=remedy))


def _lines(source: Source, encoding: Encoding) -> Iterator[tuple[int, bytes | str | None]]:
    """Yield each line with its number; None for one that is too long."""
    stream: Any = source.stream
    if not encoding.codec.startswith("utf-8"):
        stream = TextIOWrapper(source.stream, encoding=encoding.codec, newline="\n")
    number = 0
    while line := _line(stream, source.address, number + 1):
        number += 1
        if len(line) > MAX_LINE:
            _pass_over_line(stream)
        yield number, line if len(line) <= MAX_LINE else None


def _line(stream: Any, address: str, number: int) -> bytes | str:
    try:
        line: bytes | str = stream.readline(MAX_LINE + 1)
    except UnicodeError as error:
        what = f"the bytes are not {getattr(error, 'encoding', 'text')}, so nothing more can be read."
        remedy = "Name the right encoding: --encoding NAME."
        raise CorpusError("source-encoding", what, where=f"{address}: line {number}", remedy=remedy) from error
    return line


def _pass_over_line(stream: Any) -> None:
    """Read on to the end of a line."""
    while (part := stream.readline(MAX_LINE)) and part[-1:] not in (b"\n", "\n"):
        pass


def _parsed(line: bytes | str, where: str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        value = json.loads(text.rstrip("\r\n"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        what = f"byte {error.start} of the line (0x{error.object[error.start]:02x}) is not utf-8."
        raise _refusal("source-encoding", what, where, "Name the file's encoding: --encoding NAME.") from error
    except _RepeatedKeyError as error:
        what = f"the key '{shown(str(error))}' comes twice."
        raise _refusal("source-json", what, where, "Keep the one that is right.") from error
    except (ValueError, RecursionError) as error:
        why = "too deep" if isinstance(error, RecursionError) else str(error)
        raise _refusal("source-json", f"no JSON: {why}.", where, "Write one object on each line.") from error
    if not isinstance(value, dict):
        raise _refusal("source-json", "the line holds no object.", where, 'Write one object a line: {"text": "..."}.')
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedKeyError(next(name for name in names if names.count(name) > 1))
    return made


def _flat(values: dict[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
    """Return the keys that hold something; a wanted ``a.b`` is looked up as key ``b`` of the object ``a``."""
    for name in wanted:
        if "." in name and name not in values:
            inner: Any = values
            for part in name.split("."):
                inner = inner.get(part) if isinstance(inner, dict) else None
            values[name] = inner
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _refusal(rule: str, what: str, where: str, remedy: str) -> CorpusError:
    return CorpusError(rule, what, where=where, remedy=remedy)
