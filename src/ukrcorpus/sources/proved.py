"""What an earlier run proved of ``raw/``: stretches of the manifest, and their files, that are as they were."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import read_kept, write_kept
from ukrcorpus.sources.entry import EntryError, extracted_file, parse_line
from ukrcorpus.sources.readers import check_source

if TYPE_CHECKING:
    import polars as pl

_LINES: Final = 64  # in a stretch, on average
_COLUMNS: Final = ("article_id", "file", "extractor", "url", "supersedes")
_FOLDERS: Final = ("articles/", "extracted/")


class Proved:
    """Stretches of the manifest in which all was right, by the hash of their lines and their files' stats.

    ``stats`` are those of the files below ``raw/``; ``code`` names the code that proves. Losing what is kept costs time
    only.
    """

    def __init__(self, path: Path, stats: Mapping[str, str | None], code: str) -> None:
        kept = read_kept(path)
        self.stats = stats
        self._path, self._code = path, code
        self._known = frozenset(kept) if isinstance(kept, list) else frozenset()
        self._used: set[str] = set()

    def key(self, lines: Sequence[bytes], files: Sequence[str]) -> str | None:
        """Return what names a stretch as it is now; None where a file is missing or so young that it may change."""
        stats = [stat for file in files if (stat := self.stats.get(file))]
        if len(stats) != len(files):
            return None
        digest = hashlib.sha256(self._code.encode("utf-8"))
        for part in (*lines, b"", *(stat.encode("ascii") for stat in stats)):
            digest.update(part + b"\n")
        return digest.hexdigest()

    def knows(self, key: str | None) -> bool:
        """Say whether a stretch was right."""
        return key in self._known or key in self._used

    def add(self, key: str | None) -> None:
        """Note that a stretch is right."""
        if key is not None:
            self._used.add(key)

    def keep(self) -> None:
        """Keep for the next run what this one found right."""
        if self._used != self._known:
            write_kept(self._path, sorted(self._used))


def is_right(project: Project, proved: Proved) -> bool:
    """Say whether ``check_manifest`` finds nothing, asking lines and files that are not proved only.

    False may also mean that the manifest has a form that only ``check_manifest`` can judge.
    """
    data = project.manifest.read_bytes() if project.manifest.is_file() else b""
    lines = data.split(b"\n")
    if lines.pop() or not lines:
        return False
    columns = _columns(data)
    if columns is None or len(columns) != len(lines):
        return False
    files = _files(columns)
    if not all(_is_right(project, proved, *stretch) for stretch in _stretches(lines, files)):
        return False
    listed = {file for own in files for file in own}
    left = (file for file in proved.stats.keys() - listed if file.startswith(_FOLDERS))
    return _agree(columns) and all(file.rpartition("/")[2].startswith(".") for file in left)


def _columns(data: bytes) -> "pl.DataFrame | None":
    """Return what concerns more than one line; of lines that can be read, each says the same as ``parse_line``."""
    import polars as pl

    if b"\\ud" in data or b"\\uD" in data:  # half a character, which polars makes another one of
        return None
    try:
        return pl.read_ndjson(data, schema=dict.fromkeys(_COLUMNS, pl.String))
    except pl.exceptions.PolarsError:
        return None


def _files(columns: "pl.DataFrame") -> list[tuple[str, ...]]:
    """Return the files of each line."""
    rows = zip(columns["file"].to_list(), columns["extractor"].to_list(), strict=True)
    pairs = ((file, extracted_file(file or "", extractor)) for file, extractor in rows)
    return [(file, extracted) if extracted else (file,) for file, extracted in pairs]


def _stretches(
    lines: Sequence[bytes], files: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Sequence[bytes], Sequence[tuple[str, ...]]]]:
    """Yield lines next to each other with their files; a line decides by itself whether it begins a stretch."""
    begins = [zlib.crc32(line) % _LINES == 0 for line in lines]
    begins[0] = True
    starts = list(compress(range(len(lines)), begins))
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:stop], files[start:stop]


def _is_right(project: Project, proved: Proved, lines: Sequence[bytes], files: Sequence[tuple[str, ...]]) -> bool:
    key = proved.key(lines, [file for own in files for file in own])
    if not proved.knows(key):
        try:
            entries = [parse_line(line.decode("utf-8", "replace")) for line in lines]
        except EntryError:
            return False
        if any(check_source(project, entry) for entry in entries):
            return False
    proved.add(key)
    return True


def _agree(columns: "pl.DataFrame") -> bool:
    """Say whether ids and urls are there once, and what is superseded is there."""
    import polars as pl

    urls = columns.filter(pl.col("supersedes").is_null())["url"].drop_nulls()
    named = columns.drop_nulls("supersedes")
    known = named["supersedes"].is_in(columns["article_id"].implode()) & (named["supersedes"] != named["article_id"])
    return columns["article_id"].n_unique() == len(columns) and urls.n_unique() == len(urls) and known.all()
