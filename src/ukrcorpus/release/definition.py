"""The definition as a release holds it: ``schema/``, the labelling configuration and the guidelines.

A person who was withdrawn stands in none of it, and no name that another has by the person's name.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.core.toml import toml_table
from ukrcorpus.derive.outputs import outputs
from ukrcorpus.policy.naming import NOT_SHOWN, cut_address, inflected, naming, naming_address
from ukrcorpus.policy.registry import names_of, own_names, without_persons
from ukrcorpus.policy.withdrawals import Withdrawn
from ukrcorpus.schema.fields import Fields
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read_actors import read_actors
from ukrcorpus.sources.withdrawals import read_withdrawals

_ACTORS: Final = "actors.toml"
_REPAIRS: Final = "repairs.toml"
_ENTRY: Final = "[[actors]]"
_SLIP: Final = "[[slips]]"
_QUOTED: Final = r'"([^"\n]*)"(?:, ?)?'
_ADDRESS: Final = re.compile(r"(?<![^\s\"'<>])[^\s\"'<>/]*/[^\s\"'<>]+")
_PARQUET: Final = ".parquet"
_REWORD: Final = (
    "Word it otherwise where it comes from: schema/, CHANGELOG.md, corpus.toml, annotations/known-errors.toml. "
    "The entry in schema/actors.toml stays."
)


@dataclass(frozen=True, slots=True)
class Definition:
    """What is defined, as far as a release may show it; ``persons`` were withdrawn from it, ``names`` are theirs.

    ``own`` are those of their names that no other person goes by.
    """

    schema: Schema
    persons: frozenset[str]
    names: frozenset[str]
    own: frozenset[str]

    @classmethod
    def of(cls, project: Project, schema: Schema) -> "Definition":
        """Return the definition without the persons whom ``raw/withdrawals.toml`` lists."""
        return cls.without(schema, Withdrawn.of(read_withdrawals(project)).persons)

    @classmethod
    def without(cls, schema: Schema, persons: frozenset[str]) -> "Definition":
        """Return the definition without these persons."""
        names, own = names_of(schema, persons), own_names(schema, persons)
        return cls(without_persons(schema, persons), persons, names, own)

    def copy(self, project: Project, folder: Path) -> None:
        """Write the files, the registry and the repairs without the persons."""
        shown = {_ACTORS: self._registry, _REPAIRS: self._repairs}
        for file in sorted(project.schema.rglob("*")):
            inner = file.relative_to(project.schema)
            if file.is_file() and not any(part.startswith(".") for part in inner.parts):
                text = file.read_text(encoding="utf-8")
                write_text(folder / inner, shown[str(inner)](text) if str(inner) in shown else text)
        for path, text in outputs(self.schema):
            write_text(folder / Path(path).name, text)

    def check(self, folder: Path) -> None:
        """Raise ``withdrawn-named`` for a file beside the tables, or an actor, named after a person who was withdrawn.

        Tables are left to the rules: the texts of articles keep their words. In an address a name may be joined and
        written otherwise.
        """
        theirs = naming(self.own)
        for actor in (one for one in self.schema.actors if theirs.search(one.name)):
            what = f"its name holds that of a person who was withdrawn: '{actor.name}'."
            where = f"schema/{_ACTORS}: actors ({actor.id}): name"
            raise CorpusError("withdrawn-named", what, where=where, remedy="List the actor under another name.")
        for file in sorted(path for path in folder.rglob("*") if self.persons and path.is_file()):
            text = "" if file.suffix == _PARQUET else file.read_text(encoding="utf-8")
            for place, name in self._named(text):
                where = f"{file.relative_to(folder).as_posix()}: line {text[:place].count(chr(10)) + 1}"
                what = f"it names a person who was withdrawn: '{name}'."
                raise CorpusError("withdrawn-named", what, where=where, remedy=_REWORD)

    def unnamed(self, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """Return the tables without the statements whose words name a withdrawn person: none may be an example."""
        statements = tables["statements"]
        words = statements["claim"].to_pylist()
        kept = pa.array([not any(name in (claim or "") for name in self.names) for claim in words], pa.bool_())
        return {**tables, "statements": statements.filter(kept)}

    def _named(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each place where a text has the id or a full name of a withdrawn person, or an address with one."""
        full = {name for name in self.names if " " in name}  # one word may be another's name
        yield from ((text.index(name), name) for name in sorted(self.persons | full) if name in text)
        names_one = naming_address(full)
        yield from ((one.start(), one[0]) for one in _ADDRESS.finditer(text) if names_one(one[0]))

    def _registry(self, text: str) -> str:
        """Return the registry without the persons; comments stay in its head only."""
        if not self.persons:
            return text
        entries = (one for one in tomllib.loads(text)["actors"] if one["id"] not in self.persons)
        parts = [
            text.partition(_ENTRY)[0].rstrip("\n") + "\n",
            *(toml_table("actors", self._entry(one)) for one in entries),
        ]
        made = "\n".join(parts)
        kinds = self.schema.vocabulary("name_kind").names
        fields = Fields(_ACTORS, {"actors": tomllib.loads(made)["actors"]})
        assert read_actors(fields, kinds) == self.schema.actors, "the registry as written is not the one that is meant"
        return made

    def _repairs(self, text: str) -> str:
        """Return the repairs without the persons' names, in any case; layout and comments stay."""
        theirs = inflected(self.own)
        lists, slip, slips = text.partition(_SLIP)
        return re.sub(_QUOTED, lambda one: "" if theirs.fullmatch(one[1]) else one[0], lists) + slip + slips

    def _entry(self, actor: Mapping[str, Any]) -> dict[str, Any]:
        """Return an entry without the names that count only after a withdrawn person, or hold a name of theirs.

        Of a source whose address names them the site is left.
        """
        theirs, names_one = naming(self.own), naming_address(self.own)
        known = [one for one in actor.get("names", ()) if not theirs.search(one["text"])]
        names = [one for one in known if not one.get("after") or set(one["after"]) - self.persons]
        after = [
            one | {"after": [i for i in one["after"] if i not in self.persons]} if "after" in one else one
            for one in names
        ]
        held = actor.get("roles", ())
        roles = [one | {"source": cut_address(one["source"], names_one) or NOT_SHOWN} for one in held]
        return dict(actor) | {key: kept for key, kept in (("names", after), ("roles", roles)) if key in actor}
