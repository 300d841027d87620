"""The answers that annotators gave to each question on matched units."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ukrcorpus.measure.alpha import Level
from ukrcorpus.measure.readings import Readings
from ukrcorpus.measure.rounds import Row
from ukrcorpus.measure.statements import HOLDERS, SLOTS, holders, issue_codes
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

_SLOT_NAMES: Final = frozenset(name for slot in SLOTS for name in (slot.polarity, slot.conditional, slot.issue))
_POLARITY: Final = SLOTS[0].polarity
_POINTS: Final = (-2, -1, 0, 1, 2)
Votes = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its answers: (article, annotator -> answer) for each unit; ``order`` ranks ordinal answers."""

    layer: Layer
    name: str
    level: Level
    votes: tuple[Votes, ...]
    order: Sequence[object] = ()
    labels: tuple[str, ...] = ()

    @property
    def values(self) -> list[list[object]]:
        """Return the answers of each unit."""
        return [list(given.values()) for _, given in self.votes]


def questions(schema: Schema, readings: Readings) -> Iterator[Question]:
    """Yield every question that is coded; the polarity once on its five points and once by its sign with none."""
    for layer in Layer:
        groups = list(readings.groups(layer))
        for attribute in schema.attributes_of(layer):
            read = _READ.get(attribute.control)
            if read and attribute.name not in _SLOT_NAMES - {SLOTS[0].issue}:
                votes = tuple((article, _given(attribute, read, rows)) for article, rows in groups)
                yield Question(layer, attribute.name, "nominal", votes, labels=_labels(schema, attribute))
            elif attribute.name == _POLARITY:
                yield from _polarity(layer, groups)


def _given(
    attribute: Attribute, read: Callable[[Attribute, Row], object], rows: Mapping[str, Row]
) -> dict[str, object]:
    answers = {name: read(attribute, row) for name, row in rows.items()}
    return {name: answer for name, answer in answers.items() if answer is not None}


def _labels(schema: Schema, attribute: Attribute) -> tuple[str, ...]:
    """Return the answers that have figures of their own; lists of actors and dates have too many."""
    if attribute.control is Control.ISSUE:
        return tuple(issue.issue for issue in schema.issues)
    if attribute.control is Control.CHOICE and attribute.vocabulary:
        return schema.vocabulary(attribute.vocabulary).names
    return ()


def _polarity(layer: Layer, groups: Iterable[tuple[str, Mapping[str, Row]]]) -> Iterator[Question]:
    """Yield both questions about each (unit, issue)."""
    votes: list[tuple[str, dict[str, int | None]]] = []
    for article, rows in groups:
        coded: dict[str, dict[str, int | None]] = defaultdict(dict)
        for name, row in rows.items():
            for code in issue_codes(row):
                coded[code.issue][name] = code.polarity
        votes += [(article, given) for given in coded.values()]
    points = tuple(
        (article, {name: point for name, point in given.items() if point is not None}) for article, given in votes
    )
    yield Question(layer, _POLARITY, "ordinal", tuple((a, dict(given)) for a, given in points), _POINTS)
    by_sign: tuple[Votes, ...] = tuple(
        (article, {name: sign(point) for name, point in given.items()}) for article, given in votes
    )
    yield Question(layer, f"{_POLARITY} (sign)", "nominal", by_sign, labels=("-", "0", "+", "none"))


def sign(point: int | None) -> str:
    """Return ``-``, ``0``, ``+`` or ``none``.

    >>> [sign(point) for point in (-2, 0, 1, None)]
    ['-', '0', '+', 'none']
    """
    return "none" if point is None else "-0+"[(point > 0) - (point < 0) + 1]


def _label(attribute: Attribute, row: Row) -> object:
    return row[attribute.name]


def _flag(attribute: Attribute, row: Row) -> object:
    return bool(row[attribute.name])


def _ids(attribute: Attribute, row: Row) -> object:
    named = row[attribute.name]
    return holders(row) if attribute.name == HOLDERS else frozenset(named if isinstance(named, Iterable) else ())


_READ: Final[dict[Control, Callable[[Attribute, Row], object]]] = {
    Control.CHOICE: _label,
    Control.CHOICES: _ids,
    Control.DATE: _label,
    Control.ISSUE: _label,
    Control.FLAG: _flag,
    Control.ACTORS: _ids,
}
