"""Which annotation rounds enter agreement, for what, and why the others do not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Row = Mapping[str, object]
Readers = Mapping[str, Mapping[str, str]]


class Reason(StrEnum):
    """Why a round is left out; the first one that holds counts."""

    DRAFT = "never handed in"
    SKIPPED = "skipped by the annotator"
    ADJUDICATION = "decides conflicts"
    NOT_BLIND = "not blind"
    SUGGESTIONS = "suggestions shown"
    OLDER = "an older round of the same annotator"
    ALONE = "nobody else read the article for the same questions"


_SPANS: Final = ("units", "both")
_CODES: Final = ("codes", "both")
_BOTH: Final = ("both",)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Article -> annotator -> round, for articles that two annotators read: for spans, for answers, for both at once.

    Spans of the step ``codes`` were given, not found, so they do not enter as spans.
    """

    spans: Readers
    codes: Readers
    labelled: Readers
    kinds: Mapping[str, str]
    n_rounds: int
    left_out: Mapping[Reason, int]

    @property
    def annotators(self) -> tuple[str, ...]:
        """Return the names of those with a round that enters."""
        return tuple(sorted(self.kinds))

    @property
    def articles(self) -> tuple[str, ...]:
        """Return the articles with rounds that enter."""
        return tuple(sorted({*self.spans, *self.codes}))


def choose(rounds: Iterable[Row]) -> Chosen:
    """Return the rounds that enter: submitted, blind, without suggestions, the newest of each annotator."""
    reasons: dict[str, Reason] = {}
    able: list[Row] = []
    by_id = {str(row["round_id"]): row for row in rounds}
    for round_id, row in by_id.items():
        reason = _reason(row)
        if reason:
            reasons[round_id] = reason
        else:
            able.append(row)
    newest = {steps: _newest(able, steps) for steps in (_SPANS, _CODES, _BOTH)}
    shared = {steps: _shared(readers) for steps, readers in newest.items()}
    used = {one for readers in shared.values() for own in readers.values() for one in own.values()}
    latest = {one for readers in newest.values() for own in readers.values() for one in own.values()}
    for row in able:
        round_id = str(row["round_id"])
        if round_id not in used:
            reasons[round_id] = Reason.ALONE if round_id in latest else Reason.OLDER
    return Chosen(
        shared[_SPANS],
        shared[_CODES],
        shared[_BOTH],
        dict(sorted((str(by_id[one]["annotator"]), str(by_id[one]["annotator_kind"])) for one in used)),
        len(used),
        dict(sorted(Counter(reasons.values()).items())),
    )


def without(chosen: Chosen, name: str) -> Chosen:
    """Return the rounds that would enter without one annotator."""
    left = [
        _shared({article: {a: r for a, r in own.items() if a != name} for article, own in readers.items()})
        for readers in (chosen.spans, chosen.codes, chosen.labelled)
    ]
    used = {one for readers in left for own in readers.values() for one in own.values()}
    kinds = {a: kind for a, kind in chosen.kinds.items() if any(a in own for one in left for own in one.values())}
    return Chosen(left[0], left[1], left[2], kinds, len(used), {})


def _reason(row: Row) -> Reason | None:
    if row["status"] != "submitted":
        return Reason.DRAFT if row["status"] == "draft" else Reason.SKIPPED
    if row["step"] == "adjudication":
        return Reason.ADJUDICATION
    if not row["blind"]:
        return Reason.NOT_BLIND
    return Reason.SUGGESTIONS if row["suggestions_shown"] else None


def _newest(rounds: Iterable[Row], steps: tuple[str, ...]) -> dict[str, dict[str, str]]:
    newest: dict[str, dict[str, str]] = defaultdict(dict)
    for row in sorted(rounds, key=lambda row: (str(row["created_at"]), str(row["round_id"]))):
        if row["step"] in steps:
            newest[str(row["article_id"])][str(row["annotator"])] = str(row["round_id"])
    return newest


def _shared(readers: Readers) -> Readers:
    return {article: dict(sorted(own.items())) for article, own in sorted(readers.items()) if len(own) > 1}
