"""What annotators left of the articles that several of them read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ukrcorpus.measure.matching import Span, group
from ukrcorpus.measure.rounds import Readers, Row
from ukrcorpus.schema.model import Layer


@dataclass(frozen=True, slots=True)
class Readings:
    """The rows of ``annotations`` by article, annotator and layer, in text order."""

    readers: Mapping[str, tuple[str, ...]]
    units: Mapping[tuple[str, str, Layer], Sequence[Row]]

    def of(self, article: str, annotator: str, layer: Layer) -> Sequence[Row]:
        """Return one annotator's rows of one layer of an article."""
        return self.units.get((article, annotator, layer), ())

    def pairs(self) -> Iterator[tuple[str, str, str]]:
        """Yield (article, first, second) for every pair of annotators of an article."""
        for article, names in self.readers.items():
            for first, second in combinations(names, 2):
                yield article, first, second

    def groups(self, layer: Layer) -> Iterator[tuple[str, dict[str, Row]]]:
        """Yield (article, annotator -> row) for every unit, matched at an IoU of at least one half."""
        for article, names in self.readers.items():
            rows = {name: self.of(article, name, layer) for name in names}
            if layer is Layer.DOCUMENT:
                yield article, {name: own[0] for name, own in rows.items() if own}
                continue
            for members in group({name: [span_of(row) for row in own] for name, own in rows.items()}):
                yield article, {name: rows[name][index] for name, index in sorted(members.items())}


def readings(readers: Readers, annotations: Iterable[Row]) -> Readings:
    """Return the readings of the chosen rounds."""
    of_round = {round_id: (article, name) for article, own in readers.items() for name, round_id in own.items()}
    units: dict[tuple[str, str, Layer], list[Row]] = defaultdict(list)
    for row in annotations:
        if str(row["round_id"]) in of_round:
            units[*of_round[str(row["round_id"])], Layer(str(row["layer"]))].append(row)
    for rows in units.values():
        rows.sort(key=lambda row: (span_of(row), str(row["annotation_id"])))
    return Readings({article: tuple(own) for article, own in readers.items()}, units)


def span_of(row: Row) -> Span:
    """Return the row's span; that of the document is empty."""
    start, end = row["start"], row["end"]
    return Span(start if isinstance(start, int) else 0, end if isinstance(end, int) else 0)
