"""Against a real server: every article and text is there once, and no label is lost when texts or questions change."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotated_exports import claim
from studio_corpus import ACCEPTS, REFUSED, TEXTS, StudioCorpus
from ukrcorpus.annotate.exchange.push_report import PushReport
from ukrcorpus.annotate.tasks import Json, Row
from ukrcorpus.core.problems import CorpusError

KREMLIN = claim(REFUSED, ["org:ru_presidency"], voice="enacted", polarity="-2")
KYIV = claim(ACCEPTS, ["gov:ua"])


def seen(corpus: StudioCorpus) -> tuple[object, ...]:
    """Return all that a push could change."""
    files = {path.name: path.read_bytes() for path in corpus.project.annotations.iterdir() if path.is_file()}
    return corpus.tasks(), corpus.remote(), files


def test_a_second_push_changes_nothing(corpus: StudioCorpus) -> None:
    first = corpus.push()
    assert (first.n_new, first.n_same, first.exit_code) == (3, 0, 0)
    before = seen(corpus)
    second = corpus.push()
    assert (second.n_new, second.n_same, second.findings) == (0, 3, ())
    assert seen(corpus) == before


def test_tasks_bring_text_hash_and_step_and_the_ledger_says_where_they_are(corpus: StudioCorpus) -> None:
    corpus.push()
    tasks = {one["id"]: one["data"] for one in corpus.tasks()}
    assert {one["article_id"] for one in tasks.values()} == set(TEXTS)
    assert {one["step"] for one in tasks.values()} == {"both"}
    for line in corpus.ledger():
        data = tasks[line["task_id"]]
        assert (line["article_id"], line["text_sha256"]) == (data["article_id"], data["text_sha256"])
        assert (line["server"], line["blind"], line["suggestion_version"]) == ("lab", False, None)
    assert "127.0.0.1" not in json.dumps(corpus.ledger())


def test_nothing_is_sent_of_a_withdrawn_article(corpus: StudioCorpus) -> None:
    corpus.push(articles=("talks", "ports"))
    report = corpus.push(withdrawn=frozenset({"talks", "votes"}))
    assert (report.n_new, report.n_same) == (0, 1)
    assert [one.rule for one in report.findings] == ["push-gone"]
    with pytest.raises(CorpusError) as refused:
        corpus.push(withdrawn=frozenset({"talks"}), articles=("talks",))
    assert str(refused.value) == (
        "--articles: the article 'talks' was withdrawn. [push-article]\n"
        "  Leave it out; raw/withdrawals.toml has its tombstone."
    )


def test_of_projects_that_were_made_at_the_same_time_the_first_stays(corpus: StudioCorpus) -> None:
    for _ in range(2):
        corpus.call("POST", "/api/projects/", {"title": "twins", "label_config": "<View></View>"})
    with corpus.client() as client:
        first, second = sorted(client.projects("twins"), key=lambda one: one.id)
        corpus.call("POST", f"/api/projects/{first.id}/import", [{"data": {"text": "kept"}}])
        assert client.make_project("twins", "<View></View>", "").id == first.id
        assert [one.id for one in client.projects("twins")] == [first.id]
    assert second.id != first.id


def test_only_what_is_missing_is_sent(corpus: StudioCorpus) -> None:
    assert corpus.push(articles=("talks",)).n_new == 1
    whole = corpus.push()
    assert (whole.n_new, whole.n_same) == (2, 1)
    assert len(corpus.tasks()) == 3


def test_a_lost_ledger_is_written_again_from_the_server(corpus: StudioCorpus) -> None:
    corpus.push(blind=True)
    path = corpus.project.annotations / "pushes.jsonl"
    before = path.read_bytes()
    path.unlink()
    assert corpus.push(blind=True).n_same == 3
    assert path.read_bytes() == before


def test_a_changed_text_is_refused_with_what_is_at_stake(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN, KYIV)
    corpus.draft("talks", KYIV)
    corpus.correct("talks", "Talks go on", "The talks go on")
    before = seen(corpus)
    with pytest.raises(CorpusError, match="push-text-changed") as refused:
        corpus.push()
    assert "talks (2 labels). At stake: 2 labels in 1 annotations, and 1 drafts" in refused.value.what
    assert seen(corpus) == before


def test_a_changed_text_takes_its_proved_labels_along(corpus: StudioCorpus) -> None:
    corpus.push()
    old = corpus.label("talks", KREMLIN, KYIV)
    corpus.correct("talks", "The Kremlin refused", "On Monday, The Kremlin refused")
    report = corpus.push(on_change="reanchor")
    assert (report.n_replaced, report.n_carried, report.n_open, report.n_left) == (1, 2, 0, 1)
    task = corpus.task("talks")
    [carried] = task["annotations"]
    assert carried["completed_by"] == old["completed_by"]
    assert (carried["lead_time"], carried["ground_truth"]) == (12.5, False)
    text = task["data"]["text"]
    quotes = {text[i["value"]["start"] : i["value"]["end"]] for i in carried["result"] if "start" in i["value"]}
    assert quotes == {REFUSED, ACCEPTS}
    before = seen(corpus)
    assert corpus.push(on_change="reanchor").n_same == 3
    assert seen(corpus) == before


def test_labels_that_nothing_proves_wait_for_a_human_and_stay_on_the_older_task(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN, KYIV)
    corpus.correct("talks", "refused to stop", "declined to stop")
    report = corpus.push(on_change="reanchor")
    assert (report.n_carried, report.n_open, report.n_left) == (1, 1, 1)
    [path] = (corpus.project.annotations / "worklists").iterdir()
    [line] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert (line["article_id"], line["quote"], line["fate"]) == ("talks", REFUSED, "fuzzy")
    [[start, end, _]] = line["candidates"]
    assert corpus.task("talks")["data"]["text"][start:end] == "The Kremlin declined to stop the fighting"
    assert sorted(one["total_annotations"] for one in corpus.tasks() if one["data"]["article_id"] == "talks") == [1, 1]


def test_a_changed_text_that_nobody_labelled_leaves_no_second_task(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.correct("talks", "Talks go on", "The talks go on")
    report = corpus.push(on_change="reanchor")
    assert (report.n_replaced, report.n_left) == (1, 0)
    assert len(corpus.tasks()) == 3


def test_a_configuration_that_would_break_labels_is_refused_with_their_counts(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN)
    config = corpus.remote().config
    other = config.replace('alias="enacted"', 'alias="acted"')
    with corpus.client() as client:
        client.change_project(corpus.remote().id, label_config=other)
    corpus.label("votes", claim("Nobody spoke against it", voice="acted"))
    with pytest.raises(CorpusError, match=r"there: voice=acted \(1\)\. \[push-config\]"):
        corpus.push()
    assert corpus.remote().config == other


def test_a_configuration_that_breaks_nothing_is_set(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN)
    config = corpus.remote().config
    with corpus.client() as client:
        client.change_project(corpus.remote().id, label_config=config.replace('alias="author"', 'alias="writer"'))
    corpus.push()
    assert corpus.remote().config == config


def suggested(corpus: StudioCorpus, version: str, **over: object) -> PushReport:
    """Push with one suggestion an article: its first four characters as a mention."""

    def suggest(_: Row) -> Json:
        value = {"start": 0, "end": 4, "labels": ["mention"], **over}
        item = {"id": "s1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
        return {"model_version": version, "score": 0.5, "result": [item]}

    return corpus.push(suggester=suggest)


def test_suggestions_of_every_version_are_shown_and_the_ledger_says_whose_they_are(corpus: StudioCorpus) -> None:
    corpus.push(articles=("ports",))
    first = suggested(corpus, "gazetteer 1")
    assert [one.rule for one in first.findings] == ["push-suggestions"]
    versions = {line["article_id"]: line["suggestion_version"] for line in corpus.ledger()}
    assert versions == {"ports": None, "talks": "gazetteer 1", "votes": "gazetteer 1"}
    shown = {one["data"]["article_id"]: [p["model_version"] for p in one["predictions"]] for one in corpus.tasks()}
    model = corpus.call("GET", f"/api/projects/{corpus.remote().id}/")["model_version"]
    assert shown == {"ports": [], "talks": [model], "votes": [model]}
    before = seen(corpus)
    assert {one.rule for one in suggested(corpus, "gazetteer 2").findings} == {"push-suggestions"}
    assert seen(corpus) == before


def test_with_one_bad_suggestion_nothing_is_sent(corpus: StudioCorpus) -> None:
    report = suggested(corpus, "gazetteer 1", end=4000)
    assert ({one.rule for one in report.findings}, report.exit_code) == ({"prediction-offsets"}, 1)
    with corpus.client() as client:
        assert client.projects(report.title) == ()


def test_tasks_that_nobody_touched_get_what_the_schema_offers_now_and_labelled_ones_stay(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN)
    old = {one["data"]["article_id"]: one["data"] for one in corpus.tasks()}
    actors = tuple(one for one in corpus.schema.actors if one.id != "gov:tr")
    corpus.schema = replace(corpus.schema, actors=actors, scheme_version="9.9.9")
    report = corpus.push()
    now = {one["data"]["article_id"]: one["data"] for one in corpus.tasks()}
    assert (report.n_renewed, [one.rule for one in report.findings]) == (2, ["push-outdated"])
    assert now["talks"] == old["talks"]
    assert (now["ports"]["scheme_version"], now["ports"]["text"]) == ("9.9.9", old["ports"]["text"])
    assert "gov:tr" not in {one["value"] for one in now["ports"]["actor_options"]}
    assert corpus.push().n_renewed == 0
    schemes = {line["article_id"]: line["scheme_version"] for line in corpus.ledger()}
    assert schemes == {"ports": "9.9.9", "talks": old["talks"]["scheme_version"], "votes": "9.9.9"}


def test_a_push_without_suggestions_takes_nothing_from_tasks_that_show_some(corpus: StudioCorpus) -> None:
    suggested(corpus, "gazetteer 1")
    corpus.schema = replace(corpus.schema, scheme_version="9.9.9")
    before = seen(corpus)
    report = corpus.push()
    assert [(one.rule, one.got) for one in report.findings] == [
        ("push-suggestions", "3 tasks with suggestions of gazetteer 1")
    ]
    assert (report.n_renewed, seen(corpus)[0]) == (0, before[0])


def test_a_title_that_two_projects_have_is_refused(corpus: StudioCorpus) -> None:
    corpus.push()
    title = corpus.remote().title
    corpus.call("POST", "/api/projects/", {"title": title})
    with pytest.raises(CorpusError, match="push-project"):
        corpus.push()


def test_tasks_of_others_stay_and_are_named(corpus: StudioCorpus) -> None:
    corpus.push()
    data = corpus.task("talks")["data"] | {"article_id": None, "text": "by hand"}
    corpus.call("POST", f"/api/projects/{corpus.remote().id}/import", [{"data": data}])
    report = corpus.push()
    assert [(one.rule, one.severity.value) for one in report.findings] == [("push-foreign", "note")]
    assert len(corpus.tasks()) == 4


def test_an_article_that_is_not_there_is_refused(corpus: StudioCorpus) -> None:
    with pytest.raises(CorpusError, match=r"no article 'talk' with a text\. \[push-article\]\n  Did you mean 'talks'"):
        corpus.push(articles=("talk",))


def test_a_step_that_cannot_be_pushed_is_refused(corpus: StudioCorpus) -> None:
    with pytest.raises(CorpusError, match="push-step"):
        corpus.push(step="unit")


@pytest.mark.parametrize("made_by", ["ukrcorpus", "somebody"])
def test_what_is_there_twice_is_removed_if_a_push_made_it_and_nobody_touched_it(
    corpus: StudioCorpus, made_by: str
) -> None:
    corpus.push()
    task = {"data": corpus.task("talks")["data"], "meta": {"made_by": made_by}}
    corpus.call("POST", f"/api/projects/{corpus.remote().id}/import", [task])
    report = corpus.push()
    assert len(corpus.tasks()) == (3 if made_by == "ukrcorpus" else 4)
    assert [one.rule for one in report.findings] == ([] if made_by == "ukrcorpus" else ["push-twice"])


def test_of_two_with_labels_both_stay(corpus: StudioCorpus) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN)
    task = {"data": corpus.task("talks")["data"], "meta": {"made_by": "ukrcorpus"}}
    corpus.call("POST", f"/api/projects/{corpus.remote().id}/import", [task])
    corpus.label("talks", KYIV)
    report = corpus.push()
    assert ([one.rule for one in report.findings], len(corpus.tasks())) == (["push-twice"], 4)


def test_the_ledger_refuses_a_line_that_is_none(corpus: StudioCorpus) -> None:
    path: Path = corpus.project.annotations / "pushes.jsonl"
    path.write_text('{"server": "lab"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"pushes.jsonl: line 1: the key 'project_id' is missing\. \[pushes-ledger\]"):
        corpus.push()


def test_a_push_of_agreed_units_without_any_says_so(corpus: StudioCorpus) -> None:
    with pytest.raises(CorpusError, match=r"annotations: no unit is agreed on\. \[push-empty\]"):
        corpus.push(step="codes")
