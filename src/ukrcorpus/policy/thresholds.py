"""Which articles quality signals take out of the corpus: nothing is removed, the status and its reason say it."""

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Threshold

EXCLUDED = "excluded"


def breaches(signals: Mapping[str, float], thresholds: Iterable[Threshold]) -> Iterator[str]:
    """Yield what an article breaks: signal, value and bound.

    >>> list(breaches({"n_words": 31.0}, [Threshold("n_words", 50, None)]))
    ['n_words 31 is below 50']
    """
    for one in thresholds:
        value = signals[one.signal]
        if one.least is not None and value < one.least:
            yield f"{one.signal} {value:g} is below {one.least:g}"
        if one.most is not None and value > one.most:
            yield f"{one.signal} {value:g} is above {one.most:g}"


def exclude(articles: pa.Table, signals: pa.Table, thresholds: tuple[Threshold, ...]) -> pa.Table:
    """Return the articles, those with a breach as ``excluded`` with the reasons; withdrawn ones stay withdrawn."""
    if not thresholds:
        return articles
    values: dict[str, dict[str, float]] = {}
    asked = pa.array({one.signal for one in thresholds}, pa.string())
    for row in signals.filter(pc.is_in(signals["name"], value_set=asked)).to_pylist():
        values.setdefault(row["article_id"], {})[row["name"]] = row["value"]
    found = [
        "; ".join(breaches(values[article], thresholds)) if status == "live" else ""
        for article, status in zip(articles["article_id"].to_pylist(), articles["status"].to_pylist(), strict=True)
    ]
    status = [EXCLUDED if why else old for why, old in zip(found, articles["status"].to_pylist(), strict=True)]
    for name, column in (("status", status), ("excluded_by", [why or None for why in found])):
        index = articles.schema.get_field_index(name)
        articles = articles.set_column(index, articles.schema.field(name), pa.array(column, pa.string()))
    return articles


def check_names(thresholds: Iterable[Threshold], known: Iterable[str], where: str) -> None:
    """Raise ``threshold-unknown`` for a threshold on a signal that is not measured."""
    names = tuple(known)
    for one in thresholds:
        if one.signal not in names:
            what = f"no signal is called '{one.signal}'."
            raise CorpusError("threshold-unknown", what, where=f"{where}: thresholds", remedy=near(one.signal, names))
