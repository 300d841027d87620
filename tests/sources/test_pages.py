"""Pages: what stands on them arrives, in the form that the normaliser reads."""

import subprocess
import sys

import pytest

from ukrcorpus.sources.pages import extract_page

FILLER = "<p>The minister asked for talks in the spring, and the delegation agreed to a date but not to a place.</p>"


def extracted(body: str, head: str = "") -> str:
    html = f"<html><head>{head}</head><body><article>{body}{FILLER}{FILLER}</article></body></html>"
    return extract_page(html, "page.html")[0]


def test_characters_that_markdown_would_escape_stay_as_they_are() -> None:
    text = extracted("<p>The envoy wrote *no* and [later] 3 &lt; 4, file_name, `code`.</p>")
    assert "The envoy wrote *no* and [later] 3 < 4, file_name, `code`." in text


def test_emphasis_and_links_leave_their_words_only() -> None:
    text = extracted(
        "<p>The <b>enV</b>oy said <em>no</em> to <a href='https://x.example'>the plan</a> on CO<sub>2</sub>.</p>"
    )
    assert "The enVoy said no to the plan on CO2." in text


def test_headings_lists_quotations_and_tables_keep_their_form() -> None:
    text = extracted(
        "<h2>What each side wants</h2><ul><li>a <b>cease</b>fire</li><li>talks<ul><li>in spring</li></ul></li></ul>"
        "<blockquote><p>We will not yield.</p></blockquote>"
        "<table><tr><th>Side</th><th>Wish</th></tr><tr><td>A</td><td>peace | quiet</td></tr></table>"
    )
    assert "## What each side wants\n\n- a ceasefire\n- talks\n- in spring\n\n> We will not yield.\n\n" in text
    assert "| Side | Wish |\n|---|---|\n| A | peace / quiet |\n" in text


def test_a_caption_stands_before_its_table() -> None:
    table = (
        "<table><caption>Cargo</caption><tr><th>Port</th><th>Tonnes</th></tr><tr><td>Odesa</td><td>3</td></tr></table>"
    )
    assert "Cargo\n\n| Port | Tonnes |\n|---|---|\n| Odesa | 3 |" in extracted(table)


def test_a_line_break_ends_a_line() -> None:
    assert "First line\nSecond line\n\n" in extracted("<p>First line<br>Second line</p>")


@pytest.mark.parametrize("tag", ["div class='lead'", "p class='article__subtitle'", "div id='deck'"])
def test_the_summary_under_a_headline_needs_no_full_stop(tag: str) -> None:
    deck = f"<{tag}>The delegations left the hardest part for spring</{tag.partition(' ')[0]}>"
    for title in ("Envoys meet", "Envoys meet in the capital for a second day in a row"):
        lines = extracted(f"<header><h1>{title}</h1>{deck}<div class='author'>By Ann Poe and others</div></header>")
        assert lines.startswith(f"# {title}\n\nThe delegations left the hardest part for spring\n\nThe minister")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Talks resume | Gazette</title>", ""),
        ("<title>Gazette</title>", "<h1>Talks resume</h1>"),
        ("<title>Talks resume | Gazette</title>", "<h1>Talks resume</h1>"),
    ],
)
def test_the_title_comes_first_and_once(head: str, body: str) -> None:
    text = extracted(body, head)
    assert text.startswith("# Talks resume\n\nThe minister")
    assert text.count("Talks resume") == 1


@pytest.mark.parametrize(
    "head", ["<title>Talks resume | Gazette</title>", "<meta property='og:site_name' content='Gazette'>"]
)
def test_the_name_of_the_site_is_no_title(head: str) -> None:
    body = f"<div><h1>Gazette</h1></div><article><h1>Talks resume</h1>{FILLER * 2}</article>"
    assert extract_page(f"<html><head>{head}</head><body>{body}</body></html>", "page.html")[0].startswith(
        "# Talks resume\n\nThe minister"
    )


def test_equal_paragraphs_all_stay() -> None:
    other = "<p>The assembly heard the speaker for an hour, and nobody in the hall stood up to answer him there.</p>"
    assert extracted(FILLER + other + FILLER + other).count("The assembly heard") == 2


def test_what_was_extracted_before_changes_nothing() -> None:
    pages = [
        f"<h2>Part {n}</h2>{FILLER}<ul><li>a date</li><li>a place</li></ul><p>{'The envoy waited. ' * n}</p>{FILLER}"
        for n in range(1, 9)
    ]
    alone = [extracted(page) for page in pages]
    assert [extracted(page) for page in reversed(pages * 3)][::-1][:8] == alone
    foreign = "<p>Посланець сказав, що делегація повернеться до столу навесні, і не назвав місця.</p>" * 30
    extracted(foreign)
    assert [extracted(page) for page in pages] == alone


def test_a_fresh_process_extracts_the_same() -> None:
    body = f"<h1>Talks resume</h1>{FILLER}<p>Kyiv welcomed the step, and named no place for the next round.</p>{FILLER}"
    html = f"<html><body><article>{body}</article></body></html>"
    code = f"from ukrcorpus.sources.pages import extract_page; print(extract_page({html!r}, 'x'))"
    fresh = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for _ in range(40):  # more than any count from which a paragraph would be taken for a repeated one
        extracted(FILLER)
    assert f"{extract_page(html, 'x')}\n" == fresh


def test_metadata_nested_without_end_names_no_question() -> None:
    nested = '[{"@type": "Question"}, ' + "[" * 100_000
    page = f"<html><head><script type='application/ld+json'>{nested}</script></head><body><h1>Talks end</h1>"
    body = "<p>Both sides met for an hour on Friday and parted again without any result at all.</p>" * 3
    text, _version = extract_page(page + body + "</body></html>", "page.html")
    assert "Both sides met" in text
