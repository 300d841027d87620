"""Krippendorff's alpha over units of one answer per annotator.

It is made from sums over texts, so that texts can be drawn again without counting again; the tests hold it against
the library ``krippendorff``, which takes the square of the number of values in time and memory.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Level = Literal["nominal", "ordinal"]
Floats = npt.NDArray[np.float64]


def alpha(votes: Iterable[Iterable[object]], level: Level, order: Sequence[object] = ()) -> tuple[float | None, int]:
    """Return alpha and how many units entered; None where fewer than two values meet.

    Units with fewer than two values do not enter. ``order`` ranks the values of the ordinal level.
    """
    units = [(0, tuple(unit)) for unit in votes]
    entering = sum(len(unit) > 1 for _, unit in units)
    return Coincidences.of(units, 1, level, order).alpha(np.ones(1)), entering


@dataclass(frozen=True, slots=True)
class Coincidences:
    """What alpha is made of, per text, so that texts can be drawn again without counting again.

    ``values`` counts each value in pairable places; ``apart`` is the coincidences of each pair of different values.
    """

    level: Level
    values: Floats
    apart: Floats

    @classmethod
    def of(
        cls, votes: Sequence[tuple[int, Sequence[object]]], n_texts: int, level: Level, order: Sequence[object] = ()
    ) -> "Coincidences":
        """Return the coincidences of (text, the unit's values)."""
        units = [(text, Counter(unit)) for text, unit in votes if len(unit) > 1]
        domain = _domain(set().union(*(unit for _, unit in units)), order)
        place = {value: at for at, value in enumerate(domain)}
        values = np.zeros((n_texts, len(domain)))
        # The nominal level needs only how many coincidences are no matches, not of which values.
        pairs = len(domain) ** 2 if level == "ordinal" else 1
        apart = np.zeros((n_texts, pairs))
        for text, unit in units:
            for value, n in unit.items():
                values[text, place[value]] += n
                for other, m in unit.items():
                    if other != value:
                        at = place[value] * len(domain) + place[other] if pairs > 1 else 0
                        apart[text, at] += n * m / (unit.total() - 1)
        return cls(level, values, apart)

    def alpha(self, weights: Floats) -> float | None:
        """Return alpha with each text counted so many times; None where fewer than two values occur."""
        values = weights @ self.values
        total = float(values.sum())
        apart = weights @ self.apart
        if self.level == "nominal":
            by_chance = float(total**2 - values @ values)
            return 1.0 - (total - 1) * float(apart[0]) / by_chance if by_chance > 0 else None
        # Ordinal: the squared number of values between two, halves of their own counts included.
        middle = np.cumsum(values) - values / 2
        squared = (middle[:, None] - middle) ** 2
        by_chance = float(values @ squared @ values)
        return 1.0 - (total - 1) * float(apart @ squared.ravel()) / by_chance if by_chance > 0 else None


def _domain(seen: set[object], order: Sequence[object]) -> list[object]:
    return [value for value in order if value in seen] if order else sorted(seen, key=repr)
