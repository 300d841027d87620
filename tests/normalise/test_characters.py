import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.normalise.characters import LETTER, SPACE, UPPER, Characters, word_hash


def spans(text: str) -> list[str]:
    starts, ends = Characters.of(text).words()
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The plan, of 2025.", ["The", "plan", "of", "2025"]),
        ("п'ять п’ять пʼять", ["п", "ять"] * 3),
        ("谈判在 Wien", ["谈", "判", "在", "Wien"]),
        ("𝒜𝔅 😀 один", ["𝒜𝔅", "один"]),
        ("", []),
        ("…", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    assert spans(text) == words


def test_a_word_has_one_hash_wherever_it_stands_and_in_either_case() -> None:
    characters = Characters.of("Plan, plan and PLAN; Київ київ")
    starts, ends = characters.words()
    found = characters.hashes(starts, ends).tolist()
    assert found[0] == found[1] == found[3] == word_hash("plan")
    assert found[4] == found[5] == word_hash("Київ")
    assert len(set(found)) == 3


@given(st.lists(st.text("abcdefghijйцук1", min_size=1, max_size=8), min_size=1, max_size=60))
def test_different_words_have_different_hashes(words: list[str]) -> None:
    characters = Characters.of(" ".join(words))
    assert len(set(characters.hashes(*characters.words()).tolist())) == len(set(words))


@given(st.text(max_size=60).map(lambda text: "".join(char for char in text if not "\ud800" <= char <= "\udfff")))
def test_classes_are_those_of_python(text: str) -> None:
    characters = Characters.of(text)
    assert characters.has(LETTER).tolist() == [char.isalpha() for char in text]
    assert characters.has(SPACE).tolist() == [char.isspace() for char in text]
    assert characters.has(UPPER).tolist() == [char.isupper() or char.istitle() for char in text]
    starts, ends = characters.tokens()
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == text.split()


def test_a_long_text_has_no_other_hashes() -> None:
    characters = Characters.of("x " * 40_000 + "plan")
    starts, ends = characters.words()
    assert int(characters.hashes(starts[-1:], ends[-1:])[0]) == word_hash("plan")
    assert np.unique(characters.hashes(starts[:-1], ends[:-1])).size == 1
