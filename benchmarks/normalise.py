"""Time per article: normalising against ftfy.fix_text alone, and all rows against the usual stack, in one run.

    python benchmarks/normalise.py [N_ARTICLES]

The articles are the sample corpus's own, again and again; each copy has numbers of its own in its paragraphs, so that
nothing is remembered but short lines, as on real pages. Times are the median of 5 alternating rounds, one process.
The usual stack is ftfy, clean-text, pysbd with character spans and py3langid.
"""

import re
import statistics
import sys
from collections.abc import Callable
from itertools import count, cycle, islice
from pathlib import Path

import ftfy
import py3langid
import pysbd
from cleantext import clean
from timing import seconds_each

from ukrcorpus.core.project import Project
from ukrcorpus.normalise.article import RawArticle, rows_of
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.model import Repairs
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.manifest import read_manifest
from ukrcorpus.sources.readers import read_source

ROUNDS = 5
# The stack is slow; a share of the articles tells its time.
STACK_SHARE = 10
# Longer lines are paragraphs, which no two pages share.
PARAGRAPH = re.compile(r"^(?=.{60})\S+ ", re.MULTILINE)


def main() -> None:
    project = Project.open(Path(__file__).parents[1])
    repairs = read_schema(project.schema).repairs
    sources = cycle(read_source(project, entry) for entry in read_manifest(project))
    numbers = count(1)

    def articles(n_articles: int) -> list[str]:
        return [PARAGRAPH.sub(rf"\g<0>{next(numbers)} ", source) for source in islice(sources, n_articles)]

    n_articles = int(sys.argv[1]) if len(sys.argv) > 1 else 190
    steps = {"ukrcorpus, text to sentences": text_to_sentences(repairs), "ftfy.fix_text": ftfy.fix_text}
    compare(steps, [articles(n_articles) for _round in range(ROUNDS)])
    steps = {"ukrcorpus, all rows": all_rows(repairs), "the usual stack": usual_stack()}
    compare(steps, [articles(max(n_articles // STACK_SHARE, 1)) for _round in range(ROUNDS)])


def text_to_sentences(repairs: Repairs) -> Callable[[str], object]:
    def work(source: str) -> object:
        text = normalised(source, repairs)
        return [list(sentence_spans(text.text[block.start : block.end])) for block in blocks_of(text)]

    return work


def all_rows(repairs: Repairs) -> Callable[[str], object]:
    return lambda source: rows_of(RawArticle({"article_id": "one"}, source), repairs)


def usual_stack() -> Callable[[str], object]:
    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)

    def work(source: str) -> object:
        text = clean(ftfy.fix_text(source), fix_unicode=False, lower=False, to_ascii=False)
        return segmenter.segment(text), py3langid.classify(text)

    return work


def compare(steps: dict[str, Callable[[str], object]], rounds: list[list[str]]) -> None:
    ours, theirs = steps
    times = [{name: seconds_each(work, own) / len(own) for name, work in steps.items()} for own in rounds]
    n_chars = statistics.mean(len(article) for article in rounds[0])
    ratio = statistics.median(one[theirs] / one[ours] for one in times)
    mine, other = (1000 * statistics.median(one[name] for one in times) for name in steps)
    print(f"{len(rounds[0])} articles of {n_chars:.0f} characters")
    print(f"{ours} {mine:.2f} ms, {theirs} {other:.2f} ms an article: {ratio:.2f} times as fast")


if __name__ == "__main__":
    main()
