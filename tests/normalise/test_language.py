import tomllib
from pathlib import Path

import pytest

from ukrcorpus.normalise.language import language_of, languages_of

GIVEN = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
LINES = {code: text.strip().split("\n") for code, text in GIVEN.items()}
CLEAR = [(code, line) for code, lines in LINES.items() if code != "ambiguous" for line in lines]
# A heading of two words may tell nothing.
SHORT = 40

ENGLISH = "The ministers agreed on a plan for the harbour, and the ships will sail in May if the weather holds."
RUSSIAN = "Министр сказал, что переговоры были долгими и что они продолжатся."
UKRAINIAN = "Міністр сказав, що переговори були довгі й що вони триватимуть."


def test_the_set_is_large_enough() -> None:
    assert all(len(LINES[code]) >= 60 for code in ("en", "uk", "ru"))
    assert sum(len(LINES[code]) for code in LINES.keys() - {"en", "uk", "ru", "ambiguous"}) >= 20


@pytest.mark.parametrize(("code", "line"), [pair for pair in CLEAR if len(pair[1]) > SHORT])
def test_a_sentence_has_its_language(code: str, line: str) -> None:
    assert language_of(line) == code


def test_a_short_line_has_its_language_or_none() -> None:
    short = [(code, line) for code, line in CLEAR if len(line) <= SHORT]
    wrong = [(code, line, language_of(line)) for code, line in short if language_of(line) not in (code, None)]
    assert wrong == []
    assert sum(language_of(line) == code for code, line in short) / len(short) >= 0.6


@pytest.mark.parametrize("line", LINES["ambiguous"])
def test_what_tells_nothing_has_no_language(line: str) -> None:
    assert language_of(line) is None


def test_an_english_article_with_russian_quotes_is_english() -> None:
    found = languages_of(["Talks end", ENGLISH, RUSSIAN, ENGLISH, "Ответ"])
    assert found.article == "en"
    assert found.lines == ("en", "en", "ru", "en", None)


def test_a_blog_in_both_languages_has_none_and_its_lines_have_theirs() -> None:
    found = languages_of([UKRAINIAN, RUSSIAN, UKRAINIAN, RUSSIAN, "Рада"])
    assert found.article is None
    assert found.lines == ("uk", "ru", "uk", "ru", None)


def test_a_short_heading_has_the_language_of_its_article() -> None:
    found = languages_of(["Реформа суда", UKRAINIAN, "Рада", "Talks", UKRAINIAN])
    assert found.article == "uk"
    assert found.lines == ("uk", "uk", "uk", None, "uk")


def test_mixed_speech_in_ukrainian_letters_is_ukrainian_or_nothing() -> None:
    assert language_of("Ми хотіли щоб всьо було харашо, но оні нічого не робили і тіки обіщали нам дєньги.") in (
        "uk",
        None,
    )


def test_a_ukrainian_sentence_with_a_russian_quote_is_ukrainian_or_nothing() -> None:
    assert language_of("Міністр сказав журналістам: «Мы готовы, но условия должны быть другими».") in ("uk", None)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("会談は東京で終わった。", "ja"),
        ("회담은 서울에서 끝났다.", "ko"),
        ("Οι συνομιλίες τελείωσαν.", "el"),
        ("השיחות הסתיימו.", "he"),
        ("მოლაპარაკება დასრულდა.", "ka"),
        ("انتهت المحادثات في القاهرة دون التوصل إلى أي اتفاق بين الطرفين.", "ar"),
    ],
)
def test_a_script_of_one_language_decides(line: str, code: str) -> None:
    assert language_of(line) == code


@pytest.mark.parametrize("lines", [[], [""], ["42 %", "—"]])
def test_lines_without_letters_have_no_language(lines: list[str]) -> None:
    assert languages_of(lines) == (None, (None,) * len(lines))
