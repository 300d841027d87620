"""CSV and TSV: the delimiter is proved, rows are whole or refused, and nothing behind broken quotes is trusted."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from containers import TEXT, by_record, counts, ingested, put, refusals
from ukrcorpus.core.project import Project
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.readers import read_source


def table(*rows: list[str], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


ROWS = (
    ["Headline", "Body", "URL", "Date"],
    ["Talks; resume", TEXT, "https://gazette.example/1", "2025-08"],
    ["", 'A "quoted", word; and\ta tab.', "", ""],
)


@pytest.mark.parametrize("name", ["news.csv", "news.csv.gz", "news.tsv", "news.tsv.gz"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_row_becomes_an_article(empty_project: Project, tmp_path: Path, name: str, end: str) -> None:
    text = table(*ROWS, delimiter="\t" if ".tsv" in name else ",", end=end)
    assert counts(ingested(empty_project, put(tmp_path, name, text))) == {"added": 2}
    entries = by_record(empty_project)
    assert [read_source(empty_project, entries[n]) for n in (1, 2)] == [ROWS[1][1], ROWS[2][1]]
    assert (entries[1].title, entries[1].url, entries[1].published_precision) == (
        "Talks; resume",
        "https://gazette.example/1",
        "month",
    )
    assert (entries[2].title, entries[2].url, entries[2].published) == (None, None, None)
    assert entries[1].found["title"] == "column Headline"


@settings(max_examples=30)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), min_size=2, max_size=5),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_a_row_holds_is_what_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], delimiter: str
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    project = Project(folder / "project")
    project.raw.mkdir(parents=True)
    file = put(folder, "news.csv", table(["n", "text"], *(["1", text] for text in texts), delimiter=delimiter))
    names = {",": "comma", ";": "semicolon", "\t": "tab"}
    lines = ingested(project, file, delimiter=names[delimiter])
    assert sum(lines.counts.values()) == len(texts)
    for entry in read_manifest(project):
        assert read_source(project, entry) == texts[(entry.record or 0) - 1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_proved_on_the_rows(empty_project: Project, tmp_path: Path, delimiter: str) -> None:
    rows = [["title", "text"], ["A; b", "One, two."], ["C, d", "Three\tfour; five."]]
    assert counts(ingested(empty_project, put(tmp_path, "news.csv", table(*rows, delimiter=delimiter)))) == {"added": 2}


def test_a_table_of_one_column_needs_no_delimiter(empty_project: Project, tmp_path: Path) -> None:
    lines = ingested(empty_project, put(tmp_path, "news.csv", table(["text"], ["One, two."], ["Three."])))
    assert counts(lines) == {"added": 2}


def test_two_delimiters_that_fit_are_refused(empty_project: Project, tmp_path: Path) -> None:
    file = put(tmp_path, "news.csv", "text;title,url\none;two,three\nfour;five,six\n")
    lines = ingested(empty_project, file)
    assert str(lines.first["source-delimiter"]).split(": ", 1)[1] == (
        "several delimiters fit the rows. [source-delimiter]\n"
        "  Name it: --delimiter comma or --delimiter semicolon or --delimiter tab."
    )
    assert counts(ingested(empty_project, file, delimiter="semicolon")) == {"added": 2}


def test_a_bad_row_is_refused_with_its_line_and_stops_no_other(empty_project: Project, tmp_path: Path) -> None:
    rows = [["title", "text"], ["a", "One\nand\nmore."], ["short"], ["b", "N\0L"], ["c", "?!"], [], ["d", "Last."]]
    data = table(*rows).encode().replace(b"Last.", b"Bad \xff byte.\r\ne,Last.")
    lines = ingested(empty_project, put(tmp_path, "news.csv", data))
    assert counts(lines) == {"added": 2, "refused": 4, "skipped": 1}
    assert refusals(empty_project, lines) == [
        "news.csv: line 5: 1 fields; the header has 2. [source-row]",
        "news.csv: line 6: this is no text: 1 control characters in 3. [source-binary]",
        "news.csv: line 7: the file holds no letter and no digit. [source-empty]",
        "news.csv: line 9: the byte 0xff is not utf-8. [source-encoding]",
    ]


@pytest.mark.parametrize("broken", ['"never closed,b\r\n', '"closed" too early,b\r\n'])
def test_nothing_behind_broken_quotes_is_trusted(empty_project: Project, tmp_path: Path, broken: str) -> None:
    text = table(["text", "title"], ["First.", "a"]) + broken + table(["Third.", "c"])
    lines = ingested(empty_project, put(tmp_path, "news.csv", text))
    assert counts(lines) == {"added": 1, "refused": 1}
    assert "news.csv: line 3: " in refusals(empty_project, lines)[0]
    assert refusals(empty_project, lines)[0].endswith("so nobody knows where the next row begins. [source-quotes]")


@pytest.mark.parametrize(
    ("text", "fields", "message"),
    [
        ("a,b\n1,2\n", (), "news.csv: header: of the columns 'a', 'b' none holds the text. [source-columns]"),
        (
            "text,title,text\n1,2,3\n",
            (),
            "news.csv: header: the column 'text' comes twice. [source-columns]",
        ),
        ("text,b\n1,2\n", ("url=c",), "news.csv: header: there is no column 'c'. [source-columns]"),
        ("", (), "news.csv: no delimiter parts the rows into as many fields. [source-delimiter]"),
    ],
)
def test_a_header_that_does_not_tell_is_refused(
    empty_project: Project, tmp_path: Path, text: str, fields: tuple[str, ...], message: str
) -> None:
    lines = ingested(empty_project, put(tmp_path, "news.csv", text), fields=fields)
    assert refusals(empty_project, lines) == [message]


def test_a_legacy_table_keeps_its_bytes(empty_project: Project, tmp_path: Path) -> None:
    text = "Посланець сказав «ні»."
    file = put(tmp_path, "news.csv", table(["title", "text"], ["Перемовини", text]).encode("cp1251"))
    assert refusals(empty_project, ingested(empty_project, file))[0].endswith("is not utf-8. [source-encoding]")
    ingested(empty_project, file, encoding="windows-1251")
    (entry,) = read_manifest(empty_project)
    assert (entry.encoding, entry.encoding_from, entry.title) == ("cp1251", "given", "Перемовини")
    assert (empty_project.raw / entry.file).read_bytes() == text.encode("cp1251")
    assert read_source(empty_project, entry) == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_header(empty_project: Project, tmp_path: Path, codec: str) -> None:
    data = table(["text", "title"], ["Київ вітає.", "а"]).encode(codec)
    assert counts(ingested(empty_project, put(tmp_path, "news.csv", data))) == {"added": 1}


def test_a_field_longer_than_pythons_limit_is_read(empty_project: Project, tmp_path: Path) -> None:
    text = "Word. " * 50_000
    assert counts(ingested(empty_project, put(tmp_path, "news.csv", table(["a", "text"], ["b", text])))) == {"added": 1}
