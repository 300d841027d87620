"""Wording that paraphrasing tools leave behind: found and flagged, never repaired.

The tools swap words one by one, so set phrases of diplomacy break in typical ways ("safety ensures" for security
guarantees). A natural text holds next to none of these; the rate per 1,000 words tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ukrcorpus.normalise.lines import n_words, whole_words


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
entrance strains?, sanctions? bundles?, pure gasoline, crude shippers, gasoline revenues
vitality (?:sector|exports?|market), armed pressures?
"""
_PHRASES = r"""
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
    "whereas|nonetheless|amongst|referred to as|youngsters|a long time|with out|more durable|they usually".split("|")
)
_KINDS = (("spun.entity", _ENTITIES), ("spun.term", _TERMS), ("spun.lexical", _PHRASES))
_PATTERNS = tuple((kind, whole_words(re.split(r",\s+|\n", words.strip()))) for kind, words in _KINDS)
_HEAVY, _HEAVY_DISTINCT, _LIGHT = 10.0, 5, 2.0


def fingerprints(text: str) -> tuple[Fingerprint, ...]:
    """Return the spans in order; weak ones only where a certain one stands in the same text."""
    found = sorted(_found(text), key=lambda mark: mark.start)
    certain = [mark for mark in found if text[mark.start : mark.end].lower() not in _WEAK]
    return tuple(found) if len(certain) > 1 else tuple(certain)


def rate(text: str, marks: tuple[Fingerprint, ...]) -> float:
    """Return fingerprints per 1,000 words."""
    words = n_words(text)
    return round(1000 * len(marks) / words, 3) if words else 0.0


def level(text: str, marks: tuple[Fingerprint, ...]) -> str:
    """Return no, light or heavy: the value of ``machine_spun`` until an annotator says otherwise."""
    score = rate(text, marks)
    distinct = {text[mark.start : mark.end].lower() for mark in marks}
    if score >= _HEAVY and len(distinct) >= _HEAVY_DISTINCT:
        return "heavy"
    return "light" if score >= _LIGHT else "no"


def _found(text: str) -> Iterator[Fingerprint]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Fingerprint(kind, match.start(), match.end())
