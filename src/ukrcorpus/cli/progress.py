"""The progress of a long command: a bar on a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ukrcorpus.sources.ingest import Progress as BytesRead

if TYPE_CHECKING:  # the stage needs numpy, and commands of the base install show progress too
    from ukrcorpus.normalise.run import Progress
    from ukrcorpus.release.publishing.shipment import File
    from ukrcorpus.release.publishing.targets import Progress as Sent


@contextmanager
def progress_bar(lines: Path | None = None) -> Iterator["Progress"]:
    """Show how many articles are done and the rate; of a file with one line each also the time left.

    Articles that need no work shorten the bar instead of moving it, so that rate and time left are of the work.
    """
    from tqdm import tqdm

    hidden = not sys.stderr.isatty()
    total = None if hidden or lines is None else _n_lines(lines)
    with tqdm(total=total, unit=" articles", disable=hidden, dynamic_ncols=True, smoothing=0.05) as bar:

        def show(n: int, *, made: bool) -> None:
            if made:
                bar.update(n)
            elif bar.total is not None:
                bar.total -= n
                bar.refresh()

        yield show


@contextmanager
def bytes_bar(files: Sequence[Path]) -> Iterator[BytesRead]:
    """Show how many bytes of the files are read, the rate, and the time left."""
    from tqdm import tqdm

    total = sum(file.stat().st_size for file in files if file.is_file()) if sys.stderr.isatty() else None
    read: dict[Path, int] = {}
    with tqdm(total=total, unit="B", unit_scale=True, disable=total is None, dynamic_ncols=True) as bar:

        def show(file: Path, n_bytes: int) -> None:
            bar.update(n_bytes - read.get(file, 0))
            read[file] = n_bytes

        yield show


@contextmanager
def tasks_bar() -> Iterator[Callable[[int, int], None]]:
    """Show how many tasks are sent, the rate, and the time left."""
    from tqdm import tqdm

    with tqdm(unit=" tasks", disable=not sys.stderr.isatty(), dynamic_ncols=True) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


@contextmanager
def sending_bar(*, shown: bool) -> Iterator["Sent"]:
    """Show how many bytes of a release are there, and the rate."""
    from tqdm import tqdm

    hidden = not (shown and sys.stderr.isatty())
    with tqdm(unit="B", unit_scale=True, disable=hidden, dynamic_ncols=True) as bar:

        def show(file: "File") -> None:
            bar.update(file.n_bytes)

        yield show


def _n_lines(path: Path) -> int:
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
