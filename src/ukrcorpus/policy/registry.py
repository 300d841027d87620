"""The registry as a release may show it: without the persons who were withdrawn."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from ukrcorpus.schema.model import Actor, Name, Schema


def without_persons(schema: Schema, persons: AbstractSet[str]) -> Schema:
    """Return the schema without these actors; a name that counts only after one of them goes too."""
    if not persons:
        return schema
    actors = tuple(_without(actor, persons) for actor in schema.actors if actor.id not in persons)
    return replace(schema, actors=actors)


def names_of(schema: Schema, persons: AbstractSet[str]) -> frozenset[str]:
    """Return every name that the registry has of these actors."""
    known = (actor for actor in schema.actors if actor.id in persons)
    return frozenset(text for actor in known for text in (actor.name, *(name.text for name in actor.names)))


def _without(actor: Actor, persons: AbstractSet[str]) -> Actor:
    names = tuple(_after(name, persons) for name in actor.names if not name.after or set(name.after) - persons)
    return replace(actor, names=names)


def _after(name: Name, persons: AbstractSet[str]) -> Name:
    return replace(name, after=tuple(one for one in name.after if one not in persons))
