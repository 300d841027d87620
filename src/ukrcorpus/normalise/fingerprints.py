"""Known fingerprints of paraphrasing tools: wordings that a natural text next to never holds.

The tools swap words one by one, so set phrases of diplomacy break in typical ways ("safety ensures" for security
guarantees). The list is closed and knows one family of tools; ``spun`` judges texts without it, and ``spun_marks``
lets it add to that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ukrcorpus.normalise.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A span whose wording no writer would choose; ``kind`` is the flag's."""

    kind: str
    start: int
    end: int


# Names whose parts were swapped, terms of the field, pieces of grammar: regular expressions of whole words.
_ENTITIES = """
white home, european fee, safety council, united international locations, air pressure base, home of representatives
supreme court docket, overseas (?:minister|ministry|affairs|secretary), protection (?:minister|ministry|secretary)
secretary of protection, center east, atlantic pact
"""
_TERMS = """
safety (?:ensures?|assures?|vows?), stop-?fires?, prisoners? of struggle, struggle (?:crimes?|zone|effort)
worth range, navy (?:mobili[sz]ation|help|support|operations?|drills?), price range deficit, brute pressure
entrance (?:strains?|traces?), air protection, overseas coverage, international coverage chief, worldwide regulation
worldwide (?:prison|felony) (?:court|courtroom), supreme courtroom, (?:chilly|civil|world) (?:struggle|warfare)
floor (?:troops|forces|offensive|invasion), (?:artillery|underneath|opened) fireplace, nuclear energy vegetation
sanctions? bundles?, pure gasoline, crude shippers, gasoline revenues
vitality (?:sector|exports?|market), armed pressures?
"""
_PHRASES = r"""
jap (?:ukraine|ukrainian|donbas|europe|entrance), japanese (?:ukraine|donbas|entrance|europe)
(?:this|last|final|the|per) yr, (?:yielding|gaining|dropping|retaking) floor, at this time(?:’|')s
(?:has|have|had) misplaced (?:as much as|greater than|floor|management), (?:the|to) finish of (?:the )?(?:war|month|yr)
vitality (?:disaster|costs|infrastructure|provides)
can also be (?:\w+ing|demanding), could possibly be, dominated out, at dwelling, flew dwelling, with out, go to to
one of the crucial, a number of causes, international locations, world locations, marketing campaign promise
discover methods, (?:finish|ending) (?:of )?the (?:struggle|battle), struggle in ukraine, hundreds of hundreds
youngsters, incontrovertible fact, take a look at of, in a short time, each (?:males|sides?) spoke
each sensible and, his or her first, within the (?:struggle|battle), it(?:’|')s going to, years to return
a long time, ought to solely, usually underneath, as soon as (?:preventing|combating), preventing (?:stops?|ends?)
quite than, joint assertion, (?:american|russian|ukrainian|european|us|every) (?:facet|aspect)
(?:aspect|facet) desires?, in line with media, in regards to the, they usually, contemporary sanctions
referred to as, the pinnacle of, more durable, whereas, nonetheless, amongst
"""
# Careful writers use these as well: they count only beside certain signs.
_WEAK = frozenset(
    "whereas|nonetheless|amongst|referred to as|youngsters|a long time|with out|more durable|they usually"
    "|it's going to|it’s going to|in a short time|one of the crucial|a number of causes|hundreds of hundreds".split("|")
)
_KINDS = (("spun.entity", _ENTITIES), ("spun.term", _TERMS), ("spun.lexical", _PHRASES))
_LISTED = tuple((kind, tuple(re.split(r",\s+|\n", words.strip()))) for kind, words in _KINDS)
_WORDINGS = Wordings(_LISTED)


def fingerprints(text: str) -> tuple[Fingerprint, ...]:
    """Return the spans in order where at least two wordings are certain; weak ones count only beside them.

    >>> fingerprints("The Environmental Protection Ministry moved.")
    ()
    """
    found = [Fingerprint(kind, start, end) for kind, start, end in _WORDINGS.found(text)]
    found.sort(key=lambda mark: mark.start)
    return tuple(found) if len(certain_wordings(text, found)) > 1 else ()


def certain_wordings(text: str, marks: Sequence[Fingerprint]) -> frozenset[str]:
    """Return the different wordings that no careful writer could have left."""
    return frozenset(text[mark.start : mark.end].lower() for mark in marks) - _WEAK
