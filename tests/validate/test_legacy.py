"""A rule does not fail data that was published, or made by annotators, before the rule was introduced."""

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.core.problems import CorpusError, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import write_text
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.published import Published, published_file, read_published, write_published
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.evidence import Evidence, rows
from ukrcorpus.validate.page import rules_page
from ukrcorpus.validate.report import Report
from ukrcorpus.validate.rules import Broken, Depth, Rule, reads
from ukrcorpus.validate.run import run_rules

SINCE = date(2026, 3, 1)
BEFORE, AFTER = SINCE - timedelta(days=1), SINCE
DAY = AFTER.isoformat()
ARTICLES = ("talks-report", "sample-harbour")


def no_url(evidence: Evidence) -> Iterator[Broken]:
    for row in rows(evidence.scan("articles")):
        yield Broken(f"articles: {row['article_id']}", "an article", "none", row["article_id"])


def round_kept(evidence: Evidence) -> Iterator[Broken]:
    for row in rows(evidence.scan("annotation_rounds", "article_id", "created_at")):
        yield Broken(row["round_id"], "a round", "none", row["article_id"], row["created_at"].date())


def rule(check: Callable[[Evidence], Iterator[Broken]], table: str, since: date | None = SINCE) -> Rule:
    return Rule("no-such-data", Depth.CORPUS, reads(table), check, "Nothing.", "Take it away.", since=since)


def record(project: Project, days: dict[str, date]) -> None:
    write_published(project, [Published(one, "train", "0.1.0", day.isoformat()) for one, day in days.items()])


def levels(report: Report) -> dict[str, Severity]:
    return {finding.where: finding.severity for finding in report.findings}


def test_data_published_before_a_rule_is_legacy_and_everything_else_is_bound(corpus: Project, schema: Schema) -> None:
    record(corpus, {"talks-report": BEFORE})
    found = levels(run_rules(corpus, schema, [rule(no_url, "articles")]))
    assert found == {"articles: talks-report": Severity.LEGACY, "articles: sample-harbour": Severity.ERROR}
    record(corpus, {"talks-report": AFTER})
    assert set(levels(run_rules(corpus, schema, [rule(no_url, "articles")])).values()) == {Severity.ERROR}


def test_a_rule_without_a_day_binds_all_data(corpus: Project, schema: Schema) -> None:
    record(corpus, dict.fromkeys(ARTICLES, BEFORE))
    assert run_rules(corpus, schema, [rule(no_url, "articles", None)]).n_errors == 2


def test_what_annotators_made_is_as_old_as_their_round_and_not_as_the_article(corpus: Project, schema: Schema) -> None:
    rounds = rule(round_kept, "annotation_rounds", date(2025, 3, 5))  # both rounds are a day older
    assert run_rules(corpus, schema, [rounds]).n_legacy == 2
    record(corpus, dict.fromkeys(ARTICLES, date(2020, 1, 1)))
    younger = rule(round_kept, "annotation_rounds", date(2025, 3, 4))
    assert run_rules(corpus, schema, [younger]).n_errors == 2


def test_the_report_shows_and_counts_legacy_data_and_does_not_fail(corpus: Project, schema: Schema) -> None:
    record(corpus, dict.fromkeys(ARTICLES, BEFORE))
    report = run_rules(corpus, schema, [rule(no_url, "articles")])
    assert report.as_text().startswith("no-such-data: 2 legacy findings\n")
    assert report.as_text().endswith("0 errors, 0 notes, 2 legacy (older than the rule); 21 tables asked in full.")
    given = report.as_json()
    assert (given["n_errors"], given["n_notes"], given["n_legacy"]) == (0, 0, 2)
    assert json.dumps(given).count('"severity": "legacy"') == 2


def test_the_page_of_rules_says_since_when_a_rule_binds() -> None:
    assert "Severity: error. Since 2026-03-01; legacy in older data." in rules_page([rule(no_url, "articles")])


def named(evidence: Evidence) -> Iterator[Broken]:
    for row in rows(evidence.scan("articles", "publisher")):
        if row["publisher"] is None:
            yield Broken(f"articles: {row['article_id']}", "null", "a name", row["article_id"])


NAMED = Rule("publisher-named", Depth.CORPUS, reads("articles"), named, "It has a publisher.", "Name it.", since=SINCE)
UNNAMED = {"tables": [{"table": "articles", "key": {"article_id": ARTICLES[0]}, "clear": ["publisher"]}]}


@pytest.mark.parametrize("later", [NAMED, *(one for one in RULES if one.since)], ids=lambda one: one.id)
def test_every_later_rule_says_whose_data_it_is_about(
    later: Rule, corpus: Project, broken_by: Callable[[dict[str, Any], tuple[Rule, ...]], Report]
) -> None:
    file = Path(__file__).parents[1] / "invalid" / later.id / "case.toml"
    case = UNNAMED if later is NAMED else tomllib.loads(file.read_text(encoding="utf-8"))
    assert {one.severity for one in broken_by(case, (later,)).findings} == {Severity.ERROR}
    assert later.since
    record(corpus, dict.fromkeys(ARTICLES, later.since - timedelta(days=1)))
    assert {one.severity for one in broken_by({}, (later,)).findings} == {Severity.LEGACY}


def test_the_record_is_read_as_it_was_written_in_the_order_of_releases(empty_project: Project) -> None:
    newer, older = Published("a", "test", "0.10.0", DAY), Published("b", "train", "0.9.0", DAY)
    write_published(empty_project, [newer, older])
    assert list(read_published(empty_project).items()) == [("b", older), ("a", newer)]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("{", ""), "no JSON: "),
        (('"split": "train"', '"splits": "train"'), "unknown key 'splits'."),
        (('"0.1.0"', '"1"'), "version is '1'."),
        (("2026-03-01", "2026-02-30"), "released_on is '2026-02-30'."),
        (('"format": 1', '"format": 2'), "format is 2."),
        (("\n", "\n{}\n"), "the key 'article_id' is missing."),
    ],
)
def test_a_line_that_is_no_record_stops_with_its_address(
    empty_project: Project, change: tuple[str, str], what: str
) -> None:
    record(empty_project, {"a": AFTER})
    file = published_file(empty_project)
    write_text(file, file.read_text(encoding="utf-8").replace(*change, 1))
    with pytest.raises(CorpusError, match=r"published\.jsonl: line [12]: ") as caught:
        read_published(empty_project)
    assert caught.value.what.startswith(what)


def test_an_article_that_was_published_first_twice_is_refused(empty_project: Project) -> None:
    write_published(empty_project, [Published("a", "train", version, DAY) for version in ("0.1.0", "0.2.0")])
    with pytest.raises(CorpusError, match="the article_id 'a' a second time") as caught:
        read_published(empty_project)
    assert caught.value.rule == "published-line"
