"""WARC: pages as their servers sent them; what is no page is skipped, what is cut or broken is refused."""

import gzip
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest

from containers import PAGE, by_record, counts, ingested, put, refusals, warc
from ukrcorpus.core.project import Project
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.readers import read_source

BODY = PAGE.format(n="").encode()
HTML = ("Content-Type", "text/html")


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: x\r\n\r\n"


def of_length(data: bytes, more: int) -> bytes:
    """Make the first record say that it is so many bytes longer than it is."""
    return re.sub(
        rb"Content-Length: (\d+)", lambda found: b"Content-Length: %d" % (int(found[1]) + more), data, count=1
    )


def write(folder: Path, data: bytes, name: str = "crawl.warc") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_arrives_with_where_and_when(empty_project: Project, tmp_path: Path, packed: bool) -> None:
    name = "crawl.warc.gz" if packed else "crawl.warc"
    lines = ingested(
        empty_project, write(tmp_path, warc({}, {"uri": "https://gazette.example/talks"}, packed=packed), name)
    )
    assert counts(lines) == {"added": 2}
    entry = by_record(empty_project)[2]
    assert (empty_project.raw / entry.file).read_bytes() == PAGE.format(n=1).encode()
    assert read_source(empty_project, entry).startswith("# Talks resume\n\nThe envoy")
    assert (entry.url, entry.container) == ("https://gazette.example/talks", name)
    assert entry.fetched_at == datetime(2025, 8, 14, 9, tzinfo=UTC)
    assert (entry.record_id or "").startswith("<urn:uuid:")
    assert (entry.encoding, entry.encoding_from, entry.extractor) == ("utf-8", "http", "trafilatura")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Transfer-Encoding", "chunked")], chunked(BODY)),
        ([("Content-Encoding", "gzip")], gzip.compress(BODY)),
        ([("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")], chunked(gzip.compress(BODY))),
        ([("Content-Encoding", "deflate")], zlib.compress(BODY)),
        ([("Content-Encoding", "deflate")], zlib.compress(BODY)[2:-4]),
        ([("Content-Encoding", "br")], brotli.compress(BODY)),
        ([("Content-Encoding", "gzip, gzip")], gzip.compress(gzip.compress(BODY))),
        ([("Content-Encoding", "identity")], BODY),
        # Unpacked by the crawler, which kept the server's headers.
        ([("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")], BODY),
        ([("Content-Encoding", "br")], BODY),
    ],
)
def test_a_body_is_unpacked_to_the_bytes_of_its_writer(
    empty_project: Project, tmp_path: Path, headers: list[tuple[str, str]], body: bytes
) -> None:
    lines = ingested(empty_project, write(tmp_path, warc({"headers": [HTML, *headers], "body": body})))
    assert refusals(empty_project, lines) == []
    (entry,) = read_manifest(empty_project)
    assert (empty_project.raw / entry.file).read_bytes() == BODY


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"status": "404 Not Found"}, "the server answered 404. [source-status]"),
        ({"status": "301 Moved"}, "the server answered 301. [source-status]"),
        ({"headers": [("Content-Type", "image/png")]}, "the content is image/png. [source-type]"),
        ({"headers": [("Content-Type", "text/plain")]}, "the content is text/plain. [source-type]"),
        ({"headers": []}, "the content is of no known type. [source-type]"),
        ({"warc": {"WARC-Truncated": "length"}}, "the crawler cut the page (length). [source-payload]"),
        ({"kind": "continuation"}, "a record of the kind 'continuation' is not read. [source-warc-kind]"),
        (
            {"headers": [HTML, ("Transfer-Encoding", "chunked")], "body": chunked(BODY)[:-60]},
            "the body ends before its last chunk. [source-payload]",
        ),
        (
            {"headers": [HTML, ("Content-Encoding", "gzip")], "body": gzip.compress(BODY)[:-20]},
            "the body is cut: its packed bytes do not end. [source-payload]",
        ),
        (
            {"headers": [HTML, ("Content-Encoding", "br")], "body": brotli.compress(BODY)[:-9]},
            "the body is cut: its packed bytes do not end. [source-payload]",
        ),
        (
            {"headers": [HTML, ("Content-Encoding", "zstd")], "body": b"\x28\xb5\x2f\xfd"},
            "the body is packed as 'zstd', which is not read. [source-payload]",
        ),
        (
            {"headers": [HTML, ("Content-Encoding", "gzip")], "body": gzip.compress(b"a" * 6_000_000)},
            "more than 5,000,000 bytes; an article has at most 5,000,000. [source-size]",
        ),
        ({"body": b"<html><body></body></html>"}, "no article was found on the page. [source-no-article]"),
    ],
)
def test_a_record_that_is_no_article_is_refused_and_stops_no_other(
    empty_project: Project, tmp_path: Path, record: dict[str, Any], message: str
) -> None:
    lines = ingested(empty_project, write(tmp_path, warc(record, {})))
    assert refusals(empty_project, lines) == [f"crawl.warc: record 1: {message}"]
    assert by_record(empty_project).keys() == {2}


def test_records_that_hold_no_page_are_skipped_and_counted(empty_project: Project, tmp_path: Path) -> None:
    records = [{"kind": kind} for kind in ("request", "metadata", "revisit", "warcinfo")]
    records.append({"kind": "resource", "uri": "dns:gazette.example", "type": "text/dns"})
    lines = ingested(empty_project, write(tmp_path, warc(*records, {})))
    assert counts(lines) == {"added": 1, "skipped": 5}
    assert lines.skipped == {f"a {one} record": 1 for one in ("request", "metadata", "revisit", "warcinfo", "dns")}


@pytest.mark.parametrize(
    ("kind", "type_", "suffix"), [("resource", "text/html", "html"), ("conversion", "text/plain", "txt")]
)
def test_a_record_without_http_headers_is_read_by_its_type(
    empty_project: Project, tmp_path: Path, kind: str, type_: str, suffix: str
) -> None:
    ingested(empty_project, write(tmp_path, warc({"kind": kind, "type": type_, "body": BODY})))
    (entry,) = read_manifest(empty_project)
    assert entry.file.endswith(suffix)


@pytest.mark.parametrize("cut", range(1, 1_400, 61))
@pytest.mark.parametrize("packed", [True, False])
def test_wherever_a_crawl_is_cut_the_pages_before_are_read_and_the_cut_is_said(
    empty_project: Project, tmp_path: Path, cut: int, packed: bool
) -> None:
    whole = warc({}, {}, {}, packed=packed)
    name = "crawl.warc.gz" if packed else "crawl.warc"
    last = len(warc({}, packed=packed))
    cut = min(cut, last - 60)  # ids differ, and so do the lengths of packed records
    lines = ingested(empty_project, write(tmp_path, whole[:-cut], name))
    # The blank lines behind the last record tell nothing; so does the checksum, but its loss is said.
    only_the_end_gone = cut <= (10 if packed else 4)
    assert lines.counts["added"] == (3 if only_the_end_gone else 2)  # type: ignore[index]
    assert lines.refused is (packed or not only_the_end_gone)


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (lambda data: data + b"tail", 2),
        (lambda data: b"junk" + data, 0),
        (lambda data: data.replace(b"Content-Length: ", b"Content-Length: x", 1), 0),
        (lambda data: of_length(data, -5), 0),
        (lambda data: of_length(data, 5), 0),
        (lambda data: of_length(data, 100_000), 0),
    ],
)
def test_behind_a_wrong_length_nothing_is_read(
    empty_project: Project, tmp_path: Path, change: Any, first: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ingested(empty_project, write(tmp_path, change(warc({}, {}))))
    assert (lines.counts["added"], lines.refused) == (first, True)  # type: ignore[index]
    assert refusals(empty_project, lines)[-1].endswith("so nothing more can be read. [source-warc]")
    assert capsys.readouterr() == ("", "")


def test_a_crawl_packed_as_one_gzip_member_is_read(empty_project: Project, tmp_path: Path) -> None:
    assert counts(ingested(empty_project, put(tmp_path, "crawl.warc.gz", warc({}, {})))) == {"added": 2}


def test_a_packed_crawl_without_its_suffix_is_known_by_its_bytes(empty_project: Project, tmp_path: Path) -> None:
    lines = ingested(empty_project, write(tmp_path, warc({}, {}, packed=True)[:-40]))
    assert (counts(lines), list(lines.rules)) == ({"added": 1, "refused": 1}, ["source-gzip"])


def test_a_page_caught_twice_supersedes_itself_where_it_changed(empty_project: Project, tmp_path: Path) -> None:
    records = [{"uri": "https://gazette.example/talks", "body": PAGE.format(n=n).encode()} for n in (1, 1, 2)]
    lines = ingested(empty_project, write(tmp_path, warc(*records)))
    assert counts(lines) == {"added": 2, "known": 1}
    entries = by_record(empty_project)
    assert entries[3].supersedes == entries[1].article_id


def test_the_servers_charset_decodes_a_page(empty_project: Project, tmp_path: Path) -> None:
    text = PAGE.replace("Kyiv welcomed", "Київ вітає").format(n="")
    record = {"headers": [("Content-Type", "text/html; charset=windows-1251")], "body": text.encode("cp1251")}
    ingested(empty_project, write(tmp_path, warc(record)))
    (entry,) = read_manifest(empty_project)
    assert (entry.encoding, entry.encoding_from) == ("cp1251", "http")
    assert "Київ вітає the step" in read_source(empty_project, entry)
