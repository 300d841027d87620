from datetime import date

import pytest

from ukrcorpus.annotate.adjudication.dates import StatementDate, statement_date
from ukrcorpus.measure.matching import Span

THURSDAY = date(2025, 5, 22)
FOUND = [
    # sentence, published, day, precision
    ("He said on 16 May 2025 that no.", None, "2025-05-16", "day"),
    ("May 16, 2025: the minister spoke.", None, "2025-05-16", "day"),
    ("On May 16th, 2025, he may speak.", None, "2025-05-16", "day"),
    ("The 16th of May 2025 brought a reply.", None, "2025-05-16", "day"),
    ("16 травня 2025 року він заявив про це.", None, "2025-05-16", "day"),
    ("The note is dated 2025-05-16.", None, "2025-05-16", "day"),
    ("On 25/04/2025 she agreed.", None, "2025-04-25", "day"),
    ("04.05.2025 міністр відповів.", None, "2025-05-04", "day"),
    ("Sept. 5, 2024 saw a call.", None, "2024-09-05", "day"),
    ("On Wednesday, 14 May 2025, he said so.", None, "2025-05-14", "day"),
    ("In May 2025 the envoy said no.", None, "2025-05-01", "month"),
    ("У травні 2025 року посол відмовився.", None, "2025-05-01", "month"),
    ("In 2022 she said no.", None, "2022-01-01", "year"),
    ("In 2022 she said no, and on 16 May 2025 yes.", None, "2025-05-16", "day"),
    ("He said on Wednesday that no.", THURSDAY, "2025-05-21", "day"),
    ("He said on Thursday that no.", THURSDAY, "2025-05-22", "day"),
    ("У середу він сказав ні.", THURSDAY, "2025-05-21", "day"),
    ("В п’ятницю він сказав ні.", THURSDAY, "2025-05-16", "day"),
    ("He said on 15 May that no.", THURSDAY, "2025-05-15", "day"),
    ("He said on 15 December that no.", THURSDAY, "2024-12-15", "day"),
    ("Yesterday he said no.", THURSDAY, "2025-05-21", "day"),
]


@pytest.mark.parametrize(("sentence", "published", "day", "precision"), FOUND)
def test_a_date_is_read_from_the_sentence(sentence: str, published: date | None, day: str, precision: str) -> None:
    found = statement_date(sentence, Span(0, len(sentence)), published, "day" if published else None)
    assert found == StatementDate(date.fromisoformat(day), "text", precision)


@pytest.mark.parametrize(
    "sentence",
    [
        "He said on 03/04/2025 that no.",  # which of them is the month?
        "On 1 May 2025 he agreed and on 2 May 2025 he refused.",
        "He said on 15 May or 16 May that no.",
    ],
)
def test_what_can_be_read_in_two_ways_is_unknown_even_where_the_article_has_a_date(sentence: str) -> None:
    published = date(2025, 6, 1)
    assert statement_date(sentence, Span(0, len(sentence)), published, "day") == StatementDate(None, "unknown", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "He said no.",
        "He may march 5 times with 2000 troops.",
        "Version 1.5.2025.7 and room 2025-1 are no dates.",
        "The truce would begin on 1 June 2025, he said.",  # after the article
        "On 30 February 2025 nobody spoke.",
    ],
)
def test_without_a_date_in_the_sentence_the_articles_date_counts(sentence: str) -> None:
    found = statement_date(sentence, Span(0, len(sentence)), THURSDAY, "day")
    assert found == StatementDate(THURSDAY, "published", "day")
    assert statement_date("He said no.", Span(0, 11), None, None) == StatementDate(None, "unknown", None)


@pytest.mark.parametrize("sentence", ["He said on Wednesday that no.", "He said on 15 May that no."])
def test_a_day_that_the_articles_date_would_complete_is_unknown_without_it(sentence: str) -> None:
    assert statement_date(sentence, Span(0, len(sentence)), None, None) == StatementDate(None, "unknown", None)


def test_of_two_dates_the_one_inside_the_claim_counts() -> None:
    sentence = "On 1 May 2025 he agreed and on 2 May 2025 he refused."
    claim = Span(sentence.index("on 2"), len(sentence))
    assert statement_date(sentence, claim, None, None) == StatementDate(date(2025, 5, 2), "text", "day")


def test_a_day_inside_the_month_of_publication_is_not_after_it() -> None:
    found = statement_date("He said on 16 May 2025 that no.", Span(0, 30), date(2025, 5, 1), "month")
    assert found == StatementDate(date(2025, 5, 16), "text", "day")
    assert statement_date("He said no.", Span(0, 11), date(2025, 1, 1), "year").precision == "year"
