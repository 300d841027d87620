"""The answers of a datasheet on what the dataset is made of."""

from collections.abc import Callable
from typing import Final

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import LIMITS, PERSONS, stated
from ukrcorpus.schema.model import ActorType

_INSTANCE: Final = """\
A row of `statements`: the stance of one holder on one issue, with the words of the article that carry it. Further
tables hold articles, sentences, mentions, claims, annotations and the registry of actors and issues; the card lists
them with all columns."""


def _count(facts: ReleaseFacts) -> str:
    rows = ", ".join(f"{one.table} {one.n_rows:,}" for one in facts.numbers.filled)
    size = facts.numbers.profile.size
    texts = f"{size.n_chars:,} characters, {size.n_words:,} words and {size.n_sentences:,} sentences"
    return f"{rows}. The articles have {texts}." if rows else "None yet."


def _missing(facts: ReleaseFacts) -> str:
    numbers = facts.numbers
    undated = f"{numbers.profile.stated.n_undated:,} of {numbers.n_rows('statements'):,} statements have no day."
    lacking = f" The texts of {numbers.n_without_text:,} articles are left out for their rights." * numbers.text_free
    n_gone = numbers.profile.n_withdrawn
    gone = f" {n_gone:,} articles were withdrawn; `withdrawals` lists them." if n_gone else ""
    return f"What is not known is null. {undated}{lacking}{gone}"


def _splits(facts: ReleaseFacts) -> str:
    found = sorted({split.split for table in facts.numbers.filled for split in table.splits} - {"registry"})
    if found == ["train"]:
        return "One split, `train`: there are too few articles to hold some back."
    return f"By article and never across near-duplicates: {', '.join(f'`{split}`' for split in found) or 'none yet'}."


def _errors(facts: ReleaseFacts) -> str:
    n = len(facts.numbers.known_errors)
    known = f"{n} errors are known and listed in the card. " if n else ""
    return f"{known}Labels are judgements: `votes` has who decided otherwise, and the card how far annotators agree."


def _people(facts: ReleaseFacts) -> str:
    persons = {actor.id for actor in facts.schema.actors if actor.type is ActorType.PERSON}
    n = sum(1 for holder, _ in facts.numbers.profile.holders if holder in persons)
    return f"Yes: {n:,} persons hold statements here. {PERSONS} Texts may name others."


def _external(facts: ReleaseFacts) -> str:
    if facts.numbers.text_free:
        return "Only for the texts left out: `ukrcorpus rehydrate` puts them back from copies of your own."
    return "No: texts and labels are in the release. Publisher and URL of each article stand in `articles`."


COMPOSITION: Final[tuple[tuple[str, Callable[[ReleaseFacts], str]], ...]] = (
    ("What do the instances represent?", lambda _: _INSTANCE),
    ("How many are there?", _count),
    ("Is it a sample of a larger set?", lambda facts: stated(facts, "selection")),
    (
        "Is there a label or target?",
        lambda _: "Yes: `polarity` and `stance` towards the issue's pole, and all that leads there.",
    ),
    ("Is any information missing?", _missing),
    (
        "Are relations between instances explicit?",
        lambda _: "Yes: keys lead from table to table, as the card lists them.",
    ),
    ("Are there recommended splits?", _splits),
    ("Are there errors, noise or redundancies?", _errors),
    ("Where does it fall short?", lambda _: " ".join(LIMITS)),
    ("Does it rely on external resources?", _external),
    (
        "Might the content be offensive or disturbing?",
        lambda _: "Articles on a war may report violence and hostile speech.",
    ),
    ("Does it identify people?", _people),
    (
        "Does it contain sensitive data?",
        lambda _: "Political positions of persons in public office and of public bodies, as the articles report them.",
    ),
)
"""Questions and answers, in the order of the paper."""
