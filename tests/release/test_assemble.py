"""The final tables: every table of the schema, in its exact form, without what was withdrawn."""

import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.release.assemble import assemble
from ukrcorpus.schema.model import Schema

WITHDRAWAL = """format = 1

[[withdrawals]]
article_id = "talks"
raw_sha256 = "{sha256}"
withdrawn_on = 2026-11-22
reason_class = "rights"
"""


@pytest.fixture
def project(staged_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(staged_project.root, tmp_path / "small"))


def table(project: Project, name: str) -> pa.Table:
    return read_table(project.table("corpus", name))


def test_every_table_has_its_file_with_its_schema_sorted_by_key(staged_project: Project, schema: Schema) -> None:
    for about in schema.tables:
        found = table(staged_project, about.name)
        assert found.schema.equals(arrow_schema(about)), about.name
        keys = list(zip(*(found[name].to_pylist() for name in about.key), strict=True))
        assert keys == sorted(set(keys)), about.name


def test_the_registry_is_whole(staged_project: Project, schema: Schema) -> None:
    assert table(staged_project, "actors").num_rows == len(schema.actors)
    assert table(staged_project, "issues").num_rows == len(schema.issues)
    assert table(staged_project, "actor_roles").num_rows == sum(len(actor.roles) for actor in schema.actors)
    canonical = [row["text"] for row in table(staged_project, "actor_names").to_pylist() if row["kind"] == "name"]
    assert sorted(canonical) == sorted(actor.name for actor in schema.actors)


def test_a_small_corpus_has_one_split(staged_project: Project) -> None:
    assert set(table(staged_project, "articles")["split"].to_pylist()) == {"train"}


def test_a_withdrawn_article_leaves_a_tombstone_and_nothing_else(project: Project, schema: Schema) -> None:
    row = next(row for row in table(project, "articles").to_pylist() if row["article_id"] == "talks")
    text = WITHDRAWAL.format(sha256=row["raw_sha256"])
    (project.raw / "withdrawals.toml").write_text(text, encoding="utf-8")
    assemble(project, schema)
    left = next(row for row in table(project, "articles").to_pylist() if row["article_id"] == "talks")
    assert (left["status"], left["title"], left["text"], left["byline"]) == ("withdrawn", None, None, None)
    assert [row["reason_class"] for row in table(project, "withdrawals").to_pylist()] == ["rights"]
    for about in schema.tables:
        if about.name in ("articles", "withdrawals"):
            continue
        found = table(project, about.name)
        assert "talks" not in (found["article_id"].to_pylist() if "article_id" in found.column_names else [])
    assert set(table(project, "claim_sources")["claim_id"].to_pylist()) == {"c-asked", "c-goes-on"}


def test_a_table_that_no_stage_made_is_an_error(project: Project, schema: Schema) -> None:
    project.table("annotate", "claims").unlink()
    with pytest.raises(CorpusError) as caught:
        assemble(project, schema)
    assert str(caught.value) == (
        "build/annotate/claims.parquet: the stage 'annotate' has not made this table. [stage-missing]\n"
        "  Run: ukrcorpus build."
    )


@pytest.mark.parametrize("damaged", [None, '{"talks": '])
def test_answers_that_are_gone_or_damaged_are_an_error(project: Project, schema: Schema, damaged: str | None) -> None:
    answers = project.build / "annotate" / "answers.json"
    answers.unlink()
    if damaged:
        answers.write_text(damaged, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        assemble(project, schema)
    assert str(caught.value) == (
        "build/annotate/answers.json: the stage 'annotate' has not made this file, or not as it is. [stage-missing]\n"
        "  Run: ukrcorpus build."
    )
