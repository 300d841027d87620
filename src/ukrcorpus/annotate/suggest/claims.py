"""Suggest claims: clauses with the answers that their verbs and words give."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ukrcorpus.annotate.suggest.claim_types import Regression
from ukrcorpus.annotate.suggest.clauses import Clause, clauses_of, kinds_of
from ukrcorpus.annotate.suggest.holders import spoken_in
from ukrcorpus.annotate.suggest.issues import Issues
from ukrcorpus.annotate.suggest.mentions import Mention
from ukrcorpus.annotate.suggest.others import of_another, states_of
from ukrcorpus.annotate.suggest.spoken import ASCRIBED, BY_AUTHOR, STATED, Spoken
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Schema

_PERSON: Final = "per:"
_OWNS: Final = re.compile(r"[’']s?\s")
_NOTICE: Final = "notice"
_QUOTED: Final = re.compile(r"[“«\"]([^”»\"]*)(?:[”»\"]|$)")
_MOST_SCARE: Final = 1  # words in marks that are a name or irony, not a quotation
_WHOLE: Final = 0.8  # share of the content in marks from which all of it counts as quoted
# Below these shares and probabilities a question is left open: three of four were right on the development articles.
_LEAST_ISSUE: Final = 0.2
_LEAST_POLARITY: Final = 0.6

# How sure a claim is: the share of such clauses on the development articles that are claims of that voice.
_ATTRIBUTED, _NO_HOLDER, _AUTHOR = 0.85, 0.5, 0.4


@dataclass(frozen=True, slots=True)
class Claim:
    """A suggested claim; ``answers`` are those of the questions that a rule can answer."""

    span: Span
    spoken: Spoken
    answers: Mapping[str, tuple[str, ...]]
    score: float


@dataclass(frozen=True)
class Coder:
    """Codes clauses by word lists, the codebook and a small model for the type."""

    issues: Issues
    types: Regression
    polarities: Regression
    states: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, schema: Schema) -> "Coder":
        """Return the coder of a schema."""
        return cls(Issues.of(schema), Regression.shipped("type"), Regression.shipped("polarity"), states_of(schema))

    def notices(self, text: str, kinds: Sequence[str]) -> tuple[Span, ...]:
        """Return the lines of the page's own, where nothing is marked (A8)."""
        return tuple(span for span, kind in kinds_of(text, kinds) if kind == _NOTICE)

    def claims(
        self, text: str, kinds: Sequence[str], sentences: Sequence[Span], mentions: Sequence[Mention]
    ) -> tuple[Claim, ...]:
        """Return the claims of a text with these sentences, whose lines have these kinds, in text order."""
        article = self.issues.scores(text)
        found: list[Claim] = []
        last: Spoken | None = None  # who was heard last in the line
        line = -1
        for clause in clauses_of(text, kinds, sentences):
            start = text.rfind("\n", 0, clause.span.start)
            last = last if start == line else None
            line = start
            silent = clause.headless and bool(found) and found[-1].spoken.cue is None
            spoken = spoken_in(text, clause, mentions, None if silent else last)
            last = spoken if spoken.cue else None if _turns(text, clause, mentions) else last
            told = of_another(text, clause, spoken, mentions, self.states)
            found.append(self._claim(text, clause, told, article))
        return tuple(found)

    def _claim(self, text: str, clause: Clause, spoken: Spoken, article: Mapping[str, float]) -> Claim:
        words = text[clause.span.start : clause.span.end]
        kind, _ = self.types.best(words, spoken)
        answers: dict[str, tuple[str, ...]] = {"type": (kind,), "voice": (spoken.voice,)}
        if spoken.voice != BY_AUTHOR:
            answers["quotation"] = (_quotation(words, spoken),)
            answers["source_ids"] = spoken.holders
            answers["ascriber_ids"] = spoken.ascribers if spoken.voice == ASCRIBED else ()
            answers["relayer_ids"] = spoken.relayers
            answers["unlisted_actor"] = (spoken.unlisted,) if spoken.unlisted else ()
        sentence = self.issues.scores(text[clause.sentence.start : clause.sentence.end])
        issue = self.issues.best(words, sentence, article)
        if issue is not None and issue[1] >= _LEAST_ISSUE:
            answers["issue"] = (issue[0],)
            polarity, probability = self.polarities.best(words, spoken)
            answers["polarity"] = (polarity,) if probability >= _LEAST_POLARITY else ()
        return Claim(clause.span, spoken, answers, _score(spoken))


def _turns(text: str, clause: Clause, mentions: Sequence[Mention]) -> bool:
    """Say whether what the article itself tells turns to another person."""
    inside = (one for one in mentions if clause.span.start <= one.span.start and one.span.end <= clause.span.end)
    return any(one.actor_ids[0].startswith(_PERSON) and not _OWNS.match(text, one.span.end) for one in inside)


def _score(spoken: Spoken) -> float:
    if spoken.voice == BY_AUTHOR:
        return _AUTHOR
    return _ATTRIBUTED if spoken.holders else _NO_HOLDER


def _quotation(words: str, spoken: Spoken) -> str:
    """Return how much of the content stands in quotation marks; what stands before or behind the cue is the frame."""
    quoted = [match[1] for match in _QUOTED.finditer(words) if len(match[1].split()) > _MOST_SCARE]
    if not quoted:
        return "none"
    content = re.sub(rf"^.*?\b{re.escape(spoken.word or '')}\b\W*", "", words) if spoken.voice == STATED else words
    return "direct" if sum(map(len, quoted)) >= _WHOLE * len(content) else "mixed"
