import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from krippendorff import alpha as krippendorff_alpha

from ukrcorpus.measure.alpha import Coincidences, Level, alpha

# Krippendorff (2011), Computing Krippendorff's alpha-reliability: four observers, twelve units.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = [[value for value in unit if value is not None] for unit in zip(*OBSERVERS, strict=True)]
POINTS = (1, 2, 3, 4, 5)
TABLES = st.lists(st.lists(st.sampled_from(POINTS), max_size=4), max_size=12)


def test_alpha_is_that_of_the_published_example() -> None:
    nominal, entering = alpha(UNITS, "nominal")
    ordinal, _ = alpha(UNITS, "ordinal", order=POINTS)
    assert nominal == pytest.approx(0.743, abs=5e-4)
    assert ordinal == pytest.approx(0.815, abs=5e-4)
    assert entering == 11


def test_alpha_is_unknown_where_all_values_are_one_or_nothing_meets() -> None:
    assert alpha([("a", "a"), ("a", "a")], "nominal") == (None, 2)
    assert alpha([("a",), ("b",)], "nominal") == (None, 0)


@given(TABLES, st.sampled_from(("nominal", "ordinal")))
def test_alpha_is_that_of_the_library(table: list[list[int]], level: Level) -> None:
    value, _ = alpha(table, level, POINTS if level == "ordinal" else ())
    entering = [unit for unit in table if len(unit) > 1]
    seen = sorted({value for unit in entering for value in unit})
    if len(seen) < 2:
        assert value is None
        return
    counts = [[unit.count(value) for value in seen] for unit in entering]
    assert value == pytest.approx(krippendorff_alpha(value_counts=counts, level_of_measurement=level), abs=1e-9)


@given(TABLES, st.sampled_from(("nominal", "ordinal")))
def test_an_article_drawn_twice_counts_twice(table: list[list[int]], level: Level) -> None:
    order = POINTS if level == "ordinal" else ()
    once = Coincidences.of([(at % 2, unit) for at, unit in enumerate(table)], 2, level, order)
    twice = [unit for at, unit in enumerate(table) for _ in range(2 - at % 2)]
    value = alpha(twice, level, order)[0]
    assert once.alpha(np.array([2.0, 1.0])) == (None if value is None else pytest.approx(value, abs=1e-9))
