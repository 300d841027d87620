"""The normalise stage at scale: time per article and resident memory as a corpus grows, and what a second run costs.

    python benchmarks/scale.py [--full | --sizes N,N,...] [--processes N] [--around] [--pairs N] [--rounds N]

For 1,000, 10,000 and 100,000 synthetic articles (with --full also 1,000,000): a run from nothing, one with nothing
changed, and one with one changed article. Then two processes against one, on N articles (2,000 if not said), the
median of --rounds alternating runs (7); none with --pairs 0. Read ratios, not seconds; on a shared machine, CPU time
rather than wall time. With --around the passes cost next to nothing (``around.py``); that needs --processes 1.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import synthetic

from ukrcorpus.core.tables import sha256, write_text

SETTLED_S = 2.5  # files younger than this are read again
COMMAND = [sys.executable, "-c", "from ukrcorpus.cli import main; main()"]


@dataclass(frozen=True)
class Cost:
    wall_s: float
    cpu_s: float
    line_s: float  # CPU time of the command and, one after the other, of those from which its busiest worker came
    parent_mb: float
    worker_mb: float


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("--full", action="store_true")
    given.add_argument("--sizes")
    given.add_argument("--processes", type=int)
    given.add_argument("--rounds", type=int, default=7)
    given.add_argument("--around", action="store_true")
    given.add_argument("--pairs", type=int, default=2_000)
    said = given.parse_args()
    if said.around:
        COMMAND[1:] = [str(Path(__file__).with_name("around.py"))]
    sizes = [int(one) for one in (said.sizes or "1000,10000,100000").split(",")] + [1_000_000] * said.full
    print("| articles | run | wall s | CPU s | CPU ms an article | parent MB | largest worker MB |\n|" + "---|" * 7)
    for n in sizes:
        for name, cost in steps(n, said.processes):
            print(
                f"| {n:,} | {name} | {cost.wall_s:.1f} | {cost.cpu_s:.1f} | {1000 * cost.cpu_s / n:.2f} "
                f"| {cost.parent_mb:.0f} | {cost.worker_mb:.0f} |",
                flush=True,
            )
    if said.pairs:
        print(two_against_one(said.pairs, said.rounds))


def steps(n: int, processes: int | None) -> Iterator[tuple[str, Cost]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        synthetic.write_project(root, n)
        time.sleep(SETTLED_S)
        yield "from nothing", run(root, processes)
        yield "nothing changed", run(root, processes)
        change_one(root)
        time.sleep(SETTLED_S)
        yield "one article changed", run(root, processes)


def change_one(root: Path) -> None:
    """Put a new paragraph into the article in the middle of the manifest, and change its line.

    It stands in the middle: what comes behind the furniture at an article's end may be taken for furniture.
    """
    manifest = root / "raw" / "manifest.jsonl"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[len(lines) // 2])
    file = root / "raw" / entry["file"]
    parts = file.read_text(encoding="utf-8").split("\n\n")
    parts.insert(len(parts) // 2, f"On day {len(parts)} the delegations met once more, and little is known of it.")
    file.write_bytes("\n\n".join(parts).encode("utf-8"))
    entry["sha256"] = entry["source_sha256"] = sha256(file.read_bytes())
    lines[len(lines) // 2] = json.dumps(entry, ensure_ascii=False, sort_keys=True)
    write_text(manifest, "".join(f"{line}\n" for line in lines))


def two_against_one(n: int, n_rounds: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        synthetic.write_project(root, n)
        rounds = [[from_nothing(root, processes) for processes in (1, 2)] for _round in range(n_rounds)]
    wall = compared([[cost.wall_s for cost in pair] for pair in rounds])
    line = compared([[cost.line_s for cost in pair] for pair in rounds])
    load = os.getloadavg()[0]
    return f"{n:,} articles, two processes and one: {wall}; CPU time one after the other: {line}; load {load:.1f}"


def compared(rounds: list[list[float]]) -> str:
    one, two = (statistics.median(column) for column in zip(*rounds, strict=True))
    each = ", ".join(f"{first / second:.2f}" for first, second in rounds)
    return f"{one / two:.2f} times as fast ({one:.1f} s, {two:.1f} s; {each})"


def from_nothing(root: Path, processes: int) -> Cost:
    shutil.rmtree(root / "build", ignore_errors=True)
    return run(root, processes)


def run(root: Path, processes: int | None = None) -> Cost:
    """Run the command, and note CPU time and the peaks of resident memory of it and of all that it starts."""
    words = ["--processes", str(processes)] if processes else []
    start = time.perf_counter()
    started = subprocess.Popen([*COMMAND, "--project", str(root), "normalise", *words], stdout=subprocess.DEVNULL)
    # Workers are the children of a process of their own, for which nobody waits: their time is read while they live.
    cpu_s: dict[tuple[int, ...], float] = {}
    peaks: dict[int, float] = {}
    while started.poll() is None:
        for line in family((started.pid,)):
            cpu_s[line] = max(cpu_s.get(line, 0.0), cpu_so_far(line[-1]))
            peaks[line[-1]] = max(peaks.get(line[-1], 0.0), peak_mb(line[-1]))
        time.sleep(0.05)
    wall_s = time.perf_counter() - start
    assert started.returncode == 0, f"ukrcorpus normalise ended with {started.returncode}"
    line_s = max(sum(cpu_s[line[:n]] for n in range(1, len(line) + 1)) for line in cpu_s)
    return Cost(wall_s, sum(cpu_s.values()), line_s, peaks.pop(started.pid), max(peaks.values(), default=0.0))


def family(line: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return a process and all that came from it, each with those before it."""
    return [line, *(one for child in children(line[-1]) for one in family((*line, child)))]


def cpu_so_far(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]
    except (OSError, ValueError):
        return []


if __name__ == "__main__":
    main()
