"""`ingest`: each file is used or refused with a reason, and the bytes arrive as they were."""

import codecs
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.sources.entry import ManifestEntry
from ukrcorpus.sources.ingest import MAX_BYTES, IngestLine, IngestReport, Outcome, ingest
from ukrcorpus.sources.manifest import check_manifest, read_manifest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.readers import read_source

TEXT = "Talks resume\n\nThe envoy said the delegation would return. Kyiv welcomed the step.\n"
UKRAINIAN = "Посланець сказав, що делегація повернеться. Київ вітає цей крок, але чекає на гарантії.\n"
PAGE = (
    "<html><head><meta charset='{charset}'><title>Talks resume | Example Gazette</title></head><body>"
    "<nav><a href='/'>Home</a></nav><article><h1>Talks resume</h1>"
    "<p>The envoy said the delegation would return to the table in the spring, and named no place.</p>"
    "<p>“Kyiv welcomed the step”, the ministry wrote; the other side kept silent on the second day too.</p>"
    "</article></body></html>"
)


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def ingest_one(project: Project, path: Path, **said: Any) -> IngestLine:
    (line,) = ingest(project, [path], IngestOptions(**said)).lines
    assert isinstance(line, IngestLine)
    return line


def entry_of(project: Project, line: IngestLine) -> ManifestEntry:
    assert line.outcome is Outcome.ADDED, line.as_text()
    return next(entry for entry in read_manifest(project) if entry.article_id == line.article_id)


def outcomes(report: IngestReport) -> list[Outcome]:
    return [line.outcome for line in report.lines if isinstance(line, IngestLine)]


def refusal(project: Project, path: Path, **said: str) -> str:
    line = ingest_one(project, path, **said)
    assert line.outcome is Outcome.REFUSED
    assert read_manifest(project) == ()
    assert not list((project.raw / "articles").glob("*"))
    return str(line.error).replace(str(path), path.name)


@pytest.mark.parametrize("name", ["talks.txt", "talks.md", "TALKS.TXT"])
def test_a_text_arrives_byte_for_byte(empty_project: Project, tmp_path: Path, name: str) -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    entry = entry_of(empty_project, ingest_one(empty_project, put(tmp_path, name, data)))
    assert (empty_project.raw / entry.file).read_bytes() == data
    assert read_source(empty_project, entry) == data.decode()
    assert list(check_manifest(empty_project)) == []


def test_the_id_is_the_start_of_the_hash_of_the_bytes(empty_project: Project, tmp_path: Path) -> None:
    entry = entry_of(empty_project, ingest_one(empty_project, put(tmp_path, "talks.txt", TEXT)))
    assert entry.article_id == entry.sha256[:16]
    assert entry.file == f"articles/{entry.article_id}.txt"


def test_what_the_user_says_stands_in_the_manifest(empty_project: Project, tmp_path: Path) -> None:
    line = ingest_one(
        empty_project,
        put(tmp_path, "talks.txt", TEXT),
        article_id="talks-1",
        publisher="Example Gazette",
        url="https://gazette.example/talks",
        licence="CC-BY-4.0",
        published="2025-08",
        fetched_at="2026-11-22T11:30:00+02:00",
        origin="machine_written",
    )
    entry = entry_of(empty_project, line)
    assert (entry.article_id, entry.publisher, entry.url) == (
        "talks-1",
        "Example Gazette",
        "https://gazette.example/talks",
    )
    assert (entry.published, entry.published_precision) == (date(2025, 8, 1), "month")
    assert entry.fetched_at == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert (entry.licence, entry.text_rights, entry.origin) == ("CC-BY-4.0", "full", "machine_written")


def test_nothing_is_made_up_where_the_user_says_nothing(empty_project: Project, tmp_path: Path) -> None:
    entry = entry_of(empty_project, ingest_one(empty_project, put(tmp_path, "talks.txt", TEXT)))
    assert (entry.publisher, entry.url, entry.published, entry.fetched_at, entry.supersedes) == (None,) * 5
    assert (entry.licence, entry.text_rights) == ("unknown", "none")


@pytest.mark.parametrize(
    ("data", "given", "expected"),
    [
        (UKRAINIAN.encode(), None, "utf-8"),
        (codecs.BOM_UTF8 + UKRAINIAN.encode(), None, "utf-8-sig"),
        (UKRAINIAN.encode("utf-16"), None, "utf-16"),
        (codecs.BOM_UTF16_BE + UKRAINIAN.encode("utf-16-be"), None, "utf-16"),
        (UKRAINIAN.encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        (UKRAINIAN.encode("cp1251"), "windows-1251", "cp1251"),
        (UKRAINIAN.encode("koi8-u"), "koi8-u", "koi8-u"),
    ],
)
def test_an_encoding_is_proved_or_given_and_recorded(
    empty_project: Project, tmp_path: Path, data: bytes, given: str | None, expected: str
) -> None:
    said = {"encoding": given} if given else {}
    entry = entry_of(empty_project, ingest_one(empty_project, put(tmp_path, "talks.txt", data), **said))
    assert entry.encoding == expected
    assert read_source(empty_project, entry) == UKRAINIAN


@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("iso-8859-1", "cp1252")]
)
def test_a_page_is_decoded_as_it_says_and_extracted_once(
    empty_project: Project, tmp_path: Path, charset: str, codec: str
) -> None:
    data = PAGE.format(charset=charset).encode(codec)
    entry = entry_of(empty_project, ingest_one(empty_project, put(tmp_path, "talks.html", data)))
    assert (entry.encoding, entry.extractor) == (codec, "trafilatura")
    source = read_source(empty_project, entry)
    assert source.startswith("# Talks resume\n\nThe envoy said")
    assert "“Kyiv welcomed" in source
    assert source == (empty_project.raw / f"extracted/{entry.article_id}.txt").read_text(encoding="utf-8")


def test_the_same_bytes_are_reported_and_not_added_again(empty_project: Project, tmp_path: Path) -> None:
    first = ingest_one(empty_project, put(tmp_path, "talks.txt", TEXT))
    before = empty_project.manifest.read_bytes()
    again = ingest_one(empty_project, put(tmp_path, "copy.txt", TEXT), article_id="other")
    assert (again.outcome, again.article_id) == (Outcome.KNOWN, first.article_id)
    assert empty_project.manifest.read_bytes() == before


def test_the_same_bytes_twice_in_one_call_are_added_once(empty_project: Project, tmp_path: Path) -> None:
    files = [put(tmp_path, "one.txt", TEXT), put(tmp_path, "two.txt", TEXT)]
    report = ingest(empty_project, files, IngestOptions())
    assert outcomes(report) == [Outcome.ADDED, Outcome.KNOWN]
    assert len(read_manifest(empty_project)) == 1


def test_new_bytes_under_a_known_url_supersede_the_old_ones(empty_project: Project, tmp_path: Path) -> None:
    url = "https://gazette.example/talks"
    for number in (1, 2, 3):
        ingest_one(empty_project, put(tmp_path, "talks.txt", f"{TEXT}{number}"), url=url, article_id=f"talks-{number}")
    assert [entry.supersedes for entry in read_manifest(empty_project)] == [None, "talks-1", "talks-2"]
    assert list(check_manifest(empty_project)) == []


def test_a_file_that_lies_in_raw_without_a_line_is_entered(empty_project: Project) -> None:
    (empty_project.raw / "articles").mkdir()
    path = put(empty_project.raw / "articles", "sample-talks.txt", TEXT)
    assert ingest_one(empty_project, path, article_id="sample-talks").outcome is Outcome.ADDED
    assert list(check_manifest(empty_project)) == []


def test_an_id_never_means_other_bytes(empty_project: Project, tmp_path: Path) -> None:
    ingest_one(empty_project, put(tmp_path, "talks.txt", TEXT), article_id="talks-1")
    line = ingest_one(empty_project, put(tmp_path, "other.md", TEXT + "More."), article_id="talks-1")
    assert line.error is not None
    assert str(line.error).endswith(
        "the id 'talks-1' already stands for other bytes. [ingest-id-taken]\n"
        "  Give another --id; a new version of an article is a new article with --supersedes."
    )
    assert len(read_manifest(empty_project)) == 1


def test_a_refused_file_stops_no_other(empty_project: Project, tmp_path: Path) -> None:
    files = [put(tmp_path, "empty.txt", ""), put(tmp_path, "talks.txt", TEXT), tmp_path / "nowhere.txt"]
    report = ingest(empty_project, files, IngestOptions())
    assert outcomes(report) == [Outcome.REFUSED, Outcome.ADDED, Outcome.REFUSED]
    assert report.refused
    assert len(read_manifest(empty_project)) == 1


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8, "\u200b\u00a0\n".encode()])
def test_an_empty_file_is_refused(empty_project: Project, tmp_path: Path, data: bytes) -> None:
    assert refusal(empty_project, put(tmp_path, "empty.txt", data)) == (
        "empty.txt: the file holds no letter and no digit. [source-empty]\n"
        "  Check the download; an article needs a text."
    )


def test_bytes_that_are_not_utf_8_are_refused_with_the_place(empty_project: Project, tmp_path: Path) -> None:
    assert refusal(empty_project, put(tmp_path, "talks.txt", b"Kyiv: " + UKRAINIAN.encode("cp1251"))) == (
        "talks.txt: byte 6 (0xcf) is not utf-8. [source-encoding]\n"
        "  Save the file as UTF-8, or name its encoding: --encoding windows-1251 (or koi8-u, windows-1252, ...)."
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_nul_bytes_are_taken_for_a_binary_file(empty_project: Project, tmp_path: Path, encoding: str) -> None:
    assert refusal(empty_project, put(tmp_path, "talks.txt", TEXT.encode(encoding))) == (
        "talks.txt: this is no text: NUL bytes. [source-binary]\n"
        "  Give the article as txt, md or html; UTF-16 without a byte order mark needs --encoding utf-16-le."
    )


def test_many_control_characters_are_taken_for_a_binary_file(empty_project: Project, tmp_path: Path) -> None:
    assert refusal(empty_project, put(tmp_path, "talks.txt", b"word \x01\x02 " * 9)) == (
        "talks.txt: this is no text: 18 control characters in 72. [source-binary]\n"
        "  Give the article as txt, md or html; UTF-16 without a byte order mark needs --encoding utf-16-le."
    )


def test_a_stray_control_character_is_left_to_the_normaliser(empty_project: Project, tmp_path: Path) -> None:
    line = ingest_one(empty_project, put(tmp_path, "talks.txt", TEXT * 3 + "\x0b\x1f"))
    assert line.outcome is Outcome.ADDED


def test_a_lone_surrogate_is_refused(empty_project: Project, tmp_path: Path) -> None:
    data = TEXT.encode() + "\ud83d".encode("utf-8", "surrogatepass")
    assert refusal(empty_project, put(tmp_path, "talks.txt", data)) == (
        "talks.txt: a lone surrogate at byte 82: half of a character, which no UTF-8 file can hold. "
        "[source-surrogate]\n"
        "  Fetch the file again, or mend the character in it."
    )


def test_an_article_above_5_mb_is_refused_and_one_of_5_mb_is_not(empty_project: Project, tmp_path: Path) -> None:
    assert refusal(empty_project, put(tmp_path, "long.txt", b"a" * (MAX_BYTES + 1))) == (
        "long.txt: more than 5,000,000 bytes; an article has at most 5,000,000. [source-size]\n"
        "  Cut the file into its articles, one file each."
    )
    assert ingest_one(empty_project, put(tmp_path, "long.txt", b"a" * MAX_BYTES)).outcome is Outcome.ADDED


def test_an_unknown_kind_of_file_is_refused(empty_project: Project, tmp_path: Path) -> None:
    assert refusal(empty_project, put(tmp_path, "talks.pdf", TEXT)) == (
        "talks.pdf: '.pdf' files are not read. [source-suffix]\n"
        "  Say what it is: --format {txt, md, html, jsonl, csv, tsv, warc}; for other forms save the article's text "
        "as txt."
    )


def test_a_page_without_an_article_is_refused(empty_project: Project, tmp_path: Path) -> None:
    page = "<html><head><title>Gazette</title></head><body></body></html>"
    assert refusal(empty_project, put(tmp_path, "page.html", page)) == (
        "page.html: no article was found on the page. [source-no-article]\n"
        "  Save the article's text as txt and ingest that."
    )


def test_a_page_that_the_extractor_fails_on_is_refused(
    empty_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_html: str, _where: str) -> tuple[str, str]:
        raise RecursionError("too deep")

    monkeypatch.setattr("ukrcorpus.sources.pages.extract_page", fail)
    assert refusal(empty_project, put(tmp_path, "page.html", PAGE)) == (
        "page.html: the page's text cannot be taken out: RecursionError: too deep. [source-extractor]\n"
        "  Save the article's text as txt and ingest that; a copy of the page helps to mend the extractor."
    )


def test_a_page_that_contradicts_itself_is_refused(empty_project: Project, tmp_path: Path) -> None:
    data = PAGE.format(charset="windows-1251").encode()
    assert refusal(empty_project, put(tmp_path, "page.html", data)) == (
        "page.html: the page says charset=windows-1251, but its bytes are UTF-8. [source-encoding]\n"
        "  Say which is right: --encoding utf-8 or --encoding windows-1251."
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            {"article_id": "../talks"},
            (
                "--id: '../talks' cannot be an article's id. [ingest-id]\n"
                "  Use lower-case letters, digits and '-', at most 63, beginning with a letter or digit."
            ),
        ),
        (
            {"licence": "CC-BY-4"},
            (
                "--licence: the licence 'CC-BY-4' is not in the list of SPDX ids. [licence-unknown]\n"
                "  Did you mean 'CC-BY-4.0'? Where nobody says, give: unknown."
            ),
        ),
        (
            {"published": "22.11.2026"},
            "--published: '22.11.2026' is no date. [ingest-date]\n  Give what is known: 2026-11-22, 2026-11 or 2026.",
        ),
        (
            {"fetched_at": "2026-11-22T09:30"},
            (
                "--fetched-at: '2026-11-22T09:30' is no instant with its offset from UTC. [ingest-date]\n"
                "  Give it as 2026-11-22T09:30:00Z or 2026-11-22T11:30:00+02:00."
            ),
        ),
        (
            {"supersedes": "talks-1"},
            "--supersedes: no article is called 'talks-1'. [ingest-supersedes]\n  Ingest that one first.",
        ),
    ],
)
def test_a_wrong_option_stops_before_anything_is_copied(
    empty_project: Project, tmp_path: Path, said: dict[str, str], message: str
) -> None:
    with pytest.raises(CorpusError) as caught:
        ingest_one(empty_project, put(tmp_path, "talks.txt", TEXT), **said)
    assert str(caught.value) == message
    assert not (empty_project.raw / "articles").exists()


def test_an_unknown_encoding_is_refused_with_a_near_one(empty_project: Project, tmp_path: Path) -> None:
    assert refusal(empty_project, put(tmp_path, "talks.txt", TEXT), encoding="windows-1215") == (
        "--encoding: no encoding is called 'windows-1215'. [source-encoding]\n  Did you mean 'windows-1252'?"
    )


@pytest.mark.parametrize("encoding", ["base64", "rot13", "undefined", "idna"])
def test_a_codec_that_decodes_no_text_is_refused(empty_project: Project, tmp_path: Path, encoding: str) -> None:
    assert "[source-encoding]" in refusal(empty_project, put(tmp_path, "talks.txt", UKRAINIAN), encoding=encoding)
    assert "[source-" in refusal(empty_project, put(tmp_path, "empty.txt", b""), encoding=encoding)
