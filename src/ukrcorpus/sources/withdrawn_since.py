"""What was withdrawn since a release was made: the newest list in sight says it."""

import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyarrow as pa

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.folder import RELEASE_FILE, Folder, open_folder
from ukrcorpus.policy.withdrawals import Kind, Withdrawn

if TYPE_CHECKING:
    from ukrcorpus.policy.masked import Masked

TABLE: Final = "withdrawals"
SINCE: Final = "withdrawn_since"
"""The key of a rehydrated release's record for what was known then as withdrawn."""
_VERSION: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_KEYS: Final = {
    Kind.ARTICLE: ("articles", "article_id"),
    Kind.PERSON: ("actors", "actor_id"),
    Kind.MENTION: ("mentions", "mention_id"),
}
Pairs: TypeAlias = frozenset[tuple[str, str]]
Source: TypeAlias = str | PathLike[str] | pa.Table


class WithdrawnWarning(UserWarning):
    """Rows of a release were withdrawn after it was made."""


def masked_since(folder: Folder, source: Source | None, *, mask: bool) -> "Masked | None":
    """Return what was withdrawn since a release was made, as far as it has it; None where nothing was.

    Asks the newest release of the corpus beside it, what a rehydrated one was told, and ``source``.
    """
    lists = dict(_lists(folder, source))
    if not lists:
        return None
    own = _pairs(folder.read(TABLE))
    by = tuple(name for name, pairs in lists.items() if _held(folder, pairs - own))
    found = _held(folder, frozenset().union(*lists.values()) - own)
    if not found:
        return None
    from ukrcorpus.policy.masked import Masked

    return Masked(folder, Withdrawn.by_kind(found), by, mask)


def _lists(folder: Folder, source: Source | None) -> Iterator[tuple[str, Pairs]]:
    """Yield the lists in sight, each with what it is called."""
    told = folder.release.get(SINCE)
    if told is not None:
        yield " and ".join(told["by"]), frozenset((str(kind), str(one)) for kind, one in told["withdrawn"])
    newest = _newest(folder)
    if newest is not None:
        yield f"{newest.release['name']} {newest.release['version']}", _pairs(newest.read(TABLE))
    if source is not None:
        yield _given(source)


def _newest(folder: Folder) -> Folder | None:
    """Return the newest release of the same corpus beside a release, if it is newer."""
    own = _number(folder.release)
    beside = ((_number(one.release), one) for one in _siblings(folder))
    newer = [pair for pair in beside if pair[0] > own]
    return max(newer, key=lambda pair: pair[0])[1] if newer else None


def _siblings(folder: Folder) -> Iterator[Folder]:
    place = folder.path.resolve()
    for file in sorted(place.parent.glob(f"[!.]*/{RELEASE_FILE}")):
        try:
            release = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            what = f"{file} cannot be read: what it has as withdrawn is not known."
            warnings.warn(what, WithdrawnWarning, stacklevel=2)
            continue
        if isinstance(release, dict) and release.get("name") == folder.release["name"] and TABLE in release["tables"]:
            yield Folder(file.parent, release)


def _number(release: Mapping[str, Any]) -> tuple[int, ...]:
    found = _VERSION.fullmatch(str(release.get("version")))
    return tuple(int(part) for part in found.groups()) if found else (-1,)


def _given(source: Source) -> tuple[str, Pairs]:
    """Return the list that a caller names: a table, a release folder, a Parquet file or a TOML file."""
    if isinstance(source, pa.Table):
        return "the given table", _pairs(source)
    path = Path(source)
    if path.is_dir():
        return str(path), _pairs(open_folder(path, verify=False).read(TABLE))
    from ukrcorpus.sources.withdrawals import read_list

    read: dict[str, Callable[[], Pairs]] = {
        ".parquet": lambda: _pairs(read_table(path)),
        ".toml": lambda: frozenset((str(one.kind), one.withdrawn_id) for one in read_list(path, str(path))),
    }
    if path.suffix not in read or not path.is_file():
        remedy = "Give a newer release folder, its withdrawals as Parquet, a table, or raw/withdrawals.toml."
        raise CorpusError("load-withdrawals", "no list of withdrawals is there.", where=str(path), remedy=remedy)
    return str(path), read[path.suffix]()


def _pairs(table: pa.Table) -> Pairs:
    """Return (kind, id) of each tombstone; before there were kinds, all were of articles."""
    if "kind" not in table.column_names:
        return frozenset((str(Kind.ARTICLE), one) for one in table["article_id"].to_pylist())
    return frozenset(zip(table["kind"].to_pylist(), table["withdrawn_id"].to_pylist(), strict=True))


def _held(folder: Folder, pairs: Pairs) -> Pairs:
    """Return those of the ids that a release has."""
    found: set[tuple[str, str]] = set()
    for kind, (table, column) in _KEYS.items():
        wanted = {one for of, one in pairs if of == kind}
        if wanted:
            found |= {(str(kind), one) for one in wanted & set(folder.read(table, (column,))[column].to_pylist())}
    return frozenset(found)
