import pytest

from ukrcorpus.normalise.sentences import sentence_spans


def sentences(block: str, *, cells: bool = False) -> list[str]:
    return [block[start:end] for start, end in sentence_spans(block, cells=cells)]


@pytest.mark.parametrize(
    "parts",
    [
        ["They met on Friday.", "Nothing came of it!", "Why?", "Nobody knows…", "Time will tell."],
        ["U.S. President Biden met Gen. J. Smith at 9 a.m. in Washington, D.C. on Jan. 5.", "He left."],
        ["It left the U.S.", "The rest stayed.", "Prices rose 3.5 percent."],
        ["“We agree.", "We sign,” he said.", "“No!” cried the envoy.", "He left."],
        ["He called it “a trap.”", "Moscow did not answer."],
        ["Президент наполягав на ст. 5 договору від 2025 р. і на термінах.", "Проте відповіді не було."],
        ["The fund holds $90 billion.", "€30 billion were paid."],
    ],
)  # fmt: skip
def test_sentences_end_where_they_end(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_number_at_the_head_of_a_line_ends_no_sentence() -> None:
    assert sentences("7. How the plan came about") == ["7. How the plan came about"]


def test_each_table_cell_is_a_sentence() -> None:
    assert sentences("Kyiv | Wants a truce. And more. | now", cells=True) == ["Kyiv", "Wants a truce. And more.", "now"]
