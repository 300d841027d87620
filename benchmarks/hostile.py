"""Time of normalising hostile texts, four times as long: a pass that is not linear stands out, in one run.

    python benchmarks/hostile.py [N_CHARS]

Each text is one piece again and again, on one line or as lines. Ratio 4 is linear; CPU time, the least of 2 rounds.
"""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from timing import seconds

from ukrcorpus.core.project import Project
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import RestlessError, normalised
from ukrcorpus.normalise.sentences import sentence_spans
from ukrcorpus.schema.model import Repairs
from ukrcorpus.schema.read import read_schema

ROUNDS, TIMES = 2, 4
# More than a linear pass comes to, with the noise of short runs.
TOO_MUCH, LEAST_S = 9.0, 0.02
PIECES = tuple(
    "*¦_¦[¦]¦(¦)¦<¦>¦|¦#¦-¦=¦~¦&¦;¦:¦,¦.¦!¦?¦…¦\"¦“¦”¦«¦»¦'¦’¦/¦@¦0¦a¦A¦ ¦\t¦\u0301¦\u0301\u0316¦\u1100¦\u200b¦😀¦"
    "![¦](¦[a](¦**a¦_a ¦a.B¦a,b¦a;b¦a. b ¦A. ¦...x¦.)¦. (¦a/b/¦x@y¦1. ¦> ¦a # ¦Q: a? ¦A: ¦By A¦Home » ¦a | ¦|---¦"
    "&amp;¦<b¦<a href ¦Word ¦a: ¦Border Line: a ¦ukraine ¦ukraine.¦see also ¦pro tip: ¦in the comments ¦You below ¦"
    "subscribe ¦share this ¦faq ¦Who pays? The ¦KYIV — ¦May 3, 2025 ¦12:30 ¦Photo: A/B ¦Facebook | ¦5 min read ¦"
    "a\r\n¦Підпишіться на ¦ad block ¦disable it ¦© 2024 ¦http://a".split("¦")
)


def main() -> None:
    repairs = read_schema(Project.open(Path(__file__).parents[1]).schema).repairs
    n_chars = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    results = sorted((ratio(text, repairs) for text in texts(n_chars)), reverse=True)
    n_refused = sum(ms == 0 for _growth, ms, _name in results)
    print(f"{len(results)} texts of {n_chars} characters, and {TIMES} times as long; {n_refused} refused as restless")
    for growth, ms, name in results[:12]:
        print(f"{growth:6.1f} x  {ms:8.0f} ms  {name}")
    slow = [name for growth, _ms, name in results if growth > TOO_MUCH]
    raise SystemExit(f"more than {TOO_MUCH} times: {', '.join(slow)}" if slow else 0)


def texts(n_chars: int) -> Iterator[tuple[str, str, str]]:
    """Yield name, text and longer text."""
    for piece in PIECES:
        for name, unit in ((piece, piece), (f"x{piece}x", f"x{piece}x"), (piece + "\\n", piece + "\n")):
            n_units = n_chars // len(unit)
            yield repr(name), f"Title\n{unit * n_units}x", f"Title\n{unit * n_units * TIMES}x"


def ratio(sample: tuple[str, str, str], repairs: Repairs) -> tuple[float, float, str]:
    name, short, long = sample
    try:
        base, grown = (min(seconds(partial(work, text, repairs)) for _round in range(ROUNDS)) for text in (short, long))
    except RestlessError:
        return 0.0, 0.0, name
    # What takes next to no time shows nothing.
    return (grown / base if grown > LEAST_S else 0.0), grown * 1000, name


def work(source: str, repairs: Repairs) -> None:
    text = normalised(source, repairs)
    for block in blocks_of(text):
        list(sentence_spans(text.text[block.start : block.end]))


if __name__ == "__main__":
    main()
