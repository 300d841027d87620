"""What the quality signals are measured on: the counts of a text that several of them need, taken once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.blocks import Block
from ukrcorpus.normalise.characters import EDGE, SPACE, Characters, among
from ukrcorpus.normalise.signatures import function_words

# An odd number that spreads small ones over 64 bits.
_SPREAD = 0x9E3779B97F4A7C15


class Sentence(NamedTuple):
    """A sentence: the number of its block, and its span of the text in code points, half-open."""

    block: int
    start: int
    end: int


@dataclass(frozen=True)
class Measured:
    """A normalised article with its blocks, the language of each, its sentences and its rate of spun wording.

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
    def characters(self) -> Characters:
        """The characters as arrays."""
        return Characters.of(self.text.text)

    def n_characters(self, kind: int) -> int:
        """Count the characters of a class."""
        import numpy as np

        return int(np.count_nonzero(self.characters.has(kind)))

    @cached_property
    def token_spans(self) -> tuple[Any, Any]:
        """Starts and ends of what stands between white space."""
        return self.characters.tokens()

    @cached_property
    def token_classes(self) -> Any:
        """The classes of characters in each token."""
        import numpy as np

        starts, _ = self.token_spans
        return np.bitwise_or.reduceat(self.characters.classes, starts) if len(starts) else starts

    @property
    def n_tokens(self) -> int:
        """The number of tokens."""
        return len(self.token_spans[0])

    @cached_property
    def word_spans(self) -> tuple[Any, Any]:
        """Starts and ends of the words: tokens without the punctuation around them."""
        import numpy as np

        core = np.flatnonzero(~self.characters.has(SPACE | EDGE))
        starts, ends = self.token_spans
        first, behind = np.searchsorted(core, starts), np.searchsorted(core, ends)
        some = first < behind
        return core[first[some]], core[behind[some] - 1] + 1

    @property
    def n_words(self) -> int:
        """The number of words."""
        return len(self.word_spans[0])

    @cached_property
    def lengths(self) -> Any:
        """The characters of each word."""
        starts, ends = self.word_spans
        return ends - starts

    @cached_property
    def word_hashes(self) -> Any:
        """A hash of each word in lower case, in their order."""
        return self.characters.hashes(*self.word_spans)

    @cached_property
    def kinds(self) -> tuple[Any, Any]:
        """The hashes of the different words, and how often each occurs."""
        import numpy as np

        found, counts = np.unique(self.word_hashes, return_counts=True)
        return found, counts

    @cached_property
    def function_word_counts(self) -> Any:
        """How often each of the function words that occur does."""
        found, counts = self.kinds
        return counts[among(found, function_words())]

    def runs(self, size: int) -> tuple[Any, Any, Any]:
        """Return a hash of each run of so many words, the hashes of those that occur again, and how often they do."""
        import numpy as np

        n = max(0, self.n_words - size + 1)
        runs = np.zeros(n, dtype=np.uint64)
        for step in range(size):
            runs = runs * _SPREAD + self.word_hashes[step : step + n]
        ordered = np.sort(runs)
        first = np.flatnonzero(np.concatenate([np.ones(min(n, 1), dtype=bool), ordered[1:] != ordered[:-1]]))
        counts = np.diff(first, append=n)
        return runs, ordered[first][counts > 1], counts[counts > 1]

    def share_of_lines(self, belongs: Callable[[str], object]) -> float:
        """Return the share of lines of a kind."""
        return share(sum(1 for line in self.lines if belongs(line)), len(self.lines))


def share(part: float, whole: float) -> float:
    """Return a share with four decimals; 0 of nothing.

    >>> share(1, 3), share(0, 0)
    (0.3333, 0.0)
    """
    return round(part / whole, 4) if whole else 0.0
