"""The sample corpus as published: what it promises to hold, counted in a build of its own."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from ukrcorpus.annotate.run import read_conflicts, run_annotate
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.plots import plots
from ukrcorpus.policy.withdrawals import Kind, Withdrawal
from ukrcorpus.release.assemble import final_tables, staged_tables
from ukrcorpus.release.conflicts import count_conflicts
from ukrcorpus.release.numbers import release_numbers
from ukrcorpus.release.stages import run_stale
from ukrcorpus.schema.model import Schema

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sample(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("sample") / "project"
    kept = shutil.ignore_patterns("build", "dist", ".*", "src", "tests", "benchmarks", "*.key.toml")
    project = Project(shutil.copytree(ROOT, folder, ignore=kept))
    run_stale(project, schema)
    return project


def rows(project: Project, name: str) -> pa.Table:
    return read_table(project.table("corpus", name))


def test_it_has_articles_of_every_kind(sample: Project) -> None:
    articles = rows(sample, "articles").to_pylist()
    assert len(articles) >= 16
    assert {"en", "uk"} <= {row["language"] for row in articles}
    assert any(row["raw_file"].endswith(".html") for row in articles)
    assert any(not row["is_representative"] for row in articles)
    assert sum(row["machine_spun"] == "heavy" for row in articles) >= 2
    assert all(300 <= len(row["text"].split()) <= 1200 for row in articles)


def test_each_article_was_read_twice_and_blind(sample: Project) -> None:
    rounds = rows(sample, "annotation_rounds").to_pylist()
    n_articles = rows(sample, "articles").num_rows
    assert Counter(row["annotator"] for row in rounds) == {"model-a": n_articles, "model-b": n_articles}
    assert all(row["blind"] and not row["suggestions_shown"] for row in rounds)
    assert {row["annotator_kind"] for row in rounds} == {"model"}


def test_it_has_enough_of_everything_to_show_the_format(sample: Project, schema: Schema) -> None:
    claims = rows(sample, "claims").to_pylist()
    assert sum(row["tier"] == 1 for row in claims) >= 150
    types = Counter(row["type"] for row in claims)
    assert all(types[name] >= 5 for name in schema.vocabulary("claim_type").names)
    assert {row["voice"] for row in claims} == set(schema.vocabulary("voice").names)
    stances = rows(sample, "stances").to_pylist()
    assert len(stances) >= 100
    assert min(sum(row["polarity"] < 0 for row in stances), sum(row["polarity"] > 0 for row in stances)) >= 30
    assert len({row["actor_id"] for row in stances}) >= 20


def test_the_plots_kept_in_git_are_those_of_the_sample(sample: Project, schema: Schema) -> None:
    numbers = release_numbers(schema, {one.name: rows(sample, one.name) for one in schema.tables}, ())
    drawn = {Path(one.file).name: one.svg for one in plots(ReleaseFacts(schema, sample.info(), numbers))}
    kept = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "docs/plots").glob("*.svg")}
    assert kept == drawn, "renew them: make generated"


def test_the_conflicts_of_a_release_are_those_of_what_it_holds(sample: Project, schema: Schema) -> None:
    met = read_conflicts(sample)
    tables = {one.name: rows(sample, one.name) for one in schema.tables}
    causes = Counter((str(row["cause"]), row["decided"]) for row in met)
    assert count_conflicts(met, tables) == tuple(
        (cause, causes[cause, True], causes[cause, False]) for cause in sorted({cause for cause, _ in causes})
    )
    (article, n_own), *_ = Counter(str(row["article_id"]) for row in met).most_common(1)
    without_article = tuple(row for row in met if row["article_id"] != article)
    assert 0 < len(without_article) == len(met) - n_own
    gone = [(Kind.ARTICLE, article), (Kind.PERSON, "per:zelensky")]
    listed = [Withdrawal(*one, None, date(2026, 11, 22), "privacy") for one in gone]
    one, both = (final_tables(schema, staged_tables(sample), tuple(listed[:n])) for n in (1, 2))
    assert count_conflicts(met, one) == count_conflicts(without_article, tables)
    assert n_of(count_conflicts(met, both)) < n_of(count_conflicts(met, one))


def n_of(counts: tuple[tuple[str, int, int], ...]) -> int:
    return sum(decided + left for _, decided, left in counts)


def test_statements_hold_no_spun_text_and_no_second_copy(sample: Project) -> None:
    left_out = {
        row["article_id"]
        for row in rows(sample, "articles").to_pylist()
        if row["machine_spun"] == "heavy" or not row["is_representative"]
    }
    assert left_out
    assert not left_out & set(rows(sample, "statements")["article_id"].to_pylist())


def test_its_conflicts_are_decided_and_marked_as_such(sample: Project, schema: Schema) -> None:
    causes = run_annotate(sample, schema).causes()
    assert sum(decided for decided, _open in causes.values()) >= 25
    assert sum(row["decided_by"] == "curator" for row in rows(sample, "claims").to_pylist()) >= 25
