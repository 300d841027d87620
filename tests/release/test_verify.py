"""`release verify`: a release as it was built passes, and each kind of damage is found where it is."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from ukrcorpus.core.logical_hash import LOGICAL_HASH
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table, write_table, write_text
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.diffs.diff import state_of
from ukrcorpus.release.text_free.rehydrate import rehydrate
from ukrcorpus.release.verify.checks import catalogue
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.rebuild import REBUILD
from ukrcorpus.release.verify.record import read_record
from ukrcorpus.release.verify.report import Report
from ukrcorpus.release.verify.rules import ask_rules
from ukrcorpus.release.verify.run import verify
from ukrcorpus.release.verify.tables import read_parts
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.evidence import Evidence as Asking
from ukrcorpus.validate.evidence import rows
from ukrcorpus.validate.rules import Broken, Depth, Rule, reads

CLAIMS = "data/claims/train-00000-of-00001.parquet"


@pytest.fixture(scope="session")
def text_free(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text-free release of the three articles; to be copied and not written in."""
    project = Project(shutil.copytree(staged_project.root, tmp_path_factory.mktemp("text-free") / "small"))
    return write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)


@pytest.fixture
def folder(release: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(release, tmp_path / release.name))


def summed(folder: Path) -> None:
    """Write the lists of files anew, as somebody would who hides a change."""
    record = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    files = {name: one for name, one in hashes(folder, [folder]).items() if name not in ("release.json", "SHA256SUMS")}
    record["files"] = {name: {"sha256": one, "bytes": (folder / name).stat().st_size} for name, one in files.items()}
    (folder / "release.json").write_text(json.dumps(record), encoding="utf-8")
    found = {name: one for name, one in hashes(folder, [folder]).items() if name != "SHA256SUMS"}
    write_text(folder / "SHA256SUMS", "".join(f"{one}  {name}\n" for name, one in sorted(found.items())))


def swap(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, (name, old)
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def told(report: Report) -> list[tuple[str, str, str, str]]:
    return [(one.rule, one.where, one.got, one.expected) for one in report.findings if one.severity == "error"]


def rules(report: Report) -> set[str]:
    return {rule for rule, *_ in told(report)}


def test_a_release_is_verified_and_not_changed(release: Path) -> None:
    before = hashes(release, [release])
    report = verify(release)
    assert told(report) == []
    assert (report.release, report.n_files) == ("project 0.1.0 (full)", len(before))
    assert hashes(release, [release]) == before
    assert report.as_text().splitlines()[-1].startswith("project 0.1.0 (full): verified. 0 errors")


def test_a_text_free_release_is_verified_and_says_what_only_the_full_one_proves(text_free: Path) -> None:
    report = verify(text_free)
    assert told(report) == []
    assert {"rights-leak", "full_logical_hash", "split-certificate of similar"} <= {
        one.rule for one in report.not_asked
    }


def test_every_rule_is_asked_or_the_report_says_why_not(release: Path) -> None:
    report = verify(release)
    assert set(report.asked) | {one.rule for one in report.not_asked} >= {rule.id for rule in RULES}
    assert set(report.asked) >= catalogue().keys()


def test_files_that_are_not_those_of_the_list_are_found(folder: Path) -> None:
    data = bytearray((folder / CLAIMS).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / CLAIMS).write_bytes(data)
    (folder / "LICENSE").unlink()
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / ".gitattributes").write_text("x", encoding="utf-8")
    (folder / "schema/README.md").unlink()
    (folder / "schema/README.md").symlink_to("/etc/hostname")
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}  ../../etc/passwd\n{'0' * 64}  /etc/passwd\n{'0' * 64} x\n{'0' * 64}  CITATION.cff\n")
    report = verify(folder)
    found = {(rule, where): (got, expected) for rule, where, got, expected in told(report)}
    n_lines = len((folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    inner = "a path below the release's folder"
    assert found["sums-line", f"SHA256SUMS: line {n_lines - 3}"] == ("'../../etc/passwd'", inner)
    assert found["sums-line", f"SHA256SUMS: line {n_lines - 2}"] == ("'/etc/passwd'", inner)
    assert found["sums-line", f"SHA256SUMS: line {n_lines}"] == ("CITATION.cff again", "one line for each file")
    assert found["release-link", "schema/README.md"] == ("a symbolic link", "a file of its own")
    assert found["release-file-missing", "LICENSE"] == ("no such file", "the file that SHA256SUMS lists")
    assert found["release-file-extra", "notes.txt"] == ("a file", "no file that SHA256SUMS does not list")
    got, expected = found["release-file-changed", CLAIMS]
    assert got.startswith("SHA-256 ")
    assert expected.endswith(", as SHA256SUMS has it")
    assert ("record-files", f"release.json: files: {CLAIMS}") in found
    assert not [where for _, where in found if ".gitattributes" in where]
    why = f"{CLAIMS} is not the file that release.json lists"
    assert ("claim-source of claims", why) in {(one.rule, one.reason) for one in report.not_asked}


def test_a_row_changed_with_all_lists_rewritten_is_found(folder: Path) -> None:
    table = read_table(folder / CLAIMS)
    tiers = pc.add(table["tier"], pa.scalar(1, table["tier"].type))
    write_table(
        folder / CLAIMS, table.set_column(table.schema.get_field_index("tier"), table.schema.field("tier"), tiers)
    )
    summed(folder)
    report = verify(folder)
    assert {"data-hash", "claim-tier", "card-configs", "croissant-files"} <= rules(report)
    (one,) = [finding for finding in report.findings if finding.rule == "data-hash"]
    assert one.where == "data/claims"
    assert one.expected.endswith(", the logical-hash/2 in release.json")


def test_a_release_with_another_logical_hash_is_not_compared(folder: Path, text_free: Path, tmp_path: Path) -> None:
    closed = Path(shutil.copytree(text_free, tmp_path / text_free.name))
    for place in (folder, closed):
        swap(place, "release.json", LOGICAL_HASH, "logical-hash/1")
        summed(place)
    (one,) = told(verify(folder))
    assert one[:3] == (
        "release-json",
        "release.json",
        "logical_hash 'logical-hash/1', and this version of ukrcorpus knows logical-hash/2.",
    )
    for refused in (lambda: state_of(open_folder(folder, verify=True)), lambda: rehydrate(closed, folder)):
        with pytest.raises(CorpusError, match="knows logical-hash/2"):
            refused()


def test_documents_that_do_not_agree_with_the_data_are_found(folder: Path) -> None:
    swap(folder, "README.md", "It holds 3 articles, 6 claims", "It holds 3 articles, 7 claims")
    swap(folder, "README.md", "num_examples: 6", "num_examples: 5")
    swap(folder, "README.md", "  version: 0.1.0\n", "  version: 0.1.1\n")
    swap(folder, "README.md", "description: sha256:", "description: sha256:00")
    swap(folder, "README.md", "dtype: int8", "dtype: int16")
    swap(folder, "croissant.json", '"version": "0.1.0"', '"version": "0.2.0"')
    croissant = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    croissant["distribution"][0] |= {"sha256": "0" * 64, "contentSize": "7 B"}
    (folder / "croissant.json").write_text(json.dumps(croissant), encoding="utf-8")
    swap(folder, "DATASHEET.md", "6 claims and", "8 claims and")
    swap(folder, "DATA_STATEMENT.md", "Version 0.1.0.", "Version 0.1.9.")
    swap(folder, "CITATION.cff", "version: 0.1.0", "version: 0.1.2")
    swap(folder, "LICENSE", "Version 0.1.0", "Version 0.1.3")
    swap(folder, "CHANGELOG.md", "0.1.0", "0.1.4")
    summed(folder)
    found = {(rule, where): (got, expected) for rule, where, got, expected in told(verify(folder))}
    assert found["card-text", "README.md: text: It holds ... claims"] == ("7", "6")
    assert found["documents-text", "DATASHEET.md: It holds ... claims"] == ("8", "6")
    assert found["documents-text", "DATA_STATEMENT.md"] == ("nowhere these words", '"Version 0.1.0."')
    assert found["citation-file", "CITATION.cff: version"] == ('"0.1.2"', '"0.1.0"')
    assert found["croissant-head", "croissant.json: version"] == ('"0.2.0"', '"0.1.0"')
    assert found["licence-file", "LICENSE"][0] == "nowhere these words"
    assert found["changelog-version", "CHANGELOG.md"][0] == "no heading of this version"
    assert ('"0.1.1"', '"0.1.0"') in [told for (rule, _), told in found.items() if rule == "card-configs"]
    rules_found = {rule for rule, _ in found}
    assert rules_found >= {"card-sizes", "card-features", "croissant-files", "card-configs"}
    assert not rules_found & {"data-hash", "release-file-changed", "record-files"}


def test_a_record_that_describes_other_tables_is_found(folder: Path) -> None:
    record = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    record["tables"]["claims"]["rows"] += 1
    record["tables"]["votes"]["columns"][0]["kind"] = "text"
    record["tables"]["extra"] = record["tables"]["votes"]
    record["inputs"]["schema/scheme.toml"] = "0" * 64
    record["default_config"] = "articles"
    record["edition"] = "text-free"
    (folder / "release.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "data/extra").mkdir()
    shutil.copy(folder / CLAIMS, folder / "data/extra/train.parquet")
    summed(folder)
    report = verify(folder)
    found = {(rule, where): (got, expected) for rule, where, got, expected in told(report)}
    assert found["data-rows", "release.json: tables: claims: rows"] == ("7", "6")
    assert found["record-schema", "release.json: tables: extra"][0] == "an entry"
    assert found["record-default", "release.json: default_config"] == ('"articles"', '"statements"')
    assert found["data-unlisted", "data/extra/train.parquet"][0] == "a file"
    assert found["edition-text", "data/articles.text"] == (
        "1 values of articles with text_rights = none",
        "null in their rows",
    )
    assert found["edition-proofs", "proofs.parquet"][0] == "no such file"
    assert ("record-inputs", "schema/scheme.toml") in found
    assert ("record-schema", "release.json: tables: votes: columns") in found


def test_what_somebody_broke_with_intent_is_told_and_followed_nowhere(folder: Path) -> None:
    swap(folder, "README.md", "---\n", '---\na: &a ["x", "x"]\nb: &b [*a, *a]\nc: [*b, *b]\n')
    swap(folder, "croissant.json", '"@context": {', '"@context": {"@import": "http://127.0.0.1:1/context", ')
    table = read_table(folder / CLAIMS)
    data = pa.array([b"\xff"] * table.num_rows, pa.binary())
    words = pa.StringArray.from_buffers(len(data), *data.buffers()[1:])
    write_table(
        folder / CLAIMS, table.set_column(table.column_names.index("quote"), table.schema.field("quote"), words)
    )
    summed(folder)
    found = {(rule, where): got for rule, where, got, _ in told(verify(folder))}
    assert found["data-unreadable", CLAIMS].startswith("no readable Parquet file (")
    other = Path(shutil.copytree(folder, folder.with_name("other")))
    write_table(other / CLAIMS, table)
    summed(other)
    found = {(rule, where): got for rule, where, got, _ in told(verify(other))}
    assert found["card-head", "README.md"] == "no YAML head that can be read"
    assert found["croissant-invalid", "croissant.json: @context"] == "a context that leads elsewhere"


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ("{", "Input data was truncated."),
        ('{"format": 1, "name": 3}', "Expected `str`, got `int` - at `$.name`."),
        ('{"format": 2}', "format 2, and this version of ukrcorpus reads 1."),
        ("[]", "Expected `object`, got `array`."),
    ],
)
def test_a_record_of_another_form_is_told_and_no_crash(folder: Path, record: str, what: str) -> None:
    (folder / "release.json").write_text(record, encoding="utf-8")
    report = verify(folder)
    assert [one.got for one in report.findings if one.rule == "release-json"] == [what]
    assert {one.reason for one in report.not_asked} == {"release.json cannot be read"}


def test_the_checks_are_documented(release: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/releases.md").read_text(encoding="utf-8")
    assert [id_ for id_, sentence in (catalogue() | REBUILD).items() if f"| `{id_}` | {sentence} |" not in page] == []


@pytest.fixture(scope="session")
def built(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The annotated articles, built; to be copied and not written in."""
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("verified") / "small"))
    assert build(project).folder is not None
    return project


def test_a_rebuild_of_another_project_says_what_differs_and_why(built: Project, tmp_path: Path) -> None:
    project = Project(shutil.copytree(built.root, tmp_path / "small"))
    swap(project.root, "corpus.toml", 'licence = "CC-BY-4.0"', 'licence = "CC0-1.0"')
    (project.root / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0\n", encoding="utf-8")
    folder = project.dist / "project-0.1.0"
    (folder / CLAIMS).write_bytes((folder / "data/articles/train-00000-of-00001.parquet").read_bytes())
    found = {(one.rule, one.where): one for one in verify(folder, project).findings}
    assert {where for rule, where in found if rule == "rebuild-inputs"} == {"CHANGELOG.md", "corpus.toml"}
    assert found["rebuild-inputs", "corpus.toml"].severity == "error"
    why = "The inputs are others: CHANGELOG.md and 1 more. Check out the commit"
    assert found["rebuild-bytes", "CITATION.cff"].remedy.startswith(why)
    assert found["rebuild-bytes", "CHANGELOG.md"].remedy.startswith(why)
    rebuilt = [one for one in found if one[0].startswith("rebuild-") and one[1].startswith("data/")]
    assert rebuilt == [("rebuild-bytes", CLAIMS)]
    assert "of the same rows" not in found["rebuild-bytes", CLAIMS].got  # as listed the rows would be the same


def test_a_rebuild_leaves_the_project_alone_and_tells_other_tools(built: Project, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built.dist / "project-0.1.0", tmp_path / "project-0.1.0"))
    swap(folder, "release.json", f'"pyarrow": "{pa.__version__}"', '"pyarrow": "24.0.0"')
    summed(folder)
    before = hashes(built.root, [built.root])
    report = verify(folder, built)
    tool = f"pyarrow {pa.__version__}, not 24.0.0"
    notes = {one.where: one for one in report.findings if one.rule.startswith("rebuild-")}
    assert set(notes) == {"here", "release.json", "SHA256SUMS"}  # every other file has the same bytes
    assert (notes["here"].rule, notes["here"].got) == ("rebuild-tools", tool)
    assert notes["release.json"].remedy.startswith(f"The tools are others: {tool}.")
    assert (told(report), {one.severity for one in notes.values()}) == ([], {"note"})
    assert {"edits-rebuild", "minted-id"} <= set(report.asked)
    assert report.not_asked == ()
    assert hashes(built.root, [built.root]) == before


def test_a_project_of_another_version_is_not_compared(built: Project, tmp_path: Path) -> None:
    project = Project(shutil.copytree(built.root, tmp_path / "small"))
    swap(project.root, "corpus.toml", '"0.1.0"', '"0.2.0"')
    report = verify(project.dist / "project-0.1.0", project)
    assert told(report) == [("rebuild-project", "corpus.toml", "project 0.2.0", "project 0.1.0")]


def test_a_rule_that_reads_a_column_younger_than_the_release_is_not_asked(release: Path) -> None:
    def check(asking: Asking) -> Iterator[Broken]:
        yield from (Broken(row["article_id"], "x", "y") for row in rows(asking.scan("articles", "article_id", "later")))

    younger = Rule("reads-later", Depth.CORPUS, reads("articles"), check, "It reads a later column.", "Build again.")
    held, record, own = Held.of(release), read_record(release), read_schema(release / "schema")
    asked = ask_rules(Evidence(held, record, own, read_parts(held, record, own)), (younger,))
    assert (asked.findings, asked.asked) == ((), ())
    assert [(one.rule, one.reason) for one in asked.not_asked] == [
        ("reads-later", "the release's definition is older and lacks a column that they read")
    ]
