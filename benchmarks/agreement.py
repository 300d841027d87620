"""Gamma against pygamma-agreement: CPU time on the same continua, and whether the values are equal.

    python benchmarks/agreement.py PYTHON

PYTHON is an interpreter of an environment of its own, for its pins are not ours:

    python -m venv /tmp/pygamma && /tmp/pygamma/bin/pip install pygamma-agreement==0.5.9

Both draw as many samples of chance; each of them has compiled and solved one continuum before the clock runs.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ukrcorpus.measure.dissimilarity import units_of  # noqa: E402
from ukrcorpus.measure.gamma import disorder  # noqa: E402

Marks = list[list[tuple[int, int, int]]]
# annotators, units of each, samples
SIZES = ((2, 10, 100), (2, 30, 30), (2, 60, 30), (3, 6, 30), (3, 12, 30), (3, 24, 30), (4, 6, 30))
THEIRS = """
import json, logging, sys, time
logging.disable(logging.WARNING)
import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
def measure(marks, n_samples):
    continuum = Continuum()
    for number, own in enumerate(marks):
        for start, end, category in own:
            continuum.add(f"annotator {number}", Segment(start, end), f"category {category}")
    np.random.seed(1)
    before = time.process_time()
    found = continuum.compute_gamma(CombinedCategoricalDissimilarity(), n_samples=n_samples)
    spread = float(np.std([one.disorder for one in found.chance_alignments]))
    took = time.process_time() - before
    return float(found.observed_disorder), float(found.expected_disorder), spread, float(found.gamma), took
tasks = json.load(sys.stdin)
measure(tasks[0][0], 2)
measure(tasks[-1][0], 2)
print("RESULT" + json.dumps([measure(*task) for task in tasks]), flush=True)
"""


def continuum(n_annotators: int, n_units: int) -> Marks:
    """Return what annotators may leave: one's units, and the others' moved, renamed or missing here and there."""
    draw = random.Random(n_annotators * 1000 + n_units)
    first, at = [], 0
    for _ in range(n_units):
        start = at + draw.randrange(5, 120)
        at = start + draw.randrange(40, 180)
        first.append((start, at, draw.randrange(6)))
    others: Marks = []
    for _ in range(n_annotators - 1):
        others.append(
            [
                (
                    start + draw.choice((0, 0, 0, 8, -4)),
                    end - draw.choice((0, 0, 12)),
                    draw.choice((kind, kind, kind, 0)),
                )
                for start, end, kind in first
                if draw.random() < 0.9
            ]
        )
    return [first, *others]


def measure(marks: Marks, n_samples: int) -> tuple[float, float, float, float, float]:
    before = time.process_time()
    found = disorder([units_of(own) for own in marks], n_samples=n_samples, seed=1)
    assert found
    took = time.process_time() - before
    assert found.gamma is not None
    return found.observed, found.expected, found.deviation, found.gamma, took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", type=Path, help="interpreter of an environment with pygamma-agreement")
    python = parser.parse_args().python
    tasks = [(continuum(n_annotators, n_units), n_samples) for n_annotators, n_units, n_samples in SIZES]
    measure(*tasks[0])
    measure(*tasks[-1])
    ours = [measure(*task) for task in tasks]
    answer = subprocess.run([python, "-c", THEIRS], input=json.dumps(tasks), capture_output=True, text=True, check=True)
    theirs = json.loads(answer.stdout.split("RESULT")[1])
    print("annotators, units, samples | observed: ours, theirs | gamma: ours, theirs, standard errors apart", end="")
    print(" | CPU s: ours, theirs, ratio")
    for (n_annotators, n_units, n_samples), mine, other in zip(SIZES, ours, theirs, strict=True):
        error = ((mine[2] ** 2 + other[2] ** 2) / n_samples) ** 0.5
        apart = abs(mine[1] - other[1]) / error if error else 0.0
        print(
            f"{n_annotators:3} {n_units:4} {n_samples:4} | {mine[0]:.6f} {other[0]:.6f} | {mine[3]:.4f} {other[3]:.4f} "
            f"{apart:.1f} | {mine[4]:.3f} {other[4]:.2f} {other[4] / mine[4]:.0f}"
        )


if __name__ == "__main__":
    main()
