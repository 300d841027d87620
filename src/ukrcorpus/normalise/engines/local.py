"""The engine of one machine: several processes, or this one where there is little to do."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.engines import Result, Task

_AHEAD: Final = 2  # tasks waiting for each process, so that none is idle and the queue stays short
_work: list[Callable[[Any], Any]] = []  # what this worker process does; set once when it starts


def available_processes() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs tasks in ``processes`` processes; in this one where that is 1 or there is only one task."""

    processes: int = field(default_factory=available_processes)

    def __call__(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results as they come; see ``Engine``."""
        ahead = iter(tasks)
        first = list(islice(ahead, 2))
        if self.processes == 1 or len(first) < 2:  # noqa: PLR2004 - one task needs no second process
            yield from map(work, chain(first, ahead))
        else:
            yield from _in_processes(work, chain(first, ahead), self.processes)


def local_engine(processes: int | None) -> LocalEngine:
    """Return the engine of so many processes; of all processors, if not said."""
    return LocalEngine(processes) if processes else LocalEngine()


def _in_processes(work: Callable[[Task], Result], tasks: Iterable[Task], processes: int) -> Iterator[Result]:
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start, initargs=(work,))
    waiting = iter(tasks)
    under_way: set[Future[Result]] = set()
    try:
        while True:
            under_way |= {pool.submit(_do, task) for task in islice(waiting, _AHEAD * processes - len(under_way))}
            if not under_way:
                return
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BrokenProcessPool as error:
        raise CorpusError(
            "worker-died",
            "a worker process was ended from outside, perhaps for want of memory.",
            where="normalise",
            remedy="Run the command again: finished shards are kept. Fewer processes need less memory (--processes).",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(work: Callable[[Any], Any]) -> None:
    """Make this process a worker: it leaves Ctrl-C to its parent, and ends when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work[:] = [work]


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Any:
    return _work[0](task)
