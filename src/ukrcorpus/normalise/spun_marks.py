"""The verdict on one text: is it machine-spun, how surely, and which words give it away.

Where the whole text counts as spun, its words are marked with the probability that each was swapped: the evidence of
``spun``, at the share of swaps that this text seems to have. Two closed lists help: known fingerprints of spinning
tools (``fingerprints``), and below the set phrases of the field as they ought to be, which only name the kind of mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from ukrcorpus.normalise.fingerprints import Fingerprint, certain_wordings, fingerprints
from ukrcorpus.normalise.lines import WORD
from ukrcorpus.normalise.ngrams import Word, pair, places_of, words_of
from ukrcorpus.normalise.spun import evidence, judged_words, level, log_odds, logistic, model, read

# Each certain fingerprint of another wording adds this to the log odds, up to so many.
_PER_FINGERPRINT, _MOST_FINGERPRINTS = 1.0, 3
# Below these log odds three fingerprints change nothing: they are not looked for.
_HOPELESS = -3.0
_SWAPPED = 0.6
_ROUNDS = 6

# Set phrases of the field as they ought to be: first words, then what may stand behind them.
_NAMES = """
united nations states kingdom, white house, european union commission council parliament, security council
general assembly, prime minister, foreign minister ministry affairs, defence minister ministry, defense minister
ministry, state department, supreme court, armed forces, air force, middle east, black sea, red cross, soviet union
north atlantic, atomic energy, secretary general, vice president, special envoy, national guard
"""
_TERMS = """
security guarantees, peace talks process plan deal agreement treaty, prisoner exchange swap, prime minister
foreign minister ministry policy, territorial integrity concessions, military aid support operation, war crimes
frozen assets, sanctions package, price cap, natural gas, oil prices, front line, air defence defense raid
cease fire, nuclear power weapons, armed forces, diplomatic relations, press conference, joint statement
grain deal, civilian infrastructure, humanitarian aid corridor, member states, budget deficit, energy exports
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span whose wording no writer would choose; ``score`` is its probability, None for a known fingerprint."""

    start: int
    end: int
    kind: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``articles.machine_spun`` and its score say of a text, and its marks in order."""

    level: str | None
    score: float | None
    marks: tuple[Mark, ...]


@lru_cache(maxsize=4)
def verdict(text: str) -> Verdict:
    """Return the verdict on a text; its words are marked only where it counts as spun.

    >>> verdict("The White Home wants safety ensures and dominated out a stop-fire.").level is None
    True
    """
    odds = log_odds(read(text))
    if odds is not None and odds < _HOPELESS:
        return Verdict(level(0.0), round(logistic(odds), 3), ())
    known = fingerprints(text)
    score = None if odds is None else round(logistic(odds + _bonus(text, known)), 3)
    marks = list(_beside((), (Mark(mark.start, mark.end, mark.kind, None) for mark in known)))
    if score is not None and score >= model().light:
        marks += _beside(marks, swapped(text))
    return Verdict(level(score), score, tuple(sorted(marks, key=lambda mark: mark.start)))


def per_1000_words(text: str, marks: Sequence[Mark]) -> float:
    """Return how many marks a thousand words hold."""
    words = len(WORD.findall(text)) if marks else 0
    return round(1000 * len(marks) / words, 3) if words else 0.0


def swapped(text: str) -> Iterator[Mark]:
    """Yield the words that were probably swapped, and official names with one wrong part."""
    words, places = words_of(text), places_of(text)
    judged = list(judged_words(words))
    odds = [evidence(word) for word in judged]
    shift = _shift(odds)
    for word, own in zip(judged, odds, strict=True):
        score = logistic(own + shift)
        if score >= _SWAPPED:
            yield Mark(*places[word.place], _kind(words, word.place), round(score, 2))
    for place, (first, second) in enumerate(pairwise(words)):
        if first and second and _is_broken_name(first, second):
            yield Mark(places[place][0], places[place + 1][1], "spun.entity", None)


def _bonus(text: str, known: Sequence[Fingerprint]) -> float:
    return _PER_FINGERPRINT * min(len(certain_wordings(text, known)), _MOST_FINGERPRINTS)


def _shift(odds: Sequence[float]) -> float:
    """Return what the log odds gain when the text's own share of swapped words takes the place of the fitted one.

    The share is the one that the probabilities themselves add up to, found by a few rounds of expectation and
    maximisation.
    """
    fitted = log(model().share / (1 - model().share))
    shift = 0.0
    for _round in range(_ROUNDS):
        share = sum(logistic(own + shift) for own in odds) / len(odds)
        shift = log(share / (1 - share)) - fitted
    return shift


def _kind(words: Sequence[Word | None], place: int) -> str:
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    of_term = (before is not None and before.form in _TERM_HEADS) or (after is not None and after.form in _TERM_TAILS)
    return "spun.term" if of_term else "spun.lexical"


def _is_broken_name(first: Word, second: Word) -> bool:
    """Tell whether two capitalised words would be an official name but for one of them."""
    if first.lower or second.lower or second.function or first.function:
        return False
    one_fits = (first.form in _NAME_HEADS) != (second.form in _NAME_TAILS)
    return one_fits and pair(first, second).is_apart


def _beside(marks: Sequence[Mark], others: Iterator[Mark]) -> Iterator[Mark]:
    """Yield the other marks that overlap none of the first ones nor one another."""
    taken = {place for mark in marks for place in range(mark.start, mark.end)}
    for other in others:
        if taken.isdisjoint(range(other.start, other.end)):
            taken.update(range(other.start, other.end))
            yield other


def _slots(phrases: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the first words of set phrases, and the words that may stand behind them."""
    lists = [phrase.split() for line in phrases.strip().splitlines() for phrase in line.split(",")]
    return frozenset(words[0] for words in lists), frozenset(word for words in lists for word in words[1:])


_NAME_HEADS, _NAME_TAILS = _slots(_NAMES)
_TERM_HEADS, _TERM_TAILS = _slots(_TERMS)
