"""Every document of a release that is written from its facts, by its path in the folder."""

from collections.abc import Callable, Iterator
from typing import Final

from ukrcorpus.core.tables import json_text
from ukrcorpus.derive.documents.card import card
from ukrcorpus.derive.documents.citation import bibtex, cff, license_text
from ukrcorpus.derive.documents.croissant import croissant
from ukrcorpus.derive.documents.data_statement import data_statement
from ukrcorpus.derive.documents.datasheet import datasheet
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.latex import latex_tables
from ukrcorpus.derive.documents.plots import plots
from ukrcorpus.derive.documents.zenodo import zenodo

DOCUMENTS: Final[tuple[tuple[str, Callable[[ReleaseFacts], str]], ...]] = (
    ("README.md", card),
    ("croissant.json", lambda facts: json_text(croissant(facts))),
    ("CITATION.cff", cff),
    ("CITATION.bib", bibtex),
    ("tables.tex", latex_tables),
    ("DATASHEET.md", datasheet),
    ("DATA_STATEMENT.md", data_statement),
    ("LICENSE", license_text),
    ("zenodo.json", lambda facts: json_text(zenodo(facts))),
)


def documents(facts: ReleaseFacts) -> Iterator[tuple[str, str]]:
    """Yield path and text of each document, and of each plot."""
    yield from ((path, make(facts)) for path, make in DOCUMENTS)
    yield from ((plot.file, plot.svg) for plot in plots(facts))
