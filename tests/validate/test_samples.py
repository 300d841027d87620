"""What counts as a quotation in a sample."""

import pytest

from ukrcorpus.validate.samples import _quoted


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He called it “a road to nowhere,” and left.", ["a road to nowhere"]),
        ("Він назвав це «дорогою в нікуди».", ["дорогою в нікуди"]),
        ("Er sprach von „einem langen Weg“ und ging.", ["einem langen Weg"]),
        ('A straight "one two three" counts too.', ["one two three"]),
        ("“One two three.” Then “four five six seven”", ["One two three", "four five six seven"]),
        ("An end is “missing up to the end of the line\nand not further", ["missing up to the end of the line"]),
        ("“Steel porcupine” and “propaganda” are names.", []),
        ("It’s the states’ wish, ‘in the end’.", []),
        ('A 5" screen and a 6" one', []),
    ],
)
def test_three_words_in_quotation_marks_are_a_quotation(text: str, quotations: list[str]) -> None:
    assert list(_quoted(text)) == quotations
