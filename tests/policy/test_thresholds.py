from pathlib import Path

import pyarrow as pa
import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project, Threshold
from ukrcorpus.policy.thresholds import breaches, check_names, exclude

ROOT = Path(__file__).parents[2]
THRESHOLDS = (Threshold("n_words", 50, 1000), Threshold("digit_share", None, 0.2))


def articles(*status: str) -> pa.Table:
    ids = [f"a{number}" for number in range(len(status))]
    return pa.table({"article_id": ids, "status": status, "excluded_by": pa.nulls(len(ids), pa.string())})


def signals(*n_words: float) -> pa.Table:
    rows = [(f"a{number}", n) for number, n in enumerate(n_words)]
    return pa.table(
        {
            "article_id": [name for name, _ in rows for _ in "ab"],
            "name": ["n_words", "digit_share"] * len(rows),
            "value": [value for _, n in rows for value in (float(n), 0.5 if n > 2000 else 0.1)],
        }
    )


def test_an_article_that_breaks_a_threshold_keeps_its_row_and_says_why() -> None:
    found = exclude(articles("live", "live", "live"), signals(31, 50, 3000), THRESHOLDS)
    assert found["status"].to_pylist() == ["excluded", "live", "excluded"]
    assert found["excluded_by"].to_pylist() == [
        "n_words 31 is below 50",
        None,
        "n_words 3000 is above 1000; digit_share 0.5 is above 0.2",
    ]


def test_a_withdrawn_article_stays_withdrawn() -> None:
    table = articles("withdrawn", "live")
    # Withdrawing took its signals.
    found = exclude(table, signals(31, 60).filter(pa.array([False, False, True, True])), THRESHOLDS)
    assert found["status"].to_pylist() == ["withdrawn", "live"]


def test_without_thresholds_nothing_is_excluded() -> None:
    table = articles("live")
    assert exclude(table, signals(1), ()) is table
    assert Project.open(ROOT).info().thresholds == ()


def test_a_value_on_the_bound_counts_as_within() -> None:
    assert list(breaches({"n_words": 50.0}, [Threshold("n_words", 50, 50)])) == []


def test_a_threshold_on_no_signal_is_refused() -> None:
    with pytest.raises(
        CorpusError, match=r"no signal is called 'n_word'.*\[threshold-unknown\]\n  Did you mean 'n_words'"
    ):
        check_names([Threshold("n_word", 1, None)], ["n_words", "digit_share"], "corpus.toml")


@pytest.mark.parametrize(
    "given", ["n_words = 50", "n_words = {}", "n_words = { least = 3 }", 'n_words = { min = "3" }']
)
def test_a_threshold_in_another_form_is_refused(given: str, tmp_path: Path) -> None:
    text = (ROOT / "corpus.toml").read_text(encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(f"{text}\n[thresholds]\n{given}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"Expected \{ min = 1, max = 2 \} or one of both") as error:
        Project.open(tmp_path).info()
    assert error.value.rule == "corpus-toml-value"


def test_thresholds_are_read_from_the_project(tmp_path: Path) -> None:
    text = (ROOT / "corpus.toml").read_text(encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(f"{text}\n[thresholds]\nn_words = {{ min = 50 }}\n", encoding="utf-8")
    assert Project.open(tmp_path).info().thresholds == (Threshold("n_words", 50, None),)
