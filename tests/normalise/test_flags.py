"""A flag's kind and place name it: no two flags of one kind begin together."""

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.flags import flags_of


def test_a_question_that_two_rules_find_is_flagged_once_and_whole() -> None:
    text = AlignedText.of("The river\nBoth sides met for an hour. Did you know that the bridge is open? Few do.")
    found = [text.text[flag.start : flag.end] for flag in flags_of(text, blocks_of(text))]
    assert found == ["Did you know that the bridge is open?"]
