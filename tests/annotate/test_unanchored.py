import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from click.testing import CliRunner

from annotated_exports import ACCEPTS, ARTICLE, REFUSES, SUPPORTS, Workshop, answer, claim, hand_in, mention
from ukrcorpus.annotate.adjudication.review import review_tasks
from ukrcorpus.annotate.adjudication.reviews import take_reviews
from ukrcorpus.annotate.articles import read_articles
from ukrcorpus.annotate.spans.places import Place, places_path, read_places
from ukrcorpus.annotate.spans.unanchored import open_labels
from ukrcorpus.cli import commands
from ukrcorpus.core.problems import CorpusError, Severity
from ukrcorpus.core.tables import read_table, sha256
from ukrcorpus.measure.matching import Span

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


def test_a_review_shows_the_label_at_its_best_place_and_a_curator_confirms_it(older: Workshop) -> None:
    [review] = review_tasks(older.project, older.schema)
    assert "label 1. Claim** of model\\-a: …" in review["data"]["review"]
    assert "**[**Turkey openly supports a truce at sea**]**" in review["data"]["review"]
    items = review["predictions"][0]["result"]
    assert [item["value"]["text"] for item in items if item["value"].get("labels")] == [SUPPORTS]
    report = hand_in(older, items)
    assert report.as_text() == "wrote annotations/places.jsonl\n1 reviews, 0 decisions from them"
    assert open_labels(older.project, older.schema, read_articles(older.project).by_id) == ()
    assert {one.rule for one in older.run().findings} == {"task-text-changed"}
    [placed] = [row for row in older.rows("annotations") if row["region_id"] == "r3"]
    assert (placed["quote"], placed["source_ids"], placed["type"]) == (SUPPORTS, ["gov:tr"], "fact")
    assert review_tasks(older.project, older.schema) == []
    assert take_reviews(older.project, older.schema).files == ()


def test_a_label_is_given_up_by_taking_it_away(older: Workshop) -> None:
    [review] = review_tasks(older.project, older.schema)
    report = hand_in(older, [item for item in review["predictions"][0]["result"] if item["id"] != "label-1"])
    assert report.exit_code == 0
    [place] = read_places(older.project).values()
    assert (place.span, place.curator) == (None, "curator-c")
    given_up = next(one for one in older.run().findings if one.rule == "span-given-up")
    assert given_up.severity is Severity.NOTE
    assert open_labels(older.project, older.schema, read_articles(older.project).by_id) == ()
    assert not [row for row in older.rows("annotations") if row["region_id"] == "r3"]


def test_a_label_is_marked_anew_elsewhere_by_its_name(older: Workshop) -> None:
    [review] = review_tasks(older.project, older.schema)
    kept = [item for item in review["predictions"][0]["result"] if item["id"] != "label-1"]
    anew = claim(REFUSES, ["gov:tr"], note="Label 1: the sentence was told anew").items(older.text, "n1", older.schema)
    assert hand_in(older, kept + anew).findings == ()
    [place] = read_places(older.project).values()
    assert place.span == Span(older.text.index(REFUSES), older.text.index(REFUSES) + len(REFUSES))
    assert place.reason == "Label 1: the sentence was told anew"


def test_what_a_review_leaves_open_stays_open(workshop: Workshop) -> None:
    text = workshop.text.replace(SUPPORTS, "Qzxw")
    lost = claim("Qzxw", ["gov:tr"])
    replace(workshop, text=text).annotate("model-a", lost, mention("Kremlin", "org:ru_presidency"))
    [review] = review_tasks(workshop.project, workshop.schema)
    [offered] = review["data"]["review_labels"]
    line = workshop.text[offered["start"] : offered["end"]]
    assert (offered["guess"], line.startswith("On 16 May"), line.endswith("nobody.")) == (False, True, True)
    [finding] = hand_in(workshop, review["predictions"][0]["result"]).findings
    assert (finding.rule, finding.got) == ("review-open", "the whole line, as it was shown")
    assert len(open_labels(workshop.project, workshop.schema, read_articles(workshop.project).by_id)) == 1


def test_two_spans_for_one_label_and_changed_answers(older: Workshop) -> None:
    [review] = review_tasks(older.project, older.schema)
    items = review["predictions"][0]["result"]
    anew = claim(REFUSES, ["gov:tr"], note="label 1").items(older.text, "n1", older.schema)
    [finding] = hand_in(older, items + anew).findings
    assert (finding.rule, finding.got) == ("review-open", "2 spans")
    place = next(item["value"] for item in items if item["id"] == "label-1")
    span = {key: place[key] for key in ("start", "end", "text")}
    other = [item for item in items if (item["id"], item["from_name"]) != ("label-1", "voice")]
    other.append(answer("voice", "ascribed", older.schema, "label-1", span))
    notes = [one for one in hand_in(older, other, "curator-d", "second").findings if one.rule != "review-open"]
    assert [(one.rule, one.severity) for one in notes] == [("review-answers", Severity.NOTE)]
    assert [one.span is not None for one in read_places(older.project).values()] == [True]


def test_equal_labels_of_two_annotators_are_placed_at_once(older: Workshop) -> None:
    text = "Truce talks\n" + older.text.partition("\n")[2].replace("Turkey supports", "Turkey openly supports")
    replace(older, text=text, n_annotations=5).annotate(
        "model-b", claim("Turkey openly supports a truce at sea", ["gov:tr"])
    )
    [review] = review_tasks(older.project, older.schema)
    assert "of model\\-a, model\\-b" in review["data"]["review"]
    hand_in(older, review["predictions"][0]["result"])
    assert len(read_places(older.project)) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": None}, "start, end and quote_sha256 stand together, or none of them does."),
        ({"start": "8"}, "start is '8'."),
        ({"place": 1}, "unknown key 'place'."),
    ],
)
def test_a_damaged_file_of_places(older: Workshop, change: dict[str, object], message: str) -> None:
    line = place_in(older) | change
    places_path(older.project).write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        older.run()
    assert str(refused.value).startswith(f"annotations/places.jsonl: line 1: {message} [places-file]")


def test_a_place_by_hand_counts_and_its_words_are_proved(older: Workshop) -> None:
    line = place_in(older)
    places_path(older.project).write_text(json.dumps(line) + "\n", encoding="utf-8")
    older.run()
    assert [row["quote"] for row in older.rows("annotations") if row["region_id"] == "r3"] == [REFUSES]
    places_path(older.project).write_text(json.dumps(line | {"start": line["start"] + 1}) + "\n", encoding="utf-8")
    [finding] = [one for one in older.run().findings if one.rule == "span-place"]
    assert finding.expected == "the words whose hash stands in annotations/places.jsonl"
    assert review_tasks(older.project, older.schema) == []


def place_in(older: Workshop) -> dict[str, Any]:
    """Return a place by hand for the label that waits."""
    [one] = open_labels(older.project, older.schema, read_articles(older.project).by_id)
    start = older.text.index(REFUSES)
    place = Place(ARTICLE, one.round_id, one.region_id, older.sha256, start, start + len(REFUSES), None, "curator-c")
    return asdict(replace(place, quote_sha256=sha256(REFUSES.encode())))


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
