"""``DATASHEET.md``: the questions of Gebru et al. (Datasheets for Datasets, 2021), answered from the facts."""

from collections.abc import Callable
from typing import Final

from ukrcorpus.derive.documents.citation import in_words
from ukrcorpus.derive.documents.datasheet_composition import COMPOSITION
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import (
    MADE,
    MAINTENANCE,
    SOCIAL,
    annotation,
    collected,
    contact,
    good_for,
    holds,
    not_for,
    requests,
    stated,
)
from ukrcorpus.derive.markdown import plain

Answer = Callable[[ReleaseFacts], str]


def _stated(key: str) -> Answer:
    return lambda facts: stated(facts, key)


def _licence(facts: ReleaseFacts) -> str:
    texts = ", ".join(f"{licence} ({n:,} articles)" for licence, n in facts.numbers.licences)
    return f"Annotations, schema and registry: {facts.info.licence}. Texts: {texts or 'none'}. See `LICENSE`."


def _third_parties(facts: ReleaseFacts) -> str:
    n = facts.numbers.n_without_text
    if not n:
        return "The texts may be passed on, each under its licence in `articles.licence`."
    held = "their words are not in this edition" if facts.numbers.text_free else "this edition is for private use"
    return f"The texts of {n:,} of {facts.numbers.n_articles:,} articles may not be passed on; {held}."


def _maintainer(facts: ReleaseFacts) -> str:
    return f"{'; '.join(facts.info.authors)}. {contact(facts)} {stated(facts, 'maintenance')}"


_RAW: Final = """\
Yes, byte for byte, in the corpus project. `articles` has the SHA-256 of each raw file, and `edits` leads from each
character of a text back to it."""
SECTIONS: Final[tuple[tuple[str, tuple[tuple[str, Answer], ...]], ...]] = (
    (
        "Motivation",
        (
            ("For what purpose was the dataset created?", _stated("purpose")),
            ("Who created it, and on behalf of whom?", _stated("makers")),
            ("Who funded its creation?", _stated("funding")),
        ),
    ),
    ("Composition", COMPOSITION),
    (
        "Collection",
        (
            ("How was the data acquired?", lambda facts: f"{collected(facts)} {stated(facts, 'collection')}"),
            ("What was the sampling strategy?", _stated("selection")),
            ("Who was involved, and how were they compensated?", _stated("collection")),
            ("Was there an ethical review?", _stated("review")),
            ("Were the individuals notified, and did they consent?", _stated("consent")),
        ),
    ),
    (
        "Preprocessing and labelling",
        (
            ("Was the data preprocessed and labelled?", lambda _: MADE),
            ("Who labelled it?", lambda facts: f"{annotation(facts)} {stated(facts, 'annotators')}"),
            ("Who decided conflicts?", _stated("curator")),
            ("Was the raw data kept?", lambda _: _RAW),
            ("Is the software available?", lambda _: "Yes: `ukrcorpus`, under MIT; `release.json` has the versions."),
        ),
    ),
    (
        "Uses",
        (
            ("Has the dataset been used already?", _stated("uses")),
            ("What tasks could it be used for?", lambda facts: " ".join(good_for(facts))),
            ("For what should it not be used?", lambda facts: " ".join(not_for(facts))),
            ("What could affect future uses?", lambda _: SOCIAL),
        ),
    ),
    (
        "Distribution",
        (
            ("Under which licence is it distributed?", _licence),
            ("How is it cited?", in_words),
            ("Do third parties have rights in it?", _third_parties),
        ),
    ),
    (
        "Maintenance",
        (
            ("Who maintains it, and how can they be reached?", _maintainer),
            ("Will it be updated, and are older versions kept?", lambda _: MAINTENANCE),
            ("How can a person object, or an error be reported?", requests),
        ),
    ),
)
"""Sections with questions and answers, in the order of the paper."""


def datasheet(facts: ReleaseFacts) -> str:
    """Return the datasheet."""
    parts = [f"# Datasheet of {plain(facts.info.title)}", f"Version {facts.info.version}. {holds(facts)}"]
    for heading, questions in SECTIONS:
        parts.append(f"## {heading}")
        parts += [f"**{question}**\n\n{plain(answer(facts))}" for question, answer in questions]
    return "\n\n".join(parts) + "\n"
