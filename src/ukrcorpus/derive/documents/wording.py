"""What is said of every corpus in more than one document: uses, limits, policies."""

from typing import Final

from ukrcorpus.derive.documents.facts import ReleaseFacts

ANSWER_DAYS: Final = 30

_GOOD_FOR: Final = (
    "Who takes which stance on which issue, as reported: each statement leads to the characters that say so.",
    "Training and testing systems that find claims, their holders and their stances.",
    "Networks of actors and issues, with dates and with the voice of each statement kept apart.",
)
_NOT_FOR: Final = (
    "Finding out what is true. Claims are recorded as reported and never checked.",
    "Judging persons. A row says what an article reports of somebody, not what somebody thinks.",
    "Counting who speaks most without looking at `voice`: being talked about is not speaking.",
)
_SAMPLE_GOOD_FOR: Final = (
    "Seeing the format: what a claim, a holder, a stance and their proof in the text look like.",
    "Writing and testing code against small tables before a corpus of published articles is at hand.",
    "Learning and discussing the annotation scheme.",
)
_SAMPLE_NOT_FOR: Final = (
    "Evidence of any kind: no row says what a person, a state or a body said, did or wants.",
    "Training or measuring models, and findings about the press, the war or the talks.",
)
LIMITS: Final = (
    "A claim reported inside another claim is not marked a second time, and no claim crosses the end of a line.",
    "Polarity is measured on one pole per issue. Positions that the pole does not grasp have none.",
    "`holder_org` follows dated roles in the registry and is null where no role is known for the day.",
    "A date is null where the text does not give it; it is never guessed.",
    "With fewer than 200 clusters of near-duplicates there is one split, `train`: too little to measure a model on.",
)
POLES: Final = """\
A pole is not the project's view. It is a ruler, worded so that each side could be asked to agree or disagree; which end
is positive means nothing. Texts keep the place names they have; elsewhere Ukrainian places stand in the usual English
form of their Ukrainian names (Kyiv). No name in the registry takes a side on borders, titles or offices."""
PERSONS: Final = """\
Labels on persons concern their public office or their public part in the talks, and nothing else. Actors are such
persons, states, bodies and groups; private persons, prisoners, victims and minors are not entered. Annotators appear
under pseudonyms."""
WITH_ITSELF: Final = """\
The agreement figure is that of a model with itself: it compares two independent passes of a language model."""


def good_for(facts: ReleaseFacts) -> tuple[str, ...]:
    """Return what the corpus is good for, one sentence each."""
    return _SAMPLE_GOOD_FOR if facts.is_sample else _GOOD_FOR


def not_for(facts: ReleaseFacts) -> tuple[str, ...]:
    """Return what the corpus must not be used for, one sentence each."""
    return _SAMPLE_NOT_FOR if facts.is_sample else _NOT_FOR


def holds(facts: ReleaseFacts) -> str:
    """Return the size of the release in a sentence."""
    numbers = facts.numbers
    n_claims, n_statements = numbers.n_rows("claims"), numbers.n_rows("statements")
    return f"It holds {numbers.n_articles:,} articles, {n_claims:,} claims and {n_statements:,} statements."


def requests(facts: ReleaseFacts) -> str:
    """Return where to write about a label, a text or oneself, and when an answer comes."""
    return (
        "If you are named and object, hold rights to a text, or found an error, write to the contact: "
        f"{facts.info.contact}. You have an answer within {ANSWER_DAYS} days. A text or a label that is taken out "
        "leaves a mark that it was there, without a word of it."
    )
