"""Croissant: accepted by mlcroissant without a warning, and read back from the release's folder."""

from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from derive.tiny import EMPTY, filled
from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.core.tables import write_json
from ukrcorpus.derive.documents.croissant import Json, croissant
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.numbers import ReleaseNumbers
from ukrcorpus.schema.model import Schema


@pytest.fixture(scope="module")
def made(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> Json:
    return croissant(ReleaseFacts(schema, info, numbers))


@pytest.fixture(scope="module")
def file(release: Path, made: Json) -> Path:
    write_json(release / "croissant.json", made)
    return release / "croissant.json"


def records(file: Path, name: str) -> list[dict[str, Any]]:
    return list(mlcroissant.Dataset(str(file)).records(name))


def test_mlcroissant_accepts_it_without_a_warning(file: Path) -> None:
    metadata = mlcroissant.Dataset(str(file)).metadata
    assert (metadata.ctx.issues.errors, metadata.ctx.issues.warnings) == (set(), set())
    assert (metadata.name, str(metadata.version)) == ("tiny", "1.2.3")


def test_the_responsible_ai_fields_come_back_as_written(file: Path, made: Json) -> None:
    metadata = mlcroissant.Dataset(str(file)).metadata
    assert metadata.data_annotation_platform == ["Label Studio"]
    assert metadata.annotations_per_item == made["rai:annotationsPerItem"]
    assert [str(day)[:10] for day in metadata.data_collection_timeframe] == ["2026-01-02", "2026-02-03"]
    read = {**metadata.to_json()}
    written = {name for name in made if name.startswith("rai:")}
    assert {name for name in read if name.startswith("rai:")} == written
    assert len(written) == 19
    assert [str(one) for one in read["rai:dataBiases"]] == made["rai:dataBiases"]


def test_what_nobody_stated_is_said_to_be_not_stated(made: Json) -> None:
    said = "Not stated by the maintainers (`documentation.annotators` in `corpus.toml`)."
    assert made["rai:annotatorDemographics"] == [said]


def test_each_table_with_rows_is_a_record_set(made: Any, schema: Schema) -> None:
    names = {table.name for table in schema.tables if table.name not in EMPTY}
    assert {record_set["@id"] for record_set in made["recordSet"]} == names


@pytest.mark.parametrize("name", ["statements", "articles", "claims", "actors", "stances", "mentions", "actor_names"])
def test_records_are_read_from_the_release(file: Path, schema: Schema, name: str) -> None:
    table = schema.table(name)
    found = records(file, name)
    wanted = filled(schema, table).to_pylist()
    assert len(found) == len(wanted)
    ids = sorted(record[f"{name}/{table.key[0]}"].decode() for record in found)
    assert ids == sorted(row[table.key[0]] for row in wanted)


def test_values_come_back_as_they_are(file: Path) -> None:
    first = records(file, "mentions")[0]
    assert first["mentions/quote"].decode() == "Нота № 0: “так”"
    assert [actor.decode() for actor in first["mentions/actor_ids"]] == ["per:trump"]
    assert first["mentions/start"] == 0


def test_unknown_values_come_back_as_none(file: Path) -> None:
    last = records(file, "articles")[2]
    assert (last["articles/title"], last["articles/published"]) == (None, None)


def test_a_file_that_was_changed_is_refused(file: Path, tmp_path: Path, made: Json) -> None:
    write_json(tmp_path / "croissant.json", made)
    for parquet in file.parent.glob("data/**/*.parquet"):
        copy = tmp_path / parquet.relative_to(file.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(parquet.read_bytes() + b"x")
    with pytest.raises(Exception, match=r"Download\(data/issues/"):
        records(tmp_path / "croissant.json", "issues")


def test_foreign_keys_are_references_and_keys_are_keys(made: Any) -> None:
    sets = {record_set["@id"]: record_set for record_set in made["recordSet"]}
    fields = {field["@id"]: field for field in sets["claims"]["field"]}
    assert fields["claims/article_id"]["references"] == {"field": {"@id": "articles/article_id"}}
    assert sets["claims"]["key"] == {"@id": "claims/claim_id"}
    assert sets["claim_issues"]["key"] == [{"@id": "claim_issues/claim_id"}, {"@id": "claim_issues/issue"}]
