"""How a corpus is cut into parts, and whether it is cut so that parts can be asked one by one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import polars as pl

from ukrcorpus.schema.model import SplitBy, Table
from ukrcorpus.sources.lines import HEAD
from ukrcorpus.validate.evidence import Evidence, Part, corpus_parts
from ukrcorpus.validate.ledger import Ends, Ledger

_ARTICLE: Final = "article_id"


@dataclass(frozen=True, slots=True)
class Cut:
    """The parts in the order of their articles; none where each table is one file.

    ``files`` has the hashes of a table's files, one for each part where it is cut; ``lines`` those of the manifest's
    lines of each part; ``apart`` the tables of which no two parts have the first column of a key in common.
    """

    files: Mapping[str, tuple[str, ...]]
    parts: tuple[Part, ...] = ()
    lines: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()


def cut_of(evidence: Evidence, ledger: Ledger) -> Cut | None:
    """Return how the corpus is cut; None where rows or the line of an article may stand in several parts.

    Each table of articles has a file for every part; the articles of a part are those from its first id to its last.
    """
    tables, names = evidence.schema.tables, evidence.once(corpus_parts)
    in_parts = [table for table in tables if names and table.split is SplitBy.ARTICLE]
    if in_parts != [table for table in tables if evidence.path(table.name).is_dir()]:
        return None
    hashes = {table.name: tuple(map(ledger.sha256, evidence.files(table.name))) for table in tables}
    if not names:
        return Cut(hashes)
    if not all(all(hashes[table.name]) for table in tables):
        return None
    try:
        ends = {table.name: [_ends(file, table, ledger) for file in evidence.files(table.name)] for table in in_parts}
    except (pl.exceptions.PolarsError, OSError):  # a rule says what is wrong with the file
        return None
    spans = [_around(own[n][0] for own in ends.values()) for n in range(len(names))]
    parts = _parts(evidence.project.manifest, names, spans)
    if parts is None:
        return None
    apart = frozenset(name for name, own in ends.items() if _are_apart([last for _, last in own]))
    return Cut(hashes, *parts, apart)


def _ends(file: Path, table: Table, ledger: Ledger) -> tuple[Ends, Ends]:
    """Return the ends of the articles and of the first column of the key; None where there is no row or column."""
    columns = (_ARTICLE, table.key[0]) if _ARTICLE in table.names else (table.key[0],)
    told = ledger.ends(file, columns)
    return told.get(_ARTICLE), told[table.key[0]]


def _around(ends: Iterable[Ends]) -> Ends:
    """Return the ends of all."""
    known = [one for one in ends if one]
    return (min(least for least, _ in known), max(greatest for _, greatest in known)) if known else None


def _are_apart(ends: Iterable[Ends]) -> bool:
    """Say whether no value can lie between the ends of two."""
    ordered = sorted(one for one in ends if one)
    return all(one[1] < other[0] for one, other in pairwise(ordered))


def _parts(
    manifest: Path, names: Sequence[str], spans: Sequence[Ends]
) -> tuple[tuple[Part, ...], tuple[str, ...]] | None:
    """Return the parts with their lines of the manifest and the hashes of these.

    None where parts have an article in common, or the manifest is in another order or form than it is written in.
    """
    known = [span for span in spans if span]
    if len(known) < len(spans) or known != sorted(known) or not _are_apart(known) or not manifest.is_file():
        return None
    starts = [least.encode("utf-8") for least, _ in known[1:]]
    bounds, hashes = [0], [hashlib.sha256()]
    last, at = b"", 0
    with manifest.open("rb") as file:
        for line in file:
            head = HEAD.match(line)
            if head is None or head[1] <= last:
                return None
            last = head[1]
            while len(bounds) <= len(starts) and last >= starts[len(bounds) - 1]:
                bounds.append(at)
                hashes.append(hashlib.sha256())
            hashes[-1].update(line)
            at += len(line)
    more = len(known) - len(bounds)
    bounds += [at] * (more + 1)
    hashes += [hashlib.sha256()] * more
    parts = (Part(name, *ends) for name, ends in zip(names, pairwise(bounds), strict=True))
    return tuple(parts), tuple(one.hexdigest() for one in hashes)
