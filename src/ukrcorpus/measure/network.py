"""What disagreement does to the discourse network: holders by issues, statements for the pole less those against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ukrcorpus.measure.figures import Edge, NetworkPair
from ukrcorpus.measure.readings import Readings
from ukrcorpus.measure.resample import Floats, Resample
from ukrcorpus.measure.statements import signs
from ukrcorpus.schema.model import Layer

Bools = npt.NDArray[np.bool_]
_LEAST_EDGES: Final = 3
_NO_SIGNS: Final = "no edge that both have"
_NO_RANKS: Final = f"fewer than {_LEAST_EDGES} edges, or all of one weight"


@dataclass(frozen=True, slots=True)
class _Network:
    """One annotator's edges per article: sums of signs, and how many statements; columns are edges."""

    sums: Floats
    statements: Floats

    def drawn(self, weights: Floats) -> tuple[Floats, Bools]:
        """Return each edge's weight, and whether there is one."""
        return weights @ self.sums, (weights @ self.statements) > 0


def compare_networks(readings: Readings, resample: Resample) -> Iterator[NetworkPair]:
    """Yield the comparison of every pair of annotators over the articles that both coded."""
    for first, second in sorted({(first, second) for _, first, second in readings.pairs()}):
        shared = [article for article, names in readings.readers.items() if {first, second} <= {*names}]
        said = [_said(readings, name, shared) for name in (first, second)]
        names = sorted({(holder, issue) for own in said for _, holder, issue, _ in own})
        networks = [_network(own, names, list(readings.readers)) for own in said]
        yield _compare((first, second), names, networks, resample)


def _said(readings: Readings, name: str, articles: Sequence[str]) -> list[tuple[str, str, str, int]]:
    return [
        (article, *sign)
        for article in articles
        for row in readings.of(article, name, Layer.CLAIM)
        for sign in signs(row)
    ]


def _network(
    said: Sequence[tuple[str, str, str, int]], names: Sequence[tuple[str, str]], articles: Sequence[str]
) -> _Network:
    row, column = ({name: at for at, name in enumerate(own)} for own in (articles, names))
    sums, statements = np.zeros((2, len(articles), len(names)))
    for article, holder, issue, sign in said:
        sums[row[article], column[holder, issue]] += sign
        statements[row[article], column[holder, issue]] += 1
    return _Network(sums, statements)


def _compare(
    who: tuple[str, str], names: Sequence[tuple[str, str]], networks: Sequence[_Network], resample: Resample
) -> NetworkPair:
    once = np.ones(len(networks[0].sums))
    (left, has_left), (right, has_right) = (one.drawn(once) for one in networks)
    edges = [Edge(*name, int(a), int(b)) for name, a, b in zip(names, left, right, strict=True)]
    sign_interval, no_signs = resample.interval(lambda weights: _sign_agreement(networks, weights))
    rank_interval, no_ranks = resample.interval(lambda weights: _rank_correlation(networks, weights))
    agreement, correlation = _sign_agreement(networks, once), _rank_correlation(networks, once)
    reasons = {
        "sign_agreement": _NO_SIGNS if agreement is None else no_signs,
        "rank_correlation": _NO_RANKS if correlation is None else no_ranks,
    }
    return NetworkPair(
        *who,
        n_first=int(has_left.sum()),
        n_second=int(has_right.sum()),
        n_shared=int((has_left & has_right).sum()),
        n_same_sign=int((has_left & has_right & (np.sign(left) == np.sign(right))).sum()),
        sign_agreement=agreement,
        sign_interval=sign_interval if agreement is not None else None,
        rank_correlation=correlation,
        rank_interval=rank_interval if correlation is not None else None,
        reasons={name: reason for name, reason in reasons.items() if reason},
        flips=_chosen(edges, has_left & has_right & (np.sign(left) != np.sign(right))),
        only_first=_chosen(edges, has_left & ~has_right),
        only_second=_chosen(edges, has_right & ~has_left),
    )


def _chosen(edges: Sequence[Edge], which: Bools) -> tuple[Edge, ...]:
    """Return some of the edges, those of most weight first."""
    found = (edge for edge, yes in zip(edges, which, strict=True) if yes)
    return tuple(sorted(found, key=lambda edge: (-abs(edge.first) - abs(edge.second), edge.holder, edge.issue)))


def _sign_agreement(networks: Sequence[_Network], weights: Floats) -> float | None:
    """Return the share of edges that both have and that have one sign."""
    (left, has_left), (right, has_right) = (one.drawn(weights) for one in networks)
    both = has_left & has_right
    return float((np.sign(left) == np.sign(right))[both].mean()) if both.any() else None


def _rank_correlation(networks: Sequence[_Network], weights: Floats) -> float | None:
    """Return Spearman's correlation over the edges that either has; one that is not there weighs nothing."""
    from scipy.stats import rankdata

    (left, has_left), (right, has_right) = (one.drawn(weights) for one in networks)
    either = has_left | has_right
    ranks = [rankdata(own[either]) for own in (left, right)]
    if either.sum() < _LEAST_EDGES or any(own.std() == 0 for own in ranks):
        return None
    return float(np.corrcoef(*ranks)[0, 1])


def edges_of(pair: NetworkPair) -> Mapping[str, tuple[Edge, ...]]:
    """Return the edges in which two networks differ, by how."""
    return {
        "another sign": pair.flips,
        f"only {pair.first}": pair.only_first,
        f"only {pair.second}": pair.only_second,
    }
