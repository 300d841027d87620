"""Cards that link to other pages, counted along a page: a title, a time, perhaps a summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ukrcorpus.normalise.lines import Line, n_words
from ukrcorpus.normalise.times import stamp_of
from ukrcorpus.normalise.zones import is_card_line, is_notice

_SUMMARY_WORDS, _CARDS = 45, 2


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the lines before each line of a page: what stands under many headers is told in the time of one look.

    ``ends`` has for each line the next notice, or the end of the page.
    """

    ends: Sequence[int]
    stamped: Sequence[int]
    long: Sequence[int]
    pairs: Sequence[int]
    wordy: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Tally":
        """Count the lines that are times, that are no cards, that are none as the line before, and of many words."""
        ends = [len(lines)]
        for at in reversed(range(len(lines))):
            ends.append(at if is_notice(lines[at].text) else ends[-1])
        long = [not is_card_line(line.text) for line in lines]
        return cls(
            ends[::-1],
            _sums(stamp_of(line.text) is not None for line in lines),
            _sums(long),
            _sums([False, *(one and other for one, other in pairwise(long))]),
            _sums(n_words(line.text) > _SUMMARY_WORDS for line in lines),
        )

    def are_cards(self, start: int, end: int) -> bool:
        """Say whether some lines are cards with summaries: a time to each, no two paragraphs in a row."""
        n_long = self.long[end] - self.long[start]
        if self.stamped[end] - self.stamped[start] < max(_CARDS, n_long) or n_long * 2 > end - start:
            return False
        return self.pairs[end] == self.pairs[start + 1] and self.wordy[end] == self.wordy[start]


def _sums(signs: Iterable[bool]) -> list[int]:
    return list(accumulate(signs, initial=0))
