"""Suggest the issue of a claim: which entry of the codebook its words are closest to."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ukrcorpus.schema.model import Issue, Schema

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SUFFIX: Final = re.compile(r"(?:ations?|ments?|ings?|ed|es|s|ly)$")
_STEM: Final = 4  # letters that stay at least
_CONTEXT: Final = 0.35  # of the sentence around the claim
_ARTICLE: Final = 0.25  # of the line it stands in and of the whole article

# How much the parts of an entry tell: its name most, its near misses nothing.
_LABEL, _POLE, _DEFINITION, _EXAMPLE = 3, 2, 1, 1


@dataclass(frozen=True)
class Issues:
    """The weight of each stem for each issue; each issue's weights have length one."""

    weights: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, schema: Schema) -> "Issues":
        """Return the index of a codebook: its labels, poles, definitions and examples, stems weighed by rarity."""
        counts = {issue.issue: _counted(issue) for issue in schema.issues if issue.pole}
        spread = Counter(stem for own in counts.values() for stem in own)
        weights: dict[str, dict[str, float]] = {}
        for name, own in counts.items():
            scores = {stem: (1 + math.log(n)) * math.log(len(counts) / spread[stem] + 0.5) for stem, n in own.items()}
            length = math.sqrt(sum(score * score for score in scores.values())) or 1.0
            for stem, score in scores.items():
                weights.setdefault(stem, {})[name] = score / length
        return cls(weights)

    def scores(self, text: str) -> dict[str, float]:
        """Return how close a text is to each issue that shares a stem with it, 0 to 1."""
        own = Counter(stems(text))
        found: dict[str, float] = {}
        length = math.sqrt(sum(n * n for n in own.values())) or 1.0
        for stem, n in own.items():
            for name, weight in self.weights.get(stem, {}).items():
                found[name] = found.get(name, 0.0) + n * weight / length
        return found

    def best(self, claim: str, sentence: Mapping[str, float], article: Mapping[str, float]) -> tuple[str, float] | None:
        """Return the issue that a claim speaks to, by its own words, those around it and those of the article."""
        own = self.scores(claim)
        total = {
            name: own.get(name, 0.0) + _CONTEXT * sentence.get(name, 0.0) + _ARTICLE * article.get(name, 0.0)
            for name in sorted({*own, *sentence, *article})
        }
        return max(total.items(), key=lambda one: one[1]) if total else None


def stems(text: str) -> Iterable[str]:
    """Yield the words of a text in small letters, without the commonest endings of English.

    >>> list(stems("Prisoners were exchanged"))
    ['prisoner', 'were', 'exchang']
    """
    for word in _WORD.findall(text.lower()):
        cut = _SUFFIX.sub("", word)
        yield cut if len(cut) >= _STEM else word


def _counted(issue: Issue) -> Counter[str]:
    parts = ((issue.label, _LABEL), (issue.pole or "", _POLE), (issue.definition, _DEFINITION))
    counts: Counter[str] = Counter()
    for text, times in (*parts, *((example, _EXAMPLE) for example in issue.positive)):
        for stem in stems(text):
            counts[stem] += times
    return counts
