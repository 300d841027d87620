"""How probable it is that an English text is machine-spun, judged by how well its words go together.

Spinning tools swap words one by one, and a swapped word suits its neighbours less than a chosen one. No spun phrase is
looked up: ``ngrams`` says how well each pair of words goes together, the tables in ``spun_model.toml`` turn that into
the evidence that a word was swapped, and a logistic regression over the whole text into the document's probability.
Only English words are judged: a Ukrainian or Russian text has too few of them and gets no score.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp, sqrt
from typing import Any

from ukrcorpus.normalise.ngrams import NO_PAIR, STEP_EDGES, UNKNOWN, Word, pair, words_of

# Fewer judged words than this tell nothing.
ENOUGH = 50
# Beyond so many judged words a text's evidence counts no more: then style, not chance, sets texts apart.
MOST = 200
# Rare words are a sign up to this share; where more than two fifths are unknown, the language is another one.
_MOST_UNKNOWN, _FOREIGN = 0.025, 0.4


_STEPS = len(STEP_EDGES) + 2
# A longer text is judged by its beginning and its middle, half as long each: the rest would change next to nothing.
_READ = 4000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text gives the model: the number of its judged words, and shares of words and pairs.

    ``swapped`` is the mean probability of a content word in lower case to be swapped, ``unknown`` the share of words
    without an entry; ``function`` and ``content`` are the shares of the pairs around such words by step, from pairs
    that never meet to set phrases.
    """

    n_judged: int
    swapped: float
    unknown: float
    function: tuple[float, ...]
    content: tuple[float, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The shares in the order of the model's weights; each last step is what the others leave."""
        return (self.swapped, min(self.unknown, _MOST_UNKNOWN), *self.function[:-1], *self.content[:-1])


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted numbers of ``spun_model.toml``, which ``benchmarks/spun_fit.py`` makes.

    ``left``, ``right`` and ``rarity`` are the words' tables, one weight a bin, ``share`` the share of swapped words
    they were fitted on; ``centre``, ``weights`` and ``bias`` are the documents', ``light`` and ``heavy`` the scores
    from which a text counts as such.
    """

    intercept: float
    share: float
    left: tuple[float, ...]
    right: tuple[float, ...]
    rarity: tuple[float, ...]
    centre: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    light: float
    heavy: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A content word in lower case: its place among the words, and the bins of its pairs and of its rarity."""

    place: int
    left: int
    right: int
    rarity: int


def level(score: float | None) -> str | None:
    """Return no, light or heavy for a score: the value of ``machine_spun`` until an annotator says otherwise."""
    if score is None:
        return None
    if score >= model().heavy:
        return "heavy"
    return "light" if score >= model().light else "no"


def log_odds(reading: Reading) -> float | None:
    """Return the logarithm of the odds that the text is spun; None where too few English words can be judged."""
    if reading.n_judged < ENOUGH or reading.unknown > _FOREIGN:
        return None
    fitted = model()
    return fitted.bias + sum(w * x for w, x in zip(fitted.weights, features(reading, fitted.centre), strict=True))


def features(reading: Reading, centre: Sequence[float]) -> tuple[float, ...]:
    """Return the distances from natural English, scaled so that chance makes them equally large at any length."""
    length = sqrt(min(reading.n_judged, MOST) / MOST)
    return tuple((value - usual) * length for value, usual in zip(reading.values, centre, strict=True))


def read(text: str) -> Reading:
    """Return the means that the document's probability rests on: one loop, as every article goes through it."""
    words = words_of(text if len(text) <= _READ else f"{_stretch(text, 0)}\n{_stretch(text, len(text) // 2)}")
    table = _probabilities()
    function, content = [0] * _STEPS, [0] * _STEPS
    n_judged, swapped = 0, 0.0
    behind = [*map(pair, words, words[1:]), NO_PAIR]
    for word, (left, step), (right, next_step) in zip(words, [NO_PAIR, *behind], behind, strict=False):
        if word is not None and word.lower:
            steps = function if word.function else content
            steps[step] += 1
            steps[next_step] += 1
            if not word.function:
                swapped += table[left][right][word.rarity]
                n_judged += 1
    n_unknown = words.count(UNKNOWN)
    unknown = n_unknown / max(n_judged + n_unknown, 1)
    return Reading(n_judged, swapped / max(n_judged, 1), unknown, _shares(function), _shares(content))


def _shares(steps: Sequence[int]) -> tuple[float, ...]:
    """Return the share of each step among the pairs; a word's missing neighbour, counted first, is no pair."""
    n_pairs = sum(steps[1:])
    return tuple(n / n_pairs if n_pairs else 0.0 for n in steps[1:])


def _stretch(text: str, start: int) -> str:
    """Return half of what is read of a text, from about ``start``: whole words only."""
    first = text.find(" ", start) if start else 0
    end = start + _READ // 2
    return text[max(first, start) : max(text.rfind(" ", start, end), start + 1)]


def judged_words(words: Sequence[Word | None]) -> Iterator[Judged]:
    """Yield the content words in lower case with their bins; a name is no word a tool would swap."""
    for place, word in enumerate(words):
        if word is not None and word.lower and not word.function:
            left = pair(words[place - 1] if place else None, word)
            right = pair(word, words[place + 1] if place + 1 < len(words) else None)
            yield Judged(place, left.bin, right.bin, word.rarity)


def evidence(word: Judged) -> float:
    """Return the logarithm of the odds that the word was swapped, at the share of swaps the tables were fitted on."""
    fitted = model()
    return fitted.intercept + fitted.left[word.left] + fitted.right[word.right] + fitted.rarity[word.rarity]


def logistic(value: float) -> float:
    """Return the probability of log odds."""
    return 1 / (1 + exp(-value))


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the fitted model, read once."""
    text = files(__package__).joinpath("spun_model.toml").read_text(encoding="utf-8")
    numbers: dict[str, Any] = tomllib.loads(text)
    numbers |= {name: tuple(value) for name, value in numbers.items() if isinstance(value, list)}
    return Model(**numbers)


@lru_cache(maxsize=1)
def _probabilities() -> list[list[list[float]]]:
    """Return the probability of a swap by left bin, right bin and rarity."""
    fitted = model()
    return [
        [
            [logistic(evidence(Judged(0, left, right, rarity))) for rarity in range(len(fitted.rarity))]
            for right in range(len(fitted.right))
        ]
        for left in range(len(fitted.left))
    ]
