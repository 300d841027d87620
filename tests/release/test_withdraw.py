"""`withdraw`: an article, a person or a mention is taken out of a built corpus, shows nowhere, and can come back."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ukrcorpus.core.problems import CorpusError, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.policy.registry import without_persons
from ukrcorpus.policy.withdrawals import Kind, Withdrawn
from ukrcorpus.release.assemble import final_tables, staged_tables
from ukrcorpus.release.build import build
from ukrcorpus.release.diffs.diff import Diff, diff_releases, state_of
from ukrcorpus.release.diffs.report import as_json
from ukrcorpus.release.left_behind import naming_lines
from ukrcorpus.release.verify.run import verify
from ukrcorpus.release.versions import asked
from ukrcorpus.release.withdraw import Wanted, withdraw
from ukrcorpus.release.write import write_release
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.withdrawals import read_withdrawals
from withdrawable import NAME, PERSON, URLS, contents, rows, set_version, take_out


@pytest.fixture
def project(withdrawable_project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(withdrawable_project.root, tmp_path / "small"))


def representative(project: Project) -> str:
    """The article that stands for the copies."""
    (cluster,) = {row["duplicate_cluster"] for row in rows(project, "articles") if row["article_id"] != "harbour"}
    return str(cluster)


def rebuilt(project: Project) -> Path:
    """The release after the withdrawal."""
    set_version(project, "1.0.0", "2.0.0")
    built = build(project)
    assert built.folder, built.report and built.report.as_text()
    return built.folder


def difference(project: Project, new: Path) -> Diff:
    old = project.dist / "project-1.0.0"
    return diff_releases(*(state_of(open_folder(place, verify=True)) for place in (old, new)))


def causes(diff: Diff) -> set[str]:
    return {cause for changes in diff.changes.values() for cause in changes["cause"].to_list()}


def values(release: Path) -> Iterator[tuple[str, Any]]:
    """Every value of every table, with its place, and every other file as text."""
    for file in sorted(path for path in release.rglob("*") if path.is_file()):
        name = file.relative_to(release).as_posix()
        if file.suffix != ".parquet":
            yield name, file.read_text(encoding="utf-8")
            continue
        for row in pq.ParquetFile(file).read().to_pylist():
            yield from ((f"{name}: {column}", value) for column, value in row.items())


def places(release: Path, what: str) -> set[str]:
    """Where a release says it."""
    return {place for place, value in values(release) if what in str(value)}


def test_a_withdrawn_article_shows_nowhere_and_a_copy_stands_for_its_cluster(project: Project, schema: Schema) -> None:
    gone, before = representative(project), {row["article_id"]: row for row in rows(project, "articles")}
    outcome = take_out(project, schema, Kind.ARTICLE, gone)
    n_before = {name: len(rows(project, name)) for name in outcome.diffs}
    release = rebuilt(project)
    told = {name: (diff.n_old, diff.n_new) for name, diff in outcome.diffs.items()}
    assert told == {name: (n, len(rows(project, name))) for name, n in n_before.items()}
    assert places(release, gone) == {
        f"data/{place}"
        for place in (
            "articles/train-00000-of-00001.parquet: article_id",
            "articles/train-00000-of-00001.parquet: duplicate_cluster",
            "articles/train-00000-of-00001.parquet: raw_file",
            "withdrawals/registry-00000-of-00001.parquet: withdrawn_id",
        )
    }
    after = {row["article_id"]: row for row in rows(project, "articles")}
    (heir,) = (one for one, row in after.items() if row["is_representative"] and one != "harbour")
    assert heir != gone
    assert f"  {heir} stands for the cluster {gone} from now on\n" in outcome.as_text()
    copies = sorted(one for one in after if one not in (gone, "harbour"))
    assert (
        f"  near-copies that stay: {', '.join(copies)}; withdraw them too if their text has to go" in outcome.as_text()
    )
    for one, row in after.items():
        assert (row["duplicate_cluster"], row["split"]) == (before[one]["duplicate_cluster"], before[one]["split"])
    assert {row["article_id"] for row in rows(project, "statements")} == {heir, "harbour"}
    diff = difference(project, release)
    assert causes(diff) == {"withdrawal"}
    assert asked(diff.old, diff.new, diff.tables).version == "2.0.0"


def build_again(project: Project) -> bool:
    """Build without a release to be compared with."""
    shutil.rmtree(project.dist)
    return build(project).folder is not None


def test_a_dry_run_writes_nothing_and_a_second_time_changes_nothing(project: Project, schema: Schema) -> None:
    before = contents(project.root)
    assert take_out(project, schema, Kind.PERSON, PERSON, dry_run=True).as_text().endswith("\nwrote nothing")
    assert contents(project.root) == before
    take_out(project, schema, Kind.PERSON, PERSON)
    take_out(project, schema, Kind.ARTICLE, "harbour")
    text = (project.raw / "withdrawals.toml").read_text(encoding="utf-8")
    again = take_out(project, schema, Kind.PERSON, PERSON)
    assert again.as_text() == (
        f"person {PERSON}: withdrawn on 2026-11-22, privacy; it is listed already, nothing to do"
    )
    assert (project.raw / "withdrawals.toml").read_text(encoding="utf-8") == text


def test_a_withdrawn_person_is_in_no_label_no_list_and_no_file(project: Project, schema: Schema) -> None:
    told = take_out(project, schema, Kind.PERSON, PERSON).as_text()
    release = rebuilt(project)
    assert places(release, PERSON) == {"data/withdrawals/registry-00000-of-00001.parquet: withdrawn_id"}
    spoken = {"text", "quote", "sentence", "context_before", "context_after", "claim"}  # the article's own words
    named = {place.rpartition(": ")[2] for place in places(release, NAME)}
    assert named <= spoken
    assert places(release, NAME.upper()) == set()
    assert {row["text"] for row in rows(project, "actor_names") if row["actor_id"] == "grp:ua_advisers"}
    for own in ("Zelenskyy", "Zelensky's", '"Зеленського"'):
        assert {place.rpartition(": ")[2] for place in places(release, own)} <= spoken
    repairs = read_schema(release / "schema").repairs
    assert set(schema.repairs.names) - set(repairs.names) >= {"Zelensky", "Зеленському"}
    assert {"Putin", "Путіна"} & set(schema.repairs.names) <= set(repairs.names)
    held = {row["claim_id"] for row in rows(project, "claim_sources")}
    assert {row["claim_id"] for row in rows(project, "claims")} == held
    assert {row["holder_id"] for row in rows(project, "statements")} == {"gov:tr", "org:ru_presidency"}
    both = next(row for row in rows(project, "mentions") if row["quote"] == f"{NAME} and the Kremlin")
    assert both["actor_ids"] == ["org:ru_presidency"]
    errors = [one.rule for one in verify(release).findings if one.severity is Severity.ERROR]
    assert errors == ["changelog-version"]  # nobody wrote that heading
    diff = difference(project, release)
    assert causes(diff) == {"withdrawal"}
    assert "zelenskyy-" not in json.dumps(as_json(diff)).lower()
    assert "  cut to its site from now on, as it names the person, is the address of: lake-copy-one\n" in told
    site = "https://www.devdiscourse.com/…"
    office = "per:hnatov, Chief of the General Staff of org:ua_general_staff"
    assert f"  {office}: of the source's address is left: {site}\n" in told
    urls = {row["article_id"]: row["url"] for row in rows(project, "articles") if row["url"]}
    assert urls == URLS | {"lake-copy-one": "https://news.example/…"}
    assert not [place for place, value in values(release) if re.search(r"(?i)zelensk[iyj]*-", str(value))]
    assert {place.rpartition(": ")[0] or place for place in places(release, site)} == {
        "data/actor_roles/registry-00000-of-00001.parquet",
        "schema/actors.toml",
    }


def test_a_withdrawn_mention_goes_with_the_regions_it_was_made_from(project: Project, schema: Schema) -> None:
    one = next(row for row in rows(project, "mentions") if row["quote"] == "Ankara")
    assert len(one["annotation_ids"]) == 2
    take_out(project, schema, Kind.MENTION, one["mention_id"])
    release = rebuilt(project)
    assert places(release, one["mention_id"]) == {"data/withdrawals/registry-00000-of-00001.parquet: withdrawn_id"}
    assert set(one["annotation_ids"]) & {row["annotation_id"] for row in rows(project, "annotations")} == set()
    assert len(rows(project, "mentions")) == 8
    assert causes(difference(project, release)) == {"withdrawal"}


def test_taking_the_entries_out_brings_everything_back(
    withdrawable_project: Project, project: Project, schema: Schema
) -> None:
    mention = rows(project, "mentions")[0]["mention_id"]
    received = {folder: contents(project.root / folder) for folder in ("annotations", "schema", "raw/articles")}
    for kind, one in ((Kind.ARTICLE, representative(project)), (Kind.PERSON, PERSON), (Kind.MENTION, mention)):
        take_out(project, schema, kind, one)
    assert build_again(project)
    assert {folder: contents(project.root / folder) for folder in received} == received
    (project.raw / "withdrawals.toml").unlink()
    assert build_again(project)
    release = "project-1.0.0"
    assert contents(project.dist / release / "data") == contents(withdrawable_project.dist / release / "data")


@pytest.mark.parametrize(
    ("file", "words", "named"),
    [
        ("schema/issues.toml", f"as {NAME} put it", NAME[:-1]),
        ("CHANGELOG.md", f"as {NAME} put it", NAME[:-1]),
        ("CHANGELOG.md", "see https://a.example/VolodymyrZelenskyy", "https://a.example/VolodymyrZelenskyy"),
    ],
)
def test_a_file_of_the_release_that_names_a_withdrawn_person_stops_the_build(
    project: Project, schema: Schema, file: str, words: str, named: str
) -> None:
    take_out(project, schema, Kind.PERSON, PERSON)
    with (project.root / file).open("a", encoding="utf-8") as opened:
        opened.write(f"# {words}\n")
    tables = final_tables(schema, staged_tables(project), read_withdrawals(project))
    with pytest.raises(CorpusError) as caught:
        write_release(project, schema, tables)
    assert str(caught.value).startswith(f"{file}: line ")
    assert f"it names a person who was withdrawn: '{named}'. [withdrawn-named]" in str(caught.value)


def test_a_dry_run_says_which_names_of_others_go_which_lines_stay_and_which_known_errors_are_lost(
    project: Project, schema: Schema
) -> None:
    held = [row for row in rows(project, "claim_sources") if row["actor_id"] == PERSON]
    alone = next(one["claim_id"] for one in held if sole(project, one["claim_id"]))
    entries = (f'[[errors]]\nabout = "{one}"\nwhat = "Wrong."\nreported = 2026-11-22\n' for one in (alone, "gov:tr"))
    (project.annotations / "known-errors.toml").write_text("format = 1\n" + "".join(entries), encoding="utf-8")
    with (project.root / "CHANGELOG.md").open("a", encoding="utf-8") as opened:
        opened.write("- Zelenskyy's words are spelt anew.\n- The zelenskyyite is no person.\n")
    outcome = take_out(project, schema, Kind.PERSON, PERSON, dry_run=True)
    text = outcome.as_text()
    assert "  grp:ua_advisers is no longer known as: Zelensky's advisers\n" in text
    assert "CHANGELOG.md: - Zelenskyy's words are spelt anew." in outcome.named
    assert not [one for one in outcome.named if "zelenskyyite" in one or "advisers" in one]
    assert outcome.errors == (f"annotations/known-errors.toml: errors #1 ({alone}): about: {alone}",)
    assert f"  {outcome.errors[0]}\n" in text


def test_an_id_of_an_article_that_names_a_withdrawn_person_is_told(project: Project, schema: Schema) -> None:
    named = naming_lines(project, schema, Withdrawn(persons=frozenset({PERSON})), ("zelensky-1", "a"))
    assert [one for one in named if one.startswith("articles")] == ["articles: zelensky-1"]


def sole(project: Project, claim_id: str) -> bool:
    """Say whether a claim has one holder and nobody else."""
    return len([row for row in rows(project, "claim_sources") if row["claim_id"] == claim_id]) == 1


def test_an_actor_listed_under_the_name_of_a_withdrawn_person_stops_the_build(project: Project) -> None:
    file, listed = project.schema / "actors.toml", 'name = "Ukrainian presidential advisers"'
    text = file.read_text(encoding="utf-8")
    assert listed in text
    file.write_text(text.replace(listed, 'name = "Zelenskyy team"'), encoding="utf-8")
    changed = read_schema(project.schema)
    take_out(project, changed, Kind.PERSON, PERSON)
    with pytest.raises(CorpusError, match=r"actors \(grp:ua_advisers\): name: .*'Zelenskyy team'.*\[withdrawn-named\]"):
        write_release(project, changed, final_tables(changed, staged_tables(project), read_withdrawals(project)))


def test_a_name_that_another_person_shares_is_left_alone(schema: Schema) -> None:
    left = without_persons(schema, {"per:popefrancis"})
    assert left.actor("per:popeleo") == schema.actor("per:popeleo")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            Wanted(Kind.ARTICLE, "lake-talk", "rights"),
            (
                "withdraw lake-talk: no article is called 'lake-talk'. [withdraw-unknown]\n"
                "  Did you mean 'lake-talks'? Give an id as raw/manifest.jsonl has it."
            ),
        ),
        (
            Wanted(Kind.ARTICLE, "lake-talks", "anger"),
            (
                "withdraw lake-talks: 'anger' is no class of reasons. [withdraw-reason]\n"
                "  Use one of: rights, privacy, safety, legal, mistake."
            ),
        ),
        (
            Wanted(Kind.PERSON, "gov:ua", "privacy"),
            (
                "withdraw gov:ua: 'gov:ua' is no natural person. [withdraw-person]\n"
                "  States, bodies and groups stay; correct what is wrong about them, or withdraw mentions."
            ),
        ),
        (
            Wanted(Kind.ARTICLE, "harbour", "rights"),
            (
                "raw/withdrawals.toml: 'harbour' is withdrawn already, for another reason: privacy. [withdraw-listed]\n"
                "  Change reason_class there if it is wrong."
            ),
        ),
    ],
)
def test_each_slip_has_its_message(project: Project, schema: Schema, wanted: Wanted, message: str) -> None:
    take_out(project, schema, Kind.ARTICLE, "harbour")
    with pytest.raises(CorpusError) as caught:
        withdraw(project, schema, wanted)
    assert str(caught.value) == message


def test_a_file_that_could_not_take_an_entry_is_left_as_it_is(project: Project, schema: Schema) -> None:
    path = project.raw / "withdrawals.toml"
    path.write_text("format = 1\nwithdrawals = []\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="withdraw-file"):
        take_out(project, schema, Kind.ARTICLE, "harbour")
    assert path.read_text(encoding="utf-8") == "format = 1\nwithdrawals = []\n"
