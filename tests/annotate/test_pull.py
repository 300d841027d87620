"""Against a real server: labels come home once, as received, with what the push knew of their passes."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from annotated_exports import claim, result
from studio_corpus import ACCEPTS, REFUSED, StudioCorpus
from ukrcorpus.annotate.pseudonyms import find_addresses
from ukrcorpus.cli import commands
from ukrcorpus.core.problems import CorpusError

KREMLIN = claim(REFUSED, ["org:ru_presidency"], voice="enacted", polarity="-2")
KYIV = claim(ACCEPTS, ["gov:ua"])


def exported(corpus: StudioCorpus, number: int = -1) -> list[Any]:
    """Return the tasks of an imported export."""
    path = corpus.project.annotations / "exports" / corpus.exports()[number]["file"]
    return list(json.loads(path.read_text(encoding="utf-8")))


def test_a_second_pull_finds_nothing_new_and_a_third_takes_only_what_is(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN)
    corpus.draft("votes", claim("Nobody spoke against it"))
    first = corpus.pull()
    assert [one.n_new for one in first.imports] == [1]
    assert [one["data"]["article_id"] for one in exported(corpus)] == ["talks", "votes"]
    assert find_addresses(exported(corpus)) == ()
    before = corpus.exports()
    assert [one.file for one in corpus.pull().imports] == [None]
    assert corpus.exports() == before
    corpus.label("ports", claim("Turkey supports a truce at sea"))
    corpus.pull()
    [task] = exported(corpus)
    assert (task["data"]["article_id"], len(task["annotations"]), task["drafts"]) == ("ports", 1, [])


def test_what_was_pulled_is_what_the_server_sent_but_for_names(corpus: StudioCorpus) -> None:
    corpus.push()
    made = corpus.label("talks", KREMLIN, KYIV)
    corpus.pull()
    [task] = exported(corpus)
    [kept] = task["annotations"]
    changed = {"completed_by", "updated_by", "created_username", "created_ago"}
    assert {key: kept[key] for key in made.keys() - changed} == {key: made[key] for key in made.keys() - changed}
    assert (kept["completed_by"], kept["updated_by"]) == ("annotator-01", "annotator-01")
    assert task["data"] == corpus.task("talks")["data"]


@pytest.mark.parametrize(("name", "annotator"), [("lab", None), ("local-annotator-07", "annotator-07")])
def test_only_on_an_annotators_own_server_a_pass_is_blind(
    corpus: StudioCorpus, name: str, annotator: str | None
) -> None:
    corpus.name = name
    corpus.push(blind=annotator is not None)
    corpus.label("talks", KREMLIN)
    corpus.pull(annotator)
    [line] = corpus.exports()
    assert (line["server"], line["step"], line["suggestions_shown"]) == (name, "both", False)
    assert line["blind"] is (annotator is not None)
    assert line["file"].startswith(f"{annotator or 'annotator-01'}-")


def test_a_changed_annotation_is_taken_only_when_asked_for(corpus: StudioCorpus) -> None:
    corpus.push()
    made = corpus.label("talks", KREMLIN)
    corpus.pull()
    items = result(corpus.task("talks")["data"]["text"], [KREMLIN, KYIV], corpus.schema)
    corpus.call("PATCH", f"/api/annotations/{made['id']}/", {"result": items})
    report = corpus.pull()
    assert [(one.rule, one.severity.value) for one in report.findings] == [("annotation-changed", "error")]
    assert (report.exit_code, len(corpus.exports())) == (1, 1)
    again = corpus.pull(replace=True)
    assert [one.n_replaced for one in again.imports] == [1]
    assert corpus.exports()[-1]["replaces"] == [corpus.exports()[0]["file"]]
    assert corpus.pull().findings == ()


def test_what_somebody_else_changed_is_a_finding_and_not_blind(corpus: StudioCorpus) -> None:
    corpus.name = "local-annotator-08"
    corpus.push(blind=True)
    address = f"other-{corpus.remote().id}@example.org"
    other = corpus.call("POST", "/api/users/", {"email": address, "username": address})["id"]
    corpus.label("talks", KREMLIN, completed_by=other)  # stored by the owner of the token
    report = corpus.pull("annotator-08")
    assert [one.rule for one in report.findings] == ["annotation-edited"]
    assert (report.exit_code, [one["blind"] for one in corpus.exports()]) == (1, [False])


def test_with_two_annotators_on_one_server_no_pass_is_blind(corpus: StudioCorpus) -> None:
    corpus.name = "local-annotator-06"
    corpus.push(blind=True)
    address = f"other-{corpus.remote().id}@example.org"
    other = corpus.call("POST", "/api/users/", {"email": address, "username": address})["id"]
    corpus.label("talks", KREMLIN)
    corpus.label("votes", completed_by=other)
    report = corpus.pull("annotator-06")
    assert {one.rule for one in report.findings} == {"pull-several", "annotation-edited"}
    assert [one["blind"] for one in corpus.exports()] == [False]


def test_work_that_no_push_recorded_is_set_aside_by_name(corpus: StudioCorpus) -> None:
    corpus.push()
    data = corpus.task("talks")["data"] | {"article_id": "by-hand"}
    corpus.call("POST", f"/api/projects/{corpus.remote().id}/import", [{"data": data}])
    corpus.label("by-hand", KREMLIN)
    report = corpus.pull()
    assert [one.rule for one in report.findings] == ["pull-unrecorded"]
    assert (report.imports, report.exit_code) == ((), 1)


def test_without_a_ledger_the_task_itself_says_how_it_was_pushed(corpus: StudioCorpus) -> None:
    corpus.name = "local-annotator-09"
    corpus.push(blind=True)
    corpus.label("talks", KREMLIN)
    (corpus.project.annotations / "pushes.jsonl").unlink()
    assert corpus.pull("annotator-09").findings == ()
    assert [one["blind"] for one in corpus.exports()] == [True]


def test_a_server_without_the_corpus_is_told_from_one_without_labels(corpus: StudioCorpus) -> None:
    with pytest.raises(CorpusError, match="pull-nothing"):
        corpus.pull()
    corpus.push()
    assert (corpus.pull().imports, corpus.pull().exit_code) == ((), 0)


def test_the_commands_push_and_pull_without_showing_the_token(
    corpus: StudioCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", corpus.server.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", corpus.server.token)
    said = [run(corpus, "push", "--server", "lab", "--articles", "talks", "--articles", "votes")]
    corpus.label("talks", KREMLIN)
    said += [run(corpus, "push", "--server", "lab"), run(corpus, "pull", "--server", "lab")]
    assert [one.exit_code for one in said] == [0, 0, 0]
    assert "on lab: 2 new, 0 there already" in said[0].output
    assert "on lab: 1 new, 2 there already" in said[1].output
    assert "from lab: 1 new, 0 replaced, 0 known" in said[2].output
    assert corpus.server.token not in "".join(one.output for one in said)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Name the server"),
        (["--server", "lab", "--annotator", "annotator-01"], "Name the server"),
        (["--server", "local-one"], "server-name"),
        (["--server", "Lab 1"], "server-name"),
        (["--server", "lab"], "server-url"),
        (["--annotator", "annotator-01"], "studio-down"),
    ],
)
def test_a_server_that_is_not_named_well_is_refused(
    corpus: StudioCorpus, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    monkeypatch.delenv("LABEL_STUDIO_URL", raising=False)
    failed = run(corpus, "pull", *words)
    assert failed.exit_code != 0
    assert message in failed.output + str(failed.exception)


def run(corpus: StudioCorpus, *words: str) -> Result:
    """Run ``ukrcorpus studio``."""
    return CliRunner().invoke(commands, ["--project", str(corpus.project.root), "studio", *words])


def test_a_pull_leaves_no_snapshot_behind(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.pull()
    assert corpus.call("GET", f"/api/projects/{corpus.remote().id}/exports/") == []
