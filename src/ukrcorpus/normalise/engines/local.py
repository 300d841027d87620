"""The engine of one machine: several processes, or this one where there is little to do."""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Any, Final, Self

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.normalise.engines import Result, Task

_AHEAD: Final = 2  # tasks waiting for each process, so that none is idle and the queue stays short
_WARM: Final = "ukrcorpus.normalise.engines.warm"
_work: dict[bytes, Callable[[Any], Any]] = {}  # what this worker process does at present


def available_processes() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class LocalEngine:
    """Runs tasks in ``processes`` processes; in this one where that is 1 or there is only one task.

    Inside ``with`` the processes are started once and do all the work that comes.
    """

    processes: int = field(default_factory=available_processes)
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        """Keep the processes that work starts."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __call__(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results as they come; see ``Engine``."""
        ahead = iter(tasks)
        first = list(islice(ahead, 2))
        if self.processes == 1 or len(first) < 2:  # noqa: PLR2004 - one task needs no second process
            yield from map(work, chain(first, ahead))
        else:
            self._pool = self._pool or ProcessPoolExecutor(self.processes, _context(), initializer=_start)
            yield from _in_processes(self._pool, work, chain(first, ahead), _AHEAD * self.processes)


def local_engine(processes: int | None) -> LocalEngine:
    """Return the engine of so many processes; of all processors, if not said."""
    return LocalEngine(processes) if processes else LocalEngine()


def start_ahead() -> None:
    """Begin to load what workers need, in a process of its own, while this one does something else."""
    if _context().get_start_method() == "forkserver":
        forkserver.ensure_running()


def _context() -> BaseContext:
    """Return how workers start: elsewhere than on Linux, libraries do not survive a fork."""
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([_WARM])
    return context


def _in_processes(
    pool: ProcessPoolExecutor, work: Callable[[Task], Result], tasks: Iterable[Task], ahead: int
) -> Iterator[Result]:
    own, waiting = pickle.dumps(work), iter(tasks)
    under_way: set[Future[Result]] = set()
    try:
        while True:
            under_way |= {pool.submit(_do, own, task) for task in islice(waiting, ahead - len(under_way))}
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


def _start() -> None:
    """Make this process a worker: it leaves Ctrl-C to its parent, and ends when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(work: bytes, task: Any) -> Any:
    if work not in _work:
        _work.clear()
        _work[work] = pickle.loads(work)  # noqa: S301 - from the parent process
    return _work[work](task)
