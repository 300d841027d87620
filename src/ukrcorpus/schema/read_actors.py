"""``schema/actors.toml``: the registry of actors, their names and dated roles."""

import calendar
import re
from contextlib import suppress
from datetime import date

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.fields import Fields, each, formed, known, once, one_of
from ukrcorpus.schema.model import Actor, ActorType, Name, Role

PREFIXES = {
    ActorType.PERSON: "per",
    ActorType.STATE: "gov",
    ActorType.ORGANISATION: "org",
    ActorType.GROUP: "grp",
    ActorType.PSEUDO: "pseudo",
}
_CASES = ("upper", "title")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def read_actors(fields: Fields, name_kinds: tuple[str, ...]) -> tuple[Actor, ...]:
    """Return the registry; every actor that an entry names exists."""
    entries = fields.tables("actors", "id")
    actors = each(entries, lambda entry: _actor(entry, name_kinds))
    fields.done()
    ids = [actor.id for actor in actors]
    once(zip(ids, (entry.where for entry in entries), strict=True), "id")
    types = {actor.id: actor.type for actor in actors}
    for actor, entry in zip(actors, entries, strict=True):
        _check_references(actor, types, entry)
    return actors


def _actor(fields: Fields, name_kinds: tuple[str, ...]) -> Actor:
    actor_id, kind = fields.text("id"), fields.choice("type", ActorType)
    actor = Actor(
        id=formed(actor_id, f"{PREFIXES[kind]}:[a-z0-9_]+", f"'{PREFIXES[kind]}:' and a-z, 0-9, '_'", fields.at("id")),
        name=fields.text("name"),
        type=kind,
        wikidata=_wikidata(fields),
        wikidata_sources=fields.maybe_texts("wikidata_sources"),
        rolls_up_to=fields.maybe_text("rolls_up_to"),
        counterpart=fields.maybe_text("counterpart"),
        no_counterpart=fields.maybe_text("no_counterpart"),
        roles=each(fields.maybe_tables("roles", "role"), _role),
        names=each(fields.maybe_tables("names", "text"), lambda name: _name(name, name_kinds)),
        excuse=fields.maybe_pairs("excuse"),
    )
    _only(actor.counterpart, kind is ActorType.GROUP, "counterpart", "groups", fields)
    _only(actor.no_counterpart, kind is ActorType.GROUP, "no_counterpart", "groups", fields)
    _only(actor.no_counterpart, actor.counterpart is None, "no_counterpart", "groups without a counterpart", fields)
    _only(actor.roles, kind is ActorType.PERSON, "roles", "persons", fields)
    _only(actor.rolls_up_to, kind is not ActorType.PERSON, "rolls_up_to", "bodies and groups", fields)
    names = [(actor.name, fields.at("name"))]
    once(names + [(name.text, f"{fields.at('names')} ({name.text})") for name in actor.names], "name")
    return actor


def _wikidata(fields: Fields) -> str | None:
    wikidata = fields.maybe_text("wikidata")
    return wikidata and formed(wikidata, r"Q[1-9]\d*", "'Q' and a number", fields.at("wikidata"))


def _name(fields: Fields, kinds: tuple[str, ...]) -> Name:
    case = fields.maybe_text("case")
    return Name(
        text=fields.text("text"),
        kind=one_of(fields.text("kind"), kinds, fields.at("kind")),
        language=fields.maybe_text("language"),
        case=case and one_of(case, _CASES, fields.at("case")),
        after=fields.maybe_texts("after"),
        not_in=fields.maybe_texts("not_in"),
        ambiguous=fields.flag("ambiguous"),
    )


def _role(fields: Fields) -> Role:
    start, end = fields.maybe_day("from"), fields.maybe_day("to")
    role = Role(
        org=fields.text("org"),
        role=fields.text("role"),
        valid_from=_period(start, fields.at("from"))[0] if start else None,
        valid_to=_period(end, fields.at("to"))[1] if end else None,
        source=fields.text("source"),
        from_unknown=fields.flag("from_unknown"),
    )
    _only(role.from_unknown, role.valid_from is None, "from_unknown", "roles without from", fields)
    if role.valid_from and role.valid_to and role.valid_to < role.valid_from:
        raise CorpusError(
            "schema-value", f"'{end}' is before '{start}'.", where=fields.at("to"), remedy="Swap or mend."
        )
    return role


def _period(text: str, where: str) -> tuple[date, date]:
    """Return the first and last day of a year, a month or a day."""
    match = _PERIOD.fullmatch(text)
    with suppress(ValueError):
        year, month, day = match.groups() if match else ("", None, None)
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        last_day = calendar.monthrange(first.year, last_month)[1]
        return first, date(first.year, last_month, int(day or last_day))
    raise CorpusError(
        "schema-value", f"'{text}' is no date.", where=where, remedy="Expected YYYY, YYYY-MM or YYYY-MM-DD."
    )


def _only(value: object, right: bool, key: str, who: str, fields: Fields) -> None:
    if value and not right:
        raise CorpusError("schema-value", f"'{key}' is for {who} only.", where=fields.where, remedy=f"Remove '{key}'.")


def _check_references(actor: Actor, types: dict[str, ActorType], fields: Fields) -> None:
    bodies = [name for name, kind in types.items() if kind not in (ActorType.PERSON, ActorType.PSEUDO)]
    groups = [name for name, kind in types.items() if kind is ActorType.GROUP]
    if actor.rolls_up_to:
        known(actor.rolls_up_to, bodies, "the body", fields.at("rolls_up_to"))
    if actor.counterpart:
        known(actor.counterpart, groups, "the group", fields.at("counterpart"))
    for role in actor.roles:
        known(role.org, bodies, "the body", f"{fields.at('roles')} ({role.role}): org")
    for name in actor.names:
        for other in name.after:
            known(other, types, "the actor", f"{fields.at('names')} ({name.text}): after")
