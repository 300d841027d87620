"""The figures of an agreement report, and how they are printed."""

from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["nominal", "ordinal"]


@dataclass(frozen=True, slots=True)
class PairF1:
    """F1 of one pair of annotators over the articles that both have read."""

    what: str
    measure: str
    first: str
    second: str
    n_first: int
    n_second: int
    n_matched: int

    @property
    def f1(self) -> float | None:
        """Return twice the matched over all, or None where neither has anything."""
        return 2 * self.n_matched / both if (both := self.n_first + self.n_second) else None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha of one question; None where fewer than two values meet in the units."""

    layer: str
    attribute: str
    level: Level
    alpha: float | None
    n_units: int
    n_entering: int
    n_values: int

    @property
    def share(self) -> float | None:
        """Return the share of all units that entered."""
        return self.n_entering / self.n_units if self.n_units else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of a corpus's annotators, and what it rests on."""

    annotators: tuple[str, ...]
    n_articles: int
    n_rounds: int
    n_rounds_left_out: int
    pairs: tuple[PairF1, ...]
    alphas: tuple[Alpha, ...]

    def as_json(self) -> dict[str, object]:
        """Return the figures with the keys of the JSON report."""
        return {
            **asdict(self),
            "pairs": [{**asdict(pair), "f1": pair.f1} for pair in self.pairs],
            "alphas": [{**asdict(one), "share": one.share} for one in self.alphas],
        }

    def as_text(self) -> str:
        """Return the figures as two small tables."""
        if not self.n_articles:
            return "No article has two blind rounds without suggestions, so there is no agreement to measure."
        head = f"{self.n_articles} articles, {self.n_rounds} rounds of {', '.join(self.annotators)}"
        lines = [f"{head}; {self.n_rounds_left_out} rounds left out", "", "F1"]
        lines += [
            f"  {pair.what:10} {pair.measure:9} {_figure(pair.f1)}  {pair.first} {pair.n_first}, "
            f"{pair.second} {pair.n_second}, matched {pair.n_matched}"
            for pair in self.pairs
        ]
        lines += ["", "Krippendorff's alpha on matched units"]
        lines += [
            f"  {one.layer:9} {one.attribute:20} {one.level:8} {_figure(one.alpha)}  "
            f"{one.n_entering} of {one.n_units} units, {one.n_values} values"
            for one in self.alphas
        ]
        return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "   –  " if value is None else f"{value:6.3f}"
