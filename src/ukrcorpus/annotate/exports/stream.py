"""Read an export task by task, whatever its size: the plain tasks fast, all others as ``export`` reads them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from ukrcorpus.annotate.exports.export import foreign, is_ours, parse_json, read_json, read_task
from ukrcorpus.annotate.exports.plain_task import PlainTask
from ukrcorpus.annotate.exports.splitting import Splitter
from ukrcorpus.annotate.values import Problems, Task
from ukrcorpus.schema.model import Schema

Source = Path | bytes


def stream_tasks(source: Source, schema: Schema, problems: Problems, *, coded: bool) -> Iterator[Task]:
    """Yield what ``read_json`` and ``read_tasks`` would return, with the same findings and errors.

    Only one task is in memory at a time, but for an export that is broken: that one is read whole, to say where.
    """
    for task in stream_either(source, schema, problems, coded=coded):
        yield task.whole() if isinstance(task, PlainTask) else task


def stream_either(source: Source, schema: Schema, problems: Problems, *, coded: bool) -> Iterator[Task | PlainTask]:
    """Yield the same, plain tasks as they were read."""
    early = Problems(problems.where)  # no export at all, as long as no task is ours
    number = 0
    for number, task in enumerate(_items(source, problems.where, _plain(schema, problems.where, coded=coded)), 1):
        if early is not problems and (isinstance(task, PlainTask) or is_ours(task)):
            problems.findings.extend(early.findings)
            early = problems
        if isinstance(task, PlainTask):
            yield task
        elif (whole := read_task(task, number, schema, early, coded=coded)) is not None:
            yield whole
    if number and early is not problems:
        raise foreign(problems.where)


def stream_json(source: Source, where: str) -> Iterator[Any]:
    """Yield the tasks of an export as they stand, one in memory at a time, whosever they are."""
    yield from _items(source, where, _as_it_stands)


def stream_ours(source: Source, where: str) -> Iterator[Any]:
    """Yield what ``read_json`` would return, one task in memory at a time, or raise what it would raise."""
    ours = None
    for task in stream_json(source, where):
        ours = ours or is_ours(task)
        yield task
    if ours is False:
        raise foreign(where)


def _items(source: Source, where: str, plain: Callable[[bytes], Any]) -> Iterator[Any]:
    """Yield every task, as what ``plain`` makes of it, or as parsed JSON where that is nothing."""
    number = 0
    try:
        with _opened(source) as file:
            for piece, task in Splitter(file.read, plain):
                yield parse_json(piece.decode("utf-8")) if task is None else task
                number += 1
    except (ValueError, RecursionError):  # not a list of objects to its end: json says what is wrong, if anything is
        yield from read_json(source if isinstance(source, bytes) else source.read_bytes(), where)[number:]


def _opened(source: Source) -> AbstractContextManager[BinaryIO]:
    return BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _plain(schema: Schema, where: str, *, coded: bool) -> Callable[[bytes], PlainTask | None]:
    """Return the fast reader; where msgspec is not installed, one that takes nothing."""
    try:
        from ukrcorpus.annotate.exports.plain import PlainReader
    except ModuleNotFoundError:
        return _nothing
    return PlainReader(schema, where, coded=coded).read


def _as_it_stands(piece: bytes) -> Any:
    """Return an object, or None for what is none."""
    try:
        return parse_json(piece.decode("utf-8"))
    except ValueError:
        return None


def _nothing(_piece: bytes) -> None:
    """Take nothing."""
