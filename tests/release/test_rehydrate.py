"""Texts put back into a text-free release: what is there is what the full edition has, or null with a reason."""

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

import small_corpus
from ukrcorpus import WithdrawnWarning
from ukrcorpus.cli import commands
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.policy.rights import Edition
from ukrcorpus.policy.withdrawals import Kind
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.readback import load_back
from ukrcorpus.release.text_free.rehydrate import rehydrate
from ukrcorpus.release.verify.run import verify
from ukrcorpus.release.write import write_release
from ukrcorpus.research.load import load
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions
from withdrawable import ACCEPTS, PERSON, SEA, TALKS, set_version, take_out

CLOSED = small_corpus.TEXTS["closed"]


@pytest.fixture(scope="module")
def made(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text-free edition of the three articles; to be copied and not written in."""
    project = Project(shutil.copytree(staged_project.root, tmp_path_factory.mktemp("made") / "small"))
    return write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)


@pytest.fixture
def bare(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / made.name)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def copy(raw: Path, text: str = CLOSED, name: str = "saved from the paper.TXT") -> None:
    (raw / name).write_bytes(text.encode("utf-8"))


def test_the_right_copies_give_the_full_edition_table_by_table(bare: Path, raw: Path, release: Path) -> None:
    copy(raw)
    done = rehydrate(bare, raw)
    assert done.folder.name == "project-0.1.0-rehydrated"
    assert (done.missing, done.differing) == ((), ())
    full = open_folder(release, verify=True)
    back = open_folder(done.folder, verify=True)
    for name in full.table_names:
        assert back.read(name).equals(full.read(name)), name
        assert back.release["tables"][name]["logical_hash"] == full.release["tables"][name]["logical_hash"]
    assert "Every table is as in the full edition" in done.as_text()


def test_what_comes_out_loads_with_everything(bare: Path, raw: Path) -> None:
    copy(raw)
    done = rehydrate(bare, raw)
    rows = {name: about["rows"] for name, about in load(done.folder).folder.release["tables"].items() if about["rows"]}
    assert load_back(done.folder).rows == rows
    quote = load(done.folder, verify=True).article("closed").claims[0].quote
    assert quote is not None
    assert quote in CLOSED
    card = (done.folder / "README.md").read_text(encoding="utf-8")
    assert "Some may not be passed on" in card


def test_once_more_changes_no_byte_and_the_release_read_stays(bare: Path, raw: Path) -> None:
    copy(raw)
    before = hashes(bare, [bare])
    first = rehydrate(bare, raw).folder
    made = hashes(first, [first])
    again = rehydrate(bare, raw).folder
    assert (again, hashes(again, [again])) == (first, made)
    assert hashes(bare, [bare]) == before
    onward = rehydrate(first, raw, first.with_name("onward"))
    assert (onward.fates, onward.differing) == ((), ())
    assert {name for name in made if hashes(onward.folder, [onward.folder])[name] != made[name]} == set()


def test_a_copy_is_known_by_its_name_where_bytes_differ_and_the_text_is_proved(bare: Path, raw: Path) -> None:
    copy(raw, CLOSED.replace("\n", "\r\n"), "closed.txt")
    done = rehydrate(bare, raw)
    assert (done.missing, done.differing) == ((), ())


def test_without_a_copy_the_article_is_named_and_the_rest_is_as_it_was(bare: Path, raw: Path) -> None:
    done = rehydrate(bare, raw)
    assert [(one.article_id, one.why) for one in done.missing] == [
        ("closed", "missing: no file has its bytes or its name")
    ]
    assert "articles" in done.differing
    assert load(done.folder).tables["claims"].equals(load(bare).tables["claims"])


def test_of_another_text_only_proved_words_come_back(bare: Path, raw: Path, release: Path) -> None:
    title, body = CLOSED.strip().split("\n\n")
    copy(raw, f"{title}\n\nThe paper's desk adds a line. {body}\n", "closed.txt")
    done = rehydrate(bare, raw)
    (fate,) = done.missing
    assert (fate.why, fate.n_exact, fate.n_lost) == ("other text", 1, 0)
    assert fate.n_moved >= 1
    back, full = load(done.folder), load(release)
    assert back.article("closed").text is None
    assert back.tables["claims"].equals(full.tables["claims"])
    for name in back.tables:
        for had, has in zip(full.tables[name].to_pylist(), back.tables[name].to_pylist(), strict=True):
            assert all(value is None or value == had[key] for key, value in has.items())


def test_words_that_another_text_lacks_are_counted_as_lost(bare: Path, raw: Path) -> None:
    copy(raw, CLOSED.replace("operations", "manoeuvres"), "closed.txt")
    (fate,) = rehydrate(bare, raw).missing
    assert (fate.why, fate.n_moved) == ("other text", 0)
    assert fate.n_lost == 2
    assert "lost" in fate.as_text()


def test_a_copy_that_cannot_be_read_is_no_copy(bare: Path, raw: Path) -> None:
    (raw / "closed.txt").write_bytes(b"\xff\xfe\xfa")
    (fate,) = rehydrate(bare, raw).missing
    assert fate.why == "other bytes: closed.txt: its bytes are not utf-8."


def test_what_annotators_typed_stays_null_and_is_said(
    staged_project: Project, schema: Schema, raw: Path, tmp_path: Path
) -> None:
    project = Project(shutil.copytree(staged_project.root, tmp_path / "small"))
    tables = read_tables(project, schema)
    rows = [row | {"event_anchor": "A tale of our own"} for row in tables["articles"].to_pylist()]
    tables["articles"] = pa.Table.from_pylist(rows, schema=tables["articles"].schema)
    bare = write_release(project, schema, tables, Edition.TEXT_FREE)
    copy(raw)
    done = rehydrate(bare, raw)
    assert (done.missing, done.differing) == ((), ("articles",))
    assert "in no copy" in done.as_text()


def test_an_earlier_one_that_has_more_is_kept_until_it_is_given_up(bare: Path, raw: Path, tmp_path: Path) -> None:
    copy(raw)
    place = rehydrate(bare, raw).folder
    made, wrong = hashes(place, [place]), tmp_path / "wrong"
    wrong.mkdir()
    run = CliRunner().invoke(commands, ["rehydrate", str(bare), "--raw", str(wrong)])
    assert isinstance(run.exception, CorpusError)
    assert run.exception.rule == "rehydrate-fewer"
    assert "what lies there has more: 1 of its texts (closed) and " in run.exception.what
    assert hashes(place, [place]) == made
    run = CliRunner().invoke(commands, ["rehydrate", str(bare), "--raw", str(wrong), "--replace"])
    assert "0 of 1 texts are back" in run.output
    assert rehydrate(bare, raw).missing == ()
    assert hashes(place, [place]) == made


def test_quotes_are_kept_where_the_text_was_never_back(bare: Path, raw: Path, tmp_path: Path) -> None:
    title, body = CLOSED.strip().split("\n\n")
    copy(raw, f"{title}\n\nThe paper's desk adds a line. {body}\n", "closed.txt")
    rehydrate(bare, raw)
    (tmp_path / "wrong").mkdir()
    with pytest.raises(CorpusError, match=r"has more: \d+ other values .*\[rehydrate-fewer\]"):
        rehydrate(bare, tmp_path / "wrong")


@pytest.mark.parametrize("inside", ["", "inside"])
def test_the_release_that_is_read_is_never_written_into(bare: Path, raw: Path, inside: str) -> None:
    with pytest.raises(CorpusError, match="rehydrate-output"):
        rehydrate(bare, raw, bare / inside)


def test_a_folder_of_something_else_is_not_replaced(bare: Path, raw: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(CorpusError, match="rehydrate-output"):
        rehydrate(bare, raw, tmp_path / "mine")


def test_a_full_edition_lacks_nothing(release: Path, raw: Path) -> None:
    with pytest.raises(CorpusError, match="rehydrate-full"):
        rehydrate(release, raw)


def test_a_folder_of_copies_must_be_there(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="raw-folder-missing"):
        rehydrate(bare, tmp_path / "nowhere")


def test_a_changed_release_is_refused(bare: Path, raw: Path) -> None:
    record = json.loads((bare / "release.json").read_text(encoding="utf-8"))
    (bare / next(iter(record["files"]))).write_bytes(b"changed")
    with pytest.raises(CorpusError, match="release-file-changed"):
        rehydrate(bare, raw)


@pytest.fixture(scope="module")
def withdrawn(withdrawable_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A corpus of closed texts whose text-free edition is older than two of its withdrawals."""
    project = Project(shutil.copytree(withdrawable_project.root, tmp_path_factory.mktemp("withdrawn") / "small"))
    lines = [json.loads(line) | {"licence": "unknown", "text_rights": "none"} for line in project.manifest.open()]
    project.manifest.write_text("".join(json.dumps(line, sort_keys=True) + "\n" for line in lines), encoding="utf-8")
    set_version(project, "1.0.0", "2.0.0")
    assert build(project, Edition.TEXT_FREE).folder
    for kind, one in ((Kind.ARTICLE, "lake-copy-two"), (Kind.PERSON, PERSON)):
        take_out(project, read_schema(project.schema), kind, one)
    return project


def test_what_was_withdrawn_since_gets_no_word_back(withdrawn: Project, tmp_path: Path) -> None:
    bare = shutil.copytree(withdrawn.dist / "project-2.0.0-text-free", tmp_path / "old")
    with_all = rehydrate(bare, withdrawn.raw, tmp_path / "with-all")
    listed = withdrawn.raw / "withdrawals.toml"
    done = rehydrate(bare, withdrawn.raw, tmp_path / "new", withdrawals=listed)
    assert f"Withdrawn since, by {listed}: 1 article, 1 person. No word of it was put back." in done.as_text()
    assert (len(with_all.fates), len(done.fates), done.missing) == (4, 3, ())
    held = {one: open_folder(one, verify=True) for one in (with_all.folder, done.folder)}
    texts = {row["article_id"]: row["text"] is not None for row in held[done.folder].read("articles").to_pylist()}
    assert texts == {"harbour": True, "lake-copy-one": True, "lake-copy-two": False, "lake-talks": True}
    quotes = [{row["claim_id"]: row["quote"] for row in one.read("claims").to_pylist()} for one in held.values()]
    assert all(quotes[0].values())
    left = {quotes[0][claim] for claim, quote in quotes[1].items() if quote is None}
    assert left == {ACCEPTS.words, SEA.words, TALKS.words}
    assert quotes[1] != dict.fromkeys(quotes[1])
    again = rehydrate(with_all.folder, withdrawn.raw, done.folder, withdrawals=listed)  # what has to go is no loss
    assert hashes(again.folder, [again.folder / "data"]) == hashes(done.folder, [done.folder / "data"])


def test_a_rehydrated_release_keeps_to_what_it_was_told_as_withdrawn(withdrawn: Project, tmp_path: Path) -> None:
    bare = shutil.copytree(withdrawn.dist / "project-2.0.0-text-free", tmp_path / "old")
    done = rehydrate(bare, withdrawn.raw, withdrawals=withdrawn.raw / "withdrawals.toml")
    with pytest.warns(WithdrawnWarning, match="1 article, 1 person"):
        corpus = load(done.folder)
    assert PERSON not in corpus.tables["actors"]["actor_id"].to_pylist()
    assert {one.rule for one in verify(done.folder).findings} == {
        "changelog-version"
    }  # as in the edition it is made of


PAGE = """<html><head><title>Envoys leave the port without a word</title><meta name="author" content="Nora Example">
</head><body><article><h1>Envoys leave the port without a word</h1>
<p>The envoys of three states left the harbour hotel on Tuesday, and none of them would say what had been agreed.</p>
<p>“We will talk again,” said a clerk at the door, who had waited there since early morning with a list of names.</p>
<p>The hotel keeps its rooms for them until the end of the month, its manager told the guests at breakfast.</p>
</article></body></html>"""
PLAIN = (
    "A treaty is read aloud in the old hall\n\nBy Nora Example\n\n"
    "KYIV, August 17 — Deputies listened to every\u00a0article of the draft treaty for four hours on Sunday.\n\n"
    "No vote was taken,  and the speaker sent the members home before midnight without naming another day.\n"
)


@pytest.fixture
def mixed(empty_project: Project, tmp_path: Path) -> Project:
    """A closed page, a closed text with lines that passes take out, and an open text; nothing annotated."""
    given = {"page.html": (PAGE, "unknown"), "treaty.txt": (PLAIN, "CC-BY-NC-4.0"), "open.txt": (CLOSED, "CC0-1.0")}
    for name, (text, licence) in given.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        options = IngestOptions(article_id=name.split(".")[0], licence=licence)
        ingest(empty_project, [tmp_path / name], options)
    return empty_project


def test_pages_and_what_passes_took_out_come_back_from_the_raw_files(mixed: Project) -> None:
    full, bare = build(mixed).folder, build(mixed, Edition.TEXT_FREE).folder
    assert full is not None
    assert bare is not None
    held = {row["article_id"]: row["text"] is not None for row in load(bare).tables["articles"].to_pylist()}
    assert held == {"page": False, "treaty": False, "open": True}
    done = rehydrate(bare, mixed.raw)
    assert done.missing == ()
    back, was = (load(folder).tables for folder in (done.folder, full))
    assert back["edits"].equals(was["edits"])
    lost = {
        (row["article_id"], name)
        for row, had in zip(back["articles"].to_pylist(), was["articles"].to_pylist(), strict=True)
        for name in row
        if row[name] != had[name]
    }
    assert lost == {("page", "byline")}  # the page's metadata named the author, and no text does
    assert done.differing == ("articles",)


def test_the_command_says_what_is_missing_and_exits_with_one(mixed: Project, raw: Path) -> None:
    run = CliRunner()
    built = run.invoke(commands, ["--project", str(mixed.root), "build", "--edition", "text-free"])
    assert built.exit_code == 0, built.output
    bare = mixed.dist / "project-0.1.0-text-free"
    copy(raw, PLAIN, "my copy.txt")
    done = run.invoke(commands, ["rehydrate", str(bare), "--raw", str(raw), "--output", str(raw.parent / "out")])
    assert done.exit_code == 1
    assert "1 of 2 texts are back" in done.output
    assert "page: missing: no file has its bytes or its name" in done.output
    assert PLAIN.split("\n", maxsplit=1)[0] not in built.output + done.output
