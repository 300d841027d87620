"""The dataset card: a release's README with its YAML head."""

from collections.abc import Callable
from typing import Final

from ukrcorpus.derive.documents.card_closing import (
    agreement,
    citation,
    contact,
    known_errors,
    machine,
    made,
    personal,
    rights,
)
from ukrcorpus.derive.documents.card_metadata import metadata
from ukrcorpus.derive.documents.card_opening import drawings, examples, load_it, opening, text_free
from ukrcorpus.derive.documents.card_splits import splits
from ukrcorpus.derive.documents.card_tables import columns, figures, tables
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import LIMITS, POLES, biases, good_for, not_for
from ukrcorpus.derive.markdown import bullets, plain

_MORE: Final = "[DATASHEET.md](DATASHEET.md) and [DATA_STATEMENT.md](DATA_STATEMENT.md) answer the forms' questions."
SECTIONS: Final[tuple[tuple[str, Callable[[ReleaseFacts], list[str]]], ...]] = (
    ("What it is good for", lambda facts: bullets(good_for(facts))),
    ("What it is not for", lambda facts: bullets(not_for(facts))),
    ("What this edition lacks", text_free),
    ("Load it", load_it),
    ("Examples", examples),
    ("Plots", drawings),
    ("Tables", tables),
    ("Splits", splits),
    ("Figures", figures),
    ("How it was made", made),
    ("Machine share", machine),
    ("Agreement", agreement),
    ("Rights", rights),
    ("Personal data", personal),
    ("Wording of poles and names", lambda _: [POLES]),
    ("Limits and biases", lambda facts: [*bullets([*LIMITS, *biases(facts)]), "", _MORE]),
    ("Known errors", known_errors),
    ("Citation", citation),
    ("Contact", contact),
    ("Columns", columns),
)
"""Heading and lines of each section, in order; a section without lines is left out with its heading."""


def card(facts: ReleaseFacts) -> str:
    """Return ``README.md``; for machine-written texts or labels it opens by saying so."""
    parts = [f"---\n{metadata(facts.schema, facts.info, facts.numbers)}---", f"# {plain(facts.info.title)}"]
    parts += opening(facts)
    parts += ["\n".join([f"## {heading}", "", *lines]) for heading, made in SECTIONS if (lines := made(facts))]
    return "\n\n".join(parts) + "\n"
