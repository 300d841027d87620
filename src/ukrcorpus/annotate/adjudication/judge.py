"""Judge one unit: what its versions agree on, what a majority has, what a decision settles, what stays open."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from ukrcorpus.annotate.adjudication.decisions import Decision
from ukrcorpus.annotate.adjudication.versions import BOUNDARY, ISSUES, UNIT, Value, Version, aspect_of
from ukrcorpus.annotate.values import Answer
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.statements import SLOTS, IssueCode
from ukrcorpus.schema.model import Layer

_Voted = TypeVar("_Voted", bound=Hashable)
_FEWEST_FOR_MAJORITY: Final = 3
POLARITY: Final = SLOTS[0].polarity
CONDITIONAL: Final = SLOTS[0].conditional


Votes = tuple[tuple[str, str], ...]  # (annotator, what it says)


class Strategy(StrEnum):
    """What settles a layer without a curator: all annotators at one, or more than half of three or more."""

    AGREEMENT = "agreement"
    MAJORITY = "majority"


Strategies = Mapping[Layer, Strategy]


class How(StrEnum):
    """Who settled a unit."""

    AGREEMENT = "agreement"
    MAJORITY = "majority"
    CURATOR = "curator"


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit after judgement; values of aspects that stay ``open`` are None and not to be published."""

    versions: tuple[Version, ...]
    n_annotators: int
    span: Span | None
    hard: Mapping[str, Value]
    issues: tuple[IssueCode, ...]
    soft_from: tuple[Version, ...]
    open: Mapping[str, Votes]  # by aspect
    decision: Decision | None = None

    def soft(self, name: str) -> Answer:
        """Return a remark: of the version that was taken, else of the first annotator who made one."""
        said = (version.answers.get(name) for version in self.soft_from)
        return next((answer for answer in said if answer is not None), None)

    def how(self, n_agree: int) -> How:
        """Return who settled something that ``n_agree`` of the annotators have just so."""
        if n_agree == self.n_annotators:
            return How.AGREEMENT
        return How.CURATOR if self.decision else How.MAJORITY

    @property
    def decided_by(self) -> How:
        """Return who settled the unit as a whole: the curator, once a decision had a hand in it."""
        return How.CURATOR if self.decision else self.how(self.n_agree)

    @property
    def n_agree(self) -> int:
        """Return how many annotators have this very version, as far as it was settled."""
        return sum(self._equals(version) for version in self.versions)

    def _equals(self, version: Version) -> bool:
        if version.span != self.span or not version.coded:
            return version.span == self.span
        same = all(version.hard[name] == value for name, value in self.hard.items() if name not in self.open)
        names = {code.issue for code in self.issues}
        return same and (ISSUES in self.open or {code.issue for code in version.issues} == names)


def judge(versions: Sequence[Version], n_annotators: int, strategy: Strategy = Strategy.MAJORITY) -> Judged:
    """Return what a unit's versions settle without a decision; ``n_annotators`` read the article.

    What a migration of the scheme left to be answered again is open, however much the versions are at one.
    """
    coded = [version for version in versions if version.coded]
    poll = _Poll(n_annotators, strategy)
    if len(versions) < n_annotators and not poll.carries(len(versions)):
        poll.opened[UNIT] = tuple((version.annotator, "marked it") for version in versions)
    span = poll.settle(BOUNDARY, {version.annotator: version.span for version in versions}, str)
    hard = {
        name: poll.settle(name, {one.annotator: one.hard[name] for one in coded}, _shown)
        for name in (coded[0].hard if coded else ())
    }
    named = {one.annotator: frozenset(code.issue for code in one.issues) for one in coded}
    issues = poll.settle(ISSUES, named, _shown) if any(named.values()) else frozenset()
    codes = _codes([one for one in coded if named[one.annotator] == issues], poll)
    opened = poll.opened | _pending(coded)
    return Judged(tuple(versions), n_annotators, span, hard, codes, tuple(coded), opened)


def decide(judged: Judged, decision: Decision, final: Version) -> Judged:
    """Return a unit as a decision settles it: ``final`` is the version taken, with the decision's changes."""
    return Judged(
        versions=judged.versions,
        n_annotators=judged.n_annotators,
        span=decision.span,
        hard=final.hard,
        issues=final.issues,
        soft_from=(final,),
        open=_pending([final]),
        decision=decision,
    )


@dataclass(frozen=True, slots=True)
class _Poll:
    """The vote on one unit, aspect by aspect; what does not carry is opened."""

    n_annotators: int
    strategy: Strategy
    opened: dict[str, Votes] = field(default_factory=dict)

    def settle(self, aspect: str, votes: Mapping[str, _Voted], show: Callable[[_Voted], str]) -> _Voted | None:
        """Return what all voters have, or enough of all annotators; else None, and the aspect is opened."""
        counts = Counter(votes.values())
        if not counts:
            return None
        value, count = counts.most_common(1)[0]
        if len(counts) == 1 or self.carries(count):
            return value
        self.opened[aspect] = tuple((name, show(vote)) for name, vote in votes.items())
        return None

    def carries(self, count: int) -> bool:
        """Say whether so many of the annotators decide alone: more than half of three or more."""
        return (
            self.strategy is Strategy.MAJORITY
            and self.n_annotators >= _FEWEST_FOR_MAJORITY
            and 2 * count > self.n_annotators
        )


def _codes(versions: Sequence[Version], poll: _Poll) -> tuple[IssueCode, ...]:
    """Return the settled issues in the first annotator's order; of equal sets the order is no conflict."""
    codes = []
    for issue in [code.issue for code in versions[0].issues] if versions else []:
        coded = {version.annotator: code for version in versions if (code := version.code(issue))}
        polarities = {name: code.polarity for name, code in coded.items()}
        polarity = poll.settle(f"{POLARITY}:{issue}", polarities, _shown)
        conditionals = {name: code.conditional for name, code in coded.items()}
        conditional = poll.settle(f"{CONDITIONAL}:{issue}", conditionals, str)
        said = (code.condition for code in coded.values() if code.condition)
        codes.append(IssueCode(issue, polarity, bool(conditional), next(said, None) if conditional else None))
    return tuple(codes)


def _pending(versions: Sequence[Version]) -> dict[str, Votes]:
    """Return aspect -> what was said before a migration took the answer away; it is to be given again."""
    names = dict.fromkeys(name for version in versions for name in version.pending)
    return {
        aspect_of(name): tuple((version.annotator, version.pending.get(name, "-")) for version in versions)
        for name in names
    }


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    return "none" if value is None else str(value)
