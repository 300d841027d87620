"""Statements: one row per claim, holder and issue with a coded polarity, ready to read."""

from typing import Any

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, table_of
from ukrcorpus.release.assemble import MADE_BY
from ukrcorpus.release.statements import statement_id, statement_rows
from ukrcorpus.schema.model import Schema


def rows(project: Project, table: str) -> dict[tuple[str, str], dict[str, Any]]:
    found = read_table(project.table("corpus", table)).to_pylist()
    return {(row["claim_id"], row["issue"]): row for row in found}


def test_each_coded_stance_has_its_row_and_no_other(staged_project: Project) -> None:
    assert set(rows(staged_project, "statements_all")) == {
        ("c-accepts", "ceasefire"),
        ("c-refuses", "ceasefire"),
        ("c-refuses", "russian_operations"),
        ("c-wishes", "limited_truce"),
        ("c-asked", "limited_truce"),
        ("c-goes-on", "russian_operations"),
    }


def test_the_headline_table_leaves_out_what_is_ascribed_or_heavily_spun(staged_project: Project) -> None:
    assert set(rows(staged_project, "statements_all")) - set(rows(staged_project, "statements")) == {
        ("c-wishes", "limited_truce"),
        ("c-asked", "limited_truce"),
    }


def test_a_claim_stands_in_its_sentence_between_its_neighbours(staged_project: Project) -> None:
    row = rows(staged_project, "statements")["c-accepts", "ceasefire"]
    assert row["sentence"] == "Volodymyr Zelenskyy said that Ukraine would accept a full ceasefire at once."
    assert row["context_before"] == "Delegations met on Saturday for a second round."
    assert row["context_after"] == "The Kremlin refused to stop the fighting before a settlement."
    for other in rows(staged_project, "statements_all").values():
        assert other["sentence"][other["claim_start"] : other["claim_end"]] == other["claim"]


def test_the_last_sentence_of_an_article_has_nothing_after_it(staged_project: Project) -> None:
    row = rows(staged_project, "statements")["c-goes-on", "russian_operations"]
    assert (row["context_before"], row["context_after"]) == ("A note that nobody may pass on", None)


def test_the_holder_comes_from_the_registry_as_of_the_day(staged_project: Project) -> None:
    found = rows(staged_project, "statements_all")
    holder = ("holder_id", "holder", "holder_type", "holder_org")
    assert [found["c-accepts", "ceasefire"][name] for name in holder] == [
        "per:zelensky",
        "Volodymyr Zelenskyy",
        "person",
        "gov:ua",
    ]
    assert found["c-refuses", "ceasefire"]["holder_org"] == "gov:ru"
    assert found["c-wishes", "limited_truce"]["ascriber_ids"] == ["gov:tr"]


def test_the_stance_is_the_sign_of_the_polarity_on_the_pole(staged_project: Project, schema: Schema) -> None:
    row = rows(staged_project, "statements")["c-refuses", "ceasefire"]
    issue = schema.issue("ceasefire")
    assert issue is not None
    assert (row["polarity"], row["stance"], row["pole"]) == (-2, "oppose", issue.pole)


def test_the_id_depends_on_claim_holder_and_issue_only() -> None:
    assert statement_id("c-accepts", "per:zelensky", "ceasefire") == "87b59152086e647c"


def staged(project: Project) -> dict[str, Any]:
    return {name: read_table(project.table(stage, name)) for stage, names in MADE_BY.items() for name in names}


def with_stance(project: Project, **values: object) -> dict[str, Any]:
    tables = staged(project)
    stances = [row | values for row in tables["stances"].to_pylist()[:1]]
    return tables | {"stances": table_of(stances, tables["stances"].schema, ("claim_id",))}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"issue": "other"},
            (
                "stances: c-accepts: the issue 'other' has no pole that a polarity could be measured against. "
                "[statement-pole]\n  Choose an issue with a pole in a decision, or set the polarity to none."
            ),
        ),
        (
            {"actor_id": "per:nobody"},
            (
                "stances: c-accepts: the holder 'per:nobody' is not in the registry. [statement-holder]\n"
                "  Enter the actor in schema/actors.toml, or correct the annotation."
            ),
        ),
    ],
)
def test_a_stance_that_makes_no_statement_is_an_error(
    staged_project: Project, schema: Schema, values: dict[str, object], message: str
) -> None:
    with pytest.raises(CorpusError) as caught:
        list(statement_rows(schema, with_stance(staged_project, **values)))
    assert str(caught.value) == message


def test_a_claim_across_two_sentences_has_both(staged_project: Project, schema: Schema) -> None:
    tables = staged(staged_project)
    claims = tables["claims"].to_pylist()
    longer = [row | {"end": row["end"] + 20} if row["claim_id"] == "c-accepts" else row for row in claims]
    tables["claims"] = table_of(longer, tables["claims"].schema, ("claim_id",))
    row = next(row for row in statement_rows(schema, tables) if row["claim_id"] == "c-accepts")
    assert str(row["sentence"]).endswith("at once. The Kremlin refused to stop the fighting before a settlement.")
    assert row["context_after"] == "According to the ministry in Ankara, Washington would like a truce at sea."
