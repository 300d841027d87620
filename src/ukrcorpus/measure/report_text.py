"""The agreement report as a person reads it in a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ukrcorpus.measure.figures import Figure, NetworkPair, Report
from ukrcorpus.measure.network import edges_of

NAMES: Final = {
    "span_f1_strict": "F1, equal spans",
    "span_f1_overlap": "F1, overlap",
    "span_f1_iou_half": "F1, IoU ≥ ½",
    "alpha_unitizing": "alpha, unitizing",
    "gamma": "gamma",
    "gamma_cat": "gamma-cat",
    "statement_f1": "F1",
    "alpha_nominal": "alpha, nominal",
    "alpha_ordinal": "alpha, ordinal",
    "answer_f1": "F1, answer",
}
_SHOWN_EDGES: Final = 10
Lines = Iterator[str]


def as_text(report: Report) -> str:
    """Return the report as tables."""
    if not report.n_articles:
        return "\n".join(
            [
                "No article has two blind rounds without suggestions, so there is no agreement to measure.",
                *_left_out(report),
            ]
        )
    return "\n".join(line for part in _parts(report) for line in part)


def _parts(report: Report) -> Iterator[Iterable[str]]:
    yield _head(report)
    whole = [figure for figure in report.figures if "=" not in (figure.label or "")]
    spans = [figure for figure in whole if not figure.measure.startswith(("alpha_n", "alpha_o", "statement"))]
    answers = [figure for figure in whole if figure.measure in ("alpha_nominal", "alpha_ordinal")]
    yield _table("Spans", spans)
    yield _table("Whole statements (holder, issue and sign or polarity)", _only(whole, "statement_f1"))
    yield _table("Answers to matched units", answers)
    labels = [figure for figure in report.figures if "=" in (figure.label or "")]
    yield _table("Spans found and named alike", [one for one in labels if one.measure != "answer_f1"])
    yield _table("Each answer, on matched units", _only(labels, "answer_f1"))
    yield from (_network(pair) for pair in report.networks)
    for name, figures in report.without.items():
        yield _table(f"Without {name}", [one for one in figures if "=" not in (one.label or "")])


def _only(figures: Iterable[Figure], measure: str) -> list[Figure]:
    return [figure for figure in figures if figure.measure == measure]


def _head(report: Report) -> Lines:
    names = ", ".join(f"{name} ({kind})" for name, kind in report.kinds.items())
    yield f"{report.n_articles} articles, {report.n_rounds} rounds of {names}"
    yield from _left_out(report)
    yield (
        f"Intervals: 95 %, {report.n_draws} draws of articles. Gamma: {report.n_samples} samples of chance an article. "
        f"Seed {report.seed}."
    )


def _left_out(report: Report) -> Lines:
    total = sum(report.left_out.values())
    reasons = "; ".join(f"{count} {reason}" for reason, count in report.left_out.items())
    yield f"{total} rounds left out" + (f": {reasons}" if reasons else "")


def _table(title: str, figures: Sequence[Figure]) -> Lines:
    if figures:
        yield ""
        yield f"{title:44} value   95 % interval     target    mean  units entering"
        yield from (_row(figure) for figure in figures)


def _row(figure: Figure) -> str:
    what = f"  {figure.layer:9} {figure.label or 'all':28} {NAMES[figure.measure]:17}"
    entering = f"{figure.n_entering} of {figure.n_units}"
    if figure.value is None:
        return f"{what}   n/a  {figure.reason} ({entering})"
    interval = "{:.3f} to {:.3f}".format(*figure.interval) if figure.interval else "no interval"
    target = (
        "        "
        if figure.target is None
        else f"{'≥' if figure.value >= figure.target else '<'} {figure.target:.2f}  "
    )
    mean = "     " if figure.article_mean is None else f"{figure.article_mean:.3f}"
    return f"{what} {figure.value:6.3f}  {interval:15}  {target:8}  {mean:>6}  {entering}"


def _network(pair: NetworkPair) -> Lines:
    yield ""
    yield f"Discourse network of {pair.first} and {pair.second}"
    yield f"  {pair.n_first} and {pair.n_second} edges, {pair.n_shared} shared, {pair.n_same_sign} of them of one sign"
    for name, value, interval in (
        ("sign_agreement", pair.sign_agreement, pair.sign_interval),
        ("rank_correlation", pair.rank_correlation, pair.rank_interval),
    ):
        spread = f" ({interval[0]:.3f} to {interval[1]:.3f})" if interval else f" ({pair.reasons.get(name)})"
        yield f"  {name.replace('_', ' ')}: " + ("n/a" if value is None else f"{value:.3f}") + spread
    for how, edges in edges_of(pair).items():
        yield f"  {how}: {len(edges)}" + (
            f", the first {_SHOWN_EDGES}:" if len(edges) > _SHOWN_EDGES else ":" if edges else ""
        )
        yield from (
            f"    {edge.holder} – {edge.issue}: {edge.first:+d}, {edge.second:+d}" for edge in edges[:_SHOWN_EDGES]
        )
