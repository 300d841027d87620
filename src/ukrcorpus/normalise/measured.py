"""What the quality signals are measured on: the counts of a text that several of them need, taken once."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.blocks import Block
from ukrcorpus.normalise.function_words import ALL

# An odd number that spreads small ones over 64 bits.
_SPREAD = 0x9E3779B97F4A7C15
_EDGES = "\"'’”“«»„‚‘()[]{}.,;:!?…–—-"


class Sentence(NamedTuple):
    """A sentence: the number of its block, and its span of the text in code points, half-open."""

    block: int
    start: int
    end: int


@dataclass(frozen=True)
class Measured:
    """A normalised article with its blocks, the language of each, its sentences and its score of spun wording.

    ``language`` and those of ``languages``, one for each block, are BCP-47 codes or None.
    """

    text: AlignedText
    blocks: Sequence[Block]
    languages: Sequence[str | None]
    language: str | None
    sentences: Sequence[Sentence]
    spun: float

    @cached_property
    def lines(self) -> list[str]:
        """The lines; each is a block."""
        return self.text.text.split("\n")

    @cached_property
    def tokens(self) -> list[str]:
        """What stands between white space."""
        return self.text.text.split()

    @cached_property
    def token_counts(self) -> Counter[str]:
        """How often each token occurs."""
        return Counter(self.tokens)

    @cached_property
    def word_counts(self) -> dict[str, int]:
        """How often each word occurs: tokens in lower case, without the punctuation around them."""
        counts: dict[str, int] = {}
        for token, n in self.token_counts.items():
            word = token.strip(_EDGES).lower()
            counts[word] = counts.get(word, 0) + n
        counts.pop("", None)
        return counts

    @cached_property
    def n_words(self) -> int:
        """The number of words."""
        return sum(self.word_counts.values())

    @cached_property
    def words(self) -> Any:
        """The words in their order, as an array of their numbers in ``word_counts``."""
        import numpy as np

        numbers = {word: number for number, word in enumerate(self.word_counts)}
        of_token = {token: numbers.get(token.strip(_EDGES).lower(), -1) for token in self.token_counts}
        found = np.fromiter(map(of_token.__getitem__, self.tokens), dtype=np.int64, count=len(self.tokens))
        return found[found >= 0]

    @cached_property
    def lengths(self) -> Any:
        """The length of each word in the order of the text, as an array."""
        import numpy as np

        return np.fromiter(map(len, self.word_counts), dtype=np.int64, count=len(self.word_counts))[self.words]

    @cached_property
    def function_words(self) -> list[str]:
        """The different function words of English, Ukrainian and Russian that occur."""
        return [word for word in self.word_counts if word in ALL]

    @cached_property
    def characters(self) -> dict[str, int]:
        """How often each character occurs."""
        import numpy as np

        # One slot for each code point up to the highest: texts with any beyond the Basic Multilingual Plane are rare.
        counts = np.bincount(np.frombuffer(self.text.text.encode("utf-32-le"), dtype=np.uint32))
        found = np.flatnonzero(counts)
        return dict(zip(map(chr, found.tolist()), counts[found].tolist(), strict=True))

    @cached_property
    def letters(self) -> int:
        """The number of letters."""
        return self.count(str.isalpha)

    def runs(self, size: int) -> Any:
        """Return how often each run of so many words occurs in the text, in the order of the runs."""
        import numpy as np

        words = self.words.astype(np.uint64)
        n = max(0, len(words) - size + 1)
        kinds = np.zeros(n, dtype=np.uint64)
        for step in range(size):
            kinds = kinds * _SPREAD + words[step : step + n]
        _, kind, counts = np.unique(kinds, return_inverse=True, return_counts=True)
        return counts[kind]

    def count_tokens(self, belongs: Callable[[str], bool]) -> int:
        """Count the tokens of a class."""
        return sum(n for token, n in self.token_counts.items() if belongs(token))

    def count(self, belongs: Callable[[str], bool]) -> int:
        """Count the characters of a class."""
        return sum(n for character, n in self.characters.items() if belongs(character))

    def n_of(self, characters: str) -> int:
        """Count some characters."""
        return sum(self.characters.get(one, 0) for one in characters)

    def share_of_lines(self, belongs: Callable[[str], object]) -> float:
        """Return the share of lines of a kind."""
        return share(sum(1 for line in self.lines if belongs(line)), len(self.lines))


def share(part: float, whole: float) -> float:
    """Return a share with four decimals; 0 of nothing.

    >>> share(1, 3), share(0, 0)
    (0.3333, 0.0)
    """
    return round(part / whole, 4) if whole else 0.0
