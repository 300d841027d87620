"""What benchmarks measure by: the CPU time of a piece of work in this process, and the process's peak of memory."""

import resource
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the seconds of CPU that it took, and what it returned."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that it took."""
    return timed(work)[0]


def seconds_each(work: Callable[[Item], object], items: Iterable[Item]) -> float:
    """Return the seconds of CPU that it took for all of the items, one after the other."""
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


def peak_mb() -> float:
    """Return the most resident memory that the process ever had, in MB of 1024 KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
