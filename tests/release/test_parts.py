"""A corpus in parts: the same rows as in one file, and what did not change is not written again."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest

from parted import change, make_small
from ukrcorpus.core.problems import Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import files_of, read_table
from ukrcorpus.normalise import parts
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.schema.model import Schema, SplitBy
from ukrcorpus.validate import run
from ukrcorpus.validate.evidence import Evidence
from ukrcorpus.validate.rules import Rule

ARTICLES = ("closed", "spun", "talks")
GONE = """format = 1

[[withdrawals]]
article_id = "talks"
raw_sha256 = "{sha256}"
withdrawn_on = 2026-11-22
reason_class = "rights"
"""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every article have a part of its own."""
    make_small(monkeypatch)


@pytest.fixture
def built(parted_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(parted_project.root, tmp_path / "project"))


def sorted_rows(project: Project, schema: Schema) -> dict[str, pa.Table]:
    tables = read_tables(project, schema)
    return {
        about.name: tables[about.name].sort_by([(name, "ascending") for name in about.key]) for about in schema.tables
    }


def written(project: Project) -> dict[str, tuple[int, int]]:
    """Return the number and time of every file of the tables, which a file that is written again does not keep."""
    files = [file for file in (project.build / "corpus").rglob("*.parquet") if file.is_file()]
    return {str(file.relative_to(project.build)): (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


def touched(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> Iterable[str]:
    return sorted({Path(name).stem for name in after if before.get(name) != after[name]})


def test_tables_that_belong_to_articles_are_in_parts_and_registries_in_one_file(built: Project, schema: Schema) -> None:
    for about in schema.tables:
        names = [file.stem for file in files_of(built.table("corpus", about.name))]
        in_parts = ["first", "from-spun", "from-talks"]
        assert names == ([about.name] if about.split is SplitBy.REGISTRY else in_parts), about.name


def test_every_part_has_the_rows_of_its_articles_and_no_others(built: Project, schema: Schema) -> None:
    owners = {row["claim_id"]: row["article_id"] for row in read_table(built.table("corpus", "claims")).to_pylist()}
    assert set(owners.values()) == set(ARTICLES)
    for about in schema.tables:
        if about.split is SplitBy.REGISTRY:
            continue
        for file, article in zip(files_of(built.table("corpus", about.name)), ARTICLES, strict=True):
            rows = read_table(file).to_pylist()
            assert {row.get("article_id") or owners[row["claim_id"]] for row in rows} <= {article}, file


def test_rows_and_release_are_those_of_a_corpus_in_one_file(
    built: Project, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_parts = sorted_rows(built, schema)
    released = hashes(built.dist, [built.dist / "project-0.1.0/data"])
    monkeypatch.setattr(parts, "WHOLE", 100)
    shutil.rmtree(built.build)
    assert build(built).folder
    assert all(table.is_file() for table in (built.build / "corpus").glob("*.parquet"))
    whole = sorted_rows(built, schema)
    assert all(whole[name].equals(table) for name, table in in_parts.items())
    assert released
    assert released == hashes(built.dist, [built.dist / "project-0.1.0/data"])


def test_after_one_changed_article_one_part_is_written_and_asked_by_rules(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = written(built), set[tuple[str, str]]()
    answer = run._answer

    def listening(rule: Rule, evidence: Evidence, known: Iterable[Finding]) -> list[Finding]:
        asked.add((rule.id, evidence.part.name if evidence.part else "all"))
        return answer(rule, evidence, known)

    monkeypatch.setattr(run, "_answer", listening)
    change(built, "spun")
    done = build(built)
    assert done.folder, done.report and done.report.as_text()
    assert touched(before, written(built)) == ["from-spun"]
    assert {part for rule, part in asked if rule == "edits-rebuild"} == {"from-spun"}
    assert {rule for rule, part in asked if part == "from-talks"} == {"position-polarity"}  # it has a note


def test_after_a_changed_registry_no_part_is_written(built: Project) -> None:
    before = written(built)
    registry = built.schema / "actors.toml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace('name = "Norway"', 'name = "Kingdom of Norway"'), encoding="utf-8")
    assert registry.read_text(encoding="utf-8") != text
    assert "corpus" in build(built).stages
    assert touched(before, written(built)) == ["actor_names", "actors"]


def test_a_part_that_was_damaged_is_written_again(built: Project) -> None:
    before, claims = written(built), read_table(built.table("corpus", "claims"))
    for name in ("blocks", "claims"):
        file = built.table("corpus", name) / "from-spun.parquet"
        file.write_bytes(file.read_bytes()[:-40])
    assert build(built).stages == ("corpus",)
    assert touched(before, written(built)) == ["from-spun"]
    assert read_table(built.table("corpus", "claims")).equals(claims)


def test_a_withdrawn_article_leaves_its_part_and_stays_out_when_taken_back(built: Project, schema: Schema) -> None:
    digest = next(row["raw_sha256"] for row in read_table(built.table("corpus", "articles")).to_pylist()[2:])
    whole = sorted_rows(built, schema)
    before = written(built)
    listed = built.raw / "withdrawals.toml"
    listed.write_text(GONE.format(sha256=digest), encoding="utf-8")
    assert build(built).folder
    assert read_table(built.table("corpus", "blocks") / "from-talks.parquet").num_rows == 0
    assert touched(before, written(built)) == ["from-talks", "withdrawals"]
    listed.unlink()
    assert build(built).folder
    assert all(whole[name].equals(table) for name, table in sorted_rows(built, schema).items())


def test_a_corpus_that_shrinks_to_one_file_leaves_no_part_behind(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "WHOLE", 100)
    change(built, "talks")
    assert build(built).folder
    assert all(table.is_file() for table in (built.build / "corpus").glob("*.parquet"))
    assert read_table(built.table("corpus", "articles")).num_rows == len(ARTICLES)
