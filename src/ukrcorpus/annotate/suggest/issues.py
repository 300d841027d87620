"""Suggest the issue of a claim: by words that give it away, and by how close its words are to the codebook's."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.suggest.words import suggestion_words
from ukrcorpus.schema.model import Issue, Schema

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SUFFIX: Final = re.compile(r"(?:ations?|ments?|ings?|ed|es|s|ly)$")
_STEM: Final = 4  # letters that stay at least

# Chosen on the development articles: the weight of the words around a claim, and of those of the codebook.
_SENTENCE: Final = 0.7
_ARTICLE: Final = 2.0
_CODEBOOK: Final = 0.3

# How much the parts of an entry tell: its name most, its near misses nothing.
_LABEL, _POLE, _DEFINITION, _EXAMPLE = 3, 2, 1, 1

Scores = Mapping[str, float]


@dataclass(frozen=True)
class Issues:
    """The weight of each stem for each issue, and the signs that give each away, looked for by one automaton.

    A sign is parts that must all stand in a text; ``signs`` has, by the number of the first one in the automaton, the
    issue and all its numbers.
    """

    weights: Mapping[str, Scores]
    signs: Mapping[int, tuple[tuple[str, tuple[int, ...]], ...]]
    automaton: Any

    @classmethod
    def of(cls, schema: Schema) -> "Issues":
        """Return the index of a codebook; words of issues that it does not have count for nothing."""
        from ahocorasick_rs import AhoCorasick

        listed = suggestion_words().issues
        names = [issue.issue for issue in schema.issues if issue.pole and issue.issue in listed]
        parts = sorted({part for name in names for part in re.split(r"[+|]", listed[name])})
        number = {part: at for at, part in enumerate(parts)}
        signs: dict[int, list[tuple[str, tuple[int, ...]]]] = {}
        for name in names:
            for sign in listed[name].split("|"):
                numbers = tuple(number[part] for part in sign.split("+"))
                signs.setdefault(numbers[0], []).append((name, numbers))
        return cls(_weights(schema), {at: tuple(own) for at, own in signs.items()}, AhoCorasick(parts))

    def scores(self, text: str) -> dict[str, float]:
        """Return how much of a text speaks to each issue, as shares of one."""
        found = {name: score * _CODEBOOK for name, score in self._closeness(text).items()}
        lower = text.lower()
        seen = Counter(
            part
            for part, start, _ in self.automaton.find_matches_as_indexes(lower, overlapping=True)
            if not (start and lower[start - 1].isalnum())
        )
        for first, n in seen.items():
            for name, numbers in self.signs.get(first, ()):
                hits = min(seen[number] for number in numbers) * len(numbers) if len(numbers) > 1 else n
                found[name] = found.get(name, 0.0) + hits
        total = sum(found.values())
        return {name: score / total for name, score in found.items()} if total else {}

    def _closeness(self, text: str) -> dict[str, float]:
        """Return the cosine of a text with each issue's entry in the codebook."""
        own = Counter(stems(text))
        found: dict[str, float] = {}
        length = math.sqrt(sum(n * n for n in own.values())) or 1.0
        for stem, n in own.items():
            for name, weight in self.weights.get(stem, {}).items():
                found[name] = found.get(name, 0.0) + n * weight / length
        return found

    def best(self, claim: str, sentence: Scores, article: Scores) -> tuple[str, float] | None:
        """Return the issue that a claim speaks to, by its own words, those around it and those of the article.

        Beside it stands its share of what all issues score.
        """
        own = self.scores(claim)
        total = {
            name: own.get(name, 0.0) + _SENTENCE * sentence.get(name, 0.0) + _ARTICLE * article.get(name, 0.0)
            for name in sorted({*own, *sentence, *article})
        }
        if not total:
            return None
        name = max(total, key=lambda one: total[one])
        return name, total[name] / sum(total.values())


def stems(text: str) -> Iterable[str]:
    """Yield the words of a text in small letters, without the commonest endings of English.

    >>> list(stems("Prisoners were exchanged"))
    ['prisoner', 'were', 'exchang']
    """
    for word in _WORD.findall(text.lower()):
        cut = _SUFFIX.sub("", word)
        yield cut if len(cut) >= _STEM else word


def _weights(schema: Schema) -> dict[str, dict[str, float]]:
    """Return the weights of stems, rarer ones more; those of one issue have length one."""
    counts = {issue.issue: _counted(issue) for issue in schema.issues if issue.pole}
    spread = Counter(stem for own in counts.values() for stem in own)
    weights: dict[str, dict[str, float]] = {}
    for name, own in counts.items():
        scores = {stem: (1 + math.log(n)) * math.log(len(counts) / spread[stem] + 0.5) for stem, n in own.items()}
        length = math.sqrt(sum(score * score for score in scores.values())) or 1.0
        for stem, score in scores.items():
            weights.setdefault(stem, {})[name] = score / length
    return weights


def _counted(issue: Issue) -> Counter[str]:
    parts = ((issue.label, _LABEL), (issue.pole or "", _POLE), (issue.definition, _DEFINITION))
    counts: Counter[str] = Counter()
    for text, times in (*parts, *((example, _EXAMPLE) for example in issue.positive)):
        for stem in stems(text):
            counts[stem] += times
    return counts
