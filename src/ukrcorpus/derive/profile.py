"""What a corpus holds beside its rows: size of the texts, days, who labelled, and what its plots show."""

from dataclasses import dataclass
from datetime import date

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """The live articles together; ``n_chars`` are code points, ``n_words`` what holds a letter between spaces."""

    n_chars: int
    n_words: int
    n_sentences: int


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a column, None where no row has one; ``by_month`` counts months as ``2025-03``."""

    first: date | None
    last: date | None
    n_dated: int
    n_undated: int
    by_month: Counts


@dataclass(frozen=True, slots=True)
class MachineShare:
    """How many rows of a layer rest on a language model alone.

    ``n_unknown`` rows do not say who made them; ``n_suggested`` were shown to a person as a suggestion first, None
    where the layer does not record it.
    """

    layer: str
    n: int
    n_model: int
    n_unknown: int
    n_suggested: int | None = None

    @property
    def share(self) -> str:
        """Return the share of the model among the rows that say who made them, in percent."""
        known = self.n - self.n_unknown
        return f"{100 * self.n_model / known:.1f}\u00a0%" if known else "–"


@dataclass(frozen=True, slots=True)
class StanceCell:
    """How often one holder opposes, is neutral on, and supports the pole of one issue; of ``statements``."""

    holder_id: str
    issue: str
    n_oppose: int
    n_neutral: int
    n_support: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The figures of the live articles and what was said of them.

    ``fetched`` is when the articles were taken in, first and last day. ``annotators`` counts persons and models,
    ``rounds`` the articles by how many times they were handed in (``(("2", 20),)``), ``claims_by_issue`` claims by
    issue id. ``holders`` (ids) and ``issues`` count ``statements``, all of them, the most frequent first; ``stances``
    crosses the first of both.
    """

    size: Size
    fetched: tuple[date, date] | None
    published: Days
    stated: Days
    machine: tuple[MachineShare, ...]
    annotators: Counts
    rounds: Counts
    n_curated: int
    n_publishers: int
    n_withdrawn: int
    claims_by_issue: Counts
    holders: Counts
    issues: Counts
    stances: tuple[StanceCell, ...]
