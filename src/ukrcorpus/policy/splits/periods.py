"""The days that part the splits: ``train`` before ``validation`` before ``test``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ukrcorpus.policy.splits.candidates import Candidate, Days
from ukrcorpus.policy.splits.plan import Split, SplitPlan

_NEVER: Final = date.max
_ALL: Final = 100


@dataclass(frozen=True, slots=True)
class Periods:
    """The first day of ``validation`` and that of ``test``; what is published before both belongs to ``train``."""

    validation_from: date = _NEVER
    test_from: date = _NEVER

    def fits(self, split: Split, days: Days | None) -> bool:
        """Say whether an article of these days may stand in a split; one without a day may stand in each."""
        if days is None:
            return True
        if split is Split.TRAIN:
            return days[1] < self.validation_from
        if split is Split.VALIDATION:
            return self.validation_from <= days[0] and days[1] < self.test_from
        return self.test_from <= days[0] and days[1] < _NEVER


def periods(articles: Sequence[Candidate], plan: SplitPlan, published: Mapping[str, Split]) -> Periods:
    """Return where the periods begin: where the published articles say it, else where the shares ask for it.

    A period never begins before the last published article of the period before it. Articles of the held-out event say
    nothing about periods.
    """
    dated = [one for one in articles if one.days and not one.of_event]
    train, validation, test = (
        [one.days for one in dated if one.days and published.get(one.article_id) is split]
        for split in (Split.TRAIN, Split.VALIDATION, Split.TEST)
    )
    days = _cluster_days(dated)
    trained, seen = _after(train), _after([*train, *validation])
    test_from = _border([*train, *validation], test) or max(_share(days, _ALL - plan.shares[Split.TEST]), seen)
    validation_from = _border(train, validation) or max(_share(days, plan.shares[Split.TRAIN]), trained)
    return Periods(min(validation_from, test_from), test_from)


def _cluster_days(dated: Iterable[Candidate]) -> list[date]:
    """Return the first day of each cluster: copies do not count twice."""
    days: dict[str, date] = {}
    for one in dated:
        assert one.days
        days[one.cluster] = min(one.days[0], days.get(one.cluster, _NEVER))
    return sorted(days.values())


def _share(days: Sequence[date], percent: int) -> date:
    """Return the day before which that part of all days lies."""
    place = -(-len(days) * percent // _ALL)
    return days[place] if place < len(days) else _NEVER


def _border(before: Sequence[Days], behind: Sequence[Days]) -> date | None:
    """Return the first day of what was published behind a border; a few whose days were corrected do not move it."""
    last, first = _after(before), min((first for first, _ in behind), default=_NEVER)
    in_time = [days for days in behind if days[0] >= last]
    n_late = sum(days[1] >= first for days in before)
    kept = in_time if len(behind) - len(in_time) <= n_late else behind
    return min((first for first, _ in kept), default=None)


def _after(days: Iterable[Days]) -> date:
    last = max((last for _, last in days), default=None)
    return last + timedelta(days=1) if last and last < _NEVER else date.min
