"""What the checks of a release look at: its files, its record, its definition and its tables, each read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.tables import n_bytes, read_table
from ukrcorpus.derive.numbers import FileNumbers, SplitNumbers, TableNumbers
from ukrcorpus.policy.rights import closed_articles
from ukrcorpus.release.data import table_numbers
from ukrcorpus.release.text_free.proofs import PROOFS
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.plain_yaml import read_mapping
from ukrcorpus.release.verify.record import Record, TableRecord
from ukrcorpus.release.verify.tables import Tables
from ukrcorpus.schema.model import Schema

CARD: Final = "README.md"
_LIVE: Final = "live"
_PERSON: Final = "person"
_NAMING: Final = ("schema/actors.toml", "schema/repairs.toml")
_MOST_BYTES: Final = 1 << 28


@dataclass(frozen=True)
class Evidence:
    """A release whose record and definition could be read."""

    held: Held
    record: Record
    schema: Schema
    tables: Tables

    def read_records(self) -> Iterator[tuple[str, TableRecord]]:
        """Yield what is recorded of each table that could be read."""
        for name in sorted(self.tables.whole):
            yield name, self.record.tables[name]

    @cached_property
    def card_head(self) -> dict[str, Any] | None:
        """The YAML head of the card; None where there is none that can be read."""
        before, _, rest = (self.text(CARD) or "").partition("---\n")
        head, dashes, _ = rest.partition("\n---\n")
        return read_mapping(head) if dashes and not before else None

    @cached_property
    def live(self) -> pa.Table:
        """The articles that count. Only where the table could be read."""
        articles = self.tables.whole["articles"]
        return articles.filter(pc.equal(articles["status"], _LIVE))

    def is_shortened(self, name: str) -> bool:
        """Say whether a file of ``schema/`` lists names, and persons were withdrawn from it."""
        withdrawals = self.tables.whole.get("withdrawals")
        return name in _NAMING and withdrawals is not None and _PERSON in withdrawals["kind"].to_pylist()

    @property
    def n_closed(self) -> int:
        """How many articles have a text that may not be passed on. Only where the table could be read."""
        return len(closed_articles(self.live))

    @cached_property
    def numbers(self) -> tuple[TableNumbers, ...]:
        """Counts, sizes and digests of the tables with rows, from the files themselves."""
        return tuple(self._numbers(name) for name, _ in self.read_records() if self.tables.parts[name])

    def _numbers(self, name: str) -> TableNumbers:
        splits = sorted(self.tables.parts[name].items())
        return table_numbers(
            name,
            [SplitNumbers(split, tuple(self._file(*one) for one in files.items())) for split, files in splits if files],
        )

    def _file(self, path: str, table: pa.Table) -> FileNumbers:
        n_file_bytes = self.held.files[path].stat().st_size
        return FileNumbers(path, self.held.hashes[path], table.num_rows, n_bytes(table), n_file_bytes)

    def proofs(self) -> pa.Table:
        """Return the proofs of a text-free edition."""
        return read_table(self.held.files[PROOFS])

    def text(self, name: str) -> str | None:
        """Return a file as text; None where it is missing, no UTF-8, or larger than any document."""
        path = self.held.files.get(name)
        try:
            return path.read_text(encoding="utf-8") if path and path.stat().st_size < _MOST_BYTES else None
        except UnicodeDecodeError:
            return None
