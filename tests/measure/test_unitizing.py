import pytest

from ukrcorpus.measure.matching import Span
from ukrcorpus.measure.unitizing import Continuum, Unitizing, unitizing

# Krippendorff (2004), Content Analysis, p. 254: two observers of a text from 150 to 450.
LENGTH = 300
C = (((75, 70), (220, 30)), ((70, 80), (205, 20), (250, 20)))
K = (((30, 60), (150, 50)),) * 2
# Krippendorff (1995), On the reliability of unitizing contiguous data, p. 57: four pairs of observers.
PAIRS = {
    "A": (((2, 8), (14, 6)), ((4, 4), (15, 2))),
    "B": (((0, 18),), ((0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1))),
    "C": (((2, 6), (10, 2), (14, 4), (20, 2)), ((0, 2), (4, 4), (10, 4), (16, 2), (20, 2))),
    "D": (((0, 2), (2, 8), (10, 4), (14, 6), (20, 4)), ((0, 4), (4, 4), (8, 7), (15, 2), (17, 7))),
}
Marks = tuple[tuple[tuple[int, int], ...], ...]


def continuum(length: int, marks: Marks, stretch: int = 1) -> Continuum:
    units = (tuple(Span(start * stretch, (start + size) * stretch) for start, size in own) for own in marks)
    return Continuum(length * stretch, tuple(units))


def test_both_categories_of_the_published_example_and_the_two_together() -> None:
    c, k = unitizing([continuum(LENGTH, C)]), unitizing([continuum(LENGTH, K)])
    assert [c.observed, c.expected] == pytest.approx([0.0144, 0.0532], abs=1e-4)
    assert c.alpha == pytest.approx(0.7286, abs=1e-4)
    assert (k.observed, k.alpha) == (0.0, 1.0)
    assert k.expected == pytest.approx(0.0490, abs=1e-4)
    together = Unitizing(c.observed + k.observed, c.expected + k.expected, LENGTH)
    assert together.alpha == pytest.approx(0.8591, abs=5e-4)


@pytest.mark.parametrize(
    ("name", "observed", "published"),
    [("A", 0.03125, 0.553), ("B", 2.26736, -0.926), ("C", 0.02777, 0.679), ("D", 0.38715, 0.066)],
)
def test_the_published_pairs_of_observers(name: str, observed: float, published: float) -> None:
    # The values of 1995 are those of a text without a grain, so the text is stretched.
    found = unitizing([continuum(24, PAIRS[name], stretch=50_000)])
    assert found.observed == pytest.approx(observed, abs=1e-5)
    assert found.alpha == pytest.approx(published, abs=0.02)


def test_agreement_is_whole_where_all_is_the_same_and_unknown_where_there_is_nothing() -> None:
    assert unitizing([continuum(24, (((2, 8),), ((2, 8),)))]).alpha == 1.0
    assert unitizing([continuum(24, ((), ()))]).alpha is None


def test_two_texts_are_one_long_text_that_no_unit_crosses() -> None:
    one, two = continuum(24, PAIRS["A"]), continuum(24, PAIRS["C"])
    both = unitizing([one, two])
    assert both.length == 48
    assert both.observed * 48**2 == pytest.approx((unitizing([one]).observed + unitizing([two]).observed) * 24**2)
