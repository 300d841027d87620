"""Near-duplicates: recall by kind of copy, time and memory, against datasketch's update_batch, in one run.

    python benchmarks/duplicates.py [N...] [--all]

Without N: 1,000 and 10,000 texts. datasketch is left out above 10,000 texts, unless --all is given.
"""

import itertools
import random
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from datasketch import MinHash, MinHashLSH
from timing import peak_mb

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from article_copies import clustered, pairs
from ukrcorpus.normalise.function_words import ENGLISH
from ukrcorpus.normalise.signatures import signature

WORDS, VOCABULARY, SHINGLE = 480, 30_000, 5
# What datasketch gets: the same slots and bands as our words, and a limit at which it finds as many wire copies.
PERMUTATIONS, BANDS, LIMIT = 128, (64, 2), 0.18
FAMILY = 10
KINDS = ("edited", "halved", "added", "spun")
MANY = 10_000


def main() -> None:
    sizes = [int(one.replace(",", "")) for one in sys.argv[1:] if one != "--all"] or [1_000, MANY]
    show_kinds()
    for n in sizes:
        ours = run_ours(n)
        print(f"\n{n:,} texts of {WORDS} words, every tenth with a copy\nukrcorpus   {ours}")
        if n <= MANY or "--all" in sys.argv:
            theirs = run_datasketch(n)
            print(f"datasketch  {theirs}\n{theirs.seconds / ours.seconds:.1f} times as fast")


class Outcome:
    def __init__(self, n: int, seconds: dict[str, float], found: dict[str, str], memory: float) -> None:
        self.seconds = sum(seconds.values())
        right = {kind: [found[f"{at}"] == found[f"{at}+"] for at, kind in copies(n)] for kind in KINDS}
        for kind, hits in right.items():
            right[kind] = [hit for hit, (_, own) in zip(hits, copies(n), strict=True) if own == kind]
        own = [found[f"{at}"] for at in range(n)]
        parts = ", ".join(f"{name} {1e6 * value / n:.0f} µs" for name, value in seconds.items())
        recall = ", ".join(f"{kind} {sum(hits) / len(hits):.3f}" for kind, hits in right.items())
        self.text = (
            f"{parts} a text; recall: {recall}; unrelated joined: {n - len(set(own))}; memory {memory:.1f} kB a text"
        )

    def __str__(self) -> str:
        return self.text


def show_kinds() -> None:
    kinds: dict[str, list[bool]] = {}
    for pair in itertools.chain(pairs(1), (pair for seed in (2, 3) for pair in pairs(seed) if pair.copies)):
        found = clustered({"one": signature(pair.one), "other": signature(pair.other)})
        kinds.setdefault(pair.kind, []).append(found["one"] == found["other"])
    for kind, joined in kinds.items():
        print(f"{kind:20} n {len(joined):3}  joined {sum(joined) / len(joined):.2f}")


def copies(n: int) -> list[tuple[int, str]]:
    return [(at, KINDS[at // FAMILY % len(KINDS)]) for at in range(0, n, FAMILY)]


def texts(n: int) -> Iterator[tuple[str, str]]:
    for at in range(n):
        yield f"{at}", " ".join(words(at))
    for at, kind in copies(n):
        yield f"{at}+", " ".join(copy(at, kind))


def words(at: int | str) -> list[str]:
    draw = random.Random(f"text {at}")
    stock, weights = vocabulary()
    found = draw.choices(stock, cum_weights=weights, k=WORDS)
    for place in range(0, WORDS, 12):
        found[place] = draw.choice((str(draw.randrange(1, 3000)), stock[draw.randrange(len(stock))].title()))
    return found


def copy(at: int, kind: str) -> list[str]:
    draw, own = random.Random(f"{at} {kind}"), words(at)
    stock, weights = vocabulary()
    share = {"edited": 0.05, "spun": 0.6}.get(kind, 0)
    changed = [
        draw.choices(stock, cum_weights=weights)[0] if draw.random() < share and fit(word, kind) else word
        for word in own
    ]
    if kind == "halved":
        return changed[: WORDS // 2]
    return [*words(f"other {at}")[:80], *changed[40:], *words(f"other {at}")[80:140]] if kind == "added" else changed


def fit(word: str, kind: str) -> bool:
    """Spinning tools swap content words only; editors any."""
    return kind != "spun" or (word.islower() and word not in ENGLISH)


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Return words and weights: function words make up nearly half of a text, the rest fall as 1/rank."""
    draw = random.Random(0)
    syllables = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bre cli dro fla gre pli sto tra".split()
    content = sorted({"".join(draw.choices(syllables, k=draw.randrange(2, 5))) for _ in range(VOCABULARY)})
    draw.shuffle(content)
    function = sorted(ENGLISH)
    draw.shuffle(function)
    weights = [0.9 / (rank + 3) for rank in range(len(function))] + [0.35 / (rank + 3) for rank in range(len(content))]
    return [*function, *content], list(itertools.accumulate(weights))


def run_ours(n: int) -> Outcome:
    before, signatures, signing = peak_mb(), {}, 0.0
    for name, text in texts(n):
        start = time.process_time()
        signatures[name] = signature(text)
        signing += time.process_time() - start
    start = time.process_time()
    found = clustered(signatures)
    took = {"signing": signing, "clustering": time.process_time() - start}
    return Outcome(n, took, found, 1024 * (peak_mb() - before) / n)


def run_datasketch(n: int) -> Outcome:
    before, sketches, signing = peak_mb(), {}, 0.0
    for name, text in texts(n):
        start = time.process_time()
        own = text.split()
        shingles = {" ".join(own[at : at + SHINGLE]).encode() for at in range(len(own) - SHINGLE + 1)}
        sketches[name] = MinHash(num_perm=PERMUTATIONS)
        sketches[name].update_batch(shingles)
        signing += time.process_time() - start
    start = time.process_time()
    index = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    for name, sketch in sketches.items():
        index.insert(name, sketch)
    found = {}
    for name, sketch in sketches.items():
        near = [other for other in index.query(sketch) if sketches[other].jaccard(sketch) >= LIMIT]
        found[name] = min(near)
    took = {"signing": signing, "clustering": time.process_time() - start}
    return Outcome(n, took, found, 1024 * (peak_mb() - before) / n)


if __name__ == "__main__":
    main()
