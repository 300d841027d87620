"""JSON Lines: every line is an article, refused with its number, or blank."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from containers import PAGE, TEXT, by_record, counts, ingested, jsonl, put, refusals
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources import jsonl as reader
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.readers import read_source
from ukrcorpus.validate.raw import RAW
from ukrcorpus.validate.run import run_rules

RECORD: dict[str, Any] = {
    "id": 7,
    "headline": "Talks resume",
    "body": TEXT,
    "link": "https://gazette.example/talks",
    "source": "Example Gazette",
    "date": "2025-08-14T23:30:00+03:00",
    "authors": ["A. Writer", "B. Clerk"],
    "lang": "en_GB",
}


@pytest.mark.parametrize("name", ["news.jsonl", "news.ndjson", "news.jsonl.gz", "NEWS.JSONL"])
def test_a_record_becomes_an_article_with_what_its_keys_say(empty_project: Project, tmp_path: Path, name: str) -> None:
    lines = ingested(empty_project, put(tmp_path, name, jsonl({"body": "First."}, RECORD)))
    assert counts(lines) == {"added": 2}
    entry = by_record(empty_project)[2]
    assert (empty_project.raw / entry.file).read_bytes() == TEXT.encode()
    assert read_source(empty_project, entry) == TEXT
    assert (entry.container, entry.record_id) == (name, "7")
    assert entry.file == f"articles/{entry.sha256[:3]}/{entry.article_id}.txt"
    assert (entry.title, entry.publisher, entry.byline) == ("Talks resume", "Example Gazette", "A. Writer, B. Clerk")
    assert (entry.published, entry.published_precision, entry.language) == (date(2025, 8, 14), "day", "en-GB")
    assert (entry.url, entry.encoding, entry.encoding_from) == (RECORD["link"], "utf-8", "bytes")
    assert entry.found["publisher"] == "column source"
    assert entry.conflicts == {}


@settings(max_examples=30)
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=5), st.booleans())
def test_what_a_record_holds_is_what_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, new_folder: Path, texts: list[str], ascii_only: bool
) -> None:
    folder = tmp_path_factory.mktemp("records")
    project = Project(folder / "project")
    project.raw.mkdir(parents=True)
    lines = [json.dumps({"text": text}, ensure_ascii=ascii_only) for text in texts]
    file = put(folder, "news.jsonl", "\n".join(lines).encode("utf-8", "surrogatepass"))
    ingested(project, file)
    held = {entry.record: read_source(project, entry) for entry in read_manifest(project)}
    assert all(texts[(number or 0) - 1] == text for number, text in held.items())
    raw = {(project.raw / entry.file).read_bytes() for entry in read_manifest(project)}
    assert raw == {text.encode() for text in held.values()}


def test_each_bad_line_is_refused_with_its_number_and_stops_no_other(empty_project: Project, tmp_path: Path) -> None:
    bad = [
        b'{"text": "cut',
        b'{"text": "one", "text": "two"}',
        b'{"text": "\\ud83d half"}',
        b'{"text": "\xcf\xee"}',
        b"[1, 2]",
        b"",
        b"NaN",
        b'{"text": ""}',
        b'{"text": 5}',
        b'{"text": "!?"}',
        b'{"text": "a\\u0000b"}',
        b"[" * 100_000,
        b'{"text": "Both.", "html": "<p>Both.</p>"}',
        b'{"text": "One.", "date": {"day": "2025"}}',
    ]
    data = b"\n".join([*bad, json.dumps({"text": TEXT}).encode()])
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", data))
    assert counts(lines) == {"added": 1, "refused": 13, "skipped": 1}
    assert by_record(empty_project).keys() == {15}
    assert refusals(empty_project, lines) == [
        "news.jsonl: line 1: no JSON: Unterminated string starting at: line 1 column 10 (char 9). [source-json]",
        "news.jsonl: line 2: the key 'text' comes twice. [source-json]",
        (
            "news.jsonl: line 3: a lone surrogate at character 0: half of a character, which no UTF-8 file can hold. "
            "[source-surrogate]"
        ),
        "news.jsonl: line 4: byte 10 of the line (0xcf) is not utf-8. [source-encoding]",
        "news.jsonl: line 5: the line holds no object. [source-json]",
        "news.jsonl: line 7: the line holds no object. [source-json]",
        "news.jsonl: line 8: of the columns (none) none holds the text. [source-columns]",
        "news.jsonl: line 9: 'text' holds a number, not the text. [source-field]",
        "news.jsonl: line 10: the file holds no letter and no digit. [source-empty]",
        "news.jsonl: line 11: this is no text: 1 control characters in 3. [source-binary]",
        "news.jsonl: line 12: no JSON: too deep. [source-json]",
        "news.jsonl: line 13: of the columns 'text', 'html' both 'text' and 'html' are there. [source-columns]",
        "news.jsonl: line 14: 'date' holds an object, not the published. [source-field]",
    ]


def test_validate_notes_what_ingest_refused(empty_project: Project, schema: Schema, tmp_path: Path) -> None:
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", b"{\n" + jsonl(RECORD).encode()))
    notes = [finding for finding in run_rules(empty_project, schema, RAW[2:]).findings if finding.rule == "set-aside"]
    assert [(note.where, note.got) for note in notes] == [(lines.refusals, "1 record refused by ingest")]


def refused(project: Project, schema: Schema) -> list[str]:
    return [one.got for one in run_rules(project, schema, RAW[2:]).findings if one.rule == "set-aside"]


def test_refusals_are_those_of_the_last_reading_of_each_file(
    empty_project: Project, schema: Schema, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    bad, good = put(tmp_path, "news.jsonl", b"{\n{\n"), put(tmp_path / "other", "news.jsonl", jsonl(RECORD))
    ingested(empty_project, bad)
    ingested(empty_project, good)  # a file of the same name elsewhere takes nothing back
    assert refused(empty_project, schema) == ["2 records refused by ingest"]
    ingested(empty_project, bad)
    assert refused(empty_project, schema) == ["2 records refused by ingest"]
    bad.write_text(jsonl(RECORD), encoding="utf-8")
    ingested(empty_project, bad)
    assert refused(empty_project, schema) == []
    ingested(empty_project, good, fields=("url=lnik",))
    assert refused(empty_project, schema) == ["what was said of a file refused by ingest"]
    long = put(tmp_path, f"{'n' * 240}.jsonl", b"{\n")
    assert ingested(empty_project, long).refused


def test_columns_that_do_not_tell_are_refused_with_their_names_and_the_way_out(
    empty_project: Project, tmp_path: Path
) -> None:
    file = put(tmp_path, "news.jsonl", jsonl({"content": "A", "body": "B", "url": "https://x.example"}))
    lines = ingested(empty_project, file)
    assert str(lines.first["source-columns"]).replace(str(tmp_path), "") == (
        "/news.jsonl: line 1: of the columns 'content', 'body', 'url' 'content', 'body' all fit 'text'. "
        "[source-columns]\n  Say which: --field text=content."
    )
    assert counts(ingested(empty_project, file, fields=("text=body",))) == {"added": 1}
    (entry,) = read_manifest(empty_project)
    assert (read_source(empty_project, entry), entry.url) == ("B", "https://x.example")


def test_half_characters_beside_the_text_are_named_and_break_nothing(empty_project: Project, tmp_path: Path) -> None:
    records = (
        b'{"text": "One.", "title": "a \\ud83d", "id": " "}\n{"\\ud83d": 1, "note": 2}\n'
        b'{"text": "Two.", "\\ud83d": 1, "\\ud83d": 2}\n'
    )
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", records))
    (entry,) = read_manifest(empty_project)
    assert (entry.title, entry.record_id) == (None, None)
    assert entry.conflicts == {"title": ("column title: a \\ud83d",)}
    assert [line.encode("utf-8") for line in refusals(empty_project, lines)] == [
        b"news.jsonl: line 2: of the columns '\\ud83d', 'note' none holds the text. [source-columns]",
        b"news.jsonl: line 3: the key '\\ud83d' comes twice. [source-json]",
    ]


def test_a_key_inside_an_object_can_be_named_and_a_field_left_out(empty_project: Project, tmp_path: Path) -> None:
    record = {"text": TEXT, "source": {"name": "Example Gazette"}, "date": 1_723_600_000}
    file = put(tmp_path, "news.jsonl", jsonl(record))
    assert refusals(empty_project, ingested(empty_project, file)) == [
        "news.jsonl: line 1: 'source' holds an object, not the publisher. [source-field]"
    ]
    ingested(empty_project, file, fields=("publisher=source.name", "published="))
    (entry,) = read_manifest(empty_project)
    assert (entry.publisher, entry.published, entry.conflicts) == ("Example Gazette", None, {})


def test_a_named_column_that_no_record_has_is_reported(empty_project: Project, tmp_path: Path) -> None:
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", jsonl(RECORD)), fields=("url=lnik",))
    assert refusals(empty_project, lines) == ["news.jsonl: no record has the key 'lnik'. [source-columns]"]
    assert (counts(lines), lines.refused) == ({"added": 1}, True)


def test_a_misspelt_column_is_said_where_the_command_was_given(empty_project: Project, tmp_path: Path) -> None:
    file = put(tmp_path, "news.jsonl", jsonl({"story": "One."}, {"story": "Two."}))
    lines = ingested(empty_project, file, fields=("text=stry", "url=x\x1b", "title="))
    assert lines.as_text().splitlines()[:5] == [
        f"{file}: 0 added, 0 known, 2 refused, 0 skipped",
        f"unfit    {file}: no record has the key 'stry'. [source-columns]",
        "  Did you mean 'story'?",
        f"unfit    {file}: no record has the key 'x<U+001B>'. [source-columns]",
        "  Use one of: story.",
    ]


def test_the_keys_of_records_without_any_are_not_offered(empty_project: Project, tmp_path: Path) -> None:
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", b"{}\n"), fields=("text=stry",))
    assert [error.remedy for error in lines.unfit] == ["Mend the name in --field."]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("text", "--field: 'text' maps no field to a column. [ingest-field]\n  Give it once, as --field text=body."),
        ("txet=body", "--field: 'txet=body' maps no field to a column. [ingest-field]\n  Did you mean 'text'?"),
    ],
)
def test_a_wrong_field_stops_the_command(empty_project: Project, tmp_path: Path, field: str, message: str) -> None:
    with pytest.raises(Exception, match="ingest-field") as caught:
        ingest(empty_project, [put(tmp_path, "news.jsonl", jsonl(RECORD))], IngestOptions(fields=(field,)))
    assert str(caught.value) == message


def test_what_is_not_taken_stands_in_the_manifest(empty_project: Project, tmp_path: Path) -> None:
    record = RECORD | {"date": "03/04/2025", "lang": "English, mostly"}
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", jsonl(record)), publisher="The Other Paper")
    (entry,) = read_manifest(empty_project)
    assert (entry.publisher, entry.published, entry.language) == ("The Other Paper", None, None)
    assert entry.conflicts == {
        "publisher": ("column source: Example Gazette",),
        "published": ("column date: 03/04/2025",),
        "language": ("column lang: English, mostly",),
    }
    assert "not taken: 1 x language, 1 x published, 1 x publisher;" in lines.as_text()


def test_a_second_ingest_knows_every_record(empty_project: Project, tmp_path: Path) -> None:
    file = put(tmp_path, "news.jsonl", jsonl(RECORD, {"text": "Second."}, {"text": "Second."}))
    assert counts(ingested(empty_project, file)) == {"added": 2, "known": 1}
    before = empty_project.manifest.read_bytes()
    assert counts(ingested(empty_project, file)) == {"known": 3}
    assert empty_project.manifest.read_bytes() == before


def test_a_url_that_comes_again_supersedes(empty_project: Project, tmp_path: Path) -> None:
    records = [{"text": f"Version {n}.", "url": "https://gazette.example/talks"} for n in range(3)]
    ingested(empty_project, put(tmp_path, "news.jsonl", jsonl(*records)))
    entries = by_record(empty_project)
    assert [entries[n].supersedes for n in (1, 2, 3)] == [None, entries[1].article_id, entries[2].article_id]


def test_html_in_a_record_is_extracted(empty_project: Project, tmp_path: Path) -> None:
    ingested(empty_project, put(tmp_path, "news.jsonl", jsonl({"html": PAGE, "date": "2025-08"})))
    (entry,) = read_manifest(empty_project)
    assert entry.extractor == "trafilatura"
    assert read_source(empty_project, entry).startswith("# Talks resume\n\nThe envoy")
    assert (entry.published_precision, entry.language) == ("month", "en")


def test_a_huge_line_is_refused_and_the_next_one_read(
    empty_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_LINE", 100)
    records = jsonl({"text": "x" * 1_000}, {"text": "Short."})
    lines = ingested(empty_project, put(tmp_path, "news.jsonl", records))
    assert refusals(empty_project, lines)[0].startswith("news.jsonl: line 1: more than 100 bytes;")
    assert by_record(empty_project).keys() == {2}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_names_the_encoding(empty_project: Project, tmp_path: Path, codec: str) -> None:
    data = '{"text": "Київ вітає."}\n{"text": "Друге."}\n'.encode(codec)
    assert counts(ingested(empty_project, put(tmp_path, "news.jsonl", data))) == {"added": 2}
    assert {read_source(empty_project, entry) for entry in read_manifest(empty_project)} == {"Київ вітає.", "Друге."}
    assert {entry.encoding_from for entry in read_manifest(empty_project)} == {"bom"}


def test_a_cut_gzip_file_gives_what_stands_before_the_cut(empty_project: Project, tmp_path: Path) -> None:
    records = jsonl(*({"text": f"Article {n}. " * 50} for n in range(500)))
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(records.encode())[:-2_00])
    lines = ingested(empty_project, tmp_path / "news.jsonl.gz")
    assert lines.counts["added"] > 100  # type: ignore[index]
    assert refusals(empty_project, lines)[-1] == (
        "news.jsonl.gz: the gzip file is broken: compressed file ended before the end-of-stream marker was reached. "
        "[source-gzip]"
    )


def test_gzip_members_one_after_the_other_are_all_read(empty_project: Project, tmp_path: Path) -> None:
    parts = [gzip.compress(jsonl({"text": f"Part {n}."}).encode()) for n in range(3)]
    (tmp_path / "news.jsonl.gz").write_bytes(b"".join(parts))
    assert counts(ingested(empty_project, tmp_path / "news.jsonl.gz")) == {"added": 3}
    (tmp_path / "more.jsonl.gz").write_bytes(b"".join(parts) + b"tail")
    assert counts(ingested(empty_project, tmp_path / "more.jsonl.gz")) == {"known": 3, "refused": 1}


def test_one_article_may_be_packed_too(empty_project: Project, tmp_path: Path) -> None:
    ingest(empty_project, [put(tmp_path, "talks.txt.gz", TEXT)], IngestOptions())
    (entry,) = read_manifest(empty_project)
    assert (entry.container, entry.record, entry.file) == ("talks.txt.gz", None, f"articles/{entry.article_id}.txt")
    assert (empty_project.raw / entry.file).read_bytes() == TEXT.encode()


def test_an_id_fits_one_article_only(empty_project: Project, tmp_path: Path) -> None:
    (line,) = ingest(
        empty_project, [put(tmp_path, "news.jsonl", jsonl(RECORD))], IngestOptions(article_id="talks")
    ).lines
    assert "[ingest-alone]" in line.as_text()
    assert line.refused
