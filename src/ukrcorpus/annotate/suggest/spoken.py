"""What is told of who speaks in a clause."""

from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.suggest.words import Cue
from ukrcorpus.measure.statements import AUTHOR

STATED, ASCRIBED, ENACTED, BY_AUTHOR = "stated", "ascribed", "enacted", "author"
SAID: Final = Cue(STATED, None, None)

_BODIES: Final = frozenset("it they".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks in a clause; ``cue`` and its word are None where the article itself does."""

    voice: str
    holders: tuple[str, ...]
    ascribers: tuple[str, ...]
    cue: Cue | None
    word: str | None
    unlisted: str | None = None
    relayers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A verb that tells who speaks, at a place of the text."""

    cue: Cue
    word: str
    start: int
    end: int


def spoken_by(found: Found, holders: tuple[str, ...], unlisted: str | None = None) -> Spoken:
    """Return that these speak by a verb; what is only wanted or thought the article ascribes to them."""
    ascribers = (AUTHOR,) if found.cue.voice == ASCRIBED else ()
    return Spoken(found.cue.voice, () if unlisted else holders, ascribers, found.cue, found.word, unlisted)


def heard(before: Spoken | None) -> tuple[str, ...] | None:
    """Return the holders of the clause before."""
    return before.holders if before else None


def still_unlisted(pronoun: str, before: Spoken | None) -> str | None:
    """Return the speaker outside the registry whom a pronoun takes up."""
    return before.unlisted if before and pronoun not in _BODIES else None
