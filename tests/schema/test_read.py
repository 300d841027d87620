"""Reading schema/: what a good one gives, and the exact message for each slip (one file each in slips/)."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.model import ActorType, Control, Kind, Layer, SplitBy
from ukrcorpus.schema.read import read_schema

Slip = Callable[[str, str, str], Path]
SLIPS = sorted((Path(__file__).parent / "slips").glob("*.toml"))
SHIPPED = Path(__file__).parents[2] / "schema"


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: case.stem)
def test_a_slip_gives_its_message(case: Path, slip: Slip) -> None:
    given = tomllib.loads(case.read_text(encoding="utf-8"))
    folder = slip(given["file"], given["find"], given["put"])
    with pytest.raises(CorpusError) as caught:
        read_schema(folder)
    assert str(caught.value) == given["message"]


def test_a_missing_file_is_named(small: Path) -> None:
    (small / "issues.toml").unlink()
    with pytest.raises(CorpusError, match=r"schema/issues\.toml: the file is missing\. \[schema-file\]"):
        read_schema(small)


def test_a_schema_without_the_table_of_votes_is_refused(small: Path) -> None:
    (small / "tables/annotations.toml").unlink()
    with pytest.raises(CorpusError, match="no table 'annotations'"):
        read_schema(small)


def test_a_layer_that_is_left_out_is_named(small: Path) -> None:
    text = (small / "scheme.toml").read_text(encoding="utf-8")
    start, end = text.index('[[layers]]\nlayer = "mention"'), text.index('[[layers]]\nlayer = "claim"')
    (small / "scheme.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(CorpusError, match="layers: the layer 'mention' does not exist"):
        read_schema(small)


def test_bytes_that_are_no_utf8_are_an_error_of_the_file(small: Path) -> None:
    (small / "actors.toml").write_bytes(b'format = 1\n# Ki\xefv\n[[actors]]\nid = "gov:ua"\n')
    with pytest.raises(CorpusError, match=r"schema/actors\.toml: not readable as TOML: .*utf-8"):
        read_schema(small)


def test_the_small_schema_comes_out_as_written(small: Path) -> None:
    schema = read_schema(small)
    assert [text.layer for text in schema.layers] == [Layer.DOCUMENT, Layer.MENTION, Layer.CLAIM]
    assert schema.attributes[0].required
    assert schema.attributes[2].control is Control.ACTORS
    assert schema.vocabulary("claim_type").names == ("fact", "position")
    assert schema.vocabulary("issue").names == ("ceasefire", "limited_truce", "other")
    assert schema.vocabulary("issue_group").names == ("war",)
    assert [issue.context for issue in schema.issues] == [False, True, False]
    assert schema.issues[2].pole is None


def test_tables_come_in_order_of_name_with_columns_in_order_of_the_file(small: Path) -> None:
    schema = read_schema(small)
    assert [table.name for table in schema.tables] == ["actors", "annotations"]
    table = schema.table("annotations")
    assert table.split is SplitBy.ARTICLE
    assert table.names[:2] == ("annotation_id", "type")
    column = table.column("actor_ids")
    assert (column.kind, column.required, column.references) == (Kind.IDS, False, "actors.actor_id")
    assert table.column("quote").protected


def test_a_role_lasts_from_the_first_day_of_its_first_period_to_the_last_day_of_its_last(small: Path) -> None:
    envoy = read_schema(small).actors[0]
    assert envoy.type is ActorType.PERSON
    assert [(role.valid_from, role.valid_to) for role in envoy.roles] == [
        (date(2021, 1, 1), date(2022, 2, 28)),
        (date(2022, 3, 1), None),
    ]


@pytest.mark.parametrize(("given", "first"), [("2024", date(2024, 1, 1)), ("2024-02", date(2024, 2, 1))])
def test_a_short_date_begins_with_its_first_day(slip: Slip, given: str, first: date) -> None:
    schema = read_schema(slip("actors.toml", "from = 2022-03-01", f'from = "{given}"'))
    assert schema.actors[0].roles[1].valid_from == first


def test_a_leap_month_ends_with_its_last_day(slip: Slip) -> None:
    schema = read_schema(slip("actors.toml", 'to = "2022-02"', 'to = "2024-02"'))
    assert schema.actors[0].roles[0].valid_to == date(2024, 2, 29)


def test_the_digest_of_the_repairs_follows_their_content_and_not_their_layout(slip: Slip, small: Path) -> None:
    before = read_schema(small).repairs.digest
    slip("repairs.toml", 'names = ["Ukraine", "Kyiv"]', '# names\nnames = [\n  "Ukraine",\n  "Kyiv",\n]')
    assert read_schema(small).repairs.digest == before
    slip("repairs.toml", '"Kyiv",', '"Kyiv", "Lviv",')
    assert read_schema(small).repairs.digest != before


def test_the_shipped_schema_is_read(small: Path) -> None:
    schema = read_schema(SHIPPED)
    assert schema.vocabulary("layer").names == tuple(Layer)
    assert schema.vocabulary("actor_type").names == tuple(ActorType)
    assert {issue.issue for issue in schema.issues if issue.pole is None} == {"other"}
    assert schema.actor("pseudo:author") is not None


def test_the_two_tables_of_statements_have_the_same_columns() -> None:
    schema = read_schema(SHIPPED)
    assert schema.table("statements").columns == schema.table("statements_all").columns


def test_a_question_and_its_column_share_their_vocabulary() -> None:
    schema = read_schema(SHIPPED)
    table = schema.table("annotations")
    asked = [one for one in schema.attributes if one.vocabulary and table.column(one.name).kind is Kind.LABEL]
    assert [table.column(one.name).vocabulary for one in asked] == [one.vocabulary for one in asked]
