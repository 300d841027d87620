import json
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ukrcorpus.cli import commands
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.article import Correction, RawArticle
from ukrcorpus.normalise.blocks import BlockKind
from ukrcorpus.normalise.passes import listing, normalised
from ukrcorpus.normalise.records import Pending
from ukrcorpus.normalise.run import TABLES, run_normalise
from ukrcorpus.normalise.trace import traces
from ukrcorpus.schema.model import Schema

ROOT = Path(__file__).parents[2]
SOURCE = (
    "Talks stall again\nBy Ann Example\n"
    "KYIV, Ukraine — Both delegations met on Friday, and they parted after two hours without any result.\n"
)


def raw(article_id: str, source: str, *corrections: Correction) -> RawArticle:
    data = source.encode("utf-8")
    provenance = {"article_id": article_id, "origin": "published", "licence": "CC0-1.0", "text_rights": "full"}
    provenance |= {"raw_file": f"articles/{article_id}.txt", "raw_sha256": sha256(data), "raw_encoding": "utf-8"}
    return RawArticle(provenance, source, corrections)


def unread(article_id: str) -> Pending:
    return Pending(article_id, "", None, partial(_refuse, article_id))


def _refuse(article_id: str) -> RawArticle:
    where = f"raw/articles/{article_id}.txt"
    raise CorpusError("raw-changed", "other bytes.", where=where, remedy="Restore it.")


def test_a_run_fills_every_table_and_keeps_what_it_took_out(empty_project: Project, schema: Schema) -> None:
    report = run_normalise(empty_project, schema, [raw("one", SOURCE), raw("two", SOURCE + "More.")])
    assert (report.n_articles, report.n_new) == (2, 2)
    tables = {name: pq.read_table(empty_project.table("normalise", name)).to_pylist() for name in TABLES}
    article = tables["articles"][0]
    assert (article["byline"], article["dateline"]) == ("Ann Example", "KYIV, Ukraine")
    assert article["title"] == "Talks stall again"
    assert len({row["duplicate_cluster"] for row in tables["articles"]}) == 1
    assert sum(row["is_representative"] for row in tables["articles"]) == 1
    edits = [row for row in tables["edits"] if row["article_id"] == "one"]
    assert [SOURCE[row["raw_start"] : row["raw_end"]].strip() for row in edits[:1]] == ["By Ann Example"]


def test_an_article_without_text_is_set_aside_with_its_reason(empty_project: Project, schema: Schema) -> None:
    report = run_normalise(empty_project, schema, [raw("menu", "Leave a Comment\n"), raw("one", SOURCE), unread("x")])
    assert report.n_articles == 1
    reasons = (empty_project.quarantine / "normalise.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["rule"] for line in reasons] == ["article-empty", "raw-changed"]


def test_an_article_without_rest_is_set_aside_with_its_reason(empty_project: Project, schema: Schema) -> None:
    report = run_normalise(empty_project, schema, [raw("one", SOURCE), raw("two", "Q: " * 60 + "Who pays?")])
    assert [error.rule for error in report.set_aside] == ["article-restless"]


def test_a_correction_is_an_edit_with_its_own_name(empty_project: Project, schema: Schema) -> None:
    run_normalise(empty_project, schema, [raw("one", SOURCE, Correction("Friday", "Monday", 1))])
    rows = pq.read_table(empty_project.table("normalise", "edits")).to_pylist()
    assert [row["inserted"] for row in rows if "correction" in row["passes"]] == ["Mon"]


def test_a_correction_that_finds_nothing_is_reported(empty_project: Project, schema: Schema) -> None:
    report = run_normalise(empty_project, schema, [raw("one", SOURCE, Correction("Sunday", "Monday", 1))])
    assert [error.rule for error in report.set_aside] == ["correction-not-found"]


def test_corrections_of_the_same_words_are_reported(empty_project: Project, schema: Schema) -> None:
    both = Correction("Friday", "Monday", 1), Correction("Fri", "Mon", 1)
    report = run_normalise(empty_project, schema, [raw("one", SOURCE, *both)])
    assert [error.rule for error in report.set_aside] == ["correction-overlap"]


def test_the_page_of_passes_is_the_one_in_docs() -> None:
    page = ROOT / "docs" / "passes.md"
    assert page.read_text(encoding="utf-8") == listing(), "renew it: ukrcorpus normalise --passes > docs/passes.md"


@pytest.mark.parametrize("argument", ["normalise", "trace"])
def test_the_commands_run_on_the_sample_corpus(argument: str, tmp_path: Path) -> None:
    words = [argument, "sample-explainer-plant"] if argument == "trace" else [argument, "--passes"]
    result = CliRunner().invoke(commands, ["--project", str(ROOT), *words])
    assert result.exit_code == 0, result.output
    assert "boilerplate.breadcrumb" in result.output


def test_a_trace_shows_every_edit(schema: Schema) -> None:
    from ukrcorpus.normalise.article import aligned

    text = aligned(raw("one", SOURCE), schema.repairs)
    shown = list(traces(text))
    assert len(shown) == len(text.edits)
    assert shown[0].before.strip() == "By Ann Example"


def test_the_kinds_of_blocks_are_those_of_the_scheme(schema: Schema) -> None:
    assert tuple(kind.value for kind in BlockKind) == schema.vocabulary("block_kind").names


def test_edits_hold_no_character_that_was_kept(schema: Schema) -> None:
    for path in sorted((ROOT / "raw" / "articles").glob("*.txt")):
        text = normalised(path.read_text(encoding="utf-8"), schema.repairs)
        assert [edit for edit in text.edits if edit.end - edit.start > len(" | ")] == []
