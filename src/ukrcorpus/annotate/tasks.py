"""Make Label Studio's tasks from normalised articles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from ukrcorpus.annotate.gazetteer import Gazetteer
from ukrcorpus.derive.label_studio import LABEL_CONTROL, LAYOUT, result_item
from ukrcorpus.derive.label_studio_controls import NO_KEY
from ukrcorpus.derive.label_studio_layout import layout_of
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import AUTHOR, UNSPECIFIED
from ukrcorpus.schema.model import Layer, Schema

Json = dict[str, Any]
Row = Mapping[str, object]
Suggests = Callable[[Row], Json | None]  # a row of ``articles`` -> a prediction

BOTH: Final = "both"
_UNITS: Final = "units"
AGREED: Final = "agreed-units"  # the model version of units that annotators agreed on: they are no suggestion
_HEAVY: Final = "heavy"


@dataclass(frozen=True, slots=True)
class AgreedUnit:
    """A unit to be coded: its region keeps this id, so that the answers come back to it."""

    region_id: str
    layer: Layer
    span: Span


def task_of(  # noqa: PLR0913, PLR0917 - what a task may be made of
    row: Row,
    schema: Schema,
    gazetteer: Gazetteer,
    step: str = BOTH,
    kinds: Sequence[str] = (),
    shown: Json | None = None,
) -> Json:
    """Return the task of a row of ``articles``: its text with hash, and the actors to choose from.

    Options are the actors that the article names, in the order of their first naming, and those of the prediction
    that is shown; sources may also be the article itself or nobody in particular. ``kinds`` says of each line what it
    is, so that the screen can show it.
    """
    text = str(row["text"])
    hits = gazetteer.find(text, spun=row["machine_spun"] == _HEAVY)
    named = list(dict.fromkeys([*(hit.actor_id for hit in hits), *_suggested_actors(shown, schema)]))
    return {
        "data": {
            "article_id": row["article_id"],
            "text": text,
            "text_sha256": row["text_sha256"],
            "scheme_version": schema.scheme_version,
            "step": step,
            "actor_options": options_of(named, schema),
            "source_options": options_of([*named, AUTHOR, UNSPECIFIED], schema),
            LAYOUT: layout_of(kinds),
        }
    }


def tasks_of(  # noqa: PLR0913 - what a task may be made of, each by name
    rows: Iterable[Row],
    schema: Schema,
    *,
    step: str = BOTH,
    suggester: Suggests | None = None,
    units: Mapping[str, Sequence[AgreedUnit]] | None = None,
    kinds: Mapping[str, Sequence[str]] | None = None,
    sentences: Mapping[str, Sequence[Span]] | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Json]:
    """Return the tasks of all articles that have a text, by article id.

    ``suggester`` makes the prediction that the annotator is shown. With ``units``, by article, only articles that have
    some become tasks, and the units stand in the place of suggestions. ``kinds`` are those of each article's lines.
    ``sentences`` are for the suggester. ``gazetteer`` finds the actors to choose from; without it names count only as
    the registry writes them.
    """
    gazetteer = gazetteer or Gazetteer.of(schema.actors)
    tasks = []
    for row in sorted(rows, key=lambda row: str(row["article_id"])):
        article_id = str(row["article_id"])
        own = units.get(article_id, ()) if units is not None else ()
        if not row["text"] or (units is not None and not own):
            continue
        lines = tuple((kinds or {}).get(article_id, ()))
        known = {**row, "kinds": lines, "sentences": tuple((sentences or {}).get(article_id, ()))}
        shown = _prediction(own, str(row["text"])) if own else _suggestion(suggester, known, step)
        task = task_of(row, schema, gazetteer, step, lines, shown)
        tasks.append(task | {"predictions": [shown]} if shown else task)
    return tasks


def _suggestion(suggester: Suggests | None, row: Row, step: str) -> Json | None:
    """Return what a suggester says of an article; where only units are asked for, no answers."""
    made = suggester(row) if suggester else None
    if made is None or step != _UNITS:
        return made
    return made | {"result": [item for item in made["result"] if item["from_name"] == LABEL_CONTROL]}


def _suggested_actors(shown: Json | None, schema: Schema) -> list[str]:
    """Return the actors that a prediction chooses, in its order."""
    asked = {attribute.name for attribute in schema.attributes if attribute.options}
    items = shown["result"] if shown else ()
    named = (name for item in items if item["from_name"] in asked for name in item["value"]["choices"])
    return [name for name in named if name not in (AUTHOR, UNSPECIFIED)]


def _prediction(units: Sequence[AgreedUnit], text: str) -> Json:
    return {"model_version": AGREED, "score": None, "result": [_region(unit, text) for unit in units]}


def _region(unit: AgreedUnit, text: str) -> Json:
    start, end = unit.span.start, unit.span.end
    value = {"start": start, "end": end, "text": text[start:end], "labels": [str(unit.layer)]}
    return result_item(unit.region_id, LABEL_CONTROL, "labels", value)


def options_of(actor_ids: Iterable[str], schema: Schema) -> list[dict[str, str]]:
    """Return choices as Label Studio wants them: ``value`` is stored, ``html`` is shown, no key chooses it."""
    actors = (schema.actor(actor_id) for actor_id in actor_ids)
    return [
        {"value": actor.id, "html": escape(actor.name), "hint": actor.id, "hotkey": NO_KEY} for actor in actors if actor
    ]
