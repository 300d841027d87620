"""The registry as a release may show it: without the persons who were withdrawn, and without names made of theirs."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ukrcorpus.policy.naming import NOT_SHOWN, Naming, cut_address, naming, naming_address
from ukrcorpus.schema.model import Actor, ActorType, Name, Role, Schema


def without_persons(schema: Schema, persons: AbstractSet[str]) -> Schema:
    """Return the schema without these actors, and without the names of others that need theirs.

    Those are the names that count only after one of them, and those that hold a name of their own (``own_names``).
    The name that an actor is listed under stays. Of a source whose address names them the site is left.
    """
    if not persons:
        return schema
    own = own_names(schema, persons)
    theirs, names_one = naming(own), naming_address(own)
    left = (_without(actor, persons, theirs) for actor in schema.actors if actor.id not in persons)
    return replace(schema, actors=tuple(replace(actor, roles=_cut(actor.roles, names_one)) for actor in left))


def names_of(schema: Schema, persons: AbstractSet[str]) -> frozenset[str]:
    """Return every name that the registry has of these actors."""
    return frozenset(_names(actor for actor in schema.actors if actor.id in persons))


def own_names(schema: Schema, persons: AbstractSet[str]) -> frozenset[str]:
    """Return the names of these actors that are in the name of no other person: a Pope is not the only one."""
    others = (actor for actor in schema.actors if actor.id not in persons and actor.type is ActorType.PERSON)
    return unshared(names_of(schema, persons), _names(others))


def unshared(names: AbstractSet[str], others: Iterable[str]) -> frozenset[str]:
    """Return the names that none of the others holds as whole words.

    >>> sorted(unshared({"Pope", "Leo XIV"}, ["Pope Francis"]))
    ['Leo XIV']
    """
    told = "\n".join(others)
    return frozenset(name for name in names if not naming({name}).search(told))


def _names(actors: Iterable[Actor]) -> Iterable[str]:
    return (text for actor in actors for text in (actor.name, *(name.text for name in actor.names)))


def _without(actor: Actor, persons: AbstractSet[str], theirs: re.Pattern[str]) -> Actor:
    kept = (name for name in actor.names if not name.after or set(name.after) - persons)
    return replace(actor, names=tuple(_after(name, persons) for name in kept if not theirs.search(name.text)))


def _cut(roles: tuple[Role, ...], names_one: Naming) -> tuple[Role, ...]:
    return tuple(replace(role, source=cut_address(role.source, names_one) or NOT_SHOWN) for role in roles)


def _after(name: Name, persons: AbstractSet[str]) -> Name:
    return replace(name, after=tuple(one for one in name.after if one not in persons))
