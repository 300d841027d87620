"""Bring answers of an older version of the scheme up to the present one as they are read; what was stored stays.

A renamed or merged label becomes the new one. One that was split or retired leaves no answer, but a ``Pending``: what
was said, for a human who answers again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ukrcorpus.annotate.values import Fault, Pending
from ukrcorpus.derive.label_studio_controls import SEARCH
from ukrcorpus.measure.statements import SLOTS, Slot
from ukrcorpus.schema.changes import ACTOR, ATTRIBUTE, ISSUE, Change, Migration, path_from
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

Json = dict[str, Any]

_LISTS: Final = ("choices", "taxonomy")
_NAME_IT: Final = (
    "Name the version: add a migration from it to schema/migrations/, without changes if no label changed."
)


@dataclass(frozen=True, slots=True, order=True)
class Renamed:
    """A label of an answer that follows from an older one."""

    question: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """A result with the present labels, which of them changed, and what a human has to answer again."""

    items: list[Any]
    pending: tuple[Pending, ...]
    renamed: tuple[Renamed, ...] = ()


def steps_from(version: str | None, schema: Schema) -> tuple[Migration, ...] | Fault:
    """Return the migrations that a version has before it, or why that cannot be said."""
    steps = path_from(schema.migrations, version)
    if steps is not None:
        return steps
    known = ", ".join([one.since for one in schema.migrations] + [schema.scheme_version])
    return Fault("scheme-version-unknown", f"scheme_version {version}", f"one of {known}", _NAME_IT)


def migrate_items(items: Sequence[Any], steps: Sequence[Migration], schema: Schema) -> Migrated:
    """Return a result's items with the present labels. What is no answer of ours is passed on as it is."""
    if not steps:
        return Migrated(list(items), ())
    kept: list[Any] = []
    change = _Changing(steps, schema)
    for item in items:
        whole = item if isinstance(item, dict) else {}
        name, suffix = _split(whole.get("from_name"))
        attribute = change.question(name)
        if attribute is not None:
            kept += change.item(whole | {"from_name": attribute.name + suffix}, attribute)
        elif not change.is_retired(name):
            kept.append(item)
    _clear_slots(kept, change.pending)
    _join_slots(kept, change.pending)
    return Migrated(kept, tuple(change.pending), tuple(change.renamed))


def migrate_answers(
    given: Mapping[str, object], steps: Sequence[Migration], schema: Schema
) -> tuple[dict[str, object], dict[str, str]]:
    """Return answers as a decision gives them with the present labels, and what was said that must be said again."""
    kept: dict[str, object] = {}
    pending: dict[str, str] = {}
    change = _Changing(steps, schema)
    for name, value in given.items():
        attribute = change.question(name)
        if attribute is None:
            kept |= {} if change.is_retired(name) else {name: value}
            continue
        values = value if isinstance(value, list) else [value]
        news = [change.label(one, attribute) if isinstance(one, str) else one for one in values]
        lost = [str(old) for old, new in zip(values, news, strict=True) if isinstance(new, Change)]
        left = list(dict.fromkeys(new for new in news if not isinstance(new, Change)))
        pending |= {attribute.name: ", ".join(lost)} if lost else {}
        if left or not lost:
            kept[attribute.name] = left if isinstance(value, list) else left[0]
    for slot in (slot for slot in SLOTS if slot.issue in pending):
        for name in _companions(slot):
            kept.pop(name, None)
    return kept, pending


@dataclass(frozen=True, slots=True)
class _Changing:
    """Answers on their way through the migrations, and what came of it."""

    steps: Sequence[Migration]
    schema: Schema
    pending: list[Pending] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)

    def question(self, name: str) -> Attribute | None:
        """Return the present question that an answer under an older name belongs to."""
        new = self._new(name, ATTRIBUTE)
        return next((one for one in self.schema.attributes if one.name == new), None)

    def is_retired(self, name: str) -> bool:
        """Say whether a question of this name is asked no more."""
        return isinstance(self._new(name, ATTRIBUTE), Change)

    def label(self, label: str, attribute: Attribute) -> str | Change:
        """Return what a label is called today, or the change that leaves it open."""
        by_control = {Control.ISSUE: ISSUE, Control.ACTORS: ACTOR}
        return self._new(label, by_control.get(attribute.control, attribute.vocabulary))

    def item(self, item: Json, attribute: Attribute) -> Iterator[Json]:
        """Yield the item of an answer with the present labels, unless nothing of it is left."""
        value = item.get("value")
        key = next((one for one in _LISTS if isinstance(value, dict) and isinstance(value.get(one), list)), None)
        if key is None or attribute.control in (Control.TEXT, Control.DATE):
            yield item
            return
        kept = [new for one in item["value"][key] if (new := self._value(one, item, attribute)) is not None]
        if kept or not item["value"][key]:
            once = [one for number, one in enumerate(kept) if one not in kept[:number]]
            yield item | {"value": item["value"] | {key: once}}

    def _value(self, value: object, item: Json, attribute: Attribute) -> object:
        """Return a choice, or the path to a leaf, with its present label; None where a human has to choose again."""
        leaf = value[-1] if isinstance(value, list) and value else value
        new = self.label(leaf, attribute) if isinstance(leaf, str) else leaf
        if isinstance(new, Change):
            of_document = attribute.layers == (Layer.DOCUMENT,)
            region_id = str(Layer.DOCUMENT) if of_document else str(item.get("id"))
            self.pending.append(Pending(region_id, attribute.name, str(leaf), new.new))
            return None
        if new == leaf:
            return value
        self.renamed.append(Renamed(attribute.name, str(leaf), str(new)))
        issue = self.schema.issue(str(new))
        return [issue.group if issue else value[0], new] if isinstance(value, list) else new

    def _new(self, label: str, of: str | None) -> str | Change:
        for change in (one for step in self.steps for one in step.changes):
            if label in change.old and change.of == of:
                if not change.settles:
                    return change
                label = change.new[0]
        return label


def _split(name: object) -> tuple[str, str]:
    text = name if isinstance(name, str) else ""
    return (text.removesuffix(SEARCH), SEARCH) if text.endswith(SEARCH) else (text, "")


def _companions(slot: Slot) -> tuple[str, ...]:
    return tuple(name for name in (slot.polarity, slot.conditional, slot.condition) if name)


def _clear_slots(items: list[Any], pending: list[Pending]) -> None:
    """Take away what was said about an issue that is open again: its polarity was measured against another pole."""
    for number, one in enumerate(pending):
        slot = next((slot for slot in SLOTS if slot.issue == one.name), None)
        if slot is not None:
            said = [one.said, *_taken(items, one.region_id, _companions(slot))]
            pending[number] = Pending(one.region_id, one.name, ", ".join(said), one.choices)


def _join_slots(items: list[Any], pending: list[Pending]) -> None:
    """Make one of two issues of a claim that became the same; where their polarities differ, a human has to look."""
    first, second = SLOTS
    regions = dict.fromkeys(item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str))
    for region_id in regions:
        issues = [_said(items, region_id, slot.issue) for slot in (first, second)]
        if issues[0] is None or issues[0] != issues[1]:
            continue
        codes = [[_said(items, region_id, name) for name in (s.polarity, s.conditional)] for s in (first, second)]
        said = _taken(items, region_id, (second.issue, *_companions(second)))
        if codes[0] != codes[1]:
            pending.append(Pending(region_id, second.issue, ", ".join(said), ()))


def _taken(items: list[Any], region_id: str, names: Sequence[str]) -> list[str]:
    """Take the answers of a region to these questions out of a result; return what they said."""
    said = [
        f"{name} {answer}" if name not in [slot.issue for slot in SLOTS] else answer
        for name in names
        if (answer := _said(items, region_id, name)) is not None
    ]
    items[:] = [item for item in items if not (_is_of(item, region_id) and item.get("from_name") in names)]
    return said


def _said(items: Sequence[Any], region_id: str, name: str) -> str | None:
    for item in items:
        if _is_of(item, region_id) and item.get("from_name") == name and isinstance(item.get("value"), dict):
            given = next((item["value"][key] for key in (*_LISTS, "text") if key in item["value"]), None)
            given = given[0] if isinstance(given, list) and given else given
            return str(given[-1] if isinstance(given, list) and given else given)
    return None


def _is_of(item: object, region_id: str) -> bool:
    return isinstance(item, dict) and item.get("id") == region_id
