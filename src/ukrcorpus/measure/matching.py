"""Match spans one to one: as many pairs as can be, and among those the closest ones.

The answer is exact and depends on the spans alone, not on their order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``text[start:end]``, in code points."""

    start: int
    end: int

    def shared(self, other: "Span") -> int:
        """Return how many characters both spans hold.

        >>> Span(0, 10).shared(Span(4, 12))
        6
        """
        return max(0, min(self.end, other.end) - max(self.start, other.start))


Closeness = Callable[[Span, Span], Fraction]
Edges = Mapping[tuple[int, int], Fraction]


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """The positions of two matched spans in their lists, and how close they are (0 to 1)."""

    left: int
    right: int
    closeness: Fraction


def iou(left: Span, right: Span) -> Fraction:
    """Return the shared characters over all characters of both spans."""
    shared = left.shared(right)
    return Fraction(shared, left.end - left.start + right.end - right.start - shared) if shared else Fraction(0)


def share_of_longer(left: Span, right: Span) -> Fraction:
    """Return the shared characters over those of the longer span."""
    shared = left.shared(right)
    return Fraction(shared, max(left.end - left.start, right.end - right.start)) if shared else Fraction(0)


def same(left: Span, right: Span) -> Fraction:
    """Return 1 for equal spans, else 0."""
    return Fraction(int(left == right))


def match(
    left: Sequence[Span], right: Sequence[Span], closeness: Closeness = iou, least: Fraction = HALF
) -> tuple[Pair, ...]:
    """Return the best one-to-one pairs among those that are at least ``least`` close and share a character.

    >>> [(pair.left, pair.right) for pair in match([Span(0, 9), Span(20, 30)], [Span(21, 30), Span(0, 10)])]
    [(0, 1), (1, 0)]
    """
    lefts = sorted(range(len(left)), key=lambda index: left[index])
    rights = sorted(range(len(right)), key=lambda index: right[index])
    edges = {}
    for i, left_index in enumerate(lefts):
        for j, right_index in enumerate(rights):
            if right[right_index].start >= left[left_index].end:
                break
            if right[right_index].end <= left[left_index].start:
                continue
            close = closeness(left[left_index], right[right_index])
            if close and close >= least:
                edges[i, j] = close
    return tuple(sorted(Pair(lefts[p.left], rights[p.right], p.closeness) for p in assign(edges)))


def assign(edges: Edges) -> tuple[Pair, ...]:
    """Return the pairs of a one-to-one choice of edges: most edges first, then the greatest sum of closeness."""
    return tuple(sorted(pair for component in _components(edges) for pair in _assign_component(component)))


def group(
    spans: Mapping[str, Sequence[Span]], closeness: Closeness = iou, least: Fraction = HALF
) -> tuple[dict[str, int], ...]:
    """Return groups of matched spans of several annotators: annotator -> position in that annotator's list.

    Annotators join in the order of their names: each one's spans are matched to the groups so far, at the mean
    closeness to a group's members. What finds no group opens one. Groups are ordered by their first span.
    """
    groups: list[dict[str, int]] = []
    for name in sorted(spans):
        order = sorted(range(len(spans[name])), key=lambda index: spans[name][index])
        edges = {}
        for i, members in enumerate(groups):
            ends = max(spans[other][at].end for other, at in members.items())
            for j, index in enumerate(order):
                if spans[name][index].start >= ends:
                    break
                close = [closeness(spans[other][at], spans[name][index]) for other, at in members.items()]
                mean = sum(close, Fraction(0)) / len(close)
                if mean and mean >= least:
                    edges[i, j] = mean
        joined = {pair.right: pair.left for pair in assign(edges)}
        for j, index in enumerate(order):
            if j in joined:
                groups[joined[j]][name] = index
            else:
                groups.append({name: index})
    return tuple(sorted(groups, key=lambda members: sorted((spans[name][i], name) for name, i in members.items())))


def _components(edges: Edges) -> Iterable[Edges]:
    """Yield the edges in sets that share no span with each other."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in edges:
        parent[root(("left", left))] = root(("right", right))
    components: dict[tuple[str, int], dict[tuple[int, int], Fraction]] = {}
    for (left, right), close in sorted(edges.items()):
        components.setdefault(root(("left", left)), {})[left, right] = close
    return components.values()


def _assign_component(edges: Edges) -> Iterable[Pair]:
    """Solve one component with the Hungarian method; a bonus per edge above any sum puts their number first."""
    lefts = sorted({left for left, _ in edges})
    rights = sorted({right for _, right in edges})
    bonus = min(len(lefts), len(rights)) + 1
    costs = [[-(edges[i, j] + bonus) if (i, j) in edges else Fraction(0) for j in rights] for i in lefts]
    swapped = len(lefts) > len(rights)
    for row, column in _hungarian([list(column) for column in zip(*costs, strict=True)] if swapped else costs):
        pair = (lefts[column], rights[row]) if swapped else (lefts[row], rights[column])
        if pair in edges:
            yield Pair(*pair, edges[pair])


def _hungarian(costs: Sequence[Sequence[Fraction]]) -> Iterable[tuple[int, int]]:
    """Yield (row, column) of a cheapest assignment of every row; there are no more rows than columns.

    Shortest augmenting paths with potentials, one row at a time; column 0 is a sentinel.
    """
    columns = len(costs[0])
    of_row, of_column = [Fraction(0)] * (len(costs) + 1), [Fraction(0)] * (columns + 1)
    taken_by = [0] * (columns + 1)
    for row in range(1, len(costs) + 1):
        taken_by[0] = row
        path = _augment(costs, of_row, of_column, taken_by)
        column = path.pop()
        while path:
            previous = path.pop()
            taken_by[column] = taken_by[previous]
            column = previous
    return [(taken_by[column] - 1, column - 1) for column in range(1, columns + 1) if taken_by[column]]


def _augment(
    costs: Sequence[Sequence[Fraction]], of_row: list[Fraction], of_column: list[Fraction], taken_by: Sequence[int]
) -> list[int]:
    """Return the columns of a shortest path from the sentinel to a free column; the potentials are moved along."""
    before: dict[int, int] = {}
    slack: dict[int, Fraction] = {}
    done: list[int] = []
    column = 0
    while taken_by[column]:
        done.append(column)
        row = taken_by[column]
        for other in range(1, len(of_column)):
            if other in done:
                continue
            reduced = costs[row - 1][other - 1] - of_row[row] - of_column[other]
            if other not in slack or reduced < slack[other]:
                slack[other], before[other] = reduced, column
        free = [other for other in slack if other not in done]
        nearest = min(free, key=lambda other: (slack[other], other))
        step = slack[nearest]
        for other in done:
            of_row[taken_by[other]] += step
            of_column[other] -= step
        for other in free:
            slack[other] -= step
        column = nearest
    path = [column]
    while path[-1]:
        path.append(before[path[-1]])
    return path[::-1]
