"""``load``: a release as tables and as objects. Needs pyarrow and nothing else."""

import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.derive.folder import Folder, open_folder
from ukrcorpus.research.objects import Actor, Article, Claim, Issue, Linked, Statement
from ukrcorpus.sources.withdrawn_since import Source, WithdrawnWarning, masked_since

if TYPE_CHECKING:
    from ukrcorpus.policy.masked import Masked

_Object = TypeVar("_Object", bound=Linked)
_Row = dict[str, Any]
_COUNTED = ("articles", "claims", "statements")


def load(
    path: str | PathLike[str], *, verify: bool = False, mask: bool = True, withdrawals: Source | None = None
) -> "Corpus":
    """Return the release in a folder. Tables are read when first asked for.

    ``verify`` compares the SHA-256 of every file with ``release.json``; without it only the sizes.

    What was withdrawn since is masked, and a ``WithdrawnWarning`` says so: by the list of the newest release of the
    corpus in the folders beside, and by ``withdrawals``: another release, a Parquet file, a table, or a project's
    ``raw/withdrawals.toml``. ``mask=False`` gives the labels of what was withdrawn, but never the texts of articles.

    Raises ``CorpusError`` for a folder that is no release, or one with missing or changed files.

    Example::

        corpus = ukrcorpus.load("dist/ukrcorpus-sample-0.1.0")
        corpus.tables["statements"].to_pandas()
        for statement in corpus.actor("per:zelensky").statements:
            print(statement.date, statement.stance, statement.pole)
    """
    folder = open_folder(Path(path), verify=verify)
    masked = masked_since(folder, withdrawals, mask=mask)
    if masked:
        warnings.warn(masked.notice(), WithdrawnWarning, stacklevel=2)
    return Corpus(folder, masked)


class Tables(Mapping[str, pa.Table]):
    """The tables of a release by name, read on first use and kept, without what is masked."""

    def __init__(self, folder: Folder, masked: "Masked | None" = None) -> None:
        self._folder = folder
        self._masked = masked
        self._read: dict[str, pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._folder.table_names:
            raise _unknown("table", name, self._folder.table_names, str(self._folder.path))
        if name not in self._read:
            table = self._folder.read(name)
            self._read[name] = self._masked.left(name, table) if self._masked else table
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._folder.table_names)

    def __len__(self) -> int:
        return len(self._folder.table_names)


@dataclass(frozen=True, repr=False)
class Corpus:
    """A release: ``tables`` by name as pyarrow tables, and the objects they speak of.

    ``masked`` says what was withdrawn since it was made; None where nothing was.
    """

    folder: Folder
    masked: "Masked | None" = None
    _positions: dict[tuple[str, str], dict[str, list[int]]] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        counts = (f"{self._n_rows(name):,} {name}" for name in _COUNTED)
        return f"<{self.name} {self.version}: {', '.join(counts)}{self._lacking}>"

    @property
    def name(self) -> str:
        """The corpus's name."""
        return str(self.folder.release["name"])

    @property
    def version(self) -> str:
        """The version of the data."""
        return str(self.folder.release["version"])

    @property
    def edition(self) -> str:
        """What the release holds: ``full``, ``text-free``, or ``rehydrated``."""
        return str(self.folder.release["edition"])

    @cached_property
    def without_text(self) -> tuple[str, ...]:
        """The articles whose text this edition lacks because it may not be passed on; their quotes are null too.

        ``ukrcorpus rehydrate`` puts them back from copies of your own. Withdrawn articles are not among them.
        """
        articles = self.tables["articles"].select(["article_id", "text", "text_rights", "status"]).to_pylist()
        lacking = (row for row in articles if row["text"] is None and row["text_rights"] == "none")
        return tuple(row["article_id"] for row in lacking if row["status"] != "withdrawn")

    def _n_rows(self, table: str) -> int:
        n_rows: int = self.folder.release["tables"][table]["rows"]
        gone = self.masked.rows if self.masked and self.masked.mask and table != "articles" else {}
        return n_rows - gone.get(table, 0)  # the row of an article stays, emptied

    @property
    def _lacking(self) -> str:
        if self.edition == "full":
            return ""
        return f"; {self.edition}, without the texts of {len(self.without_text):,} articles"

    @cached_property
    def tables(self) -> Tables:
        """Every table of the release; one without rows comes with its columns."""
        return Tables(self.folder, self.masked)

    @property
    def articles(self) -> Iterator[Article]:
        """Every article, split by split in the order of the ids."""
        return self._all(Article, "articles")

    @property
    def claims(self) -> Iterator[Claim]:
        """Every adjudicated claim."""
        return self._all(Claim, "claims")

    @property
    def statements(self) -> Iterator[Statement]:
        """Every row of ``statements``."""
        return self._all(Statement, "statements")

    @property
    def actors(self) -> Iterator[Actor]:
        """Every entry of the registry."""
        return self._all(Actor, "actors")

    @property
    def issues(self) -> Iterator[Issue]:
        """Every issue of the codebook."""
        return self._all(Issue, "issues")

    def article(self, article_id: str) -> Article:
        """Return an article by id."""
        return self._one(Article, "articles", "article_id", article_id)

    def claim(self, claim_id: str) -> Claim:
        """Return a claim by id."""
        return self._one(Claim, "claims", "claim_id", claim_id)

    def actor(self, actor_id: str) -> Actor:
        """Return an actor by id, such as ``gov:ua``."""
        return self._one(Actor, "actors", "actor_id", actor_id)

    def issue(self, name: str) -> Issue:
        """Return an issue by name."""
        return self._one(Issue, "issues", "issue", name)

    def select(self, kind: type[_Object], table: str, column: str, value: str) -> tuple[_Object, ...]:
        """Return the objects in the rows of a table whose column has a value."""
        return tuple(self._object(kind, row) for row in self.rows(table, column, value))

    def rows(self, table: str, column: str, value: str) -> list[_Row]:
        """Return the rows of a table whose column has a value; the column is indexed on first use."""
        whole = self.tables[table]
        positions = self._index(table, column).get(value, [])
        return [whole.slice(position, 1).to_pylist()[0] for position in positions]  # `take` would import pandas

    def _index(self, table: str, column: str) -> dict[str, list[int]]:
        if (table, column) not in self._positions:
            index: dict[str, list[int]] = defaultdict(list)
            for position, value in enumerate(self.tables[table][column].to_pylist()):
                index[value].append(position)
            self._positions[table, column] = dict(index)
        return self._positions[table, column]

    def _one(self, kind: type[_Object], table: str, column: str, value: str) -> _Object:
        found = self.select(kind, table, column, value)
        if not found:
            raise _unknown(column, value, self._index(table, column), f"{self.name} {self.version}: {table}")
        return found[0]

    def _all(self, kind: type[_Object], table: str) -> Iterator[_Object]:
        for batch in self.tables[table].to_batches(max_chunksize=1000):
            yield from (self._object(kind, row) for row in batch.to_pylist())

    def _object(self, kind: type[_Object], row: _Row) -> _Object:
        make: Any = kind
        values = (row[one.metadata.get("column", one.name)] for one in fields(kind)[1:])
        return make(self, *(tuple(value) if isinstance(value, list) else value for value in values))  # type: ignore[no-any-return]


def _unknown(what: str, value: str, known: Mapping[str, object] | tuple[str, ...], where: str) -> CorpusError:
    return CorpusError("load-unknown", f"there is no {what} '{value}'.", where=where, remedy=near(value, known))
