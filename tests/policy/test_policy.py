"""Splits and rights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.policy.rights import LICENCES, text_rights
from ukrcorpus.policy.splits import MIN_CLUSTERS, assign_splits


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
