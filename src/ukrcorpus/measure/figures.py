"""The figures of an agreement report."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

FORMAT: Final = "ukrcorpus-agreement/1"
_DIGITS: Final = 6


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
    level: str
    alpha: float | None
    n_units: int
    n_entering: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 and alpha without intervals: what a release's card prints."""

    pairs: tuple[PairF1, ...]
    alphas: tuple[Alpha, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its interval, or the reason why there is none, and what it rests on.

    ``label`` is None for a whole layer, a question, or ``question=answer``; ``article_mean`` is the mean of the
    articles' own values; ``n_entering`` of ``n_units`` units entered.
    """

    measure: str
    layer: str
    label: str | None
    value: float | None
    interval: tuple[float, float] | None
    n_units: int
    n_entering: int
    n_articles: int
    n_annotators: int
    reason: str | None = None
    interval_reason: str | None = None
    article_mean: float | None = None
    target: float | None = None
    pairs: tuple[PairF1, ...] = ()
    notes: Mapping[str, float | int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the figure with the keys of the JSON report."""
        return {
            **asdict(self),
            "value": rounded(self.value),
            "interval": [rounded(end) for end in self.interval] if self.interval else None,
            "article_mean": rounded(self.article_mean),
            "share_entering": rounded(self.n_entering / self.n_units) if self.n_units else None,
            "pairs": [{**asdict(pair), "f1": rounded(pair.f1)} for pair in self.pairs],
            "notes": {name: rounded(note) for name, note in self.notes.items()},
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """What one holder said on one issue by each of two annotators: statements for the pole less those against."""

    holder: str
    issue: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class NetworkPair:
    """How far the discourse networks of two annotators are the same; None where too few edges meet."""

    first: str
    second: str
    n_first: int
    n_second: int
    n_shared: int
    n_same_sign: int
    sign_agreement: float | None
    sign_interval: tuple[float, float] | None
    rank_correlation: float | None
    rank_interval: tuple[float, float] | None
    reasons: Mapping[str, str]
    flips: tuple[Edge, ...]
    only_first: tuple[Edge, ...]
    only_second: tuple[Edge, ...]

    def as_json(self) -> dict[str, object]:
        """Return the comparison with the keys of the JSON report."""
        return {
            **asdict(self),
            "sign_agreement": rounded(self.sign_agreement),
            "rank_correlation": rounded(self.rank_correlation),
            "sign_interval": [rounded(end) for end in self.sign_interval] if self.sign_interval else None,
            "rank_interval": [rounded(end) for end in self.rank_interval] if self.rank_interval else None,
        }


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often the first annotator of a pair gave an answer (rows) and the second one another (columns).

    None among the labels stands for a unit that one of them did not mark.
    """

    layer: str
    question: str
    labels: tuple[str | None, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The agreement of a corpus's annotators, and all it rests on."""

    seed: int
    n_samples: int
    n_draws: int
    kinds: Mapping[str, str]
    n_articles: int
    n_rounds: int
    left_out: Mapping[str, int]
    figures: tuple[Figure, ...]
    networks: tuple[NetworkPair, ...]
    confusions: tuple[Confusion, ...]
    without: Mapping[str, tuple[Figure, ...]]

    def as_json(self) -> dict[str, object]:
        """Return the report with the keys that docs/agreement.md lists."""
        return {
            "format": FORMAT,
            "seed": self.seed,
            "n_samples": self.n_samples,
            "n_draws": self.n_draws,
            "annotators": dict(self.kinds),
            "n_articles": self.n_articles,
            "n_rounds": self.n_rounds,
            "left_out": dict(self.left_out),
            "figures": [figure.as_json() for figure in self.figures],
            "networks": [pair.as_json() for pair in self.networks],
            "confusions": [asdict(one) for one in self.confusions],
            "leave_one_out": {name: [one.as_json() for one in own] for name, own in self.without.items()},
        }


def rounded(value: float | None) -> float | None:
    """Return a figure to six digits; what machines differ in lies far behind them."""
    return None if value is None else round(value, _DIGITS)
