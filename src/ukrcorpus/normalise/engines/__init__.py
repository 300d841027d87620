"""Engines: where the work on shards is done, on the processors of this machine or on a cluster."""

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Engine(Protocol):
    """Does the same work on many tasks and yields the results as they come, in any order.

    Few tasks are under way at a time, so that tasks can be made as they are needed. What an engine starts for its work
    it ends when its ``with`` is left.
    """

    def __enter__(self) -> Self:
        """Get ready for work."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End what the work has started."""
        ...

    def __call__(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield ``work(task)`` for each task; an exception in the work is raised here."""
        ...
