"""Whole pages come out as an editor would want them; what does not yet is named in its page's file.

`python tests/gold_pages.py` writes the known failures anew.
"""

from pathlib import Path

import pytest

from gold_pages import LINES, GoldPage, Outcome, outcome, read_pages
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.schema.model import Schema

PAGES = read_pages(Path(__file__).parent / "pages")


def cases() -> list[object]:
    return [
        pytest.param(page, part, id=f"{page.name}: {part}", marks=_marks(page, part))
        for page in PAGES
        for part in page.parts()
    ]


def _marks(page: GoldPage, part: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True)] if part in page.known_failures else []


@pytest.fixture(scope="session")
def outcomes(schema: Schema) -> dict[str, Outcome]:
    return {page.name: outcome(page, schema.repairs) for page in PAGES}


@pytest.mark.parametrize(("page", "part"), cases())
def test_a_page_comes_out_as_an_editor_wants_it(page: GoldPage, part: str, outcomes: dict[str, Outcome]) -> None:
    came = outcomes[page.name]
    if part == LINES:
        assert came.lines == page.expected
    else:
        assert came.done(part), page.rows[int(part.removeprefix("row ")) - 1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_normalising_a_normalised_page_changes_nothing_more(
    page: GoldPage, outcomes: dict[str, Outcome], schema: Schema
) -> None:
    text = outcomes[page.name].text.text
    assert normalised(text, schema.repairs).text == text
