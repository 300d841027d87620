import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from annotated_exports import ACCEPTS, ARTICLE, SUPPORTS, Workshop, annotation, claim, mention, task
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.exports.export import read_tasks
from ukrcorpus.annotate.spans.unanchored import open_labels, review_predictions
from ukrcorpus.annotate.values import Problems
from ukrcorpus.cli import commands
from ukrcorpus.core.tables import read_table

pytest.importorskip("rapidfuzz")


@pytest.fixture
def older(workshop: Workshop) -> Workshop:
    """The workshop after a change of the text that three labels were made on: one stays, one moves, one changes."""
    text = "Truce talks\n" + workshop.text.partition("\n")[2].replace("Turkey supports", "Turkey openly supports")
    marks = [claim(ACCEPTS, ["per:zelensky"], conditional=True, note="so so"), mention("Kremlin", "org:ru_presidency")]
    lost = claim("Turkey openly supports a truce at sea", ["gov:tr"], date="2025-05-15", polarity="none", type="fact")
    replace(workshop, text=text).annotate("model-a", *marks, lost)
    return workshop


def test_what_has_no_sure_place_is_listed_with_candidates_and_answers(older: Workshop) -> None:
    [one] = open_labels(older.project, older.schema, read_articles(older.project).by_id)
    assert (one.fate, one.quote, one.words[0]) == ("fuzzy", "Turkey openly supports a truce at sea", SUPPORTS)
    assert one.answers["source_ids"] == ("gov:tr",)


def test_the_command_writes_the_worklist(older: Workshop) -> None:
    result = CliRunner().invoke(commands, ["--project", str(older.project.root), "annotate", "reanchor"])
    assert result.exit_code == 0, result.output
    assert f"{ARTICLE}: claim r3 of round" in result.output
    lines = (older.project.build / "annotate" / "reanchor.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["fate"] for line in lines] == ["fuzzy"]


def test_a_review_suggests_the_label_at_its_best_place_and_comes_back_the_same(older: Workshop) -> None:
    articles = read_articles(older.project).by_id
    found = open_labels(older.project, older.schema, articles)
    items = review_predictions(found, articles, older.schema)[ARTICLE]
    problems = Problems("a.json")
    made = task(ARTICLE, older.text, [annotation(1, "curator-c", items)])
    [read] = read_tasks([made], older.schema, problems, coded=False)
    [region] = read.rounds[0].regions
    assert problems.findings == []
    assert older.text[region.span.start : region.span.end] == SUPPORTS
    assert region.answers == found[0].answers


def test_labels_over_the_present_text_need_nobody(workshop: Workshop) -> None:
    workshop.annotate("model-a", claim(ACCEPTS, ["per:zelensky"]))
    assert open_labels(workshop.project, workshop.schema, read_articles(workshop.project).by_id) == ()


def test_one_export_becomes_tables_by_command(workshop: Workshop) -> None:
    workshop.annotate("model-a", claim(ACCEPTS, ["per:zelensky"]))
    [file] = (workshop.project.annotations / "exports").glob("*.json")
    words = ["--project", str(workshop.project.root), "annotate", "tables"]
    result = CliRunner().invoke(commands, [*words, file.name, str(workshop.folder / "out")])
    assert result.output == "1 rounds, 2 annotations\n"
    assert [row["quote"] for row in read_table(workshop.folder / "out" / "annotations.parquet").to_pylist()] == [
        ACCEPTS,
        None,
    ]
    wrong = CliRunner().invoke(commands, [*words, "other.json", str(workshop.folder / "out")])
    assert "export-unknown" in str(wrong.exception)
