"""Time of the quality signals for 5,000 characters, against ftfy.fix_text on the same texts, in one run.

python benchmarks/signals.py
"""

import statistics
from dataclasses import fields
from pathlib import Path

import ftfy
from timing import seconds_each

from ukrcorpus.core.project import Project
from ukrcorpus.normalise.article import measured
from ukrcorpus.normalise.measured import Measured
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.normalise.signals import SIGNALS, signals_of
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.readers import read_source

ROUNDS, CHARACTERS = 21, 5_000


def main() -> None:
    project = Project.open(Path(__file__).parents[1])
    repairs = read_schema(project.schema).repairs
    sources = [read_source(project, entry) for entry in read_manifest(project)]
    articles = [measured(normalised(source, repairs)) for source in sources]
    size = sum(len(one.text.text) for one in articles) / CHARACTERS
    rounds = [
        (
            seconds_each(signals_of, [fresh(one) for one in articles]),
            seconds_each(lambda one: ftfy.fix_text(one.text.text), articles),
        )
        for _ in range(ROUNDS)
    ]
    ours, theirs = (1000 * statistics.median(column) / size for column in zip(*rounds, strict=True))
    print(f"{len(SIGNALS)} signals of 5,000 characters: {ours:.2f} ms; ftfy.fix_text {theirs:.2f} ms")
    print(f"{theirs / ours:.1f} times as fast")


def fresh(one: Measured) -> Measured:
    """Return the article without what was measured before."""
    return Measured(**{field.name: getattr(one, field.name) for field in fields(one)})


if __name__ == "__main__":
    main()
