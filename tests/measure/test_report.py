import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from ukrcorpus.measure.disagreements import Text, disagreements
from ukrcorpus.measure.figures import Confusion, Figure, Report
from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.page import as_page
from ukrcorpus.measure.page_confusions import confusions
from ukrcorpus.measure.report import Chance, agreement_report
from ukrcorpus.measure.report_text import as_text
from ukrcorpus.measure.rounds import Row
from ukrcorpus.schema.model import Schema

Rounds = Callable[..., Row]
LENGTHS = {"talks": 60, "more": 60}
CHANCE = Chance(n_samples=3, n_draws=50)


def copied(rows: list[Row], old: str, new: str) -> list[Row]:
    """Return the rows as those of another annotator or of another article."""
    keys = ("annotation_id", "round_id", "article_id")
    return [{**row, **{key: str(row[key]).replace(old, new) for key in keys}} for row in rows]


@pytest.fixture
def report(schema: Schema, a_round: Rounds, annotations: list[Row]) -> Report:
    rounds = [a_round(name, article) for name in "ab" for article in ("talks", "more")]
    both = annotations + copied(annotations, "talks", "more")
    return agreement_report(schema, rounds, both, LENGTHS, CHANCE)


def figure(report: Report, measure: str, layer: str, label: str | None = None) -> Figure:
    return next(one for one in report.figures if (one.measure, one.layer, one.label) == (measure, layer, label))


def test_every_figure_has_a_value_or_the_reason_why_not(report: Report) -> None:
    assert all((one.value is None) == (one.reason is not None) for one in report.figures)
    assert all(one.interval or one.interval_reason for one in report.figures if one.value is not None)
    assert figure(report, "span_f1_strict", "mention").reason == "nobody marked or said any"
    assert figure(report, "alpha_nominal", "document", "genre").reason == "only one answer occurs"


def test_figures_say_what_they_rest_on(report: Report) -> None:
    strict = figure(report, "span_f1_strict", "claim")
    assert (strict.value, strict.article_mean, strict.interval) == (0.4, 0.4, (0.4, 0.4))
    assert (strict.n_units, strict.n_articles, strict.n_annotators) == (10, 2, 2)
    assert [(pair.first, pair.second, pair.n_matched) for pair in strict.pairs] == [("a", "b", 2)]
    coded = figure(report, "alpha_nominal", "claim", "type")
    assert (coded.n_units, coded.n_entering) == (6, 4)
    assert figure(report, "span_f1_overlap", "claim", "attributed").target == 0.75
    assert figure(report, "statement_f1", "statement", "sign").value == pytest.approx(2 / 3)
    assert figure(report, "statement_f1", "statement", "polarity").value == 0.0


def test_the_network_names_the_edges_that_disagree(schema: Schema, a_round: Rounds, annotations: list[Row]) -> None:
    turned = [
        {**row, "polarity": -2} if row["round_id"] == "b-talks" and row["start"] == 0 else row for row in annotations
    ]
    alone = {**turned[0], "annotation_id": "x", "start": 50, "end": 55, "issue": "mediation", "polarity": 2}
    report = agreement_report(
        schema, [a_round("a"), a_round("b")], [*turned, alone, alone | {"annotation_id": "y"}], LENGTHS, CHANCE
    )
    (pair,) = report.networks
    assert (pair.n_first, pair.n_second, pair.n_shared, pair.sign_agreement) == (2, 1, 1, 0.0)
    assert [(edge.issue, edge.first) for edge in pair.only_first] == [("mediation", 2)]
    assert pair.rank_correlation is None
    assert pair.reasons["rank_correlation"] == "fewer than 3 edges, or all of one weight"
    assert pair.reasons["sign_agreement"] == "fewer than two articles"


def test_of_three_annotators_each_is_left_out_once(schema: Schema, a_round: Rounds, annotations: list[Row]) -> None:
    third = copied([row for row in annotations if row["round_id"] == "b-talks"], "b", "c")
    report = agreement_report(schema, [a_round(name) for name in "abc"], [*annotations, *third], LENGTHS, CHANCE)
    assert list(report.without) == ["a", "b", "c"]
    strict = {
        name: next(one.value for one in own if one.measure == "span_f1_strict" and one.layer == "claim")
        for name, own in report.without.items()
    }
    assert strict == {"a": 1.0, "b": 0.4, "c": 0.4}


@pytest.mark.parametrize("names", ["", "a"])
def test_nobody_or_one_alone_gives_no_figure_and_no_error(
    schema: Schema, a_round: Rounds, annotations: list[Row], names: str
) -> None:
    report = agreement_report(schema, [a_round(name) for name in names], annotations, LENGTHS, CHANCE)
    assert {one.value for one in report.figures} <= {None}
    assert report.networks == ()
    assert as_text(report).startswith("No article has two blind rounds without suggestions")
    assert "there is nothing to measure" in as_page(report, [])


def test_two_who_marked_nothing_have_no_figures_of_spans(schema: Schema, a_round: Rounds) -> None:
    report = agreement_report(schema, [a_round("a"), a_round("b")], [], LENGTHS, CHANCE)
    assert (report.n_articles, {one.value for one in report.figures}) == (1, {None})
    assert "n/a  nobody marked or said any" in as_text(report)


def test_two_who_say_the_same_agree_wholly(schema: Schema, a_round: Rounds, annotations: list[Row]) -> None:
    own = [row for row in annotations if row["round_id"] == "a-talks"]
    twin = copied(own, "a-talks", "b-talks")
    report = agreement_report(schema, [a_round("a"), a_round("b")], own + twin, LENGTHS, CHANCE)
    assert {one.value for one in report.figures} == {1.0, None}


def test_equal_seeds_give_equal_reports_whatever_the_order_of_the_rows(
    schema: Schema, a_round: Rounds, annotations: list[Row]
) -> None:
    rounds = [a_round("a"), a_round("b")]
    one = agreement_report(schema, rounds, annotations, LENGTHS, CHANCE)
    other = agreement_report(schema, rounds[::-1], annotations[::-1], LENGTHS, CHANCE)
    assert json.dumps(one.as_json()) == json.dumps(other.as_json())


def test_the_text_says_value_interval_goal_and_what_entered(report: Report) -> None:
    lines = as_text(report).splitlines()
    assert lines[:2] == ["2 articles, 4 rounds of a (human), b (human)", "0 rounds left out"]
    (line,) = (line for line in lines if line.startswith("  claim     all") and "equal spans" in line)
    assert line.split() == "claim all F1, equal spans 0.400 0.400 to 0.400 0.400 10 of 10".split()


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_loads_nothing_and_shows_markup_of_an_article_as_text(
    report: Report, a_round: Rounds, annotations: list[Row]
) -> None:
    words = "<script>alert(1)</script> & the talks go on for a while, he said"
    text = Text('<img src="x" onerror="alert(2)">', words, (Span(0, 40), Span(40, len(words))))
    found = list(disagreements([a_round("a"), a_round("b")], annotations, {"talks": text}))
    page = Seen(as_page(report, found))
    assert not {"script", "img", "link", "iframe"} & {*page.tags}
    assert not any("://" in value or value.startswith("//") for value in page.values)
    assert "<script>alert(1)</script>" in page.text
    assert '<img src="x" onerror="alert(2)">' in page.text


def test_the_page_of_three_annotators_has_every_pair_and_each_without_one(
    schema: Schema, a_round: Rounds, annotations: list[Row]
) -> None:
    third = copied([row for row in annotations if row["round_id"] == "b-talks"], "b", "c")
    report = agreement_report(schema, [a_round(name) for name in "abc"], [*annotations, *third], LENGTHS, CHANCE)
    page = Seen(as_page(report, []))
    ids = [value for value in page.values if value in {"network", "without", "goals", "targets"}]
    assert len(ids) == len(set(ids))
    assert [f"Discourse network: {pair}" in page.text for pair in ("a and b", "a and c", "b and c")] == [True] * 3
    assert "without c" in page.text


def test_disagreements_are_ordered_by_what_they_change(a_round: Rounds, annotations: list[Row]) -> None:
    text = Text("Talks", "x" * 60, (Span(0, 60),))
    found = list(disagreements([a_round("a"), a_round("b")], annotations, {"talks": text}))
    assert [one.differs for one in found] == [
        ("marked by one alone",),
        ("polarity", "type", "boundaries"),
        ("polarity",),
    ]
    assert found[0].versions[1].span is None
    assert (found[0].start, found[0].context) == (0, "x" * 60)


def test_many_answers_that_are_confused_are_listed_pair_by_pair_and_few_stand_in_a_table() -> None:
    def section(n: int) -> str:
        row = {0: 9, 1: 1}  # each answer is given alike 9 times, and once for its neighbour
        counts = [[row.get((j - i) % n, 0) for j in range(n)] for i in range(n)]
        counts[1][2] = 5
        table = Confusion("claim", "issue", tuple(f"an_{i}" for i in range(n)), tuple(map(tuple, counts)))
        return "".join(confusions([table]))

    many, few = section(13), section(12)
    assert "<table class=pairs>" in many
    assert many.count("<tr><td>") == 13
    first, second = many.split("<tr><td>")[1:3]
    assert first.startswith("an_<wbr>1<td>an_<wbr>2<td")
    assert first.endswith("class=off>5<td class=n>of 14")
    assert second.startswith("an_<wbr>0<td>an_<wbr>1<td")
    assert "class=pairs" not in few
    assert few.count("<tr><th>an_") == 12
