"""Splits, rights and withdrawals."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.policy.rights import LICENCES, text_rights
from ukrcorpus.policy.splits import MIN_CLUSTERS, assign_splits
from ukrcorpus.policy.withdrawals import withdraw


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=30))
def test_a_small_corpus_has_one_split(clusters: dict[str, str]) -> None:
    assert set(assign_splits(clusters).values()) <= {"train"}


def test_a_large_corpus_has_three_and_tears_no_cluster_apart() -> None:
    clusters = {f"article-{number}": f"cluster-{number // 2}" for number in range(4 * MIN_CLUSTERS)}
    splits = assign_splits(clusters)
    shares = [list(splits.values()).count(split) / len(splits) for split in ("train", "validation", "test")]
    assert shares == [pytest.approx(share, abs=0.06) for share in (0.8, 0.1, 0.1)]
    assert all(splits[f"article-{number}"] == splits[f"article-{number + 1}"] for number in range(0, 800, 2))


def test_an_article_keeps_its_split_when_others_come() -> None:
    clusters = {f"article-{number}": f"article-{number}" for number in range(2 * MIN_CLUSTERS)}
    before = assign_splits(dict(list(clusters.items())[: MIN_CLUSTERS + 1]))
    after = assign_splits(clusters)
    assert all(after[article_id] == split for article_id, split in before.items())


def test_without_a_known_licence_the_text_may_not_be_passed_on() -> None:
    assert {licence for licence in LICENCES if text_rights(licence, "row") == "full"} == {
        "CC0-1.0",
        "CC-PDDC",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "OGL-UK-3.0",
        "etalab-2.0",
    }
    with pytest.raises(CorpusError, match="licence-unknown"):
        text_rights("my own", "row")


def test_nothing_hangs_on_a_withdrawn_article_but_its_emptied_row() -> None:
    tables = {
        "articles": pa.table({"article_id": ["a", "b"], "text": ["A.", "B."], "status": ["live", "live"]}),
        "claims": pa.table({"claim_id": ["c1", "c2"], "article_id": ["a", "b"]}),
        "stances": pa.table({"claim_id": ["c1", "c2"], "polarity": [1, 2]}),
        "actors": pa.table({"actor_id": ["gov:ua"]}),
    }
    left = withdraw(tables, {"b"}, protected=("text",))
    assert left["articles"].to_pylist() == [
        {"article_id": "a", "text": "A.", "status": "live"},
        {"article_id": "b", "text": None, "status": "withdrawn"},
    ]
    assert left["claims"]["claim_id"].to_pylist() == ["c1"]
    assert left["stances"]["claim_id"].to_pylist() == ["c1"]
    assert left["actors"].num_rows == 1
    assert left["articles"].schema == tables["articles"].schema
