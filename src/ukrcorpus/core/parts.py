"""Tables in parts: a large table is a folder of files, each with the rows of a range of articles."""

import filecmp
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyarrow as pa

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import atomic_path, parts_of, read_table, write_table

_FIRST: Final = "first"  # sorts before the others, which are called after their first article
_FROM: Final = "from-"


def part_name(start: str | None) -> str:
    """Return what the part from an article on is called; None is the first part, whatever its articles.

    >>> part_name(None), part_name("talks")
    ('first', 'from-talks')
    """
    return _FIRST if start is None else f"{_FROM}{start}"


def part_start(name: str) -> str | None:
    """Return the article that a part begins with.

    >>> part_start("first"), part_start("from-from-a")
    (None, 'from-a')
    """
    return None if name == _FIRST else name.removeprefix(_FROM)


def part_names(path: Path) -> tuple[str, ...] | None:
    """Return the names of a table's parts in order; None where it is one file."""
    return tuple(part.stem for part in parts_of(path)) if path.is_dir() else None


class Places:
    """Where the rows of an article lie; ``names`` are those of the parts, None is one file."""

    def __init__(self, names: Sequence[str] | None) -> None:
        self.names = tuple(names) if names else None
        self._starts = [part_start(name) or "" for name in names or ()]

    def number(self, article_id: str) -> int:
        """Return the number of the part that has an article's rows."""
        return max(0, bisect_right(self._starts, article_id) - 1)

    def file(self, table: Path, number: int = 0) -> Path:
        """Return the file of a part of a table."""
        return table / f"{self.names[number]}.parquet" if self.names else table

    def files(self, table: Path) -> list[Path]:
        """Return the files of a table."""
        return [self.file(table, number) for number in range(len(self.names or ("",)))]


def put_part(file: Path, table: pa.Table) -> None:
    """Write a part of a table, unless the file that is there has these rows."""
    with suppress(FileNotFoundError, pa.ArrowException, CorpusError):  # not there, or damaged
        if read_table(file).cast(table.schema).equals(table):
            return
    write_table(file, table)


def take_over(file: Path, made: Path) -> None:
    """Let a file have the bytes of what another stage made; one that has them is left alone.

    No link: it would change the times of the file that it leads to, which stand for its content.
    """
    if not (file.is_file() and filecmp.cmp(made, file, shallow=False)):
        with atomic_path(file) as beside:
            shutil.copyfile(made, beside)


def clear(table: Path, files: Iterable[Path]) -> None:
    """Take away whatever lies where a table is to be and is none of its files: the form of an earlier run."""
    wanted = set(files)
    if table.is_file() and table not in wanted:
        table.unlink()
    elif table.is_dir() and table in wanted:
        shutil.rmtree(table)
    elif table.is_dir():
        for part in parts_of(table):
            if part not in wanted:
                part.unlink()
