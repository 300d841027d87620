"""Rules asked of what changed: the report is that of asking everything, and what is known is not asked again."""

import random
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cut_corpus import cut, part
from ukrcorpus.core.problems import CorpusError, Finding
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Known
from ukrcorpus.core.tables import read_table, sha256, write_table, write_text
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.validate import run
from ukrcorpus.validate.cut import _parts
from ukrcorpus.validate.evidence import STAGE, Evidence
from ukrcorpus.validate.ledger import Ledger
from ukrcorpus.validate.rules import Alone, Rule
from ukrcorpus.validate.run import OF_BUILT, run_changed, run_rules
from validate.conftest import change_file, change_table

ARTICLES = FIRST, SECOND = ("sample-harbour", "talks-report")
CASES = Path(__file__).parents[1] / "invalid"
TOOLS = {"code": "this"}
# Another case took away what this one changes.
_UNFIT = (AssertionError, FileNotFoundError, KeyError, pa.ArrowInvalid)
Question = tuple[str, tuple[str, ...], str | None]


def ledger(project: Project, tools: dict[str, str] = TOOLS) -> Ledger:
    return Ledger(project.build / ".asked.json", Known(project.build / ".hashes.json"), tools)


@pytest.fixture(scope="module")
def cut_base(base: Project, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The valid corpus in parts of one article, with its ledger; to be copied and not written in."""
    project = Project(shutil.copytree(base.root, tmp_path_factory.mktemp("cut") / "corpus"))
    cut(project, schema, ARTICLES)
    assert run_changed(project, schema, ledger(project)) == run_rules(base, schema, OF_BUILT)
    return project


@pytest.fixture
def corpus(cut_base: Project, tmp_path: Path) -> Project:
    """A copy of it, free to be broken."""
    return Project(shutil.copytree(cut_base.root, tmp_path / "corpus"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """What is asked from now on: rules, tables and parts."""
    told: list[Question] = []
    answer = run._answer

    def listening(rule: Rule, evidence: Evidence, known: Iterable[Finding]) -> list[Finding]:
        told.append((rule.id, evidence.tables, evidence.part.name if evidence.part else None))
        return answer(rule, evidence, known)

    monkeypatch.setattr(run, "_answer", listening)
    return told


def damaged(base: Project, cut_base: Project, folder: Path, cases: Iterable[str]) -> Project:
    """Return the valid corpus after the changes of these cases, cut, with the ledger of the valid one."""
    project = Project(shutil.copytree(base.root, folder))
    schema = read_schema(project.schema)
    for name in cases:
        case = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))
        for change in case.get("tables", ()):
            with suppress(*_UNFIT):
                change_table(project, schema, change)
        for change in case.get("files", ()):
            with suppress(*_UNFIT):
                change_file(project.root / change["path"], change)
    cut(project, schema, ARTICLES)
    shutil.copy(cut_base.build / ".asked.json", project.build)
    return project


def test_after_any_damage_the_report_is_that_of_asking_everything(
    base: Project, cut_base: Project, tmp_path: Path
) -> None:
    """Other cases are drawn each time."""
    cases = random.sample(sorted(path.name for path in CASES.iterdir()), 4)
    project = damaged(base, cut_base, tmp_path / "corpus", cases)
    try:
        schema = read_schema(project.schema)
    except CorpusError:
        return
    assert run_changed(project, schema, ledger(project)) == run_rules(project, schema, OF_BUILT), cases


def test_what_is_known_to_find_nothing_is_not_asked_again(
    corpus: Project, schema: Schema, asked: list[Question]
) -> None:
    run_changed(corpus, schema, ledger(corpus))
    assert {rule for rule, _, _ in asked} == {rule.id for rule in OF_BUILT if rule.alone is Alone.NO}


def test_after_a_change_in_one_part_its_table_is_asked_there(
    corpus: Project, schema: Schema, asked: list[Question]
) -> None:
    change(part(corpus, "signals", SECOND, ARTICLES), value=31.0)
    run_changed(corpus, schema, ledger(corpus))
    alone = {rule.id for rule in OF_BUILT if rule.alone is not Alone.NO}
    assert [question for question in asked if question[0] in alone] == [
        ("table-columns", ("signals",), f"from-{SECOND}"),
        ("frame-value", ("signals",), f"from-{SECOND}"),
        ("key-unique", ("signals",), f"from-{SECOND}"),
        ("key-reference", ("signals", "articles"), f"from-{SECOND}"),
        ("withdrawn-left", ("signals", "articles"), f"from-{SECOND}"),
    ]


def test_with_other_code_or_another_schema_everything_is_asked(
    corpus: Project, schema: Schema, asked: list[Question]
) -> None:
    everything = {(rule.id, tables) for rule in OF_BUILT for tables in rule.scope(schema)}
    for tools, path in (({"code": "other"}, None), (TOOLS, corpus.schema / "issues.toml")):
        asked.clear()
        if path:
            write_text(path, path.read_text(encoding="utf-8").replace("full ceasefire", "whole ceasefire"))
        run_changed(corpus, read_schema(corpus.schema), ledger(corpus, tools))
        assert {(rule, tables) for rule, tables, _ in asked} == everything


def test_a_file_that_is_missing_cut_off_or_another_is_told_as_when_everything_is_asked(
    corpus: Project, schema: Schema
) -> None:
    sentences, flags = (part(corpus, table, SECOND, ARTICLES) for table in ("sentences", "flags"))
    for damage in (
        lambda: (corpus.raw / f"articles/{SECOND}.txt").write_text("Another text.", encoding="utf-8"),
        lambda: change(corpus.table(STAGE, "actors"), actor_id="gov:xx"),
        lambda: sentences.write_bytes(sentences.read_bytes()[:-100]),
        flags.unlink,
        lambda: shutil.rmtree(corpus.table(STAGE, "edits")),
    ):
        damage()
        report = run_changed(corpus, schema, ledger(corpus))
        assert report == run_rules(corpus, schema, OF_BUILT)
        assert report.n_errors


def test_rows_in_another_part_than_theirs_are_judged_as_in_the_whole(corpus: Project, schema: Schema) -> None:
    for table in ("claim_issues", "sentences"):
        move(corpus, table)
        assert run_changed(corpus, schema, ledger(corpus)) == run_rules(corpus, schema, OF_BUILT)


def test_a_second_row_of_a_key_in_another_part_is_found(corpus: Project, schema: Schema) -> None:
    one, other = (part(corpus, "claims", article, ARTICLES) for article in ARTICLES)
    rows = read_table(other)
    change(one, claim_id=rows["claim_id"][0].as_py())
    report = run_changed(corpus, schema, ledger(corpus))
    assert report == run_rules(corpus, schema, OF_BUILT)
    assert "key-unique" in {finding.rule for finding in report.findings}


def test_a_report_with_errors_leaves_the_ledger_as_it_was(
    corpus: Project, schema: Schema, asked: list[Question]
) -> None:
    file, kept = part(corpus, "signals", SECOND, ARTICLES), (corpus.build / ".asked.json").read_bytes()
    whole = file.read_bytes()
    change(file, name="")
    assert run_changed(corpus, schema, ledger(corpus)).n_errors
    assert (corpus.build / ".asked.json").read_bytes() == kept
    file.write_bytes(whole)
    asked.clear()
    assert run_changed(corpus, schema, ledger(corpus)).findings == ()
    assert {rule for rule, _, _ in asked} == {rule.id for rule in OF_BUILT if rule.alone is Alone.NO}


def test_a_note_is_told_each_time_and_keeps_nothing_else_from_being_known(
    corpus: Project, schema: Schema, asked: list[Question]
) -> None:
    write_text(corpus.annotations / "ids.jsonl", moved((corpus.annotations / "ids.jsonl").read_text(encoding="utf-8")))
    first = run_changed(corpus, schema, ledger(corpus))
    assert {finding.rule for finding in first.findings} == {"minted-span"}
    asked.clear()
    again = run_changed(corpus, schema, ledger(corpus))
    assert {rule for rule, _, _ in asked} - {rule.id for rule in OF_BUILT if rule.alone is Alone.NO} == {"minted-span"}
    assert again == first == run_rules(corpus, schema, OF_BUILT)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"tools": {}, "clean": 1, "ends": []}'])
def test_a_ledger_that_cannot_be_read_is_none(corpus: Project, text: str) -> None:
    (corpus.build / ".asked.json").write_text(text, encoding="utf-8")
    assert not ledger(corpus).is_clean("any")


def test_a_rule_that_is_asked_of_parts_opens_no_file_that_it_does_not_name(base: Project, schema: Schema) -> None:
    opened: list[str] = []
    listening = [True]
    sys.addaudithook(lambda event, given: opened.append(str(given[0])) if listening and event == "open" else None)
    for rule in OF_BUILT:
        for tables in rule.scope(schema) if rule.alone is not Alone.NO else ():
            opened.clear()
            list(rule.check(Evidence(base, schema, tables)))
            named = {str(path) for path in rule.given(base)}
            others = {path for path in opened if path.startswith(str(base.root)) and not path.endswith(".parquet")}
            proved = {path for path in others if path.startswith(str(base.raw / "articles"))}
            assert others - proved <= named, rule.id
    listening.clear()


def change(file: Path, **values: Any) -> None:
    """Set cells of a file's first row."""
    table = read_table(file)
    rows = table.to_pylist()
    write_table(file, pa.Table.from_pylist([rows[0] | values, *rows[1:]], schema=table.schema))


def move(project: Project, table: str) -> None:
    """Move the last row of the second part into the first."""
    one, other = (part(project, table, article, ARTICLES) for article in ARTICLES)
    rows, others = read_table(one), read_table(other)
    write_table(one, pa.concat_tables([rows, others.slice(others.num_rows - 1)]))
    write_table(other, others.slice(0, others.num_rows - 1))


def moved(lines: str) -> str:
    """Return ids.jsonl with another place for the first of its ids."""
    return re.sub(r'"start": (\d+)', lambda found: f'"start": {int(found[1]) - 1}', lines, count=1)


@pytest.mark.parametrize(
    ("spans", "lines"),
    [
        ([("b", "c"), ("d", "d"), ("e", "e")], ["abc", "d", "ef"]),  # the first and the last were set aside
        ([("a", "a"), ("cc", "cd"), ("dd", "de"), ("x", "y")], ["abc", "d", "ef", ""]),
        ([("a", "f")], ["abcdef"]),
        ([("a", "c"), ("c", "f")], None),
        ([("d", "f"), ("a", "c")], None),
        ([("a", "c"), None], None),
    ],
)
def test_a_line_of_the_manifest_belongs_to_the_part_among_whose_articles_it_stands(
    tmp_path: Path, spans: list[tuple[str, str] | None], lines: list[str] | None
) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("".join(f'{{"article_id": "{one}", "n": 1}}\n' for one in "abcdef"), encoding="utf-8")
    told = _parts(manifest, [str(n) for n in range(len(spans))], spans)
    data = manifest.read_bytes()
    own = [data[part.start : part.stop] for part in told[0]] if told else []
    assert ["".join(re.findall('"([a-f])"', one.decode())) for one in own] == (lines or [])
    assert (told and told[1]) == (tuple(map(sha256, own)) if lines else None)
