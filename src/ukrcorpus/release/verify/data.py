"""Rules on the data of a release: what ``release.json`` and ``schema/`` say of the tables is what they hold."""

from collections.abc import Iterator

import pyarrow.compute as pc

from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.derive.numbers import data_file
from ukrcorpus.policy.rights import Edition, closed_articles, held_text
from ukrcorpus.release.data import is_in_split, splits_of
from ukrcorpus.release.numbers import WANTED_FIRST
from ukrcorpus.release.text_free.proofs import PROOFS, SCHEMA
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.record import TableRecord
from ukrcorpus.release.verify.tables import COLUMNS, UNREADABLE
from ukrcorpus.schema.model import Table
from ukrcorpus.validate.evidence import address, show
from ukrcorpus.validate.rules import Broken


def check_readable(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``data-unreadable`` for each data file that is no Parquet file."""
    yield from evidence.tables.broken[UNREADABLE]


def check_columns(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``data-columns`` for each file without exactly the columns of ``schema/tables/``, in their order."""
    yield from evidence.tables.broken[COLUMNS]


def check_definition(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``record-schema`` where ``release.json`` describes another definition than ``schema/``."""
    record, schema = evidence.record, evidence.schema
    for name in ("scheme_version", "guideline_version"):
        yield from _same(f"{RELEASE_FILE}: {name}", getattr(record, name), getattr(schema, name))
    defined = {table.name: table for table in schema.tables}
    for name in sorted(record.tables.keys() | defined.keys()):
        where = f"{RELEASE_FILE}: tables: {name}"
        if name not in record.tables:
            yield Broken(where, "no entry", "an entry for every table of schema/tables/, also with 0 rows")
        elif name not in defined:
            yield Broken(where, "an entry", "no table that schema/tables/ does not define")
        else:
            yield from _defined(where, record.tables[name], defined[name])


def _defined(where: str, record: TableRecord, table: Table) -> Iterator[Broken]:
    yield from _same(f"{where}: key", list(record.key), list(table.key))
    got = [f"{one.name}: {one.kind}{', required' * one.required}" for one in record.columns]
    wanted = [f"{one.name}: {one.kind}{', required' * one.required}" for one in table.columns]
    yield from _same(f"{where}: columns", got, wanted)


def check_inputs(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``record-inputs`` for each file of ``schema/`` that is not the one the release was made from.

    The registry and the repairs are others where a person was withdrawn from them.
    """
    hashes = evidence.held.hashes
    for name, digest in sorted(evidence.record.inputs.items()):
        if name.startswith("schema/") and hashes.get(name) != digest and not evidence.is_shortened(name):
            got = f"SHA-256 {hashes[name]}" if name in hashes else "no such file"
            yield Broken(name, got, f"{digest}, as {RELEASE_FILE} has it among the inputs")


def check_rows(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``data-rows`` where ``release.json`` counts other rows than the files of a table have."""
    for name, about in evidence.read_records():
        where = f"{RELEASE_FILE}: tables: {name}"
        for split, files in evidence.tables.parts[name].items():
            n_rows = sum(part.num_rows for part in files.values())
            yield from _same(f"{where}: splits: {split}: rows", about.splits[split].rows, n_rows)
            for file, part in files.items():
                if not part.num_rows:
                    yield Broken(file, "a file without rows", "no file: datasets cannot load it")
        yield from _same(f"{where}: rows", about.rows, evidence.tables.whole[name].num_rows)


def check_listed(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``data-unlisted`` for each file below ``data/`` that no split of ``release.json`` names, or names amiss."""
    named: set[str] = set()
    for name, about in sorted(evidence.record.tables.items()):
        for split, part in about.splits.items():
            n = len(part.files)
            expected = [data_file(name, split, at, n) for at in range(n)] or [data_file(name, split, 0, 1)]
            yield from _same(f"{RELEASE_FILE}: tables: {name}: splits: {split}: files", list(part.files), expected)
            named.update(part.files)
    for name in sorted(evidence.held.files):
        if name.startswith("data/") and name not in named:
            yield Broken(name, "a file", "no file that is of no split")


def check_splits(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``data-split`` for each file with rows whose article is in another split."""
    if {"articles", "claims"} & evidence.tables.unread.keys():
        return
    for name, _ in evidence.read_records():
        about, parts = evidence.schema.table(name), evidence.tables.parts[name].items()
        for split, file, part in ((split, *one) for split, files in parts for one in files.items()):
            own = splits_of(part, about, evidence.tables.whole)
            stray = part.filter(pc.invert(is_in_split(own, split)))
            if stray.num_rows:
                first = address(about, stray.slice(0, 1).to_pylist()[0])
                got = f"{stray.num_rows:,} rows of other splits, the first {first}"
                yield Broken(file, got, f"rows of {split} only")


def check_logical(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``data-hash`` for each table whose rows have another logical hash than ``release.json`` has."""
    for name, about in evidence.read_records():
        got = logical_hash(evidence.tables.whole[name], about.key)
        if got != about.logical_hash:
            expected = f"{about.logical_hash}, the {evidence.record.logical_hash} in {RELEASE_FILE}"
            yield Broken(f"data/{name}", f"rows with {got}", expected)


def check_default(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``record-default`` unless the default config is the first of those most people want that has rows."""
    filled = {name for name, about in evidence.record.tables.items() if about.rows}
    expected = next((name for name in WANTED_FIRST if name in filled), None)
    yield from _same(f"{RELEASE_FILE}: default_config", evidence.record.default_config, expected)


def check_rights(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``edition-text`` for each protected column of a text-free edition with values of closed articles."""
    if evidence.record.edition != Edition.TEXT_FREE or evidence.tables.unread:
        return
    for found in held_text(evidence.schema, evidence.tables.whole):
        yield Broken(f"data/{found.where}", found.got, found.expected)


def check_proofs(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``edition-proofs`` unless a text-free edition, and no other, has proofs of closed articles' words."""
    there, wanted = PROOFS in evidence.held.files, evidence.record.edition != Edition.FULL
    if there != wanted:
        yield Broken(PROOFS, "a file" if there else "no such file", "one in a text-free edition, and in no other")
    if not there or "articles" in evidence.tables.unread:
        return
    try:
        table = evidence.proofs()
    except CorpusError as error:
        yield Broken(PROOFS, error.what, "a Parquet file")
        return
    if not table.schema.equals(SCHEMA):
        yield Broken(PROOFS, show(table.schema.names), f"{show(SCHEMA.names)}, each of its type and without nulls")
        return
    closed = closed_articles(evidence.tables.whole["articles"])
    n_open = pc.sum(pc.invert(pc.is_in(table["article_id"], value_set=closed))).as_py() or 0
    if n_open:
        yield Broken(PROOFS, f"{n_open:,} proofs of other articles", "proofs of articles with text_rights = none only")


def _same(where: str, got: object, expected: object) -> Iterator[Broken]:
    if got != expected:
        yield Broken(where, show(got), show(expected))
