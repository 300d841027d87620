"""What pages and Markdown files say of themselves: taken where it is declared, never made up, conflicts named."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.front_matter import split_front_matter
from ukrcorpus.sources.page_metadata import page_statements
from ukrcorpus.sources.stated import Field, Settled, Statement, settle
from ukrcorpus.sources.values import Published, read_language, read_published

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Talks &amp; silence",
    "datePublished": "2025-08-14T23:30:00+03:00",
    "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Clerk"}],
    "publisher": {"@id": "https://gazette.example/#us"},
}
PUBLISHER = {"@type": "NewsMediaOrganization", "@id": "https://gazette.example/#us", "name": "Gazette Media Ltd"}


def page(head: str = "", *json_ld: object, lang: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in json_ld)
    body = "<body><h1>Another title</h1><p>By Nobody, 1 May 1999. Published by The Wire.</p></body>"
    return f"<html{lang and f' lang={lang!r}'}><head><title>Title | Site</title>{head}</head>{body}{scripts}</html>"


def settled(html: str, **said: object) -> Settled:
    return settle({Field(name): value for name, value in said.items()}, page_statements(html))


def found(html: str) -> dict[str, object]:
    return {field.value: value for field, value in settled(html).values.items() if value is not None}


def test_json_ld_says_who_what_and_when() -> None:
    assert found(page("", {"@context": "https://schema.org", "@graph": [ARTICLE, PUBLISHER]}, lang="uk")) == {
        "title": "Talks & silence",
        "byline": "A. Writer, B. Clerk",
        "publisher": "Gazette Media Ltd",
        "published": read_published("2025-08-14T23:30:00+03:00"),
        "language": "uk",
    }


def test_meta_tags_say_it_too() -> None:
    head = (
        '<meta property="og:site_name" content="Example Gazette"><meta name="author" content="A. Writer">'
        '<meta property="og:title" content="Talks"><meta property="article:published_time" content="2025-08-14">'
        '<meta property="og:locale" content="uk_UA">'
    )
    assert found(page(head)) == {
        "publisher": "Example Gazette",
        "byline": "A. Writer",
        "title": "Talks",
        "published": Published(date(2025, 8, 14), "day"),
        "language": "uk-UA",
    }


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page('<meta name="author" content=" "><meta property="article:author" content="https://f.example/a">'),
        page('<meta name="twitter:site" content="@gazette"><meta name="date" content="2025-08-14">'),
        page("", {"@type": "WebPage", "name": "Talks", "datePublished": "2025-08-14"}),
        page("", {"@type": "Event", "name": "Talks"}, [1, None, "x"]),
        "<html><head><script type='application/ld+json'>{broken</script></head><body>x</body></html>",
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head><body>x</body></html>",
        "plain text, published 14 August 2025 by A. Writer",
    ],
)
def test_text_title_and_address_of_a_page_fill_no_field(html: str) -> None:
    assert found(html) == {}


def test_the_sites_name_comes_before_its_owners() -> None:
    html = page('<meta property="og:site_name" content="Example Gazette">', [ARTICLE, PUBLISHER])
    settled_ = settled(html)
    assert settled_.values[Field.PUBLISHER] == "Example Gazette"
    assert settled_.found["publisher"] == "meta og:site_name"
    assert "publisher" not in settled_.conflicts


def test_two_days_of_publication_leave_the_field_empty_and_are_named() -> None:
    html = page('<meta property="article:published_time" content="2025-08-16T10:00:00Z">', ARTICLE)
    settled_ = settled(html)
    assert settled_.values[Field.PUBLISHED] is None
    assert settled_.conflicts["published"] == (
        "meta article:published_time: 2025-08-16T10:00:00Z",
        "JSON-LD datePublished: 2025-08-14T23:30:00+03:00",
    )


def test_one_instant_in_two_time_zones_is_one_day() -> None:
    html = page('<meta property="article:published_time" content="2025-08-14T20:30:00Z">', ARTICLE)
    assert settled(html).values[Field.PUBLISHED] == read_published("2025-08-14T23:30:00+03:00")


def test_two_articles_on_a_page_that_differ_fill_nothing() -> None:
    settled_ = settled(page("", [ARTICLE, ARTICLE | {"headline": "Another"}]))
    assert settled_.values[Field.TITLE] is None
    assert len(settled_.conflicts["title"]) == 2
    assert settled_.values[Field.BYLINE] == "A. Writer, B. Clerk"


def test_the_user_wins_and_the_page_is_named() -> None:
    settled_ = settled(page("", ARTICLE), published=Published(date(2025, 8, 15), "day"))
    assert settled_.values[Field.PUBLISHED] == Published(date(2025, 8, 15), "day")
    assert settled_.conflicts["published"] == ("JSON-LD datePublished: 2025-08-14T23:30:00+03:00",)
    assert "published" not in settled_.found
    assert "published" not in settled(page("", ARTICLE), published=Published(date(2025, 8, 1), "month")).conflicts


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025", date(2025, 1, 1), "year"),
        ("2025-08", date(2025, 8, 1), "month"),
        (" 2025-08-14 ", date(2025, 8, 14), "day"),
        ("20250814", date(2025, 8, 14), "day"),
        ("2025-08-14 10:00", date(2025, 8, 14), "day"),
        ("2025-08-14T10:00:00.123Z", date(2025, 8, 14), "day"),
        ("2025-08-14T23:59:59-0700", date(2025, 8, 14), "day"),
        ("2025-08-14 10:00:00 UTC", date(2025, 8, 14), "day"),
        ("Thu, 14 Aug 2025 10:00:00 +0300", date(2025, 8, 14), "day"),
    ],
)
def test_a_day_is_read_as_its_writer_counts(text: str, day: date, precision: str) -> None:
    read = read_published(text)
    assert (read.day, read.precision) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        *("", "today", "14 August 2025", "03/04/2025", "14.08.2025", "1723600000", "2025-13-01", "2025-02-30"),
        *("1970-01-01T00:00:00Z", "0001-01-01", "2025-08-14T10:00:00Z, updated", "99999999", "2025-8-1"),
    ],
)
def test_what_is_no_plain_date_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the value is the message
        read_published(text)


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_a_value_error(text: str) -> None:
    for read in (read_published, read_language):
        try:
            read(text)
        except ValueError:
            continue


@given(st.text(max_size=300), st.text(max_size=100))
def test_no_page_ends_in_a_traceback(text: str, content: str) -> None:
    settle({}, page_statements(page(f"<meta name='author' content='{content}'>", {"@type": "Article", "author": text})))
    settle({}, page_statements(text))


MARKDOWN = (
    "---\ntitle: 'Talks: resumed'\nauthor: [A. Writer, B. Clerk]\ndate: 2025-08-14\nlang: uk\ntags:\n  - x\n---\n\n"
    "# Talks\n\nThe envoy said no.\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_read_and_left_out_of_the_text(end: str) -> None:
    said, text = split_front_matter(MARKDOWN.replace("\n", end), "x")
    assert text == "# Talks\n\nThe envoy said no.\n".replace("\n", end)
    assert said == (
        Statement(Field.TITLE, "Talks: resumed", "front matter title"),
        Statement(Field.BYLINE, "A. Writer, B. Clerk", "front matter author"),
        Statement(Field.PUBLISHED, "2025-08-14", "front matter date"),
        Statement(Field.LANGUAGE, "uk", "front matter lang"),
    )


@pytest.mark.parametrize("text", ["# Talks\n", "---\n\nA rule first.\n\n---\n", "---\ntitle: open\n", "", "---"])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text, "x") == ((), None)


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("title: a: b", "no YAML (mapping values are not allowed in this context)"),
        ("title: {a: b}", "something else than words under 'title'"),
        ("title: &a [*a]", "no YAML (found unconstructable recursive node)"),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused(block: str, what: str) -> None:
    with pytest.raises(CorpusError) as caught:
        split_front_matter(f"---\n{block}\n---\nText.\n", "note.md")
    assert str(caught.value) == (
        f"note.md: the block between --- at the head of the file is {what}. [source-front-matter]\n"
        "  Mend the block, or take its --- lines away if it is a part of the article."
    )
