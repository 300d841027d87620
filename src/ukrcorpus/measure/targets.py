"""What the pilot of the annotation has to reach, for two trained annotators."""

from typing import Final

from ukrcorpus.measure.tallies import ATTRIBUTED

TARGETS: Final[dict[tuple[str, str, str | None], float]] = {
    ("span_f1_strict", "mention", None): 0.90,
    ("span_f1_overlap", "claim", ATTRIBUTED): 0.75,
    ("gamma", "claim", ATTRIBUTED): 0.45,
    ("alpha_unitizing", "claim", ATTRIBUTED): 0.40,
    ("alpha_nominal", "claim", "source_ids"): 0.80,
    ("alpha_nominal", "claim", "type"): 0.60,
    ("alpha_nominal", "claim", "issue"): 0.70,
    ("alpha_ordinal", "claim", "polarity"): 0.70,
}


def target(measure: str, layer: str, label: str | None) -> float | None:
    """Return the figure to reach, where one is set."""
    return TARGETS.get((measure, layer, label))
