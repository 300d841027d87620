"""English words and how well two go together, by the language model that the package pocketsphinx ships.

The model was counted on general American English: 20,000 words, 1.4 million pairs. It is read once per process, at
the first English text, from the package's own file; nothing of it is kept here. Two caches hold the words and pairs
of the texts seen last, about 40 MB when full.
"""

import re
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

# The model's logarithms are to the base 1.0001; these are natural ones.
_STEP = 1e-4
_NO_ENTRY = -1e8
_N_WORDS, _N_PAIRS = 1 << 15, 1 << 17
# Bins: how much likelier a word is behind its neighbour than anywhere, and its share of all words, as logarithms.
PAIR_EDGES = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
RARITY_EDGES = (-13.0, -12.0, -11.0, -10.0, -9.0, -8.0)
# The six steps from pairs that never meet to set phrases.
STEP_EDGES = (-2.0, -1.0, 0.0, 1.0, 3.0)
_APART = 3
# Plain letters come first: a class of them is looked at faster than what is a letter in any script.
_TOKEN = re.compile(r"[A-Za-z]++[^\W\d_]*+(?:[’'][a-z]+)?|[^\W\d_]+(?:[’'][a-z]+)?|\n|\w+|\S")
# Shorter ones are units, initials, leftovers.
_UNKNOWN = re.compile(r"[a-z]{3,}(?:[’'][a-z]+)?")
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        ("is(e|ed|es|ing|ation|ations|er|ers)$", r"iz\1"),
        ("our", "or"),
        ("ll(ed|ing|er|ers)$", r"l\1"),
        ("re$", "er"),
        ("ence(s?)$", r"ense\1"),
        ("^sce", "ske"),
        ("ogue(s?)$", r"og\1"),
        ("amme(s?)$", r"am\1"),
    )
)
FUNCTION_WORDS = frozenset(
    """a an the and or but if so as at by for from in into of off on onto out over per than that then there these they
    this those to under until up upon was were what when where which while who whom whose why will with within would
    be been being am is are has have had having do does did done i he her hers him his it its me my our ours she their
    theirs them us we you your not no nor can could may might must shall should also both each few more most much many
    some any all one two three four five six seven eight nine ten about after before between during against""".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word that the model knows: its form there, its share of all words, and how it stands in the text."""

    form: str
    share: float
    rarity: int
    lower: bool
    function: bool


class Pair(NamedTuple):
    """How two neighbours go together: the bin of their association and its step, each counted from 1; 0 is no pair."""

    bin: int
    step: int

    @property
    def is_apart(self) -> bool:
        """The words meet less often than chance would have it."""
        return 0 < self.step <= _APART


# A word in lower case that the model has no entry for; None stands for everything that is no word.
UNKNOWN = Word("", 0.0, 0, lower=True, function=True)
NO_PAIR = Pair(0, 0)


def words_of(text: str) -> list[Word | None]:
    """Return the words of a text and None for what stands between them: marks, numbers, ends of lines, other names."""
    return list(map(_word, _TOKEN.findall(text)))


def places_of(text: str) -> list[tuple[int, int]]:
    """Return where each word of ``words_of`` stands."""
    return [match.span() for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=_N_PAIRS)
def pair(before: Word | None, word: Word | None) -> Pair:
    """Return how much likelier a word is behind its neighbour than anywhere.

    >>> [pair(*words_of(text)).is_apart for text in ("prime minister", "White Home")]
    [False, True]
    """
    if before is None or word is None or not before.form or not word.form:
        return NO_PAIR
    association = float(_model().prob([word.form, before.form])) * _STEP - word.share
    return Pair(1 + bisect(PAIR_EDGES, association), 1 + bisect(STEP_EDGES, association))


@lru_cache(maxsize=_N_WORDS)
def _word(token: str) -> Word | None:
    lower = token.lower()
    for form in _forms(lower.replace("’", "'")) if token[0].isalpha() else ():
        share = _model().prob([form])
        if share > _NO_ENTRY:
            share *= _STEP
            return Word(form, share, bisect(RARITY_EDGES, share), token.islower(), lower in FUNCTION_WORDS)
    return UNKNOWN if _UNKNOWN.fullmatch(token) else None


def _forms(word: str) -> tuple[str, ...]:
    """Return the forms to look for: a possessive counts as its noun, a British spelling as the American one."""
    bare = word.removesuffix("'s")
    american = (pattern.sub(new, bare) for pattern, new in _SPELLINGS if pattern.search(bare))
    return (word, bare, *american)


@lru_cache(maxsize=1)
def _model() -> Any:
    from pocketsphinx import NGramModel, get_model_path

    return NGramModel.readfile(str(Path(get_model_path()) / "en-us" / "en-us.lm.bin"))
