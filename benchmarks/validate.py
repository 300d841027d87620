"""Every rule over a corpus, against the same checks written directly in polars (`validate_direct.py`), in one run.

    python benchmarks/validate.py [--full] [--claims N] [--rounds N] [--folder DIR]

100,000 claims, or with --full 1,000,000. The corpus is the built sample again and again (`validate_data.py`). Each side
is a process of its own, in turns; CPU time from the first look at the schema to the last finding, with what is loaded
on demand and without what is loaded before; peak of the process. What only the rules ask is in their time: exports,
generated files, the definition.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import peak_mb
from validate_direct import check

from ukrcorpus.core.project import Project
from ukrcorpus.schema.read import read_schema
from ukrcorpus.validate.run import run_rules

SIDES = ("rules", "direct")


def main() -> None:
    given = _arguments()
    n_claims = given.claims or (1_000_000 if given.full else 100_000)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary) / "corpus"
        if not folder.is_dir():
            command = [sys.executable, str(Path(__file__).with_name("validate_data.py")), str(n_claims), str(folder)]
            subprocess.run(command, check=True)
        rounds = [{side: _measured(side, folder) for side in SIDES} for _ in range(given.rounds)]
    for side in SIDES:
        cpu = statistics.median(one[side]["cpu_s"] for one in rounds)
        peak = max(one[side]["peak_mb"] for one in rounds)
        print(f"{side:7} {cpu:8.2f} s of CPU  {peak:7,.0f} MB  {rounds[0][side]['found']}")
    ratios = [one["rules"]["cpu_s"] / one["direct"]["cpu_s"] for one in rounds]
    print(f"{n_claims:,} claims: {statistics.median(ratios):.2f} times the time of the direct checks", end="")
    print(f" (median of {len(rounds)}, {min(ratios):.2f} to {max(ratios):.2f})")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--claims", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="Keep the corpus here, or take the one that is.")
    parser.add_argument("--side", choices=SIDES)
    given = parser.parse_args()
    if given.side:
        print(json.dumps(_run(given.side, given.folder)))
        raise SystemExit
    return given


def _measured(side: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--side", side, "--folder", str(folder)]
    measured: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return measured


def _run(side: str, folder: Path) -> dict[str, object]:
    start = time.process_time()
    schema = read_schema(folder / "schema")
    if side == "rules":
        report = run_rules(Project.open(folder), schema)
        found = f"{report.n_errors} errors, {report.n_notes} notes"
    else:
        found = json.dumps(check(folder, schema))
    return {"cpu_s": time.process_time() - start, "peak_mb": peak_mb(), "found": found}


if __name__ == "__main__":
    main()
