"""The text-free edition: nothing of closed articles in it, whoever wrote it there."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import small_corpus
from ukrcorpus.core.letters import letters_of
from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import hashes
from ukrcorpus.core.tables import read_table, write_table
from ukrcorpus.policy.rights import Edition, held_text, text_free
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.readback import load_back
from ukrcorpus.release.text_free.leaks import find_leaks
from ukrcorpus.release.text_free.shingles import SHINGLE, Shingles
from ukrcorpus.release.write import write_release
from ukrcorpus.research.load import load
from ukrcorpus.schema.model import Schema

CLOSED = small_corpus.TEXTS["closed"].split("\n\n")[1].strip()
TITLE = small_corpus.TEXTS["closed"].split("\n\n")[0]
CLAIMS = "data/claims/train-00000-of-00001.parquet"


@pytest.fixture(scope="session")
def bare(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text-free edition of the three articles; to be copied and not written in."""
    project = Project(shutil.copytree(staged_project.root, tmp_path_factory.mktemp("bare") / "small"))
    return write_release(project, schema, read_tables(project, schema), Edition.TEXT_FREE)


@pytest.fixture
def folder(bare: Path, tmp_path: Path) -> Path:
    return shutil.copytree(bare, tmp_path / "bare")


@pytest.fixture(scope="session")
def tables(staged_project: Project, schema: Schema) -> dict[str, pa.Table]:
    return read_tables(staged_project, schema)


def places(folder: Path, schema: Schema, tables: dict[str, pa.Table]) -> list[str]:
    return [finding.where for finding in find_leaks(folder, schema, tables)]


def test_nothing_protected_is_left_of_closed_articles_and_all_of_open_ones(
    schema: Schema, tables: dict[str, pa.Table]
) -> None:
    free = text_free(schema, tables)
    for name in ("claims", "statements_all"):
        for full, held in zip(tables[name].to_pylist(), free[name].to_pylist(), strict=True):
            lost = set(schema.table(name).protected) if full["article_id"] == "closed" else set()
            assert held == full | dict.fromkeys(lost)
    assert [row["text"] is None for row in free["articles"].to_pylist()] == [True, False, False]
    assert free["articles"]["text_sha256"] == tables["articles"]["text_sha256"]


def test_every_protected_column_of_the_schema_hangs_on_an_article(schema: Schema) -> None:
    for table in schema.tables:
        assert not table.protected or {"article_id", "claim_id"} & set(table.names)


def test_a_stance_is_emptied_by_the_article_of_its_claim(schema: Schema, tables: dict[str, pa.Table]) -> None:
    stances = tables["stances"].to_pylist()
    told = pa.Table.from_pylist([row | {"condition": "if it must"} for row in stances], schema=tables["stances"].schema)
    free = text_free(schema, tables | {"stances": told})["stances"].to_pylist()
    assert {row["claim_id"] for row in free if row["condition"] is None} == {"c-goes-on"}


def test_what_must_not_be_published_is_named_by_column(schema: Schema, tables: dict[str, pa.Table]) -> None:
    assert {finding.where for finding in held_text(schema, tables)} >= {"articles.text", "claims.quote"}
    assert not list(held_text(schema, text_free(schema, tables)))


def test_the_written_edition_holds_no_leak(bare: Path, schema: Schema, tables: dict[str, pa.Table]) -> None:
    assert bare.name == "project-0.1.0-text-free"
    assert not find_leaks(bare, schema, tables)
    record = json.loads((bare / "release.json").read_text(encoding="utf-8"))
    assert record["edition"] == "text-free"
    for name, table in tables.items():
        about = record["tables"][name]
        assert about.get("full_logical_hash", about["logical_hash"]) == logical_hash(table, about["key"])
    assert record["tables"]["claims"]["full_logical_hash"] != record["tables"]["claims"]["logical_hash"]


def test_the_full_edition_would_be_all_leaks(release: Path, schema: Schema, tables: dict[str, pa.Table]) -> None:
    found = "\n".join(places(release, schema, tables))
    for place in ("articles.text", "articles.title", "claims.quote", "statements_all.sentence"):
        assert f"data/{place}" in found
    assert "column text" in found
    assert "statistics of context_before" in found


def plant_column(folder: Path) -> None:
    table = read_table(folder / CLAIMS)
    index = table.schema.get_field_index("scheme_version")  # a column that nobody protects
    values = pa.array([CLOSED] * table.num_rows, pa.string())
    write_table(folder / CLAIMS, table.set_column(index, table.schema.field(index), values))


def plant_protected_column(folder: Path) -> None:
    table = read_table(folder / CLAIMS)
    index = table.schema.get_field_index("quote")
    values = pa.array(["Aye."] * table.num_rows, pa.string())  # too short for any shingle
    write_table(folder / CLAIMS, table.set_column(index, table.schema.field(index), values))


def plant_metadata(folder: Path) -> None:
    table = read_table(folder / CLAIMS)
    write_table(folder / CLAIMS, table.replace_schema_metadata({"about": json.dumps(CLOSED)}))


def plant_field_metadata(folder: Path) -> None:
    table = read_table(folder / CLAIMS)
    fields = [table.schema.field(0).with_metadata({"seen": CLOSED}), *list(table.schema)[1:]]
    write_table(folder / CLAIMS, table.cast(pa.schema(fields)))


def plant_statistics(folder: Path) -> None:
    """Write a column without the words whose statistics still have them: patched bytes of the same length."""
    table = read_table(folder / CLAIMS)
    index = table.schema.get_field_index("scheme_version")
    cover = "x" * len(CLOSED)
    values = pa.array([cover] * table.num_rows, pa.string())
    pq.write_table(table.set_column(index, table.schema.field(index), values), folder / CLAIMS, compression="zstd")
    data = (folder / CLAIMS).read_bytes()
    foot = data.rindex(cover.encode())
    (folder / CLAIMS).write_bytes(data[:foot] + CLOSED.encode() + data[foot + len(cover) :])


def plant_card_example(folder: Path) -> None:
    with (folder / "README.md").open("a", encoding="utf-8") as file:
        file.write("| Who | " + CLOSED.replace(" ", "\n   ") + " |\n")


def plant_croissant(folder: Path) -> None:
    record = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    record["recordSet"][0]["examples"] = [CLOSED]
    (folder / "croissant.json").write_text(json.dumps(record), encoding="utf-8")


def plant_title(folder: Path) -> None:
    with (folder / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(f"\nTaken in: *{TITLE}*.\n")


def plant_label(folder: Path) -> None:
    path = folder / "data/issues/registry-00000-of-00001.parquet"
    rows = read_table(path).to_pylist()
    rows[3]["label"] = f"{CLOSED[:60]} and so on"
    write_table(path, pa.Table.from_pylist(rows, schema=read_table(path).schema))


def plant_list(folder: Path) -> None:
    path = folder / "data/claims/train-00000-of-00001.parquet"
    table = read_table(path)
    index = table.schema.get_field_index("annotation_ids")
    values = pa.array([[CLOSED]] * table.num_rows, table.schema.field(index).type)
    write_table(path, table.set_column(index, table.schema.field(index), values))


def plant_file_name(folder: Path) -> None:
    (folder / "schema" / f"{CLOSED[:-1]}.txt").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (plant_column, f"{CLAIMS}: row group 0, column scheme_version"),
        (plant_protected_column, "data/claims.quote"),
        (plant_metadata, f"{CLAIMS}: metadata of the file, about"),
        (plant_field_metadata, f"{CLAIMS}: metadata of the column claim_id, seen"),
        (plant_statistics, f"{CLAIMS}: row group 0, statistics of scheme_version"),
        (plant_card_example, "README.md: bytes"),
        (plant_croissant, "croissant.json: bytes"),
        (plant_title, "CHANGELOG.md: bytes"),
        (plant_label, "data/issues/registry-00000-of-00001.parquet: row group 0, column label"),
        (plant_list, f"{CLAIMS}: row group 0, column annotation_ids"),
        (plant_file_name, "schema/"),
    ],
)
def test_a_leak_of_each_kind_is_found(
    folder: Path, schema: Schema, tables: dict[str, pa.Table], plant: Callable[[Path], None], place: str
) -> None:
    plant(folder)
    assert [where for where in places(folder, schema, tables) if where.startswith(place)]


def test_a_leak_is_shown_without_leaking_it(folder: Path, schema: Schema, tables: dict[str, pa.Table]) -> None:
    plant_card_example(folder)
    (finding,) = find_leaks(folder, schema, tables)
    assert finding.rule == "rights-leak"
    assert finding.got == f"{len(letters_of(CLOSED.encode()))} letters of the article closed, beginning “russiasaidth…”"


def test_words_that_an_open_article_has_too_are_no_leak(
    folder: Path, schema: Schema, tables: dict[str, pa.Table]
) -> None:
    articles = tables["articles"].to_pylist()
    for row in articles:
        row["text"] = f"{row['text']}\n{CLOSED}" if row["article_id"] == "talks" else row["text"]
    told = tables | {"articles": pa.Table.from_pylist(articles, schema=tables["articles"].schema)}
    plant_card_example(folder)
    assert not find_leaks(folder, schema, told)


def test_names_of_the_registry_and_publishers_are_no_leak(
    folder: Path, schema: Schema, tables: dict[str, pa.Table]
) -> None:
    publisher = "The Weekly Gazette of Far and Nearby Sea Ports and Harbours"
    articles = tables["articles"].to_pylist()
    for row in articles:
        row["publisher"] = publisher
        row["text"] = f"{row['text']}\nAs {publisher} wrote." if row["article_id"] == "closed" else row["text"]
    told = tables | {"articles": pa.Table.from_pylist(articles, schema=tables["articles"].schema)}
    (folder / "README.md").write_text(publisher, encoding="utf-8")
    assert not find_leaks(folder, schema, told)
    (folder / "README.md").write_text(f"As {publisher} wrote.", encoding="utf-8")
    assert find_leaks(folder, schema, told)


def test_escaped_letters_are_read(folder: Path, schema: Schema, tables: dict[str, pa.Table]) -> None:
    words = "Перемовини в столиці тривали до пізнього вечора, і ніхто не підписав жодного паперу"
    articles = tables["articles"].to_pylist()
    for row in articles:
        row["text"] = f"{row['text']}\n{words}." if row["article_id"] == "closed" else row["text"]
    told = tables | {"articles": pa.Table.from_pylist(articles, schema=tables["articles"].schema)}
    (folder / "CITATION.cff").write_text(json.dumps(words), encoding="utf-8")
    assert ["CITATION.cff: bytes 0 to" in where for where in places(folder, schema, told)] == [True]
    table = read_table(folder / CLAIMS)
    write_table(folder / CLAIMS, table.replace_schema_metadata({"a": json.dumps(words)}))
    assert any("escapes read" in where for where in places(folder, schema, told))


@pytest.mark.parametrize("at", [0, 7, 20, 33, 100])
def test_every_run_of_a_shingles_length_is_found_and_none_shorter(at: int) -> None:
    text = letters_of("".join(f"{number * number} sheep and {number} goats, " for number in range(40)).encode())
    index = Shingles([("flock", text)])
    (found,) = index.shared(b"z" * 1000 + text[at : at + SHINGLE] + b"zz")
    assert (found.start, found.letters, found.owner) == (1000, text[at : at + SHINGLE], "flock")
    assert not list(index.shared(b"z" * 1000 + text[at : at + SHINGLE - 1] + b"zz"))


def test_a_leak_fails_the_build_and_leaves_the_last_release(annotated_project: Project, tmp_path: Path) -> None:
    project = Project(shutil.copytree(annotated_project.root, tmp_path / "small"))
    first = build(project, Edition.TEXT_FREE)
    assert first.folder is not None
    before = hashes(project.root, [project.dist])
    assert build(project, Edition.TEXT_FREE).stages == ()
    (project.root / "CHANGELOG.md").write_text(f"# Changes\n\nNew: {CLOSED}\n", encoding="utf-8")
    done = build(project, Edition.TEXT_FREE)
    assert done.folder is None
    assert done.report is not None
    assert "rights-leak" in done.report.as_text()
    assert hashes(project.root, [project.dist]) == before
    assert not [one.name for one in project.dist.iterdir() if one.name.startswith(".")]
    full = build(project)
    assert full.folder is not None
    assert full.folder.name == "project-0.1.0"


def test_the_card_says_what_the_edition_lacks_and_how_to_have_it(bare: Path, release: Path) -> None:
    card = (bare / "README.md").read_text(encoding="utf-8")
    assert "The texts of 1 of 3 articles may not be passed on" in card
    assert "`statements.sentence`" in card
    assert "ukrcorpus rehydrate project-0.1.0-text-free --raw DIR" in card
    assert "What this edition lacks" not in (release / "README.md").read_text(encoding="utf-8")
    croissant = json.loads((bare / "croissant.json").read_text(encoding="utf-8"))
    assert "text-free edition" in croissant["description"]


def test_the_edition_loads_for_everybody_and_says_what_is_missing(bare: Path, release: Path) -> None:
    corpus = load(bare, verify=True)
    assert (corpus.edition, corpus.without_text) == ("text-free", ("closed",))
    assert repr(corpus).endswith("; text-free, without the texts of 1 articles>")
    assert corpus.article("closed").claims[0].quote is None
    assert corpus.article("talks").text is not None
    assert (load(release).edition, load(release).without_text) == ("full", ())
    assert load_back(bare).rows == load_back(release).rows
