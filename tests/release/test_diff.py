"""`release diff`: a small corpus built twice, with one real change between, for each cause."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

import small_corpus
from ukrcorpus.annotate.exports.importing import ImportOptions, import_export
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.derive import outputs
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.policy.rights import Edition
from ukrcorpus.release.build import build, read_tables
from ukrcorpus.release.diffs.changelog import as_changelog
from ukrcorpus.release.diffs.diff import Diff, State, diff_releases, state_of
from ukrcorpus.release.diffs.page import as_page
from ukrcorpus.release.diffs.report import as_json, as_text, order_note
from ukrcorpus.release.diffs.rows import RowDiff, compare_rows
from ukrcorpus.release.next_version import next_version
from ukrcorpus.release.versions import Asked, Step, after, asked, check_version, least_after, number, previous
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

CLAIM = "Turkey asked for a truce of the ships"
Changer = Callable[[Project], None]


@pytest.fixture(scope="session")
def first(annotated_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The annotated articles, built as 1.0.0; to be copied and not written in."""
    project = Project(shutil.copytree(annotated_project.root, tmp_path_factory.mktemp("first") / "small"))
    replace_in(project.root / "corpus.toml", 'version = "0.1.0"', 'version = "1.0.0"')
    assert build(project).folder
    return project


@pytest.fixture
def project(first: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(first.root, tmp_path / "small"))


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    text = text.removeprefix("format = 1\n") if path.exists() else text
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def decide(project: Project) -> None:
    """A curator settles that Turkey only favours the truce at sea."""
    claim = next(row for row in rows(project, "claims") if row["quote"] == CLAIM)
    article = next(row for row in rows(project, "articles") if row["article_id"] == "spun")
    append(
        project.annotations / "decisions/spun.toml",
        f'format = 1\narticle_id = "spun"\ntext_sha256 = "{article["text_sha256"]}"\ncurator = "curator-c"\n'
        f'[[decisions]]\nlayer = "claim"\nstart = {claim["start"]}\nend = {claim["end"]}\nkeep = true\n'
        f'quote_sha256 = "{sha256(CLAIM.encode())}"\ntake = "annotator-01"\nset = {{ polarity = "1" }}\n'
        'reason = "It asks, and asking is not demanding."\ncause = "polarity"\n',
    )


def correct_text(project: Project) -> None:
    """A slip before the claims of `talks` is mended, so that they move."""
    append(
        project.raw / "corrections.toml",
        'format = 1\n[[corrections]]\narticle_id = "talks"\nfind = "second round"\nreplace = "second, shorter round"\n'
        'occurrence = 1\nreason = "As the paper printed it."\n',
    )


def withdraw(project: Project) -> None:
    digest = next(row["raw_sha256"] for row in rows(project, "articles") if row["article_id"] == "closed")
    append(
        project.raw / "withdrawals.toml",
        f'format = 1\n[[withdrawals]]\narticle_id = "closed"\nraw_sha256 = "{digest}"\nwithdrawn_on = "2026-11-22"\n'
        'reason_class = "rights"\n',
    )


def rename_actor(project: Project) -> None:
    replace_in(project.schema / "actors.toml", 'name = "Volodymyr Zelenskyy"', 'name = "Volodymyr O. Zelenskyy"')


def reword_pole(project: Project) -> None:
    replace_in(project.schema / "issues.toml", "A full ceasefire should precede", "A full ceasefire should come before")


def annotate_again(project: Project) -> None:
    """A third annotator reads the articles, and has other words for nothing."""
    tasks = small_corpus.export(project, read_schema(project.schema), 3)
    file = project.root.parent / "third.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    import_export(project, read_schema(project.schema), file, ImportOptions(server="lab", name="annotator-03"))


def add_article(project: Project) -> None:
    file = project.root.parent / "more.txt"
    file.write_text("A fourth text\n\nThe envoys met, and nobody in the room would speak of terms.\n", encoding="utf-8")
    ingest(project, [file], IngestOptions(article_id="more", licence="CC0-1.0"))


def exclude(project: Project) -> None:
    append(project.root / "corpus.toml", "[thresholds]\nn_words = { min = 40 }\n")


def rows(project: Project, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_tables(project, read_schema(project.schema))[table].to_pylist()
    return found


def state(project: Project, version: str) -> State:
    return state_of(open_folder(project.dist / f"project-{version}", verify=True))


def rebuilt(project: Project, *changers: Changer, version: str = "2.0.0") -> Diff:
    """Return the difference that changes make to the next build."""
    for change in changers:
        change(project)
    outputs.write(project, read_schema(project.schema))
    replace_in(project.root / "corpus.toml", 'version = "1.0.0"', f'version = "{version}"')
    built = build(project)
    assert built.folder, built.report and built.report.as_text()
    return diff_releases(state(project, "1.0.0"), state(project, version))


def found(diff: Diff) -> dict[str, set[tuple[str, str, str]]]:
    """Return (what it is about, change, cause) of each subject that changed."""
    return {
        name: {(row["shown"] or row["id"], row["change"], row["cause"]) for row in changes.to_dicts()}
        for name, changes in diff.changes.items()
        if len(changes)
    }


def test_a_release_does_not_differ_from_itself(project: Project) -> None:
    diff = diff_releases(state(project, "1.0.0"), state(project, "1.0.0"))
    assert diff.is_empty
    assert not found(diff)
    assert diff.network.edges.is_empty()
    assert as_text(diff).endswith(" edges\n  no edge differs")
    assert order_note(diff) is None
    assert asked(diff.old, diff.new, diff.tables).version == "1.0.1"


def test_another_decision_relabels_by_adjudication_and_weighs_in_the_network(project: Project) -> None:
    diff = rebuilt(project, decide)
    changes = found(diff)
    assert changes["statements"] == {(CLAIM, "relabelled", "adjudication")}
    assert changes["claims"] == {(CLAIM, "re-adjudicated", "adjudication")}
    assert set(changes) == {"claims", "stances", "statements"}
    [row] = diff.changes["statements"].to_dicts()
    assert {"column": "polarity", "old": "2", "new": "1"} in row["values"]
    assert row["article_id"] == "spun"


def test_a_mended_text_moves_its_claims(project: Project) -> None:
    changes = found(rebuilt(project, correct_text))
    assert changes["articles"] == {("Talks resume in the capital", "edited", "text")}
    assert {(change, cause) for _, change, cause in changes["claims"]} == {("moved", "text")}
    assert len(changes["claims"]) == 4
    assert "mentions" not in changes


def test_a_withdrawal_takes_its_statements_away(project: Project) -> None:
    diff = rebuilt(project, withdraw)
    assert {cause for subject in found(diff).values() for _, _, cause in subject} == {"withdrawal"}
    assert {change for _, change, _ in found(diff)["statements"]} == {"removed"}
    assert diff.network.edges.select("holder_id", "issue", "fate").rows() == [("gov:ru", "russian_operations", "gone")]


def test_a_renamed_actor_is_the_registrys_doing(project: Project) -> None:
    changes = found(rebuilt(project, rename_actor))
    assert changes["actors"] == {("Volodymyr O. Zelenskyy", "relabelled", "registry")}
    assert {(change, cause) for _, change, cause in changes["statements"]} == {("edited", "registry")}


def test_a_reworded_pole_is_the_schemes_doing(project: Project) -> None:
    changes = found(rebuilt(project, reword_pole))
    assert changes["issues"] == {("Ceasefire", "relabelled", "scheme")}
    assert {(change, cause) for _, change, cause in changes["statements"]} == {("edited", "scheme")}


def test_another_annotator_readjudicates_what_they_confirm(project: Project) -> None:
    changes = found(rebuilt(project, annotate_again))
    assert {(change, cause) for _, change, cause in changes["statements"]} == {("re-adjudicated", "annotation")}


def test_a_new_article_is_an_addition_and_asks_for_a_minor_version(project: Project) -> None:
    diff = rebuilt(project, add_article, version="1.1.0")
    assert found(diff) == {"articles": {("A fourth text", "added", "article")}}
    assert asked(diff.old, diff.new, diff.tables).version == "1.1.0"


def test_a_threshold_is_a_derived_change(project: Project) -> None:
    changes = found(rebuilt(project, exclude))
    assert {(change, cause) for _, change, cause in changes["articles"]} == {("edited", "derived")}


def test_two_changes_at_once_keep_their_own_causes(project: Project) -> None:
    changes = found(rebuilt(project, decide, withdraw, rename_actor))
    assert {cause for _, _, cause in changes["statements"]} == {"adjudication", "withdrawal", "registry"}


def test_another_issue_on_a_claim_is_a_relabelling_not_a_new_statement(project: Project) -> None:
    def other_issue(project: Project) -> None:
        decide(project)
        replace_in(project.annotations / "decisions/spun.toml", 'polarity = "1"', 'issue = "ceasefire"')

    diff = rebuilt(project, other_issue)
    assert found(diff)["statements"] == {(CLAIM, "relabelled", "adjudication")}
    [row] = diff.changes["statements"].to_dicts()
    assert row["was"]
    assert row["was"] != row["id"]
    assert len(diff.tables["statements_all"].added) == len(diff.tables["statements_all"].removed) == 1


def test_text_and_json_say_what_changed_and_which_version_follows(project: Project) -> None:
    diff = rebuilt(project, decide)
    lines = as_text(diff).splitlines()
    assert lines[:2] == ["project 1.0.0 -> project 2.0.0", "2.0.0 at least, a major step from 1.0.0:"]
    assert "        polarity: 2 -> 1" in lines
    record = json.loads(json.dumps(as_json(diff)))
    assert record["least_version"] == "2.0.0"
    assert [row["cause"] for row in record["changes"]["statements"]] == ["adjudication"]
    assert order_note(diff) is None


def test_a_newer_release_given_as_the_old_one_is_noted(project: Project) -> None:
    diff = rebuilt(project, decide)
    note = order_note(diff_releases(diff.new, diff.old))
    assert note is not None
    assert note.startswith("note: 2.0.0 is compared as the old release and 1.0.0 as the new one")


def test_the_reasons_for_a_version_keep_to_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    reason = f"articles: 3 changed ({', '.join(f'column_{number:02}' for number in range(12))})"
    lines = Asked("1.0.0", Step.MAJOR, "2.0.0", (reason,)).as_text().splitlines()
    assert 60 < max(map(len, lines)) <= 72
    assert (lines[1][:11], lines[2][:11]) == ("  articles:", "    column_")


def test_the_page_escapes_what_a_release_holds_and_repeats_nothing_withdrawn(project: Project) -> None:
    def hostile_name(project: Project) -> None:
        replace_in(project.schema / "actors.toml", 'name = "Volodymyr Zelenskyy"', 'name = "<script>alert(1)</script>"')

    diff = rebuilt(project, hostile_name, withdraw, decide)
    page = as_page(diff)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "http" not in page
    for words in ("go on with its operations", "A note that nobody may pass on"):
        assert words not in page + as_text(diff) + json.dumps(as_json(diff))
    assert "<del>2</del> → <ins>1</ins>" in page
    assert as_changelog(diff).splitlines()[:5] == [
        f"## [2.0.0] - {diff.new.record['release_date']}",
        "",
        "### Data",
        "",
        "- After 1.0.0: Rows changed or went: run what you computed from the older version again.",
    ]
    assert "- statements: 1 relabelled, because the same votes were decided otherwise." in as_changelog(diff)
    assert "- Discourse network of `statements`: 1 gone, of 3 edges." in as_changelog(diff)


def applied(old: pa.Table, diff: RowDiff) -> pl.DataFrame:
    """Return the old state with what came, went and changed."""
    frame = pl.from_arrow(old)
    assert isinstance(frame, pl.DataFrame)
    kept = frame.join(diff.removed, on=diff.key, how="anti").join(diff.before, on=diff.key, how="anti")
    return pl.concat([kept, diff.added, diff.after])


def same(left: pl.DataFrame, right: pa.Table, key: tuple[str, ...]) -> bool:
    other = pl.from_arrow(right)
    assert isinstance(other, pl.DataFrame)
    return left.sort(key).equals(other.sort(key))


def test_the_differences_applied_to_the_old_release_give_the_new_one(project: Project) -> None:
    diff = rebuilt(project, decide, correct_text, withdraw, rename_actor, annotate_again)
    for name, one in diff.tables.items():
        assert same(applied(diff.old.read(name), one), diff.new.read(name), one.key), name


VALUES = st.fixed_dictionaries(
    {
        "label": st.sampled_from(["a", "b", None]),
        "score": st.sampled_from([0.5, float("nan"), None]),
        "ids": st.lists(st.sampled_from("xy"), max_size=2),
    }
)
STATES = st.dictionaries(st.sampled_from("klmnop"), VALUES)
FIELDS = pa.schema(
    [("id", pa.string()), ("label", pa.string()), ("score", pa.float64()), ("ids", pa.list_(pa.string()))]
)


def table(state: dict[str, dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist([{"id": key, **row} for key, row in state.items()], schema=FIELDS)


def only_text_free(project: Project) -> None:
    """Leave the text-free edition of 1.0.0 alone in dist/."""
    assert build(project, Edition.TEXT_FREE).folder
    shutil.rmtree(project.dist / "project-1.0.0")


def test_a_text_free_release_alone_asks_for_the_same_version(project: Project) -> None:
    only_text_free(project)
    with pytest.raises(CorpusError, match=r"1.0.1 is too small a step from 1.0.0: claims: 1 changed"):
        rebuilt(project, decide, version="1.0.1")
    assert next_version(project, None).startswith("2.0.0 at least")


def test_a_text_free_release_alone_lets_an_addition_pass(project: Project) -> None:
    only_text_free(project)
    replace_in(project.root / "corpus.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    add_article(project)
    assert build(project).folder
    assert next_version(project, None).startswith("1.1.0 at least, a minor step from 1.0.0")


def test_what_a_text_free_release_does_not_show_is_known_by_its_hash(project: Project, schema: Schema) -> None:
    only_text_free(project)
    tables = read_tables(project, schema)
    articles = tables["articles"]
    titles = pa.array([one and f"{one}!" for one in articles["title"].to_pylist()], pa.string())
    closed = pc.if_else(pc.equal(articles["text_rights"], "none"), titles, articles["title"])
    index = articles.schema.get_field_index("title")
    tables["articles"] = articles.set_column(index, articles.schema.field("title"), closed)
    least = least_after(project.dist / "project-1.0.0-text-free", project.info(), schema, tables)
    assert least.reasons == ("articles: changed in columns that the text-free edition does not show",)
    assert least.version == "2.0.0"


@given(STATES, STATES)
def test_rows_compared_and_applied_are_the_rows_compared_with(
    old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]
) -> None:
    diff = compare_rows("t", ("id",), table(old), table(new))
    assert same(applied(table(old), diff), table(new), ("id",))
    assert diff.is_empty == same(
        applied(table(old), diff).clear().vstack(applied(table(old), diff)), table(old), ("id",)
    )
    assert len(diff.columns) == len(diff.before) == len(diff.after)
    assert all(names for names in diff.columns.to_list())


def test_two_releases_from_before_persons_had_tombstones_are_compared(project: Project) -> None:
    now = state(project, "1.0.0")
    record = json.loads(json.dumps(now.record))
    record["tables"]["withdrawals"]["key"] = ["article_id"]

    def read(name: str) -> pa.Table:
        found = now.read(name)
        return found.rename_columns({"withdrawn_id": "article_id"}).drop(["kind"]) if name == "withdrawals" else found

    older = State(record, read)
    assert diff_releases(older, older).is_empty


def test_editions_are_not_compared(project: Project) -> None:
    old = state(project, "1.0.0")
    with pytest.raises(CorpusError, match=r"\[diff-editions\]"):
        diff_releases(old, State({**old.record, "edition": "text-free"}, old.read))


def test_a_table_with_another_key_is_refused() -> None:
    other = pa.table({"name": ["k"]})
    with pytest.raises(CorpusError, match=r"t: its rows cannot be matched.*\[diff-key\]"):
        compare_rows("t", ("name",), table({}), other)


def test_a_build_refuses_a_version_that_promises_too_much(project: Project) -> None:
    with pytest.raises(CorpusError) as caught:
        rebuilt(project, decide, version="1.0.1")
    assert str(caught.value) == (
        "corpus.toml: version: 1.0.1 is too small a step from 1.0.0: claims: 1 changed (curator_annotated, decided_by)"
        "; and 3 more. [version-too-small]\n  Set 2.0.0 or more; ukrcorpus release version has every reason. If "
        "dist/project-1.0.0 was never published, remove it."
    )
    assert [path.name for path in project.dist.iterdir()] == ["project-1.0.0"]


def test_a_version_below_the_newest_release_is_refused(project: Project) -> None:
    with pytest.raises(CorpusError, match=r"0.9.0 is too small a step from 1.0.0.*\[version-too-small\]"):
        rebuilt(project, version="0.9.0")


def test_the_same_rows_may_be_a_patch(project: Project) -> None:
    diff = rebuilt(project, version="1.0.1")
    assert diff.is_empty


def test_the_first_release_may_have_any_version(project: Project, schema: Schema) -> None:
    shutil.rmtree(project.dist)
    assert previous(project) is None
    check_version(project, schema, read_tables(project, schema))


@given(st.tuples(*[st.integers(0, 30)] * 3))
def test_a_greater_step_never_gives_a_smaller_version(numbers: tuple[int, int, int]) -> None:
    from ukrcorpus.release.versions import Step

    version = ".".join(map(str, numbers))
    steps = [number(after(version, step)) for step in Step]
    assert numbers < steps[0] < steps[1] <= steps[2]
