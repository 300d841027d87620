"""What the documents of a release need to know of a release beside its schema: counts, sizes, hashes, figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ukrcorpus.derive.profile import Counts, Profile


@dataclass(frozen=True, slots=True)
class FileNumbers:
    """One Parquet file: ``path`` is relative to the release's root, sizes are in bytes.

    ``n_bytes`` is the size in memory (``core.tables.n_bytes``), ``n_file_bytes`` that of the file.
    """

    path: str
    sha256: str
    n_rows: int
    n_bytes: int
    n_file_bytes: int


@dataclass(frozen=True, slots=True)
class SplitNumbers:
    """The files of one split of a table, at least one, in their order."""

    split: str
    files: tuple[FileNumbers, ...]

    @property
    def path(self) -> str:
        """The path of the only file, or the pattern that the paths of all files have, and of no others."""
        first = self.files[0].path
        return first if len(self.files) == 1 else first.replace("-00000-of-", "-*-of-")

    @property
    def n_rows(self) -> int:
        """Rows of all files."""
        return sum(file.n_rows for file in self.files)

    @property
    def n_bytes(self) -> int:
        """Size of all files in memory."""
        return sum(file.n_bytes for file in self.files)

    @property
    def n_file_bytes(self) -> int:
        """Size of all files."""
        return sum(file.n_file_bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class TableNumbers:
    """The files of one table, and a digest that changes with any of them; an empty table has no files."""

    table: str
    digest: str
    splits: tuple[SplitNumbers, ...]

    @property
    def files(self) -> tuple[FileNumbers, ...]:
        """The files of all splits."""
        return tuple(file for split in self.splits for file in split.files)

    @property
    def n_rows(self) -> int:
        """Rows of all splits."""
        return sum(split.n_rows for split in self.splits)


def data_file(table: str, split: str, number: int, of: int) -> str:
    """Return the path of a data file of a release, numbered from 0.

    >>> data_file("claims", "train", 0, 1)
    'data/claims/train-00000-of-00001.parquet'
    """
    return f"data/{table}/{split}-{number:05d}-of-{of:05d}.parquet"


@dataclass(frozen=True, slots=True)
class AgreementFigure:
    """One figure, such as overlap F1 of claims; ``value`` is None where nothing could be compared."""

    what: str
    measure: str
    value: float | None
    n_units: int


@dataclass(frozen=True, slots=True)
class KnownError:
    """An error that was reported and is not mended in this version; ``about`` is the id of what it is in."""

    about: str
    what: str
    reported: date


@dataclass(frozen=True, slots=True)
class ReleaseNumbers:
    """The figures of a release.

    ``labels`` maps ``table.column`` to counts per value; ``languages``, ``genres`` and ``licences`` count articles.
    ``conflicts`` says of each cause how many conflicts were decided and how many are open.
    ``examples`` are rows of statements whose text may be shown. ``text_free`` marks the edition without texts,
    and ``n_without_text`` is the number of articles whose text it lacks. ``splits`` is the content of ``splits.json``.
    """

    tables: tuple[TableNumbers, ...]
    default_config: str | None
    n_articles: int
    n_machine_written: int
    languages: Counts
    genres: Counts
    licences: Counts
    annotator_kinds: Counts
    labels: tuple[tuple[str, Counts], ...]
    agreement: tuple[AgreementFigure, ...]
    examples: tuple[Mapping[str, object], ...]
    profile: Profile
    conflicts: tuple[tuple[str, int, int], ...] = ()
    text_free: bool = False
    known_errors: tuple[KnownError, ...] = ()
    n_without_text: int = 0
    splits: Mapping[str, Any] | None = None

    @property
    def filled(self) -> tuple[TableNumbers, ...]:
        """Return the tables that have rows, the default one first."""
        filled = [table for table in self.tables if table.splits]
        return tuple(sorted(filled, key=lambda table: (table.table != self.default_config, table.table)))

    def n_rows(self, table: str) -> int:
        """Return the rows of a table of the release, of all splits."""
        return sum(one.n_rows for one in self.tables if one.table == table)

    @property
    def all_models(self) -> bool:
        """Say whether every annotator is a language model, and there is one."""
        return [kind for kind, n in self.annotator_kinds if n] == ["model"]
