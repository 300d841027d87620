"""What changed between two releases: rows of every table, changes of every subject with their cause, the network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import pyarrow as pa

from ukrcorpus.core.logical_hash import check_known
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.folder import Folder
from ukrcorpus.release.diffs.causes import evidence
from ukrcorpus.release.diffs.changes import changes
from ukrcorpus.release.diffs.edges import NetworkDiff, compare_edges
from ukrcorpus.release.diffs.rows import RowDiff, compare_rows, other_rows
from ukrcorpus.release.diffs.subjects import SUBJECTS

_NETWORK: Final = "statements"
Read = Callable[[str], pa.Table]


@dataclass(frozen=True, slots=True)
class State:
    """One state of a corpus: what its record says, and its tables, each read when it is asked for.

    ``full`` reads the tables of the full edition, where this is another edition and they are at hand.
    """

    record: Mapping[str, Any]
    read: Read
    full: Read | None = None

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The key of each table."""
        return {name: tuple(table["key"]) for name, table in self.record["tables"].items()}

    @property
    def version(self) -> str:
        """The version of the data."""
        return str(self.record["version"])


@dataclass(frozen=True, slots=True)
class Diff:
    """The difference of two releases. ``changes`` has a frame for each subject, see ``changes.COLUMNS``."""

    old: State
    new: State
    tables: Mapping[str, RowDiff]
    new_tables: tuple[str, ...]
    gone_tables: tuple[str, ...]
    changes: Mapping[str, pl.DataFrame]
    network: NetworkDiff

    @property
    def is_empty(self) -> bool:
        """Say whether both have the same tables with the same rows."""
        return not (self.new_tables or self.gone_tables) and all(one.is_empty for one in self.tables.values())


def state_of(folder: Folder) -> State:
    """Return the state that a release folder holds; ``release-json`` for another kind of logical hash."""
    check_known(folder.release, str(folder.path))
    return State(folder.release, folder.read)


def diff_releases(old: State, new: State) -> Diff:
    """Return what changed from one release to another; two editions are not compared."""
    for one in (old, new):
        if one.record["edition"] != new.record["edition"]:
            what = (
                f"{old.version} is the edition '{old.record['edition']}', {new.version} is '{new.record['edition']}'."
            )
            raise CorpusError(
                "diff-editions", what, where="release diff", remedy="Compare two releases of the same edition."
            )
    tables = compare_tables(old, new)
    known = evidence(tables, scheme=old.record["scheme_version"] != new.record["scheme_version"])
    articles_of = _articles_of_claims(old, new)
    return Diff(
        old,
        new,
        tables,
        tuple(sorted(new.keys.keys() - old.keys.keys())),
        tuple(sorted(old.keys.keys() - new.keys.keys())),
        {one.name: changes(one, tables[one.table], known, articles_of) for one in SUBJECTS},
        compare_edges(old.read(_NETWORK), new.read(_NETWORK)),
    )


def compare_tables(old: State, new: State) -> dict[str, RowDiff]:
    """Return the row differences of every table; one that a release lacks counts as empty there.

    A table without a subject may have got another key: all its rows went, and others came.
    """
    found, subjects = {}, {one.table for one in SUBJECTS}
    for name in sorted(old.keys.keys() | new.keys.keys()):
        if name not in subjects and name in old.keys and name in new.keys and old.keys[name] != new.keys[name]:
            found[name] = other_rows(name, new.keys[name], old.read(name), new.read(name))
            continue
        before = old.read(name) if name in old.keys else new.read(name).schema.empty_table()
        after = new.read(name) if name in new.keys else before.schema.empty_table()
        found[name] = compare_rows(name, (new.keys if name in new.keys else old.keys)[name], before, after)
    return found


def _articles_of_claims(old: State, new: State) -> pl.DataFrame:
    """Return the article of every claim of either release."""
    columns = ["claim_id", "article_id"]
    frames = [pl.from_arrow(state.read("claims").select(columns)) for state in (new, old)]
    whole = pl.concat([frame for frame in frames if isinstance(frame, pl.DataFrame)])
    return whole.unique("claim_id", keep="first", maintain_order=True)
