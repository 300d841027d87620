from fractions import Fraction
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.measure.matching import Span, assign, group, iou, match, same, share_of_longer

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 6).map(lambda n: Fraction(n, 6)), max_size=9
)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda one: Span(one[0], sum(one))), max_size=7)


def best(edges: dict[tuple[int, int], Fraction]) -> tuple[int, Fraction]:
    """Return the number and the sum of the best one-to-one choice, by trying all."""
    found = (0, Fraction(0))
    for size in range(1, 6):
        for chosen in combinations(edges, size):
            if len({left for left, _ in chosen}) == len({right for _, right in chosen}) == size:
                found = max(found, (size, sum((edges[one] for one in chosen), Fraction(0))))
    return found


@given(EDGES)
def test_no_choice_has_more_edges_or_a_greater_sum(edges: dict[tuple[int, int], Fraction]) -> None:
    pairs = assign(edges)
    assert len({pair.left for pair in pairs}) == len({pair.right for pair in pairs}) == len(pairs)
    assert (len(pairs), sum((pair.closeness for pair in pairs), Fraction(0))) == best(edges)


@given(SPANS, SPANS, st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(left: list[Span], right: list[Span], random: Random) -> None:
    def paired(left: list[Span], right: list[Span]) -> list[tuple[Span, Span]]:
        return sorted((left[pair.left], right[pair.right]) for pair in match(left, right))

    first = paired(left, right)
    random.shuffle(left)
    random.shuffle(right)
    assert paired(left, right) == first


@given(st.dictionaries(st.sampled_from("abc"), SPANS))
def test_every_span_is_in_one_group_and_no_group_has_two_of_one_annotator(spans: dict[str, list[Span]]) -> None:
    groups = group(spans)
    placed = sorted((name, index) for members in groups for name, index in members.items())
    assert placed == sorted((name, index) for name, own in spans.items() for index in range(len(own)))


def test_closeness_counts_characters() -> None:
    assert iou(Span(0, 10), Span(5, 15)) == Fraction(1, 3)
    assert iou(Span(0, 5), Span(5, 9)) == 0
    assert share_of_longer(Span(0, 10), Span(0, 5)) == Fraction(1, 2)
    assert same(Span(0, 5), Span(0, 5)) == 1
    assert same(Span(0, 5), Span(0, 6)) == 0


def test_spans_of_three_annotators_meet_at_half_of_all_characters() -> None:
    spans = {"a": [Span(0, 20)], "b": [Span(0, 10), Span(10, 20)], "c": [Span(12, 20)]}
    assert group(spans) == ({"a": 0, "b": 0}, {"b": 1, "c": 0})


def test_a_long_chain_of_overlapping_spans_is_matched_in_no_time() -> None:
    left = [Span(3 * n, 3 * n + 5) for n in range(120)]
    right = [Span(3 * n + 1, 3 * n + 6) for n in range(120)]
    assert len(match(left, right)) == 120
