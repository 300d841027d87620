from dataclasses import replace
from datetime import date

import pytest

from annotated_exports import ACCEPTS, ARTICLE, HELPS, REFUSES, SUPPORTS, Mark, Workshop, claim, mention, result
from ukrcorpus.annotate.run import TABLES, AnnotateReport, mint_ids, run_annotate
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Schema

ZELENSKYY = claim(ACCEPTS, ["per:zelensky"])
KREMLIN = claim(REFUSES, ["org:ru_presidency"], voice="enacted", polarity="-2")
NAME = mention("Volodymyr Zelenskyy", "per:zelensky")


def rules(report: AnnotateReport) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_what_all_annotators_have_becomes_a_claim_with_sources_issues_stances_and_votes(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY, NAME)
    workshop.annotate("model-b", ZELENSKYY, NAME)
    report = workshop.run()
    assert (report.findings, report.conflicts) == ((), ())
    [row] = workshop.rows("claims")
    assert workshop.text[row["start"] : row["end"]] == row["quote"] == ACCEPTS
    said = {
        key: row[key]
        for key in ("type", "voice", "tier", "date", "date_source", "decided_by", "n_annotators", "n_agree")
    }
    assert said == {
        "type": "position",
        "voice": "stated",
        "tier": 1,
        "date": date(2025, 5, 16),
        "date_source": "text",
        "decided_by": "agreement",
        "n_annotators": 2,
        "n_agree": 2,
    }
    [stance] = workshop.rows("stances")
    assert (stance["actor_id"], stance["issue"], stance["polarity"], stance["n_agree"]) == (
        "per:zelensky",
        "ceasefire",
        2,
        2,
    )
    assert [(vote["annotator"], vote["agrees"]) for vote in workshop.rows("votes")] == [
        ("model-a", True),
        ("model-b", True),
    ]
    [named] = workshop.rows("mentions")
    assert (named["quote"], named["actor_ids"], named["form"]) == ("Volodymyr Zelenskyy", ["per:zelensky"], "name")
    assert workshop.rows("articles")[0]["genre"] == "news_report"


def test_a_claim_without_a_polarity_keeps_its_sources_and_issues(workshop: Workshop) -> None:
    silent = claim(ACCEPTS, ["per:zelensky"], type="fact", polarity="none", issue2="limited_truce", polarity2="none")
    workshop.annotate("model-a", silent)
    workshop.run()
    assert [row["issue"] for row in workshop.rows("claim_issues") if row["is_primary"]] == ["ceasefire"]
    assert len(workshop.rows("claim_issues")) == 2
    assert [row["actor_id"] for row in workshop.rows("claim_sources")] == ["per:zelensky"]
    assert workshop.rows("stances") == []
    assert {(row["polarity"], row["agrees"]) for row in workshop.rows("votes")} == {(None, True)}


def test_an_undecided_polarity_leaves_out_the_stance_and_nothing_else(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"], polarity="1"))
    report = workshop.run()
    assert [str(conflict.cause) for conflict in report.conflicts] == ["polarity"]
    assert len(workshop.rows("claims")) == 1
    assert workshop.rows("stances") == []
    assert [vote["agrees"] for vote in workshop.rows("votes")] == [False, False]


def test_an_undecided_type_becomes_null_and_is_counted(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"], type="fact"))
    report = workshop.run()
    assert [row["type"] for row in workshop.rows("claims")] == [None]
    assert report.causes() == {"type": (0, 1)}


@pytest.mark.parametrize(
    ("other", "cause"),
    [
        (claim(ACCEPTS, ["per:zelensky"], voice="ascribed"), "voice"),
        (claim(ACCEPTS, ["gov:ua"]), "source"),
        (claim(ACCEPTS, ["per:zelensky"], relayer_ids=["gov:tr"]), "source"),
        (claim(ACCEPTS, ["per:zelensky"], issue="limited_truce"), "issue"),
        (claim(ACCEPTS.removesuffix(" ceasefire"), ["per:zelensky"]), "boundary"),
        (claim(SUPPORTS, ["gov:tr"]), "unit"),
    ],
)
def test_an_undecided_core_of_a_claim_leaves_it_out_and_reports_it(workshop: Workshop, other: Mark, cause: str) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", other)
    report = workshop.run()
    assert workshop.rows("claims") == []
    assert {str(conflict.cause) for conflict in report.conflicts} == {cause}
    assert set(rules(report)) == {"conflict-open"}
    assert "conflict-open" in (workshop.project.quarantine / "annotate.jsonl").read_text(encoding="utf-8")
    assert len([row for row in workshop.rows("annotations") if row["layer"] == "claim"]) == 2


def test_the_author_holds_what_is_said_in_the_authors_voice(workshop: Workshop) -> None:
    workshop.annotate("model-a", claim(HELPS, type="evaluation", voice="author", polarity="none"))
    workshop.annotate("model-b", claim(HELPS, ["pseudo:author"], type="evaluation", voice="author", polarity="none"))
    report = workshop.run()
    assert report.conflicts == ()
    assert [(row["actor_id"], row["role"]) for row in workshop.rows("claim_sources")] == [("pseudo:author", "holder")]
    assert [row["tier"] for row in workshop.rows("claims")] == [3]


def test_a_claim_without_a_source_in_another_voice_is_left_out_with_a_finding(workshop: Workshop) -> None:
    workshop.annotate("model-a", claim(REFUSES))
    report = workshop.run()
    assert rules(report) == ["claim-without-source"]
    assert workshop.rows("claims") == []


@pytest.mark.parametrize(
    ("mark", "rule"),
    [
        (claim(ACCEPTS, ["per:zelensky"], voice=None), "claim-incomplete"),
        (claim(ACCEPTS, ["per:zelensky"], issue=None, polarity=None), "claim-incomplete"),
        (mention("Ankara"), "mention-without-actor"),
    ],
)
def test_a_unit_that_lacks_what_a_row_needs_is_left_out_with_a_finding(
    workshop: Workshop, mark: Mark, rule: str
) -> None:
    workshop.annotate("model-a", mark)
    assert rule in rules(workshop.run())
    assert workshop.rows("claims") == workshop.rows("mentions") == []


def test_the_same_span_twice_is_published_once(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY, claim(ACCEPTS, ["gov:ua"]))
    assert rules(workshop.run()) == ["unit-twice"]
    assert len(workshop.rows("claims")) == 1


def test_a_day_that_annotators_give_comes_before_the_rule(workshop: Workshop) -> None:
    workshop.annotate("model-a", claim(ACCEPTS, ["per:zelensky"], date="2025-05-15"))
    workshop.run()
    [row] = workshop.rows("claims")
    assert (row["date"], row["date_source"], row["date_precision"]) == (date(2025, 5, 15), "text", "day")


def test_of_equal_issues_the_first_annotators_order_stands_without_a_conflict(workshop: Workshop) -> None:
    two = {"issue2": "limited_truce", "polarity2": "-1"}
    turned = {"issue": "limited_truce", "polarity": "-1", "issue2": "ceasefire", "polarity2": "2"}
    workshop.annotate("model-a", claim(ACCEPTS, ["per:zelensky"], **two))
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"], **turned))
    report = workshop.run()
    assert report.conflicts == ()
    assert [row["issue"] for row in workshop.rows("claim_issues") if row["is_primary"]] == ["ceasefire"]
    assert {(row["issue"], row["polarity"], row["n_agree"]) for row in workshop.rows("stances")} == {
        ("ceasefire", 2, 2),
        ("limited_truce", -1, 2),
    }


def test_three_annotators_decide_by_majority(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY, KREMLIN)
    workshop.annotate("model-b", claim(ACCEPTS, ["per:zelensky"], polarity="1"), KREMLIN)
    workshop.annotate("model-c", ZELENSKYY)
    report = workshop.run()
    assert report.conflicts == ()
    claims = {row["quote"]: (row["decided_by"], row["n_agree"]) for row in workshop.rows("claims")}
    assert claims == {ACCEPTS: ("agreement", 3), REFUSES: ("majority", 2)}
    stances = {
        row["actor_id"]: (row["polarity"], row["decided_by"], row["n_agree"]) for row in workshop.rows("stances")
    }
    assert stances == {"per:zelensky": (2, "majority", 2), "org:ru_presidency": (-2, "majority", 2)}


def test_skipped_rounds_and_drafts_are_rows_and_have_no_vote(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b", KREMLIN, was_cancelled=True)
    workshop.run()
    assert [(row["annotator"], row["status"]) for row in workshop.rows("annotation_rounds")] == [
        ("model-a", "submitted"),
        ("model-b", "skipped"),
    ]
    assert [row["quote"] for row in workshop.rows("claims")] == [ACCEPTS]
    assert REFUSES in [row["quote"] for row in workshop.rows("annotations")]


def test_a_round_that_found_nothing_is_a_row_and_a_vote_against(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    workshop.annotate("model-b")
    report = workshop.run()
    assert [row["n_regions"] for row in workshop.rows("annotation_rounds")] == [1, 0]
    assert [str(conflict.cause) for conflict in report.conflicts] == ["unit"]


def test_without_annotations_every_table_is_there_and_empty(workshop: Workshop) -> None:
    report = workshop.run()
    assert report.as_text() == (
        "1 articles, 0 annotation_rounds, 0 annotations, 0 mentions, 0 claims, 0 claim_sources, 0 claim_issues, "
        "0 stances, 0 votes; 0 set aside"
    )
    for name in TABLES:
        table = read_table(workshop.project.table("annotate", name))
        assert table.schema.equals(arrow_schema(workshop.schema.table(name)))


def test_a_unit_without_a_minted_id_is_a_finding_and_no_row(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY)
    report = run_annotate(workshop.project, workshop.schema)
    [finding] = report.findings
    start = workshop.text.index(ACCEPTS)
    assert finding.as_text() == (
        f"{ARTICLE}: claim {start}..{start + len(ACCEPTS)}: error [id-not-minted]\n"
        "  got no id\n"
        "  expected an id in annotations/ids.jsonl\n"
        "  Run ukrcorpus annotate adjudicate; it mints ids into annotations/ids.jsonl. Commit that file."
    )
    assert workshop.rows("claims") == []
    assert (report.n_quarantined, report.exit_code) == (1, 1)


def test_a_round_over_an_older_text_goes_on_where_its_characters_are_still_there(workshop: Workshop) -> None:
    older = replace(
        workshop, text="Truce talks\n" + workshop.text.partition("\n")[2].replace("Turkey supports", "Turkey backs")
    )
    older.annotate("model-a", ZELENSKYY, claim("Turkey backs a truce at sea", ["gov:tr"]))
    report = workshop.run()
    assert rules(report) == ["span-gone", "task-text-changed"]
    [row] = workshop.rows("claims")
    assert row["quote"] == ACCEPTS == workshop.text[row["start"] : row["end"]]
    [made] = workshop.rows("annotation_rounds")
    assert made["text_sha256"] != workshop.sha256
    assert made["n_regions"] == 2


def test_regions_made_from_predictions_are_noted_where_none_were_announced(workshop: Workshop) -> None:
    items = result(workshop.text, [ZELENSKYY], workshop.schema)
    workshop.annotate("model-a", result=[{**items[0], "origin": "prediction"}, *items[1:]])
    assert rules(workshop.run()) == ["suggestions-unannounced"]
    assert [row["origin"] for row in workshop.rows("annotations") if row["start"]] == ["prediction"]


def test_the_same_inputs_give_the_same_bytes(workshop: Workshop) -> None:
    workshop.annotate("model-a", ZELENSKYY, KREMLIN, NAME)
    workshop.annotate("model-b", ZELENSKYY, NAME)
    workshop.run()
    files = sorted((workshop.project.build / "annotate").iterdir())
    first = [file.read_bytes() for file in files]
    mint_ids(workshop.project, workshop.schema)
    run_annotate(workshop.project, workshop.schema)
    assert [file.read_bytes() for file in files] == first


def test_without_normalised_articles_the_stage_says_what_to_run(empty_project: Project, schema: Schema) -> None:
    with pytest.raises(CorpusError) as error:
        run_annotate(empty_project, schema)
    assert str(error.value) == (
        "build/normalise/articles.parquet: the articles are not normalised. [stage-missing]\n"
        "  Run ukrcorpus normalise first."
    )
