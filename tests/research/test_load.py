"""`ukrcorpus.load`: a release as tables and as objects, light, and clear about what is wrong with a folder."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ukrcorpus
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.research.load import Corpus
from ukrcorpus.schema.model import Schema

LIGHT = """
import sys, ukrcorpus
corpus = ukrcorpus.load(sys.argv[1], verify=True)
assert next(corpus.statements).holder.name
heavy = {"pandas", "polars", "pandera", "mlcroissant", "datasets", "click", "trafilatura", "yaml"} & set(sys.modules)
print(sorted(heavy), sorted(name for name in sys.modules if name.startswith("ukrcorpus.") and name.count(".") == 1))
"""


@pytest.fixture(scope="session")
def corpus(release: Path) -> Corpus:
    return ukrcorpus.load(release, verify=True)


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(release, tmp_path / "release"))


def test_every_table_comes_back_as_it_was_built(corpus: Corpus, staged_project: Project, schema: Schema) -> None:
    assert sorted(corpus.tables) == sorted(table.name for table in schema.tables)
    for table in schema.tables:
        found = corpus.tables[table.name]
        assert found.schema.equals(arrow_schema(table)), table.name
        assert found.to_pylist() == read_table(staged_project.table("corpus", table.name)).to_pylist(), table.name


def test_a_table_without_rows_comes_with_its_columns(corpus: Corpus, schema: Schema) -> None:
    mentions = corpus.tables["mentions"]
    assert (mentions.num_rows, mentions.schema) == (0, arrow_schema(schema.table("mentions")))


def test_it_says_which_release_it_is(corpus: Corpus) -> None:
    assert (corpus.name, corpus.version) == ("project", "0.1.0")


def test_an_article_leads_to_claims_holders_issues_and_stances(corpus: Corpus) -> None:
    article = corpus.article("talks")
    assert [claim.claim_id for claim in article.claims] == ["c-accepts", "c-refuses", "c-wishes", "c-ended"]
    refuses = article.claims[1]
    assert article.text is not None
    assert article.text[refuses.start : refuses.end] == refuses.quote
    assert [holder.actor_id for holder in refuses.holders] == ["org:ru_presidency"]
    assert [issue.issue for issue in refuses.issues] == ["ceasefire", "russian_operations"]
    assert {(stance.holder.actor_id, stance.issue.issue, stance.polarity) for stance in refuses.stances} == {
        ("org:ru_presidency", "ceasefire", -2),
        ("org:ru_presidency", "russian_operations", 1),
    }
    assert refuses.article == article


def test_a_claim_without_a_stance_keeps_its_issue_and_source(corpus: Corpus) -> None:
    ended = corpus.claim("c-ended")
    assert ([issue.issue for issue in ended.issues], ended.stances) == (["ceasefire"], ())
    assert [holder.name for holder in ended.holders] == [corpus.actor("pseudo:author").name]


def test_an_ascribed_claim_names_who_ascribes_it(corpus: Corpus) -> None:
    assert [actor.actor_id for actor in corpus.claim("c-wishes").sources("ascriber")] == ["gov:tr"]


def test_an_actor_leads_to_statements(corpus: Corpus) -> None:
    (statement,) = corpus.actor("per:zelensky").statements
    assert (statement.issue.issue, statement.stance, statement.holder_org) == ("ceasefire", "support", "gov:ua")
    assert statement.sentence is not None
    assert statement.sentence[statement.claim_start : statement.claim_end] == statement.quote
    assert statement.claim.claim_id == "c-accepts"
    assert corpus.actor("gov:us").statements == ()


def test_an_issue_leads_to_statements(corpus: Corpus) -> None:
    assert {statement.polarity for statement in corpus.issue("ceasefire").statements} == {-2, 2}


def test_an_actor_leads_to_what_is_above_it(corpus: Corpus) -> None:
    parent = corpus.actor("org:ru_presidency").parent
    assert parent is not None
    assert parent.actor_id == "gov:ru"
    assert parent.parent is None


def test_everything_can_be_walked(corpus: Corpus, schema: Schema) -> None:
    assert sum(1 for _ in corpus.articles) == 3
    assert sum(len(article.claims) for article in corpus.articles) == sum(1 for _ in corpus.claims) == 6
    assert sum(1 for _ in corpus.actors) == len(schema.actors)
    assert sum(1 for _ in corpus.issues) == len(schema.issues)
    assert sum(len(actor.statements) for actor in corpus.actors) == sum(1 for _ in corpus.statements) == 4


def test_objects_are_values(corpus: Corpus) -> None:
    assert corpus.claim("c-accepts") == corpus.claim("c-accepts")
    assert len({corpus.claim("c-accepts"), corpus.claim("c-accepts"), corpus.claim("c-ended")}) == 2
    with pytest.raises(AttributeError):
        corpus.claim("c-accepts").voice = "author"  # type: ignore[misc]


def test_loading_imports_nothing_heavy_and_nothing_of_the_pipeline(release: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT, str(release)], capture_output=True, text=True, check=False)
    assert done.stdout.split("] ")[0] == "[", done.stderr
    packages = [f"ukrcorpus.{name}" for name in ("core", "derive", "policy", "research", "schema", "sources")]
    assert done.stdout.strip().split("] ")[1] == str(packages)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda corpus: corpus.tables["statement"],
            ("there is no table 'statement'. [load-unknown]\n  Did you mean 'statements'?"),
        ),
        (
            lambda corpus: corpus.actor("per:zelenskyy"),
            ("there is no actor_id 'per:zelenskyy'. [load-unknown]\n  Did you mean 'per:zelensky'?"),
        ),
        (
            lambda corpus: corpus.article("tolks"),
            ("there is no article_id 'tolks'. [load-unknown]\n  Did you mean 'talks'?"),
        ),
    ],
)
def test_an_unknown_name_has_a_near_one(corpus: Corpus, call: object, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        call(corpus)  # type: ignore[operator]
    assert str(caught.value).endswith(message)


def refused(path: Path, *, verify: bool = False) -> str:
    with pytest.raises(CorpusError) as caught:
        ukrcorpus.load(path, verify=verify)
    return str(caught.value).replace(str(path), "HERE")


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        "HERE: no release.json here. [release-missing]\n"
        "  Give the folder that ukrcorpus build made, or a download of a release."
    )


def test_a_corpus_project_is_told_from_a_release(staged_project: Project) -> None:
    assert refused(staged_project.root) == (
        "HERE: no release.json here. [release-missing]\n"
        "  This is a corpus project: build it (ukrcorpus build), then load its dist/<name>-<version>."
    )


def test_the_folder_above_a_release_leads_to_it(copy: Path) -> None:
    assert refused(copy.parent) == (
        "HERE: no release.json here. [release-missing]\n  There is a release inside: load HERE/release."
    )


def test_a_release_record_that_cannot_be_read_is_refused(copy: Path) -> None:
    record = copy / "release.json"
    record.write_text(record.read_text(encoding="utf-8")[:-10], encoding="utf-8")
    assert refused(copy).startswith("HERE/release.json: not readable as JSON: ")
    record.write_text(json.dumps({"format": 99}), encoding="utf-8")
    assert refused(copy) == (
        "HERE/release.json: this is no release record that this version of ukrcorpus knows. [release-json]\n"
        "  Update ukrcorpus, or fetch the release again."
    )


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "data/claims/train-00000-of-00001.parquet").unlink()
    assert refused(copy) == (
        "HERE/data/claims/train-00000-of-00001.parquet: the file is missing. [release-file-missing]\n"
        "  Fetch or build the release again; an edited release is no release."
    )


def test_a_changed_file_is_named(copy: Path) -> None:
    file = copy / "README.md"
    data = file.read_bytes()
    file.write_bytes(data + b"x")
    assert "README.md: " in refused(copy)
    assert refused(copy).endswith(
        f"{len(data) + 1} bytes, not {len(data)}. [release-file-changed]\n"
        "  Fetch or build the release again; an edited release is no release."
    )


def test_a_file_changed_at_the_same_size_is_found_by_its_hash(copy: Path) -> None:
    file = copy / "README.md"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    ukrcorpus.load(copy)
    assert "another SHA-256 than release.json lists. [release-file-changed]" in refused(copy, verify=True)


def test_a_corpus_shows_what_it_is(release: Path) -> None:
    assert re.fullmatch(r"<project 0\.1\.0: \d+ articles, \d+ claims, \d+ statements>", repr(ukrcorpus.load(release)))
