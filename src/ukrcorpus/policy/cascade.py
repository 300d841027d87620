"""What goes with a withdrawal: an article with all that hangs on it, a person out of every label, one mention.

One and the same for the tables of a build and for those of a release that is older than the withdrawal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.policy.naming import NOT_SHOWN, OF_ARTICLES, cut_address, naming, naming_address
from ukrcorpus.policy.withdrawals import WITHDRAWN, Withdrawn

Read = Callable[[str, tuple[str, ...]], pa.Table]

HOLDER: Final = "holder"
OF_ONE: Final = ("actor_id", "holder_id")
"""A row with such a column is about one actor, and goes with it."""
OF_SEVERAL: Final = ("actor_ids", "source_ids", "ascriber_ids", "relayer_ids", "after")
"""Lists of actors, from which one is struck."""
NEEDED: Final = frozenset({"actor_ids", "source_ids", "after"})
"""Those of them without which a row says nothing: it goes with the last of them."""
TYPED: Final = ("unlisted_actor", "note", "condition", "event_anchor")
"""What annotators typed: cleared where it names the person."""
NAMES: Final = "actor_names"
"""Where a name that another actor has by the person's own name goes too."""
OFFICES: Final = "actor_roles"
"""Where a source whose address holds the person's own name is cut to its site."""
REGIONS: Final = "annotation_ids"
KEPT: Final = "supersedes"
"""What may be null and stays in the row of a withdrawn article: another row may follow from it."""


@dataclass(frozen=True)
class Cascade:
    """What goes with ``withdrawn``; ``read`` gives columns of a table as it was, those that it has.

    ``names`` are those of the withdrawn persons, ``own`` those of them that no other person goes by.
    """

    withdrawn: Withdrawn
    read: Read
    names: frozenset[str] = field(default_factory=frozenset)
    own: frozenset[str] = field(default_factory=frozenset)

    def left(self, name: str, table: pa.Table) -> pa.Table:
        """Return what is left of a table; any selection of its columns will do.

        Rows in ``articles`` stay with status ``withdrawn`` and null in every column that may be null; of the
        others an address that names a withdrawn person is cut to its site.
        """
        if not self.withdrawn or name == "withdrawals":
            return table
        if name == "articles":
            return self._unaddressed(_emptied(table, self.withdrawn.articles))
        for column, gone in self._gone(table.column_names).items():
            if len(gone):
                table = table.filter(pc.invert(pc.is_in(table[column], value_set=gone)))
        if name == NAMES and self.own:
            theirs = naming(self.own)
            table = table.filter(pa.array([not theirs.search(text) for text in table["text"].to_pylist()], pa.bool_()))
        if name == OFFICES and self.own:
            names_one = naming_address(self.own)
            table = _mapped(table, "source", lambda source: cut_address(source, names_one) or NOT_SHOWN)
        return self._unnamed(self._struck(table))

    def all_left(self, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """Return what is left of each table."""
        return {name: self.left(name, table) for name, table in tables.items()}

    @cached_property
    def claims(self) -> pa.Array:
        """The claims that go: those of the articles, and those whose only holders go."""
        claims = self.read("claims", ("claim_id", "article_id"))
        own = _where(claims, "claim_id", "article_id", self.withdrawn.articles)
        if not self.withdrawn.persons:
            return own
        sources = self.read("claim_sources", ("claim_id", "actor_id", "role"))
        named = pc.is_in(sources["actor_id"], value_set=_ids(self.withdrawn.persons))
        held, orphaned = pc.equal(sources["role"], HOLDER), set()
        for kind in (held, pc.is_valid(sources["role"])):  # nobody holds it any more, or nobody is named at all
            before = sources.filter(pc.and_(kind, named))["claim_id"].to_pylist()
            after = sources.filter(pc.and_(kind, pc.invert(named)))["claim_id"].to_pylist()
            orphaned |= set(before) - set(after)
        return _ids({*own.to_pylist(), *orphaned})

    @cached_property
    def regions(self) -> pa.Array:
        """The annotators' regions that go although their article stays: of mentions, or naming nobody any more."""
        if not (self.withdrawn.persons or self.withdrawn.mentions):
            return _ids(set())
        columns = ("annotation_id", "article_id", "layer", "start", "end", "actor_ids", "source_ids")
        table = self.read("annotations", columns)
        lists = (_struck(table[name], self.withdrawn.persons) for name in sorted(NEEDED) if name in table.column_names)
        lost = sorted(place for kept in lists for place, row in kept.items() if not row)
        unnamed = table["annotation_id"].take(pa.array(lost, pa.int64())).to_pylist()
        return _ids({*unnamed, *self._of_mentions(table)})

    def _gone(self, columns: list[str]) -> dict[str, pa.Array]:
        """Return, for each key column that is there, the values whose rows go."""
        persons = _ids(self.withdrawn.persons)
        known: dict[str, Callable[[], pa.Array]] = {
            "article_id": lambda: _ids(self.withdrawn.articles),
            "claim_id": lambda: self.claims,
            "mention_id": lambda: _ids(self.withdrawn.mentions),
            "annotation_id": lambda: self.regions,
            **dict.fromkeys(OF_ONE, lambda: persons),
        }
        return {name: gone() for name, gone in known.items() if name in columns}

    def _of_mentions(self, annotations: pa.Table) -> set[str]:
        """Return the regions that the mentions were made from, and every other mention region on their characters."""
        if not self.withdrawn.mentions:
            return set()
        mentions = self.read("mentions", ("mention_id", "article_id", "start", "end", REGIONS))
        hit = mentions.filter(pc.is_in(mentions["mention_id"], value_set=_ids(self.withdrawn.mentions)))
        found: set[str] = set()
        for row in hit.to_pylist():
            of_layer = pc.and_(
                pc.equal(annotations["layer"], "mention"), pc.equal(annotations["article_id"], row["article_id"])
            )
            touching = pc.and_(pc.less(annotations["start"], row["end"]), pc.greater(annotations["end"], row["start"]))
            found |= set(annotations.filter(pc.and_(of_layer, touching))["annotation_id"].to_pylist())
            found |= set(row.get(REGIONS) or ())
        return found

    def _struck(self, table: pa.Table) -> pa.Table:
        """Return the table without the persons in its lists, and without the regions that go."""
        struck: list[tuple[str, frozenset[str]]] = [(name, self.withdrawn.persons) for name in OF_SEVERAL]
        if REGIONS in table.column_names:
            struck.append((REGIONS, frozenset(self.regions.to_pylist())))
        for name, gone in struck:
            if name in table.column_names and gone:
                table = _without(table, name, gone)
        return table

    def _unaddressed(self, articles: pa.Table) -> pa.Table:
        names_one = naming_address(self.own)
        for name in OF_ARTICLES:
            if self.own and name in articles.column_names:
                articles = _mapped(articles, name, lambda address: cut_address(address, names_one))
        return articles

    def _unnamed(self, table: pa.Table) -> pa.Table:
        for name in TYPED:
            if self.names and name in table.column_names:
                table = _cleared(table, name, self.names)
        return table


def _emptied(articles: pa.Table, gone: frozenset[str]) -> pa.Table:
    hit = pc.is_in(articles["article_id"], value_set=_ids(gone))
    for position, about in enumerate(articles.schema):
        if about.name == "status":
            value = pa.scalar(WITHDRAWN, about.type)
        elif about.nullable and about.name != KEPT:
            value = pa.scalar(None, about.type)
        else:
            continue
        articles = articles.set_column(position, about, pc.if_else(hit, value, articles[about.name]))
    return articles


def _without(table: pa.Table, column: str, gone: frozenset[str]) -> pa.Table:
    """Return the table without these values in a column of lists; a row goes with the last value that it needs."""
    kept = _struck(table[column], gone)
    if not kept:
        return table
    values, places = table[column].combine_chunks(), list(range(table.num_rows))
    for number, place in enumerate(kept):
        places[place] = table.num_rows + number
    whole = pa.concat_arrays([values, pa.array(kept.values(), values.type)])
    position = table.schema.get_field_index(column)
    table = table.set_column(position, table.schema.field(position), whole.take(pa.array(places, pa.int64())))
    lost = {place for place, row in kept.items() if not row and column in NEEDED}
    return table.filter(pa.array([place not in lost for place in range(len(places))], pa.bool_())) if lost else table


def _struck(lists: pa.ChunkedArray, gone: frozenset[str]) -> dict[int, list[str]]:
    """Return what is left of each list that holds one of the values, by its place."""
    values = lists.combine_chunks()
    hit = pc.is_in(pc.list_flatten(values), value_set=_ids(gone))
    places = pc.unique(pc.filter(pc.list_parent_indices(values), hit))
    rows: list[list[str]] = values.take(places).to_pylist()
    return {place: [one for one in row if one not in gone] for place, row in zip(places.to_pylist(), rows, strict=True)}


def _mapped(table: pa.Table, column: str, shown: Callable[[str], str | None]) -> pa.Table:
    """Return the table with what is shown of each value of a column; null stays null."""
    if column not in table.column_names or table[column].null_count == table.num_rows:
        return table
    position = table.schema.get_field_index(column)
    about = table.schema.field(position)
    values = [value and shown(value) for value in table[column].to_pylist()]
    return table.set_column(position, about, pa.array(values, about.type))


def _cleared(table: pa.Table, column: str, names: frozenset[str]) -> pa.Table:
    """Return the table with null where a text holds one of the names, in any case."""
    folded = sorted(name.casefold() for name in names)

    def shown(value: str) -> str | None:
        told = value.casefold()
        return None if any(name in told for name in folded) else value

    return _mapped(table, column, shown)


def _where(table: pa.Table, key: str, column: str, values: frozenset[str]) -> pa.Array:
    return table.filter(pc.is_in(table[column], value_set=_ids(values)))[key].combine_chunks()


def _ids(values: frozenset[str] | set[str]) -> pa.Array:
    return pa.array(sorted(values), pa.string())
