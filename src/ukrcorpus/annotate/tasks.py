"""Make Label Studio's tasks from normalised articles."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.measure.statements import AUTHOR, UNSPECIFIED
from ukrcorpus.schema.model import Schema

_HEAVY: Final = "heavy"


def task_of(row: Mapping[str, object], schema: Schema, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the task of a row of ``articles``: its text with hash, and the actors to choose from.

    Options are the actors that the article names, in the order of their first naming; sources may also be the
    article itself or nobody in particular.
    """
    text = str(row["text"])
    hits = gazetteer.find(text, spun=row["machine_spun"] == _HEAVY)
    named = list(dict.fromkeys(hit.actor_id for hit in hits))
    return {
        "data": {
            "article_id": row["article_id"],
            "text": text,
            "text_sha256": row["text_sha256"],
            "scheme_version": schema.scheme_version,
            "actor_options": _options(named, schema),
            "source_options": _options([*named, AUTHOR, UNSPECIFIED], schema),
        }
    }


def tasks_of(rows: Iterable[Mapping[str, object]], schema: Schema) -> list[dict[str, Any]]:
    """Return the tasks of all articles that have a text, by article id."""
    gazetteer = Gazetteer.of(schema.actors)
    whole = (row for row in rows if row["text"])
    return [task_of(row, schema, gazetteer) for row in sorted(whole, key=lambda row: str(row["article_id"]))]


def _options(actor_ids: Iterable[str], schema: Schema) -> list[dict[str, str]]:
    """Return choices as Label Studio wants them: ``value`` is stored, ``html`` is shown."""
    actors = (schema.actor(actor_id) for actor_id in actor_ids)
    return [{"value": actor.id, "html": escape(actor.name), "hint": actor.id} for actor in actors if actor]
