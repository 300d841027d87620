"""What a withdrawal takes from the tables of a release that is older, counted and taken."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.derive.folder import Folder
from ukrcorpus.policy.cascade import NAMES, NEEDED, OF_ONE, Cascade
from ukrcorpus.policy.owners import owners
from ukrcorpus.policy.registry import unshared
from ukrcorpus.policy.rights import emptied
from ukrcorpus.policy.withdrawals import Withdrawn
from ukrcorpus.schema.model import ActorType

# Of these columns alone a table loses the same rows as of all.
_TOLD_BY: Final = ("article_id", "claim_id", "mention_id", "annotation_id", *OF_ONE, *sorted(NEEDED))


@dataclass(frozen=True)
class Masked:
    """What was withdrawn since: the ids by kind, the lists that say so, and whether their rows are masked.

    Rows of persons and mentions are only ever masked as a whole; of articles the words are gone in either case.
    """

    folder: Folder
    withdrawn: Withdrawn
    by: tuple[str, ...]
    mask: bool

    @cached_property
    def rows(self) -> dict[str, int]:
        """How many rows of each table are masked, or, with ``mask=False``, would be."""
        told = {"articles": len(self.withdrawn.articles)}
        for name, about in self.folder.release["tables"].items():
            telling = {*_TOLD_BY, "text"} if name == NAMES else _TOLD_BY
            columns = tuple(one["name"] for one in about["columns"] if one["name"] in telling)
            if columns and name != "articles":
                table = self.folder.read(name, columns)
                told[name] = table.num_rows - self._cascade.left(name, table).num_rows
        return {name: n for name, n in told.items() if n}

    @property
    def n_rows(self) -> int:
        """How many rows that are in all tables together."""
        return sum(self.rows.values())

    def left(self, name: str, table: pa.Table) -> pa.Table:
        """Return what is left of a table."""
        if self.mask or name == "articles":
            return self._cascade.left(name, table)
        columns = self._protected(name)
        if not columns or not self.withdrawn.articles:
            return table
        claims = self.folder.read("claims", ("claim_id", "article_id"))
        gone = pa.array(sorted(self.withdrawn.articles), pa.string())
        return emptied(table, pc.is_in(owners(table, claims), value_set=gone), columns)

    def what(self) -> str:
        """Return what was withdrawn since, counted, and by which lists."""
        sets = ((self.withdrawn.articles, "article"), (self.withdrawn.persons, "person"))
        counts = (*sets, (self.withdrawn.mentions, "mention"))
        what = ", ".join(f"{len(ids)} {name}{'s' * (len(ids) > 1)}" for ids, name in counts if ids)
        return f"withdrawn since, by {' and '.join(self.by)}: {what}."

    def notice(self) -> str:
        """Return the sentence that a user has to see."""
        release = f"{self.folder.release['name']} {self.folder.release['version']}"
        rest = f"{self.n_rows:,} rows are masked. load(..., mask=False) gives their labels, never a text."
        if not self.mask:
            rest = f"{self.n_rows:,} rows are theirs; they come without texts. Do not publish anything from them."
        return f"{release}: {self.what()} {rest}"

    @cached_property
    def _cascade(self) -> Cascade:
        return Cascade(self.withdrawn, self.folder.read, self._names, self._own)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._called(self.withdrawn.persons)) if self.withdrawn.persons else frozenset()

    @property
    def _own(self) -> frozenset[str]:
        """Return the names that no other person goes by, as ``policy.registry`` has it for a build."""
        if not self._names:
            return frozenset()
        actors = self.folder.read("actors", ("actor_id", "type"))
        persons = actors.filter(pc.equal(actors["type"], ActorType.PERSON.value))["actor_id"].to_pylist()
        return unshared(self._names, self._called(frozenset(persons) - self.withdrawn.persons))

    def _called(self, persons: frozenset[str]) -> Iterator[str]:
        """Yield every name that the release has of these persons."""
        ids = pa.array(sorted(persons), pa.string())
        for table, column in (("actors", "name"), (NAMES, "text")):
            rows = self.folder.read(table, ("actor_id", column))
            yield from rows.filter(pc.is_in(rows["actor_id"], value_set=ids))[column].to_pylist()

    def _protected(self, name: str) -> tuple[str, ...]:
        """Return the columns that hold words of articles, as the release's own definition says."""
        file = self.folder.path / f"schema/tables/{name}.toml"
        columns = tomllib.loads(file.read_text(encoding="utf-8"))["columns"]
        return tuple(column for column, about in columns.items() if about.get("protected"))
