"""A corpus of more than 200 clusters, release after release: splits, certificate, card, record and verification."""

import json
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from parted import make_shards
from split_corpus import draws, words
from ukrcorpus.cli import commands
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import UNFILLED_AUTHOR, UNFILLED_CONTACT, Project
from ukrcorpus.core.stamps import file_sha256, hashes
from ukrcorpus.core.tables import read_table, sha256, table_of, write_json, write_table, write_text
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.assemble import assemble
from ukrcorpus.release.build import read_tables
from ukrcorpus.release.data import write_data
from ukrcorpus.release.publishing.recorded import record_release
from ukrcorpus.release.verify.checks import OF_DATA, OF_DOCUMENTS
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.record import read_record
from ukrcorpus.release.verify.run import verify
from ukrcorpus.release.verify.tables import read_parts
from ukrcorpus.release.write import release_folder, write_release
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.published import Published, published_file, read_published, write_published

N = 230
FIRST = date(2024, 1, 1)
DECLARED = """
[splits]
train = 70
validation = 15
test = 15

[splits.event]
name = "the conference in spring"
first = 2024-03-01
last = 2024-03-05
"""
Row = dict[str, Any]


def rows_of(project: Project) -> list[Row]:
    rows: list[Row] = read_table(project.table("normalise", "articles")).to_pylist()
    return rows


def synthetic(like: Row, number: int, **given: object) -> Row:
    """Return a row of an article of its own cluster, on a day of its own."""
    text = words(draws(number), 60)
    article_id, day = f"n{number:04d}", FIRST + timedelta(days=number)
    own: Row = {"article_id": article_id, "title": None, "text": text, "text_sha256": sha256(text.encode())}
    own |= {"duplicate_cluster": article_id, "is_representative": True, "url": None, "publisher": "Courier"}
    return like | own | {"published": day, "published_precision": "day"} | given


def put(project: Project, schema: Schema, rows: list[Row]) -> None:
    table = read_table(project.table("normalise", "articles"))
    write_table(project.table("normalise", "articles"), table_of(rows, table.schema, ("article_id",)))
    assemble(project, schema)


def released(project: Project, schema: Schema, edition: Edition = Edition.FULL) -> Path:
    return write_release(project, schema, read_tables(project, schema), edition)


def splits_of(project: Project) -> dict[str, str]:
    table = read_table(project.table("corpus", "articles"))
    return dict(zip(table["article_id"].to_pylist(), table["split"].to_pylist(), strict=True))


def broken(folder: Path) -> set[str]:
    held, record, own = Held.of(folder), read_record(folder), read_schema(folder / "schema")
    evidence = Evidence(held, record, own, read_parts(held, record, own))
    checks = [one for one in OF_DOCUMENTS if one.id.startswith("split-")]
    return {one.rule for check in checks for one in check.findings(evidence)}


@pytest.fixture(scope="module")
def large(staged_project: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with 233 articles and its release; to be copied and not written in."""
    project = Project(shutil.copytree(staged_project.root, tmp_path_factory.mktemp("large") / "large"))
    toml = project.root / "corpus.toml"
    write_text(toml, toml.read_text(encoding="utf-8") + DECLARED)
    rows = rows_of(project)
    put(project, schema, rows + [synthetic(rows[0], number) for number in range(N)])
    released(project, schema)
    return project


@pytest.fixture
def project(large: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(large.root, tmp_path / "large"))


@pytest.fixture
def folder(project: Project) -> Path:
    return release_folder(project)


def change_certificate(folder: Path, change: Any) -> None:
    given = json.loads((folder / "splits.json").read_text(encoding="utf-8"))
    change(given)
    write_json(folder / "splits.json", given)


def test_a_release_has_three_splits_a_certificate_and_a_section_of_its_card(large: Project) -> None:
    folder = release_folder(large)
    counts = Counter(splits_of(large).values())
    assert set(counts) == {"train", "validation", "test"}
    given = json.loads((folder / "splits.json").read_text(encoding="utf-8"))
    assert {name: size["articles"] for name, size in given["splits"].items()} == counts
    assert [(check["check"], check["holds"]) for check in given["checks"]] == [
        (name, True) for name in ("cluster", "page", "template", "similar", "event", "time")
    ]
    event = next(check for check in given["checks"] if check["check"] == "event")
    assert event["articles"] == [f"n{number:04d}" for number in range(60, 65)]  # 2024 is a leap year
    assert given["splits"]["train"]["last_day"] < given["splits"]["validation"]["first_day"]
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "## Splits\n" in card
    assert "| `test` | " in card
    assert (
        "Articles about the held-out event, the conference in spring, stand in test only. | 5 articles | none |" in card
    )
    for split in counts:
        assert (folder / f"data/articles/{split}-00000-of-00001.parquet").is_file()
    assert broken(folder) == set()


def test_a_small_corpus_has_a_certificate_and_no_section(release: Path) -> None:
    given = json.loads((release / "splits.json").read_text(encoding="utf-8"))
    assert list(given["splits"]) == ["train"]
    assert all(check["holds"] for check in given["checks"])
    assert "## Splits" not in (release / "README.md").read_text(encoding="utf-8")
    assert broken(release) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda given: given["splits"]["test"].update(articles=1), "split-certificate"),
        (lambda given: given["checks"][3].update(checked=7), "split-certificate"),
        (lambda given: given["checks"].pop(3), "split-certificate"),
        (lambda given: given["declared"].update(event=None), "split-certificate"),
        (lambda given: given.pop("declared"), "split-certificate"),
        (lambda given: given["declared"].clear(), "split-certificate"),
        (lambda given: given["declared"].update(train=7), "split-certificate"),
        (lambda given: given["splits"]["test"].pop("undated"), "split-certificate"),
        (lambda given: given["checks"][3].update(largest="much"), "split-certificate"),
        (lambda given: given["checks"][0]["leaks"].append({"articles": ["a", "b"], "known": False}), "split-leaks"),
        (lambda given: given["splits"]["test"].update(last_day="2030-01-01"), "split-card"),
    ],
)
def test_a_certificate_that_says_something_else_is_found(folder: Path, change: Any, rule: str) -> None:
    change_certificate(folder, change)
    assert rule in broken(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"declared": {}, "splits": {}, "checks": [1]}'])
def test_a_certificate_that_cannot_be_read_is_a_finding(folder: Path, text: str) -> None:
    write_text(folder / "splits.json", text)
    assert "split-certificate" in broken(folder)


def test_a_split_that_is_none_is_a_finding_and_no_crash(folder: Path) -> None:
    name = "data/articles/validation-00000-of-00001.parquet"
    file, record = folder / name, json.loads((folder / "release.json").read_text(encoding="utf-8"))
    table = read_table(file)
    index = table.schema.get_field_index("split")
    odd = pa.array(["dev"] * table.num_rows, pa.string())
    write_table(file, table.set_column(index, table.schema.field("split"), odd))
    record["files"][name]["sha256"] = file_sha256(file)
    write_json(folder / "release.json", record)
    assert broken(folder) == {"split-certificate"}


def test_the_text_free_edition_has_the_certificate_of_the_full_one(project: Project, schema: Schema) -> None:
    free = released(project, schema, Edition.TEXT_FREE)
    full = release_folder(project)
    assert (free / "splits.json").read_bytes() == (full / "splits.json").read_bytes()
    assert broken(free) == set()
    change_certificate(free, lambda given: given["splits"]["test"].update(clusters=1))
    assert "split-certificate" in broken(free)


@pytest.mark.parametrize(
    ("n_articles", "days"), [(0, "first = 2024-03-01\nlast = 2024-03-05"), (N, "first = 2024-03-01")]
)
def test_verifying_a_text_free_edition_says_which_checks_of_its_certificate_need_words(
    project: Project, schema: Schema, n_articles: int, days: str
) -> None:
    toml = project.root / "corpus.toml"
    write_text(toml, toml.read_text(encoding="utf-8").replace(days, 'words = ["a"]'))
    rows = [row for row in rows_of(project) if not row["article_id"].startswith("n")]
    put(project, schema, rows + [synthetic(rows[0], number) for number in range(n_articles)])
    report = verify(released(project, schema, Edition.TEXT_FREE))
    words = [one for one in report.not_asked if one.reason == "words are compared that this edition lacks"]
    assert [one.rule for one in words] == [f"split-certificate of {one}" for one in ("event", "similar", "template")]
    assert not [one for one in report.findings if one.rule.startswith("split-")]


def test_shards_have_files_of_each_split_and_the_rows_of_a_split_give_them_again(
    project: Project, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_shards(monkeypatch, 16)
    release = open_folder(released(project, schema), verify=True)
    splits = release.release["tables"]["articles"]["splits"]
    assert splits.keys() == {"train", "validation", "test"}
    assert min(len(split["files"]) for split in splits.values()) > 1
    write_data(tmp_path, schema, {name: release.read(name) for name in release.table_names})
    assert hashes(tmp_path, [tmp_path / "data"]) == hashes(release.path, [release.path / "data"])
    checks = [check for check in OF_DATA if check.id.startswith("data-")]
    held, record = Held.of(release.path), read_record(release.path)
    evidence = Evidence(held, record, schema, read_parts(held, record, schema))
    assert [one for check in checks for one in check.findings(evidence)] == []


def test_a_recorded_article_keeps_its_split_and_what_ties_two_together_is_held_back(
    project: Project, folder: Path, schema: Schema
) -> None:
    assert record_release(project).n_new == N + 3
    before, rows = splits_of(project), rows_of(project)
    first, last = (next(row for row in rows if row["article_id"] == f"n{at:04d}") for at in (0, N - 1))
    assert (before["n0000"], before[f"n{N - 1:04d}"]) == ("train", "test")
    ties = {"text": f"{first['text']}\n{last['text']}", "published": None, "published_precision": None}
    new = [synthetic(rows[-1], 900, **ties), synthetic(rows[-1], 901, duplicate_cluster="n0000", published=FIRST)]
    new.append(synthetic(rows[-1], 902))
    put(project, schema, rows + new)
    after = splits_of(project)
    assert {name: after[name] for name in before} == before
    assert [after[f"n090{at}"] for at in range(3)] == ["held_back", "train", "test"]
    assert record_release(project, folder).n_new == 0
    toml = project.root / "corpus.toml"
    write_text(toml, toml.read_text(encoding="utf-8").replace('version = "0.1.0"', 'version = "0.2.0"'))
    assert record_release(project, released(project, schema)).n_new == 3
    assert read_published(project)["n0900"].split == "held_back"


def test_recording_a_release_does_not_change_it(project: Project, folder: Path, schema: Schema) -> None:
    before = {path.name: path.read_bytes() for path in folder.glob("*.*")}
    record_release(project)
    assemble(project, schema)
    released(project, schema)
    assert {path.name: path.read_bytes() for path in folder.glob("*.*")} == before


def test_a_later_release_names_the_record_among_its_inputs(project: Project, schema: Schema) -> None:
    record_release(project)
    toml = project.root / "corpus.toml"
    write_text(toml, toml.read_text(encoding="utf-8").replace('version = "0.1.0"', 'version = "0.2.0"'))
    made = json.loads((released(project, schema) / "release.json").read_text(encoding="utf-8"))
    assert made["inputs"]["published.jsonl"] == sha256(published_file(project).read_bytes())


def test_what_was_published_before_it_was_known_to_leak_is_listed_and_stays(project: Project, schema: Schema) -> None:
    record_release(project)
    rows = rows_of(project)
    torn = next(row for row in rows if row["article_id"] == f"n{N - 1:04d}")
    torn |= {"duplicate_cluster": "n0000", "is_representative": False}
    put(project, schema, rows)
    assert splits_of(project)[f"n{N - 1:04d}"] == "test"
    folder = released(project, schema)
    check = json.loads((folder / "splits.json").read_text(encoding="utf-8"))["checks"][0]
    assert check["leaks"] == [{"articles": ["n0000", f"n{N - 1:04d}"], "known": True}]
    assert "published before it was known" in (folder / "README.md").read_text(encoding="utf-8")
    assert broken(folder) == set()


def test_the_record_of_another_corpus_or_of_other_splits_is_refused(project: Project, folder: Path) -> None:
    record_release(project)
    published = dict(read_published(project))
    one = published["n0000"]
    write_published(
        project, [*(published | {"n0000": Published("n0000", "test", one.version, one.released_on)}).values()]
    )
    with pytest.raises(CorpusError, match=r"'n0000' is in train, and was published in test in 0\.1\.0") as caught:
        record_release(project, folder)
    assert caught.value.rule == "record-moved"
    toml = project.root / "corpus.toml"
    write_text(toml, toml.read_text(encoding="utf-8").replace('name = "project"', 'name = "other"'))
    with pytest.raises(CorpusError, match="a release of project, not of other") as caught:
        record_release(project, folder)
    assert caught.value.rule == "record-other"


def test_the_command_says_what_it_recorded(project: Project) -> None:
    run = CliRunner().invoke(commands, ["--project", str(project.root), "release", "record"])
    done = f"Recorded {N + 3} of {N + 3} articles as first published in 0.1.0"
    assert (run.exit_code, run.output) == (0, f"{done}; commit published.jsonl and releases.jsonl.\n")
    run = CliRunner().invoke(commands, ["--project", str(project.root), "release", "record"])
    assert run.output == f"All {N + 3} articles of 0.1.0 are recorded already.\n"


def test_publishing_records_a_release_in_its_project_and_says_so_elsewhere(
    staged_project: Project, schema: Schema, tmp_path: Path
) -> None:
    project = Project(shutil.copytree(staged_project.root, tmp_path / "small"))
    told = (project.root / "corpus.toml").read_text(encoding="utf-8")
    filled = told.replace(UNFILLED_CONTACT, "the tracker").replace(UNFILLED_AUTHOR, "the authors")
    write_text(project.root / "corpus.toml", filled)
    free = released(project, schema, Edition.TEXT_FREE)
    words = ["release", "publish", str(free), "--to", str(tmp_path / "out")]
    dry = CliRunner().invoke(commands, ["--project", str(project.root), *words], catch_exceptions=False)
    assert (dry.exit_code, published_file(project).exists()) == (0, False)
    done = CliRunner().invoke(commands, ["--project", str(project.root), *words, "--yes"], catch_exceptions=False)
    assert done.stderr.endswith(
        "Recorded 3 of 3 articles as first published in 0.1.0; commit published.jsonl and releases.jsonl.\n"
    )
    assert set(read_published(project)) == {"talks", "spun", "closed"}
    again = CliRunner().invoke(commands, ["--project", str(tmp_path), *words, "--yes"], catch_exceptions=False)
    hint = "Not recorded: this is not the project of project. Run there: ukrcorpus release record DIR.\n"
    assert again.stderr.endswith(hint)
