from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.cli import commands
from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.normalise.article import measured
from ukrcorpus.normalise.signals import SIGNALS, listing, signals_of

ROOT = Path(__file__).parents[2]
PROSE = (
    "Harbour opens again\n"
    "The envoys met on Friday, and they agreed on a plan for the harbour after two hours of talks.\n"
    "Nobody had expected it. The ships will sail in May, if the weather holds."
)
LIST = "\n".join(f"Item {number}…" for number in range(5))


def signals(text: str) -> dict[str, float]:
    return signals_of(measured(AlignedText.of(text)))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("n_words", "Two words – and 3 more.", 4),
        ("mean_word_length", "Two words, “four”.", 4.0),
        ("alphabetic_word_share", "one 2 3 four", 0.5),
        ("symbol_word_ratio", "one # two… three...", 0.75),
        ("n_function_words", "The envoy and the minister of the state", 3),
        ("function_word_share", "The envoy and the minister of", 0.6667),
        ("function_word_share", "Він і вона були там", 1.0),
        ("unique_word_share", "one two one two", 0.5),
        ("word_entropy", "one two one two", 0.6931),
        ("upper_case_share", "ABcd", 0.5),
        ("upper_case_word_share", "NATO and A plan", 0.25),
        ("digit_share", "ab12", 0.5),
        ("curly_bracket_share", "{ab}", 0.5),
        ("unknown_character_share", "ab\ufffd\ue000", 0.5),
        ("mojibake_per_1000_characters", "Itâ€™s donÃ© ", 153.8462),
        ("mojibake_per_1000_characters", "РџСЂРё", 166.6667),
        ("mojibake_per_1000_characters", "Сієрра, Росія, Сергій, Ольга", 0),
        ("mojibake_per_1000_characters", "Château d’Âge, Ñandú", 0),
        ("mixed_script_words_per_1000", "Kиїв and Київ", 333.3333),
        ("sentence_end_line_share", PROSE, 0.6667),
        ("short_line_share", PROSE, 0.3333),
        ("ellipsis_line_share", LIST, 1.0),
        ("placeholder_lines", "Please enable JavaScript.\nLorem ipsum dolor.\nA line.", 2),
        ("duplicate_line_share", "one\ntwo\none\none", 0.5),
        ("duplicate_line_character_share", "one\ntwo\none", 0.2727),
        ("top_pair_character_share", "go to go to him", 0.7273),
        ("top_pair_character_share", "one two three", 0),
        ("duplicate_run_character_share", "a b c d e f a b c d e", 0.9091),
        ("duplicate_run_character_share", PROSE, 0),
        ("mean_sentence_words", "One two. Three four five six.", 3.0),
        ("long_sentence_share", "word " * 100 + "end.", 1.0),
        ("other_language_share", PROSE + "\nМинистр сказал, что переговоры были долгими.", 0.1897),
        ("paragraph_share", "One sentence.", 1.0),
        ("boilerplate_share", "One sentence.", 0),
    ],
)
def test_a_signal_measures_what_it_says(name: str, text: str, value: float) -> None:
    assert signals(text)[name] == pytest.approx(value, abs=1e-4)


def test_repetition_compresses_better() -> None:
    assert signals("One and the same sentence. " * 40)["compressed_share"] < 0.1 < signals(PROSE)["compressed_share"]


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_any_text_has_every_signal_in_its_range(text: str) -> None:
    lines = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    if not lines or any("\ud800" <= char <= "\udfff" for char in lines):
        return
    found = signals(lines)
    assert list(found) == [signal.__name__ for signal in SIGNALS]
    assert all(value >= 0 for value in found.values())
    assert all(found[name] <= 1 for name in found if name.endswith("_share") and name != "compressed_share")


def test_the_page_of_signals_is_the_one_in_docs() -> None:
    page = ROOT / "docs" / "signals.md"
    assert page.read_text(encoding="utf-8") == listing(), "renew it: ukrcorpus signals --list > docs/signals.md"


def test_the_command_shows_the_signals_of_an_article() -> None:
    result = CliRunner().invoke(commands, ["--project", str(ROOT), "signals", "sample-explainer-plant"])
    assert result.exit_code == 0, result.output
    assert "boilerplate_share                   0.1033\n" in result.output
    assert CliRunner().invoke(commands, ["--project", str(ROOT), "signals"]).exit_code == 2
