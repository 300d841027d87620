"""Against a real server: what annotators are at odds about goes to a curator, and comes home as decisions."""

from typing import Any

import pytest

from annotated_exports import Mark, answer, claim
from studio_corpus import ACCEPTS, REFUSED, StudioCorpus
from ukrcorpus.annotate.adjudication.reviews import take_reviews
from ukrcorpus.annotate.run import AnnotateReport, mint_ids, run_annotate
from ukrcorpus.annotate.suggest.suggestions import Suggester
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import read_table

Json = dict[str, Any]
KYIV = claim(ACCEPTS, ["gov:ua"])
KREMLIN = claim(REFUSED, ["org:ru_presidency"], voice="enacted", polarity="-2")


def user(corpus: StudioCorpus, name: str) -> int:
    """Return the id of a member of the server."""
    address = f"{name}-{corpus.remote().id}@example.org"
    return int(corpus.call("POST", "/api/users/", {"email": address, "username": address})["id"])


def labelled(corpus: StudioCorpus, *versions: tuple[Mark, ...]) -> None:
    """Have as many annotators as there are versions label an article, and pull."""
    corpus.push()
    for number, marks in enumerate(versions):
        corpus.label("talks", *marks, completed_by=user(corpus, f"annotator{number}"))
    corpus.pull()


def run(corpus: StudioCorpus) -> AnnotateReport:
    mint_ids(corpus.project, corpus.schema)
    return run_annotate(corpus.project, corpus.schema)


def rows(corpus: StudioCorpus, table: str) -> list[Json]:
    return list(read_table(corpus.project.table("annotate", table)).to_pylist())


def under_review(corpus: StudioCorpus) -> Json:
    """Return the only review task with its predictions, as a browser gets it."""
    [task] = corpus.tasks("adjudication")
    return dict(corpus.call("GET", f"/api/tasks/{task['id']}/"))


def answered(corpus: StudioCorpus, task: Json, by: str = "curator", **given: str) -> None:
    """Submit what the editor makes of the prediction and of answers about the first span."""
    items = [{**item, "origin": "prediction"} for item in task["predictions"][0]["result"]]
    first = next(item for item in items if item["from_name"] == "label")
    span = {key: first["value"][key] for key in ("start", "end", "text")}
    items += [answer(name, value, corpus.schema, first["id"], span) for name, value in given.items()]
    body = {"result": items, "lead_time": 30.0, "completed_by": user(corpus, by)}
    corpus.call("POST", f"/api/tasks/{task['id']}/annotations/", body)


def test_a_conflict_goes_to_a_curator_and_comes_back_as_what_the_build_shows(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV, KREMLIN), (claim(ACCEPTS, ["gov:ua"], polarity="-1"), KREMLIN))
    assert run(corpus).causes() == {"polarity": (0, 1)}
    assert corpus.push(step="adjudication").findings == ()
    task = under_review(corpus)
    assert [unit["open"] for unit in task["data"]["review_units"]] == [["polarity:ceasefire"]]
    answered(corpus, task, polarity="1", note="It would, under conditions.")
    corpus.pull()
    assert [line["blind"] for line in corpus.exports() if line["step"] == "adjudication"] == [False]
    assert "suggestions-unannounced" not in {one.rule for one in run(corpus).findings}
    taken = take_reviews(corpus.project, corpus.schema)
    assert (taken.findings, taken.n_decisions) == ((), 1)
    assert run(corpus).causes() == {"polarity": (1, 0)}
    [row] = [row for row in rows(corpus, "claims") if row["quote"] == ACCEPTS]
    assert (row["decided_by"], row["curator_annotated"], row["n_annotators"]) == ("curator", False, 2)
    stances = {one["claim_id"]: (one["polarity"], one["decided_by"]) for one in rows(corpus, "stances")}
    assert stances[row["claim_id"]] == (1, "curator")
    votes = sorted(one["polarity"] for one in rows(corpus, "votes") if one["claim_id"] == row["claim_id"])
    assert votes == [-1, 2]
    assert corpus.push(step="adjudication").n_new == 0
    assert len(corpus.tasks("adjudication")) == 1  # it holds the curator's answers


def test_a_new_conflict_in_a_reviewed_article_is_asked_about_in_a_task_of_its_own(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV, KREMLIN), (claim(ACCEPTS, ["gov:ua"], polarity="-1"), KREMLIN))
    corpus.push(step="adjudication")
    answered(corpus, under_review(corpus), polarity="1")
    assert corpus.push(step="adjudication").n_same == 1  # answered, not pulled yet: the same is open
    corpus.pull()
    take_reviews(corpus.project, corpus.schema)
    other = claim(REFUSED, ["org:ru_presidency"], voice="enacted", polarity="-1")
    corpus.label("talks", KYIV, other, completed_by=user(corpus, "third"))
    corpus.label("talks", claim(ACCEPTS, ["gov:ua"], polarity="-1"), other, completed_by=user(corpus, "fourth"))
    corpus.pull()
    assert [corpus.push(step="adjudication").n_new for _ in range(2)] == [1, 0]
    first, second = sorted(corpus.tasks("adjudication"), key=lambda one: int(one["id"]))
    assert (first["total_annotations"], second["total_annotations"]) == (1, 0)
    assert [unit["open"] for unit in second["data"]["review_units"]] == [["polarity:ceasefire"]]
    answered(corpus, dict(corpus.call("GET", f"/api/tasks/{second['id']}/")), "again", polarity="-2")
    corpus.pull()
    assert take_reviews(corpus.project, corpus.schema).n_decisions == 2
    assert run(corpus).causes() == {"polarity": (2, 0)}


def test_review_tasks_that_nobody_touched_follow_what_is_open(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV, KREMLIN), (claim(ACCEPTS, ["gov:ua"], polarity="-1"), KREMLIN))
    corpus.push(step="adjudication")
    before = under_review(corpus)
    assert corpus.push(step="adjudication").n_same == 1
    assert under_review(corpus)["id"] == before["id"]
    corpus.label("talks", claim(ACCEPTS, ["gov:ua"], polarity="0"), completed_by=user(corpus, "third"))
    corpus.pull()
    assert corpus.push(step="adjudication").n_new == 1
    assert ": Neutral\n" in under_review(corpus)["data"]["review"]
    corpus.label("talks", KYIV, KREMLIN, completed_by=user(corpus, "fourth"))
    corpus.label("talks", KYIV, KREMLIN, completed_by=user(corpus, "fifth"))
    corpus.pull()
    corpus.push(step="adjudication")
    assert corpus.tasks("adjudication") == []


def test_without_conflicts_there_is_nothing_to_review(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV,), (KYIV,))
    with pytest.raises(CorpusError, match="no conflict is open"):
        corpus.push(step="adjudication")


def test_units_that_annotators_agree_on_are_sent_to_be_coded(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV, KREMLIN), (KYIV,))
    corpus.push(step="codes")
    [task] = corpus.tasks("codes")
    [shown] = corpus.call("GET", f"/api/tasks/{task['id']}/")["predictions"]
    text = task["data"]["text"]
    assert [text[one["value"]["start"] : one["value"]["end"]] for one in shown["result"]] == [ACCEPTS]


def test_a_label_that_lost_its_place_goes_to_a_curator_and_comes_back_placed(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV, KREMLIN), (KYIV, KREMLIN))
    corpus.correct("talks", "refused to stop", "would not end")
    assert "span-gone" in {one.rule for one in run(corpus).findings}
    corpus.push(step="adjudication")
    task = under_review(corpus)
    assert "1 label has no sure place" in task["data"]["review"]
    answered(corpus, task)
    corpus.pull()
    assert take_reviews(corpus.project, corpus.schema).files == ("annotations/places.jsonl",)
    assert "span-gone" not in {one.rule for one in run(corpus).findings}
    claims = {row["quote"]: row["decided_by"] for row in rows(corpus, "claims")}
    assert claims == {ACCEPTS: "agreement", "The Kremlin would not end the fighting": "agreement"}


def test_a_review_is_not_carried_to_another_text(corpus: StudioCorpus) -> None:
    labelled(corpus, (KYIV,), (KREMLIN,))
    with pytest.raises(CorpusError, match="a review cannot follow a changed text"):
        corpus.push(step="adjudication", on_change="reanchor")


def test_a_push_with_suggestions_has_claims_among_them(corpus: StudioCorpus) -> None:
    suggester = Suggester.of(corpus.schema)
    corpus.push(suggester=suggester)
    assert {line["suggestion_version"] for line in corpus.ledger()} == {suggester.version}
    task = corpus.call("GET", f"/api/tasks/{corpus.task('talks')['id']}/")
    assert "claim" in {
        item["value"]["labels"][0] for item in task["predictions"][0]["result"] if item["type"] == "labels"
    }


def test_articles_for_a_test_show_no_suggestion_whatever_is_asked_for(corpus: StudioCorpus) -> None:
    path = corpus.project.root / "corpus.toml"
    plain = path.read_text(encoding="utf-8")
    path.write_text('without_suggestions = ["talks"]\n' + plain, encoding="utf-8")
    report = corpus.push(suggester=Suggester.of(corpus.schema))
    task = corpus.task("talks")
    assert corpus.call("GET", f"/api/tasks/{task['id']}/")["predictions"] == []
    assert [line["suggestion_version"] for line in corpus.ledger() if line["task_id"] == task["id"]] == [None]
    [note] = [one for one in report.findings if one.rule == "push-unsuggested"]
    assert "talks" in note.got
    path.write_text('without_suggestions = ["talk"]\n' + plain, encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        corpus.push(suggester=Suggester.of(corpus.schema))
    assert str(refused.value) == (
        "corpus.toml: without_suggestions: no article 'talk'. [corpus-toml-value]\n  Did you mean 'talks'?"
    )
