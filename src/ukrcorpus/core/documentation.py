"""What only the people behind a corpus can say of it: the table ``[documentation]`` of ``corpus.toml``."""

from collections.abc import Mapping
from typing import Final

from ukrcorpus.core.problems import CorpusError, near

QUESTIONS: Final[dict[str, str]] = {
    "purpose": "For what purpose was the corpus made, and what gap was it to fill?",
    "makers": "Who made it, and on whose behalf?",
    "funding": "Who paid for it?",
    "selection": "How were the articles chosen, and what was left out?",
    "collection": "Who collected the articles, how, and how were they paid?",
    "consent": "Were publishers and the persons named told or asked?",
    "review": "Did anybody review the ethics of it, and with what outcome?",
    "writers": "Who wrote the articles, as far as it is known?",
    "annotators": "Who are the annotators: number, languages, training, background, pay?",
    "curator": "Who decided conflicts between annotators: a person or a model?",
    "model": "Which language model wrote texts or labels, if any: name, version, date, how it was asked?",
    "uses": "What has the corpus been used for so far?",
    "maintenance": "Who maintains it, for how long, and how often do new versions come?",
}
"""Every key with the question that it answers; none is required, and what is not answered is said to be not stated."""


def documentation(given: object, where: str) -> Mapping[str, str]:
    """Return the answers; a key that is not asked for, or an empty answer, is a ``CorpusError``."""
    remedy = "Expected a table of texts such as funding = 'None.'; leave out what you cannot say."
    if not isinstance(given, dict):
        raise CorpusError("corpus-toml-value", f"documentation is {given!r}.", where=where, remedy=remedy)
    for key, answer in given.items():
        if key not in QUESTIONS:
            what = f"unknown key 'documentation.{key}'."
            raise CorpusError("corpus-toml-key", what, where=where, remedy=near(key, tuple(QUESTIONS)))
        if not isinstance(answer, str) or not answer.strip():
            raise CorpusError("corpus-toml-value", f"documentation.{key} is {answer!r}.", where=where, remedy=remedy)
    return {key: answer.strip() for key, answer in given.items()}
