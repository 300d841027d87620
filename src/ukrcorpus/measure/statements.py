"""What a claim's answers say together: its holders, and the polarity on each of its issues."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

VOICE: Final = "voice"
AUTHOR_VOICE: Final = "author"
AUTHOR: Final = "pseudo:author"
UNSPECIFIED: Final = "pseudo:unspecified"
HOLDERS: Final = "source_ids"
# Who speaks decides the tier: 1 for the holder's own word or deed, 2 for another's word on it, 3 for the article.
TIERS: Final = {"stated": 1, "enacted": 1, "ascribed": 2, AUTHOR_VOICE: 3}


@dataclass(frozen=True, slots=True)
class Slot:
    """The names of the questions about one issue of a claim."""

    issue: str
    polarity: str
    conditional: str
    condition: str | None = None


SLOTS: Final = (
    Slot("issue", "polarity", "conditional", "condition"),
    Slot("issue2", "polarity2", "conditional2"),
)


@dataclass(frozen=True, slots=True)
class IssueCode:
    """One issue of a claim; polarity None: no stance on it."""

    issue: str
    polarity: int | None
    conditional: bool
    condition: str | None = None


def issue_codes(answers: Mapping[str, object]) -> tuple[IssueCode, ...]:
    """Return the issues that a claim was given, the first one first; a second naming of one is left out."""
    codes: dict[str, IssueCode] = {}
    for slot in SLOTS:
        issue, polarity = answers.get(slot.issue), answers.get(slot.polarity)
        condition = answers.get(slot.condition) if slot.condition else None
        if isinstance(issue, str) and issue not in codes:
            codes[issue] = IssueCode(
                issue,
                polarity if isinstance(polarity, int) else None,
                bool(answers.get(slot.conditional)),
                condition if isinstance(condition, str) else None,
            )
    return tuple(codes.values())


def holders(answers: Mapping[str, object]) -> frozenset[str]:
    """Return the holders; a claim in the author's voice that names none is the author's."""
    named = answers.get(HOLDERS)
    ids = frozenset(str(actor) for actor in named) if isinstance(named, Iterable) else frozenset()
    return ids or (frozenset({AUTHOR}) if answers.get(VOICE) == AUTHOR_VOICE else frozenset())


def polarities(answers: Mapping[str, object]) -> Iterator[tuple[str, str, int]]:
    """Yield (holder, issue, polarity) for every polarity coded."""
    for code in issue_codes(answers):
        if code.polarity is not None:
            for holder in sorted(holders(answers)):
                yield holder, code.issue, code.polarity


def signs(answers: Mapping[str, object]) -> Iterator[tuple[str, str, int]]:
    """Yield (holder, issue, sign) for every polarity coded; the sign is -1, 0 or 1."""
    for holder, issue, polarity in polarities(answers):
        yield holder, issue, (polarity > 0) - (polarity < 0)
