"""The reference tables: actors, their names and roles, and the codebook."""

from collections import Counter
from collections.abc import Iterator

from ukrcorpus.schema.model import Actor, Schema

_Row = dict[str, object]
_ANY_LANGUAGE = "und"
_REGISTRY_LANGUAGE = "en"  # canonical names are written in English


def actor_rows(schema: Schema) -> Iterator[_Row]:
    """Yield a row of ``actors`` for each entry of the registry."""
    for actor in schema.actors:
        yield {
            "actor_id": actor.id,
            "name": actor.name,
            "type": actor.type.value,
            "rolls_up_to": actor.rolls_up_to,
            "wikidata": actor.wikidata,
        }


def actor_name_rows(schema: Schema) -> Iterator[_Row]:
    """Yield a row of ``actor_names`` for each canonical name and each other form."""
    return (row for actor in schema.actors for row in _name_rows(actor))


def actor_role_rows(schema: Schema) -> Iterator[_Row]:
    """Yield a row of ``actor_roles`` for each office, numbered from 1 within person and body."""
    for actor in schema.actors:
        numbers: Counter[str] = Counter()
        for role in actor.roles:
            numbers[role.org] += 1
            yield {
                "actor_id": actor.id,
                "org_id": role.org,
                "role_no": numbers[role.org],
                "role": role.role,
                "valid_from": role.valid_from,
                "valid_to": role.valid_to,
                "source": role.source,
            }


def issue_rows(schema: Schema) -> Iterator[_Row]:
    """Yield a row of ``issues`` for each issue of the codebook."""
    for issue in schema.issues:
        yield {
            "issue": issue.issue,
            "label": issue.label,
            "group": issue.group,
            "pole": issue.pole,
            "definition": issue.definition,
            "valence": issue.valence,
            "scope": "context" if issue.context else "core",
        }


def _name_rows(actor: Actor) -> Iterator[_Row]:
    shared: _Row = {"actor_id": actor.id}
    free: _Row = {"case": None, "after": [], "not_in": [], "ambiguous": False}
    yield shared | free | {"text": actor.name, "language": _REGISTRY_LANGUAGE, "kind": "name"}
    for name in actor.names:
        yield shared | {
            "text": name.text,
            "language": name.language or _ANY_LANGUAGE,
            "kind": name.kind,
            "case": name.case,
            "after": list(name.after),
            "not_in": list(name.not_in),
            "ambiguous": name.ambiguous,
        }
