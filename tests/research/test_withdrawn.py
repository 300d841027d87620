"""`ukrcorpus.load` masks what was withdrawn since, also in an old version, and says by which list."""

import json
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import ukrcorpus
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.policy.withdrawals import Kind
from ukrcorpus.release.build import build
from ukrcorpus.research.load import Corpus
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from withdrawable import PERSON, rows, set_version, take_out

GONE = "lake-copy-two"
LIST = {"kind": ["article"], "withdrawn_id": [GONE]}


@pytest.fixture(scope="session")
def project(withdrawable_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with 1.0.0 and, an article, a person and a mention poorer, 2.0.0."""
    project = Project(shutil.copytree(withdrawable_project.root, tmp_path_factory.mktemp("masked") / "small"))
    schema = read_schema(project.schema)
    stands = next(
        row["article_id"]
        for row in rows(project, "articles")
        if row["is_representative"] and row["article_id"] != "harbour"
    )
    assert stands != GONE
    mention = next(row for row in rows(project, "mentions") if (row["article_id"], row["quote"]) == (stands, "Ankara"))
    for kind, one in ((Kind.ARTICLE, GONE), (Kind.PERSON, PERSON), (Kind.MENTION, mention["mention_id"])):
        take_out(project, schema, kind, one)
    set_version(project, "1.0.0", "2.0.0")
    assert build(project).folder
    return project


@pytest.fixture
def alone(project: Project, tmp_path: Path) -> Path:
    """The old release where no newer one is in sight."""
    return Path(shutil.copytree(project.dist / "project-1.0.0", tmp_path / "alone" / "old"))


def loaded(path: Path, **options: Any) -> Corpus:
    """Load a release that has to say that something was withdrawn."""
    with pytest.warns(ukrcorpus.WithdrawnWarning):
        return ukrcorpus.load(path, **options)


def silent(path: Path, **options: Any) -> Corpus:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ukrcorpus.load(path, **options)


def words(corpus: Corpus, schema: Schema, article_id: str) -> Iterator[tuple[str, str]]:
    """Every protected cell of an article that holds something."""
    claims = {row["claim_id"] for row in corpus.tables["claims"].to_pylist() if row["article_id"] == article_id}
    for about in schema.tables:
        for row in corpus.tables[about.name].to_pylist():
            if row.get("article_id") == article_id or row.get("claim_id") in claims:
                yield from ((about.name, name) for name in about.protected if row[name] is not None)


def test_an_old_release_beside_a_newer_one_has_the_rows_of_the_newer_one(project: Project, schema: Schema) -> None:
    old, new = loaded(project.dist / "project-1.0.0"), silent(project.dist / "project-2.0.0")
    for about in schema.tables:
        if about.name == "withdrawals":
            continue
        columns = [name for name in about.names if name != "n_holders"]  # counted anew where a holder goes
        found = old.tables[about.name].select(columns).sort_by([(name, "ascending") for name in about.key])
        assert found.equals(new.tables[about.name].select(columns)), about.name
    assert repr(old).partition(":")[2] == repr(new).partition(":")[2]


def test_it_says_what_is_masked_how_many_rows_that_is_and_by_which_list(project: Project) -> None:
    with pytest.warns(ukrcorpus.WithdrawnWarning) as caught:
        old = ukrcorpus.load(project.dist / "project-1.0.0")
    bare = silent(project.dist / "project-2.0.0")
    assert old.masked is not None
    told = {name: old.folder.release["tables"][name]["rows"] - len(bare.tables[name]) for name in bare.tables}
    told |= {"articles": 1}  # its row stays, emptied
    assert old.masked.rows == {name: n for name, n in told.items() if n > 0}
    assert str(caught[0].message) == (
        "project 1.0.0: withdrawn since, by project 2.0.0: 1 article, 1 person, 1 mention. "
        f"{old.masked.n_rows:,} rows are masked. load(..., mask=False) gives their labels, never a text."
    )
    assert caught[0].filename == __file__
    assert bare.masked is None


def test_what_is_masked_is_shown_without_the_whole_record_of_the_release(project: Project) -> None:
    shown = repr(loaded(project.dist / "project-1.0.0").masked)
    assert GONE in shown
    assert "sha256" not in shown
    assert len(shown) < 1000


def test_unmasked_rows_have_labels_and_no_text(project: Project, schema: Schema) -> None:
    corpus = loaded(project.dist / "project-1.0.0", mask=False)
    assert dict(words(corpus, schema, GONE)) == {}
    assert len(list(words(corpus, schema, "harbour"))) > 5
    article = corpus.article(GONE)
    assert (article.status, article.text, article.title, article.url) == ("withdrawn", None, None, None)
    assert [claim.stances[0].polarity for claim in article.claims] == [2, 2, 2]
    assert corpus.actor(PERSON).statements
    assert corpus.masked is not None
    assert not corpus.masked.mask


def test_without_a_newer_release_in_sight_a_list_can_be_given(alone: Path, project: Project) -> None:
    assert silent(alone).article(GONE).text
    lists = (
        project.dist / "project-2.0.0",
        project.dist / "project-2.0.0/data/withdrawals/registry-00000-of-00001.parquet",
        project.raw / "withdrawals.toml",
    )
    found = [loaded(alone, withdrawals=one) for one in lists]
    assert [corpus.masked.rows for corpus in found if corpus.masked] == 3 * [found[0].masked and found[0].masked.rows]
    assert [corpus.masked.by for corpus in found if corpus.masked] == [(str(one),) for one in lists]
    corpus = loaded(alone, withdrawals=pa.table(LIST))
    assert corpus.masked is not None
    assert (corpus.masked.by, corpus.article(GONE).text) == (("the given table",), None)
    assert corpus.actor(PERSON).statements


def test_a_list_of_the_form_without_kinds_is_one_of_articles(alone: Path) -> None:
    corpus = loaded(alone, withdrawals=pa.table({"article_id": [GONE, "never-here"]}))
    assert corpus.masked is not None
    assert corpus.masked.withdrawn.articles == {GONE}


def test_what_a_release_never_had_is_not_masked(alone: Path) -> None:
    nothing = pa.table({"kind": ["article", "mention"], "withdrawn_id": ["never-here", "m-never"]})
    assert silent(alone, withdrawals=nothing).masked is None


def test_what_is_no_list_is_refused(alone: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no list of withdrawals is there") as caught:
        ukrcorpus.load(alone, withdrawals=tmp_path / "list.csv")
    assert caught.value.rule == "load-withdrawals"


def test_a_neighbour_of_another_corpus_an_older_one_and_a_half_written_one_mask_nothing(alone: Path) -> None:
    for name, version in (("another", "9.0.0"), ("project", "0.9.0")):
        other = Path(shutil.copytree(alone, alone.with_name(f"{name}-{version}")))
        record = json.loads((other / "release.json").read_text(encoding="utf-8")) | {"name": name, "version": version}
        (other / "release.json").write_text(json.dumps(record), encoding="utf-8")
    shutil.copytree(alone, alone.with_name(".project-3.0.0.new"))
    assert silent(alone).masked is None
    (alone.with_name("another-9.0.0") / "release.json").write_text("{", encoding="utf-8")
    assert loaded(alone).masked is None
