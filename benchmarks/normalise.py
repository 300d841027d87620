"""Time per article: alignment, passes, blocks and sentences, against ftfy.fix_text alone, in one run.

    python benchmarks/normalise.py [N_ARTICLES]

The articles are the sample corpus's own, repeated. Times are the median of 7 alternating rounds, one process.
"""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import ftfy

from ukrcorpus.core.project import Project
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.readers import read_source

ROUNDS = 7


def main() -> None:
    project = Project.open(Path(__file__).parents[1])
    repairs = read_schema(project.schema).repairs
    sources = [read_source(project, entry) for entry in read_manifest(project)]
    articles = list(islice(cycle(sources), int(sys.argv[1]) if len(sys.argv) > 1 else 190))

    def ours(source: str) -> None:
        text = normalised(source, repairs)
        for block in blocks_of(text):
            list(sentence_spans(text.text[block.start : block.end]))

    rounds = [(seconds(ours, articles), seconds(ftfy.fix_text, articles)) for _round in range(ROUNDS)]
    mine, theirs = (statistics.median(column) / len(articles) * 1000 for column in zip(*rounds, strict=True))
    chars = sum(map(len, articles)) / len(articles)
    print(f"{len(articles)} articles of {chars:.0f} characters")
    print(f"ukrcorpus {mine:.2f} ms, ftfy.fix_text {theirs:.2f} ms per article: {theirs / mine:.2f} times as fast")


def seconds(work: Callable[[str], object], articles: list[str]) -> float:
    start = time.process_time()
    for article in articles:
        work(article)
    return time.process_time() - start


if __name__ == "__main__":
    main()
