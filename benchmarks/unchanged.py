"""What a build pays for every article that did not change: its raw file, its line of the manifest, its split.

    python benchmarks/unchanged.py PROJECT [ROUNDS]

The project is one that was built; it is written in, so give it a copy. CPU time by articles, medians.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from timing import seconds

from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Known
from ukrcorpus.core.tables import read_table
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.normalise.run import run_normalise
from ukrcorpus.policy.splits.assign import assign_splits
from ukrcorpus.policy.splits.certificate import certify
from ukrcorpus.policy.splits.tables import READS, known_splits, split_candidates
from ukrcorpus.release.stages import raw_articles, run_stale, stage_inputs
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import check_manifest, read_manifest
from ukrcorpus.sources.proved import Proved
from ukrcorpus.sources.splitting import read_splitting

SETTLED_S = 2.5  # files younger than this are read again


def main(root: Path, rounds: int) -> None:
    project = Project(root)
    run_stale(project, read_schema(project.schema))
    time.sleep(SETTLED_S)
    n_articles = len(read_manifest(project))
    for name, work in works(project).items():
        work()  # what is kept is there from the second time on
        taken = [seconds(work) for _ in range(rounds)]
        print(f"{name:44} {statistics.median(taken) / n_articles * 1e6:7.1f} µs an article", flush=True)


def works(project: Project) -> dict[str, Callable[[], object]]:
    schema, looked = read_schema(project.schema), Known()
    stats, given = looked.below(project.raw), read_splitting(project, schema.issues)
    tables = {name: read_table(project.table("corpus", name), list(columns)) for name, columns in READS.items()}
    articles, splits = split_candidates(tables, given.plan), known_splits(tables["articles"])
    certify(articles, splits, given.plan, given.published, given.marks)

    def inputs() -> None:
        known = Known(project.build / ".benchmark-hashes.json")
        stage_inputs(project, known)
        known.keep()

    def manifest() -> None:
        proved = Proved(project.build / ".benchmark-proved.json", stats, "code")
        assert not list(check_manifest(project, proved))
        proved.keep()

    return {
        "inputs of the stages": inputs,
        "normalise, all fresh": lambda: run_normalise(project, schema, raw_articles(project, stats), LocalEngine(1)),
        "raw-manifest, all proved": manifest,
        "raw-manifest, every file, as validate asks it": lambda: list(check_manifest(project)),
        "candidates": lambda: split_candidates(tables, given.plan),
        "splits, relations known": lambda: assign_splits(articles, given.plan, given.published),
        "the same, all published": lambda: assign_splits(articles, given.plan, splits),
        "certificate, relations known": lambda: certify(articles, splits, given.plan, given.published),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
