"""The agreement report as one HTML page without outside resources: plots, tables, the worst disagreements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from ukrcorpus.measure.disagreements import Disagreement, Version
from ukrcorpus.measure.figures import Edge, Figure, NetworkPair, Report
from ukrcorpus.measure.network import edges_of
from ukrcorpus.measure.page_confusions import UNMARKED, breakable, confusions
from ukrcorpus.measure.page_style import STYLE
from ukrcorpus.measure.plots import axis, dot
from ukrcorpus.measure.report_text import NAMES

_SHOWN: Final = 100
Html = Iterator[str]


def as_page(report: Report, disagreements: Sequence[Disagreement]) -> str:
    """Return the page; every text of an article is escaped."""
    body = "\n".join(part for section in _sections(report, disagreements) for part in section)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Agreement of the annotators</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    )


def _sections(report: Report, disagreements: Sequence[Disagreement]) -> Iterator[Html]:
    yield _head(report)
    if not report.n_articles:
        return
    figures = report.figures
    whole = [one for one in figures if "=" not in (one.label or "")]
    named = [one for one in figures if "=" in (one.label or "")]
    yield _plots("Goals", "targets", [one for one in figures if one.target is not None])
    yield _plots("Spans", "spans", [one for one in whole if not one.measure.startswith(("alpha_n", "alpha_o", "st"))])
    yield _plots("Whole statements", "statements", _of(whole, "statement_f1"))
    yield _plots("Answers to matched units", "answers", _of(whole, "alpha_nominal", "alpha_ordinal"))
    yield _plots("Spans found and named alike", "labels", _of(named, "span_f1_strict", "span_f1_overlap"))
    yield _plots("Each answer, on matched units", "each", _of(named, "answer_f1"))
    yield confusions(report.confusions)
    yield iter(['<div id="network">', *(line for pair in report.networks for line in _network(pair)), "</div>"])
    yield _without(report)
    yield _disagreements(disagreements)


def _of(figures: Iterable[Figure], *measures: str) -> list[Figure]:
    return [figure for figure in figures if figure.measure in measures]


def _head(report: Report) -> Html:
    yield "<header><h1>Agreement of the annotators</h1>"
    if report.n_articles:
        names = ", ".join(f"{escape(name)} ({escape(kind)})" for name, kind in report.kinds.items())
        yield f"<p class=lead>{report.n_articles} articles, {report.n_rounds} rounds of {names}.</p>"
    else:
        yield "<p class=lead>No article has two blind rounds without suggestions: there is nothing to measure.</p>"
    reasons = "; ".join(f"{count} {escape(reason)}" for reason, count in report.left_out.items())
    yield f"<p>{sum(report.left_out.values())} rounds left out{': ' + reasons if reasons else ''}.</p>"
    yield (
        f"<p class=note>Bars are 95 % intervals from {report.n_draws} draws of articles. Gamma is held against "
        f"{report.n_samples} samples of chance an article. Seed {report.seed}.</p>"
    )
    yield "<nav>" + " ".join(f'<a href="#{name}">{title}</a>' for name, title in _CONTENTS) + "</nav></header>"


_CONTENTS: Final = (
    ("targets", "Goals"),
    ("spans", "Spans"),
    ("statements", "Statements"),
    ("answers", "Answers"),
    ("labels", "By label"),
    ("confusions", "Confusions"),
    ("network", "Network"),
    ("disagreements", "Disagreements"),
)


def _plots(title: str, name: str, figures: Sequence[Figure]) -> Html:
    """Yield a table with one plotted row per figure."""
    if not figures:
        return
    least = min((one.interval[0] if one.interval else one.value for one in figures if one.value is not None), default=0)
    floor = min(0.0, least // 0.25 * 0.25)
    yield f'<section id="{name}"><h2>{title}</h2><div class=wide><table class=plots><thead><tr><th>What<th>Measure'
    heads = "".join(f"<th class=n>{head}" for head in ("Value", "95 %", "Goal", "Mean of articles", "Units"))
    yield f"<th>{axis(floor)}{heads}"
    yield "</thead><tbody>"
    yield from (_plotted(one, floor) for one in figures)
    yield "</tbody></table></div></section>"


def _plotted(figure: Figure, floor: float) -> str:
    what = (
        f"<td>{escape(figure.layer)}: {escape((figure.label or 'all').replace('=', ' = '))}<td>{NAMES[figure.measure]}"
    )
    units = f"{figure.n_units}" if figure.n_entering == figure.n_units else f"{figure.n_entering} of {figure.n_units}"
    if figure.value is None:
        return f"<tr>{what}<td colspan=5 class=none>n/a: {escape(figure.reason or '')}<td class=n>{units}"
    goal = "" if figure.target is None else f"{'✓' if figure.value >= figure.target else '✗'} {figure.target:.2f}"
    mean = "" if figure.article_mean is None else f"{figure.article_mean:.3f}"
    plot = dot(figure.value, figure.interval, figure.target, floor)
    cells = "".join(f"<td class=n>{cell}" for cell in (f"{figure.value:.3f}", _interval(figure), goal, mean, units))
    return f"<tr>{what}<td>{plot}{cells}"


def _interval(figure: Figure) -> str:
    if figure.interval:
        return "{:.3f}–{:.3f}".format(*figure.interval)
    return f'<i title="{escape(figure.interval_reason or "")}">none</i>'


def _network(pair: NetworkPair) -> Html:
    yield f"<section><h2>Discourse network: {escape(pair.first)} and {escape(pair.second)}</h2>"
    yield f"<p>{pair.n_first} and {pair.n_second} edges from a holder to an issue; {pair.n_shared} are in both, "
    yield f"{pair.n_same_sign} of them with one sign.</p><ul>"
    yield f"<li>Same sign among shared edges: {_with(pair.sign_agreement, pair.sign_interval, pair, 'sign_agreement')}"
    ranks = _with(pair.rank_correlation, pair.rank_interval, pair, "rank_correlation")
    yield f"<li>Rank correlation of the weights (Spearman, a missing edge weighs nothing): {ranks}</ul>"
    for how, edges in edges_of(pair).items():
        yield f"<details{' open' if how == 'another sign' else ''}><summary>{escape(how)}: {len(edges)} edges</summary>"
        yield _edges(edges, pair) + "</details>"
    yield "</section>"


def _with(value: float | None, interval: tuple[float, float] | None, pair: NetworkPair, name: str) -> str:
    spread = f" ({interval[0]:.3f}–{interval[1]:.3f})" if interval else f" ({escape(pair.reasons.get(name, ''))})"
    return ("n/a" if value is None else f"<b>{value:.3f}</b>") + spread


def _edges(edges: Sequence[Edge], pair: NetworkPair) -> str:
    rows = "".join(
        f"<tr><td>{breakable(edge.holder)}<td>{breakable(edge.issue)}"
        f"<td class=n>{edge.first:+d}<td class=n>{edge.second:+d}"
        for edge in edges
    )
    head = f"<tr><th>Holder<th>Issue<th class=n>{escape(pair.first)}<th class=n>{escape(pair.second)}"
    table = f"<table class=edges><thead>{head}</thead><tbody>{rows}</tbody></table>"
    return f"<div class=wide>{table}</div>" if edges else ""


def _without(report: Report) -> Html:
    if not report.without:
        return
    names = list(report.without)
    yield '<section id="without"><h2>Without one annotator</h2><div class=wide><table>'
    yield (
        "<thead><tr><th>What<th>Measure<th class=n>All"
        + "".join(f"<th class=n>without {escape(name)}" for name in names)
        + "</thead><tbody>"
    )
    values = {
        name: {(one.measure, one.layer, one.label): one.value for one in own} for name, own in report.without.items()
    }
    for figure in report.figures:
        if "=" not in (figure.label or ""):
            others = [values[name].get((figure.measure, figure.layer, figure.label)) for name in names]
            cells = "".join(f"<td class=n>{_number(value)}" for value in (figure.value, *others))
            yield f"<tr><td>{escape(figure.layer)}: {escape(figure.label or 'all')}<td>{NAMES[figure.measure]}{cells}"
    yield "</tbody></table></div></section>"


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _disagreements(found: Sequence[Disagreement]) -> Html:
    yield '<section id="disagreements"><h2>The worst disagreements</h2>'
    if not found:
        yield "<p>There is none.</p></section>"
        return
    yield f"<p>{len(found)} claims on which two annotators differ; the worst {min(len(found), _SHOWN)} stand here.</p>"
    links: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found[:_SHOWN], start=1):
        links[one.article].append(number)
    yield "<details><summary>By article</summary><ul class=articles>"
    titles = {one.article: one.title for one in found}
    for article, numbers in sorted(links.items()):
        own = " ".join(f'<a href="#d{number}">{number}</a>' for number in numbers)
        yield f"<li>{escape(titles[article])} <code>{escape(article)}</code>: {own}"
    yield "</ul></details>"
    for number, one in enumerate(found[:_SHOWN], start=1):
        yield _disagreement(number, one)
    yield "</section>"


def _disagreement(number: int, one: Disagreement) -> str:
    first, second = one.versions
    return (
        f'<article id="d{number}"><h3><a href="#d{number}">{number}</a> {escape(", ".join(one.differs))}</h3>'
        f"<p class=where>{escape(one.title)} <code>{escape(one.article)}</code> from character {one.start}</p>"
        f"<div class=versions>{_version(first, second, one)}{_version(second, first, one)}</div></article>"
    )


def _version(own: Version, other: Version, one: Disagreement) -> str:
    head = f"<div class=version><h4>{escape(own.annotator)}</h4><blockquote>"
    if own.span is None:
        return f"{head}{escape(one.context)}</blockquote><p class=none>{UNMARKED}</p></div>"
    start, end = own.span.start - one.start, own.span.end - one.start
    text = f"{escape(one.context[:start])}<mark>{escape(one.context[start:end])}</mark>{escape(one.context[end:])}"
    answers = "".join(
        f"<dt>{name}<dd{_differs(other, name, answer)}>{escape(answer) or '–'}" for name, answer in own.answers.items()
    )
    return f"{head}{text}</blockquote><dl>{answers}</dl></div>"


def _differs(other: Version, name: str, answer: str) -> str:
    return " class=differs" if other.span and other.answers[name] != answer else ""
