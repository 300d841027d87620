"""Suggest the type and the polarity of a claim: logistic regressions over what its words and its verb show.

``benchmarks/suggest_fit.py`` makes the weights from development articles.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ukrcorpus.annotate.suggest.spoken import Spoken

MODEL: Final = "model.toml"

_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
)
_SIGNS: Final = {
    "number": re.compile(rf"\b(?:\d[\d,.]*(?!\s+(?:{_MONTHS}))(?<!\b20\d\d)|billion|million|half|percent|per cent)\b"),
    "must": re.compile(
        r"\b(?:must|should|ought to|needs? to|ha(?:s|ve|d) to|essential|треба|повинн\w+|має|должн\w+)\b"
    ),
    "would": re.compile(r"\b(?:would|will|shall)\b"),
    "could": re.compile(r"\b(?:could|may|might|likely|unlikely|risks?|probably)\b"),
    "that": re.compile(r"\bthat\b|, що\b|, что\b"),
    "to": re.compile(r"\bto \w+"),
    "not": re.compile(r"\b(?:not|no|never|nobody|neither)\b|\bне\b"),
    "called": re.compile(r"\b(?:called|described|hailed|as an?)\b"),
    "is": re.compile(r"\b(?:is|are)\b"),
    "was": re.compile(r"\b(?:was|were|had)\b"),
    "if": re.compile(r"\b(?:if|unless|provided)\b"),
    "date": re.compile(r"\b(?:19|20)\d\d\b"),
    "more": re.compile(r"\b(?:more|most|less|very|too|only|too)\b"),
}


@dataclass(frozen=True)
class Regression:
    """The weight of each sign for each answer to one question."""

    weights: Mapping[str, Mapping[str, float]]

    @classmethod
    def shipped(cls, question: str) -> "Regression":
        """Return the model that the package ships for a question."""
        return cls(tomllib.loads(model_text())[question])

    def best(self, words: str, spoken: Spoken) -> tuple[str, float]:
        """Return the likeliest answer and its probability; of equal ones the first by name."""
        signs = signs_of(words, spoken)
        totals = {name: sum(own.get(sign, 0.0) for sign in signs) for name, own in sorted(self.weights.items())}
        name = max(totals, key=lambda one: totals[one])
        return name, 1 / sum(math.exp(total - totals[name]) for total in totals.values())


@cache
def model_text() -> str:
    """Return the shipped model as it is written."""
    return files("ukrcorpus.annotate.suggest").joinpath(MODEL).read_text(encoding="utf-8")


def signs_of(words: str, spoken: Spoken) -> tuple[str, ...]:
    """Return what a claim's words show, by name."""
    seen = tuple(name for name, pattern in _SIGNS.items() if pattern.search(words))
    voice = spoken.voice
    cue = spoken.cue
    own = (f"kind={cue.kind}", f"side={cue.side}", f"cue={spoken.word}") if cue else ()
    return ("all", f"voice={voice}", *seen, *own, *(f"{voice}+{name}" for name in seen))
