"""How far annotators agree: on spans, on the answers to matched spans, on statements.

Only submitted rounds enter that were blind and showed no suggestions; of several rounds of one annotator over one
article the newest counts. Spans of all annotators are matched one to one at an IoU of at least one half; alpha is
computed over the units that at least two annotators have, and the result says how many of all units that is.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from ukrcorpus.measure.figures import Agreement, Alpha, Level, PairF1
from ukrcorpus.measure.matching import HALF, Closeness, Span, group, iou, match, same
from ukrcorpus.measure.statements import HOLDERS, SLOTS, holders, issue_codes, signs
from ukrcorpus.schema.model import Attribute, Control, Layer, Schema

Row = Mapping[str, object]

_SPAN_LAYERS: Final = (Layer.CLAIM, Layer.MENTION)
_SPAN_MEASURES: Final[tuple[tuple[str, Closeness, Fraction], ...]] = (
    ("strict", same, Fraction(1)),
    ("overlap", iou, Fraction(0)),
    ("iou_half", iou, HALF),
)
_SLOT_NAMES: Final = frozenset(name for slot in SLOTS for name in (slot.polarity, slot.conditional, slot.issue))
_POLARITY: Final = SLOTS[0].polarity


def measure_agreement(schema: Schema, rounds: Sequence[Row], annotations: Sequence[Row]) -> Agreement:
    """Return the agreement over rows of ``annotation_rounds`` and ``annotations``."""
    chosen = _chosen(rounds)
    names = tuple(sorted({annotator for readers in chosen.values() for annotator in readers}))
    units = _units(chosen, annotations)
    n_rounds = sum(len(readers) for readers in chosen.values())
    return Agreement(
        annotators=names,
        n_articles=len(chosen),
        n_rounds=n_rounds,
        n_rounds_left_out=len(rounds) - n_rounds,
        pairs=tuple(_pairs(names, chosen, units)),
        alphas=tuple(_alphas(schema, chosen, units)),
    )


def alpha(votes: Iterable[Iterable[object]], level: Level, order: Sequence[object] = ()) -> tuple[float | None, int]:
    """Return Krippendorff's alpha over units of one value per annotator, and how many units entered.

    Units with fewer than two values do not enter. ``order`` ranks the values of the ordinal level.
    """
    counts = [Counter(unit) for unit in map(tuple, votes) if len(unit) > 1]
    seen = set().union(*counts) if counts else set()
    if len(seen) <= 1:
        return None, len(counts)
    from krippendorff import alpha as krippendorff_alpha

    domain = [value for value in order if value in seen] if order else sorted(seen, key=repr)
    table = [[unit[value] for value in domain] for unit in counts]
    return float(krippendorff_alpha(value_counts=table, level_of_measurement=level)), len(counts)


def _chosen(rounds: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Return article -> annotator -> round, for articles that at least two annotators read blind."""
    newest: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in sorted(rounds, key=lambda row: (str(row["created_at"]), str(row["round_id"]))):
        if row["status"] == "submitted" and row["blind"] and not row["suggestions_shown"]:
            newest[str(row["article_id"])][str(row["annotator"])] = row
    return {
        article: {name: str(row["round_id"]) for name, row in sorted(readers.items())}
        for article, readers in sorted(newest.items())
        if len(readers) > 1
    }


_Units = Mapping[tuple[str, str, Layer], Sequence[Row]]


def _units(chosen: Mapping[str, Mapping[str, str]], annotations: Iterable[Row]) -> _Units:
    """Return (article, annotator, layer) -> its rows in text order."""
    of_round = {round_id: (article, name) for article, readers in chosen.items() for name, round_id in readers.items()}
    units: dict[tuple[str, str, Layer], list[Row]] = defaultdict(list)
    for row in annotations:
        if str(row["round_id"]) in of_round:
            article, name = of_round[str(row["round_id"])]
            units[article, name, Layer(str(row["layer"]))].append(row)
    for rows in units.values():
        rows.sort(key=lambda row: (_span(row), str(row["annotation_id"])))
    return units


def _span(row: Row) -> Span:
    start, end = row["start"], row["end"]
    return Span(start if isinstance(start, int) else 0, end if isinstance(end, int) else 0)


def _pairs(names: Sequence[str], chosen: Mapping[str, Mapping[str, str]], units: _Units) -> Iterator[PairF1]:
    for first, second in combinations(names, 2):
        articles = [article for article, readers in chosen.items() if first in readers and second in readers]
        for layer in _SPAN_LAYERS:
            left = [[_span(row) for row in units.get((article, first, layer), ())] for article in articles]
            right = [[_span(row) for row in units.get((article, second, layer), ())] for article in articles]
            for measure, closeness, least in _SPAN_MEASURES:
                matched = sum(len(match(a, b, closeness, least)) for a, b in zip(left, right, strict=True))
                yield PairF1(layer, measure, first, second, sum(map(len, left)), sum(map(len, right)), matched)
        said = [_signs(articles, name, units) for name in (first, second)]
        yield PairF1("statement", "sign", first, second, said[0].total(), said[1].total(), (said[0] & said[1]).total())


def _signs(articles: Iterable[str], name: str, units: _Units) -> Counter[tuple[object, ...]]:
    return Counter(
        (article, *sign)
        for article in articles
        for row in units.get((article, name, Layer.CLAIM), ())
        for sign in signs(row)
    )


def _alphas(schema: Schema, chosen: Mapping[str, Mapping[str, str]], units: _Units) -> Iterator[Alpha]:
    for layer in Layer:
        groups = [one for article, readers in chosen.items() for one in _groups(layer, article, readers, units)]
        for attribute in schema.attributes_of(layer):
            read = _READ.get(attribute.control)
            if read and attribute.name not in _SLOT_NAMES - {SLOTS[0].issue}:
                values = [[value for row in rows if (value := read(attribute, row)) is not None] for rows in groups]
                yield _alpha(layer, attribute.name, "nominal", values)
            elif attribute.name == _POLARITY:
                yield from _polarity_alphas(layer, groups)


def _groups(layer: Layer, article: str, readers: Iterable[str], units: _Units) -> Iterator[list[Row]]:
    """Yield the rows of different annotators that are about one unit."""
    rows = {name: units.get((article, name, layer), ()) for name in readers}
    if layer is Layer.DOCUMENT:
        yield [row for own in rows.values() for row in own]
        return
    for members in group({name: [_span(row) for row in own] for name, own in rows.items()}):
        yield [rows[name][index] for name, index in sorted(members.items())]


def _polarity_alphas(layer: Layer, groups: Iterable[Sequence[Row]]) -> Iterator[Alpha]:
    """Yield alpha over each (unit, issue): ordinal on the five points, nominal on the sign with none."""
    votes: list[list[int | None]] = []
    for rows in groups:
        coded: dict[str, list[int | None]] = defaultdict(list)
        for row in rows:
            for code in issue_codes(row):
                coded[code.issue].append(code.polarity)
        votes += coded.values()
    points = [[point for point in unit if point is not None] for unit in votes]
    yield _alpha(layer, _POLARITY, "ordinal", points, order=(-2, -1, 0, 1, 2))
    yield _alpha(layer, f"{_POLARITY} (sign)", "nominal", [[_sign(point) for point in unit] for unit in votes])


def _sign(point: int | None) -> str:
    return "none" if point is None else "-0+"[(point > 0) - (point < 0) + 1]


def _alpha(
    layer: Layer, name: str, level: Level, values: Sequence[Sequence[object]], order: Sequence[object] = ()
) -> Alpha:
    figure, entering = alpha(values, level, order)
    n_values = sum(len(unit) for unit in values if len(unit) > 1)
    return Alpha(layer, name, level, figure, len(values), entering, n_values)


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
