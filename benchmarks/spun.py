"""How well machine-spun English is told from genuine English, on texts the model was not fitted on.

    python benchmarks/spun.py [--nonnative DIR] [--web DIR]

Per document and per span, by spinner and rate, with 95 % intervals (Wilson); false flags on news, on the pages and
articles of this repository, and on one's own files of non-native English (``=== kind`` before each text). Fitting used
the other half of the news, of the pages and of the non-native texts, and WordNet; here the thesaurus is another one.
"""

import argparse
import hashlib
import random
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path

import ftfy
import spinners
import spun_data
import spun_fit

from ukrcorpus.normalise.spun_marks import verdict

HERE = Path(__file__).parent
SHARES = (0.1, 0.15, 0.2, 0.35)
FLAGGED = ("light", "heavy")
Spans = Sequence[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nonnative", type=Path)
    parser.add_argument("--web", type=Path)
    given = parser.parse_args()
    folder = spun_data.fetch()
    single = spun_data.news(folder)[spun_data.HALF :]
    own = tomllib.loads((HERE / "spun_articles.toml").read_text(encoding="utf-8"))["articles"]
    articles, spun_articles = sample_articles()
    genuine = {
        "news, one text": single,
        "news, four texts": spun_data.joined(single, 4),
        "test pages": spun_data.pages(1),
        "articles of this benchmark": [one["genuine"].strip() for one in own],
        "sample articles": articles,
    }
    print("genuine texts: share flagged")
    rejected = [report(kind, texts) for kind, texts in genuine.items()]
    for kind, texts in nonnative(given.nonnative).items():
        report(kind, texts)
    print("spun texts: share flagged")
    found = [report(*one) for one in spun_sets(folder, genuine, own)]
    if given.web:
        report("pages spun on the web", [text for _, text in spun_data.own_texts(given.web)])
    report("spun sample articles", spun_articles)
    n_false, n_genuine = map(sum, zip(*rejected, strict=True))
    n_true, n_spun = map(sum, zip(*found, strict=True))
    rate = n_true / n_spun * n_genuine
    print(f"recall {share(n_true, n_spun)}; precision at as many spun as genuine texts {rate / (rate + n_false):.3f}")
    print("spans: where a text is flagged, which marks hit a swapped word, and how many swapped words are marked")
    spans(folder, genuine["news, four texts"])
    speed([text for texts in genuine.values() for text in texts])


def sample_articles() -> tuple[list[str], list[str]]:
    """Return the sample's genuine articles and those written as spun ones."""
    raw = HERE.parent / "raw"
    entries = tomllib.loads((raw / "sample-sources.toml").read_text(encoding="utf-8"))["articles"]
    spun = {entry["article_id"] for entry in entries if entry.get("spun")}
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(raw.glob("articles/*.txt"))}
    return [text for name, text in texts.items() if name not in spun], [texts[name] for name in sorted(spun)]


def nonnative(folder: Path | None) -> dict[str, list[str]]:
    """Return the non-native texts that fitting did not see, all together and by the writers' language."""
    texts = list(spun_data.own_texts(folder))
    kinds = {
        "non-native, not seen in fitting": [text for _, text in texts[1::2]],
        "non-native, all": [text for _, text in texts],
    }
    for kind, text in texts:
        kinds.setdefault(f"non-native, all: {kind.split()[0]}", []).append(text)
    if texts:
        digest = hashlib.sha256("".join(sorted(text for _, text in texts)).encode()).hexdigest()
        counts = dict(sorted(Counter(kind for kind, _ in texts).items()))
        print(f"non-native texts: {len(texts)}, sha256 {digest[:16]}, kinds {counts}")
    return kinds if texts else {}


def spun_sets(
    folder: Path, genuine: dict[str, list[str]], own: list[dict[str, str]]
) -> Iterable[tuple[str, list[str]]]:
    """Yield the name and texts of each spun set."""
    chance = random.Random(spun_fit.SEED + 1)
    every = spinners.mythes(folder / "usr/share/mythes/th_en_US_v2.dat")
    common = spinners.common_only(every, spun_data.ranks(folder), 12_000)
    bases = {kind: genuine[kind] for kind in ("news, one text", "news, four texts", "sample articles")}
    for base, texts in bases.items():
        for name, synonyms in (("thesaurus", every), ("thesaurus, common words", common)):
            for rate in SHARES:
                spun = [spinners.swap_words(text, synonyms, rate, chance)[0] for text in texts]
                yield f"{base}: {name} {rate:.0%}", spun
        for rate in (0.1, 0.2):
            yield f"{base}: grammar {rate:.0%}", [spinners.break_grammar(text, rate, chance)[0] for text in texts]
    for manner in dict.fromkeys(one["manner"] for one in own):
        yield f"by hand: {manner}", [one["spun"].strip() for one in own if one["manner"] == manner]


def spans(folder: Path, texts: list[str]) -> None:
    chance = random.Random(spun_fit.SEED + 2)
    every = spinners.mythes(folder / "usr/share/mythes/th_en_US_v2.dat")
    for rate in SHARES:
        n_marks = n_hits = n_swapped = n_found = 0
        for text in texts:
            spun, swapped = spinners.swap_words(text, every, rate, chance)
            judged = verdict(spun)
            if judged.level in FLAGGED:
                n_marks += len(judged.marks)
                n_hits += sum(touches((mark.start, mark.end), swapped) for mark in judged.marks)
                marks = [(mark.start, mark.end) for mark in judged.marks]
                n_swapped += len(swapped)
                n_found += sum(touches(span, marks) for span in swapped)
        print(f"  thesaurus {rate:.0%}: precision {share(n_hits, n_marks)}, recall {share(n_found, n_swapped)}")


def touches(span: tuple[int, int], others: Spans) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def report(kind: str, texts: Sequence[str]) -> tuple[int, int]:
    """Print how many of the judged texts are flagged and heavy; return flagged and judged."""
    levels = Counter(verdict(text).level for text in texts)
    n_judged = levels.total() - levels[None]
    n_flagged = levels["light"] + levels["heavy"]
    print(f"  {kind}: {share(n_flagged, n_judged)}, heavy {levels['heavy']}, too short {levels[None]}")
    return n_flagged, n_judged


def share(n: int, of: int) -> str:
    """Return a share with its 95 % interval (Wilson)."""
    if not of:
        return "none judged"
    z = 1.96
    middle = (n + z * z / 2) / (of + z * z)
    half = z * sqrt(n * (of - n) / of + z * z / 4) / (of + z * z)
    return f"{n / of:.3f} ({max(middle - half, 0):.3f}-{min(middle + half, 1):.3f}, n={of})"


def speed(texts: list[str]) -> None:
    """Print the CPU time of verdicts on texts never seen, after as many others, against ``ftfy.fix_text``."""
    half = len(texts) // 2
    for text in texts[::2]:
        verdict(text)
    times = []
    for work in (verdict.__wrapped__, ftfy.fix_text):
        start = time.process_time()
        for text in texts[1::2][:half]:
            work(text)
        times.append((time.process_time() - start) * 1000 / sum(map(len, texts[1::2][:half])) * 8000)
    print(f"speed: {times[0]:.2f} ms per 8,000 characters, ftfy.fix_text {times[1]:.2f} ms")


if __name__ == "__main__":
    main()
