"""The card: valid YAML that `datasets` obeys, and an opening that says what the corpus is."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasets import load_dataset, utils
from datasets.utils.metadata import MetadataConfigs
from huggingface_hub import DatasetCard

from derive.tiny import EMPTY, filled
from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.derive.documents.card import card as card_of
from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.numbers import ReleaseNumbers
from ukrcorpus.schema.model import Schema

HUB = Path(utils.__file__).parent / "resources"
RESOURCES = ("creators", "languages", "multilingualities", "size_categories")


@pytest.fixture(scope="module")
def text(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> str:
    return card(schema, info, numbers)


@pytest.fixture(scope="module")
def head(text: str) -> dict[str, Any]:
    return dict(yaml.safe_load(text.split("---\n")[1]))


@pytest.fixture(scope="module")
def carded(release: Path, text: str) -> Path:
    (release / "README.md").write_text(text, encoding="utf-8")
    return release


def card(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> str:
    return card_of(ReleaseFacts(schema, info, numbers))


def body(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> str:
    return card(schema, info, numbers).split("---\n", 2)[2]


def test_every_config_loads_with_its_rows_and_splits(carded: Path, schema: Schema, tmp_path: Path) -> None:
    for table in schema.tables:
        if table.name in EMPTY:
            continue
        loaded = load_dataset(str(carded), table.name, cache_dir=str(tmp_path))
        assert sum(split.num_rows for split in loaded.values()) == filled(schema, table).num_rows
        assert str(loaded[next(iter(loaded))].info.version) == "1.2.3"


def test_the_default_config_is_the_one_that_is_named(carded: Path, schema: Schema, tmp_path: Path) -> None:
    loaded = load_dataset(str(carded), split="train", cache_dir=str(tmp_path))
    assert loaded.column_names == list(schema.table("statements").names)


def test_the_hub_library_reads_the_head(text: str, head: dict[str, Any]) -> None:
    data = DatasetCard(text).data
    configs = MetadataConfigs.from_dataset_card_data(data)
    assert list(configs) == [config["config_name"] for config in head["configs"]]
    assert configs.get_default_config_name() == "statements"


def test_the_head_uses_the_words_that_the_hub_knows(head: dict[str, Any]) -> None:
    known = {name: json.loads((HUB / f"{name}.json").read_text(encoding="utf-8")) for name in RESOURCES}
    assert set(head["annotations_creators"]) <= set(known["creators"]["annotations"])
    assert set(head["language_creators"]) <= set(known["creators"]["language"])
    assert set(head["multilinguality"]) <= set(known["multilingualities"])
    assert set(head["size_categories"]) <= set(known["size_categories"])
    assert set(head["language"]) <= set(known["languages"])


def test_each_config_has_version_and_digest(head: dict[str, Any], numbers: ReleaseNumbers) -> None:
    digests = {table.table: table.digest for table in numbers.tables}
    for config in head["configs"]:
        assert config["version"] == "1.2.3"
        assert config["description"] == f"sha256:{digests[config['config_name']]}"


def test_tables_without_rows_have_no_entry_but_are_named(head: dict[str, Any], text: str) -> None:
    assert not {config["config_name"] for config in head["configs"] + head["dataset_info"]} & set(EMPTY)
    assert "Without rows in this release, and so without files: `votes`, `withdrawals`." in text


def test_language_codes_stay_texts(head: dict[str, Any]) -> None:
    assert head["language"] == ["no", "uk"]


def test_a_machine_written_corpus_says_so_before_anything_else(
    schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers, head: dict[str, Any]
) -> None:
    opening = body(schema, info, numbers).strip().split("\n\n")[1]
    assert opening == (
        "> **The texts and labels of this corpus (2 of 2 articles) were written by a language model.** They show the "
        "format. They are no evidence of what any person said. The agreement figure is that of a model with itself: it "
        "compares two independent passes of a language model."
    )
    assert {"synthetic", "machine-generated"} <= set(head["tags"])
    assert head["annotations_creators"] == head["language_creators"] == ["machine-generated"]


def test_labels_of_a_model_on_published_texts_are_owned_up_to(
    schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers
) -> None:
    opening = body(schema, info, replace(numbers, n_machine_written=0)).strip().split("\n\n")[1]
    assert opening.startswith("> **The labels of this corpus were written by a language model.**")
    assert "no evidence" not in opening


def test_a_corpus_of_people_has_no_warning_and_other_tags(
    schema: Schema, info: CorpusInfo, by_people: ReleaseNumbers
) -> None:
    text = card(schema, info, by_people)
    head = yaml.safe_load(text.split("---\n")[1])
    assert "written by a language model" not in text
    assert "synthetic" not in head["tags"]
    assert head["annotations_creators"] == ["expert-generated", "machine-generated"]
    assert head["language_creators"] == ["found"]
    assert head["license"] == ["cc-by-4.0", "other"]


def test_a_corpus_without_annotations_has_a_valid_card(
    schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers
) -> None:
    bare = replace(
        numbers, annotator_kinds=(), agreement=(), labels=(), examples=(), genres=(), default_config="articles"
    )
    text = card(schema, info, bare)
    assert yaml.safe_load(text.split("---\n")[1])["annotations_creators"] == ["no-annotation"]
    assert "No article has been annotated twice, so there is no figure." in text


def test_a_corpus_without_rows_has_a_valid_card(schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers) -> None:
    none = tuple(replace(table, splits=()) for table in numbers.tables)
    text = card(schema, info, replace(numbers, tables=none, default_config=None, languages=(), examples=()))
    assert "configs" not in yaml.safe_load(text.split("---\n")[1])
    assert "No table has rows yet." in text


def test_the_text_free_edition_is_loaded_by_its_own_name(
    schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers
) -> None:
    text = card(schema, info, replace(numbers, text_free=True))
    assert 'load_dataset("tiny-1.2.3-text-free", "statements", split="train")' in text
    assert "This is the text-free edition." in text
    assert "ukrcorpus rehydrate tiny-1.2.3-text-free --raw DIR" in text


def test_the_loading_line_names_the_split_for_fitting_where_there_is_one(
    schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers
) -> None:
    backwards = tuple(replace(table, splits=table.splits[::-1]) for table in numbers.tables)
    text = card(schema, info, replace(numbers, tables=backwards, default_config="claims"))
    assert 'claims = load_dataset("tiny-1.2.3", "claims", split="train")' in text


def test_every_column_of_every_filled_table_is_explained(text: str, schema: Schema) -> None:
    for table in schema.tables:
        if table.name not in EMPTY:
            section = text.split(f"### `{table.name}`\n")[1].split("\n##", maxsplit=1)[0]
            assert [line.split("`")[1] for line in section.split("\n") if line.startswith("| `")] == list(table.names)


def test_figures_that_could_not_be_computed_are_a_dash(text: str) -> None:
    assert "| claim | overlap F1 | 0.812 | 3 |" in text
    assert "| polarity | alpha | – | 0 |" in text


def test_the_card_says_what_annotators_were_at_odds_about(
    schema: Schema, info: CorpusInfo, numbers: ReleaseNumbers
) -> None:
    text = card(schema, info, replace(numbers, conflicts=(("polarity", 7, 2),)))
    assert "| polarity | 7 | 2 |" in text
