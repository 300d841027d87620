"""Fit the tables of ``src/ukrcorpus/normalise/spun_model.toml``.

    python benchmarks/spun_fit.py                                 from the committed development counts
    python benchmarks/spun_fit.py --collect [--nonnative DIR]     count the development texts again first

Two logistic regressions with a ridge, solved by Newton's steps. Words: was it swapped, by the bins of its pair with
the word before, of its pair with the word behind, and of its rarity. Documents: is it spun, by the four means that
``spun.Reading`` describes. The counts are numbers only and hold no text.
"""

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import spinners
import spun_data

from ukrcorpus.normalise import ngrams, spun

HERE = Path(__file__).parent / "spun_development"
WORDS, DOCUMENTS = HERE / "words.csv", HERE / "documents.csv"
MODEL = Path(spun.__file__).with_name("spun_model.toml")
SHARES = (0.1, 0.2, 0.35)
SEED = 2026

# How far the thresholds lie from the mean genuine text, in its standard deviations.
LIGHT, HEAVY = 2.8, 3.5
FIELDS = ("swapped", "unknown", *(f"{of}_{step}" for of in ("function", "content") for step in range(1, 6)))
Numbers = dict[str, list[float] | float]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--collect", action="store_true")
    parser.add_argument("--nonnative", type=Path)
    given = parser.parse_args()
    if given.collect:
        texts = development_texts(given.nonnative)
        write_words(texts)
        write_model(fitted_words() | dict.fromkeys(("bias", "light", "heavy"), 0.0) | {"centre": [], "weights": []})
        spun.model.cache_clear()
        spun._probabilities.cache_clear()  # noqa: SLF001 (the tables are new)
        write_documents(texts)
    write_model(fitted_words() | fitted_documents())


def development_texts(nonnative: Path | None) -> list[tuple[str, str, tuple[tuple[int, int], ...]]]:
    """Return kind, text and swapped spans of each development text: every second one of what is not news."""
    chance = random.Random(SEED)
    folder = spun_data.fetch()
    single = spun_data.news(folder)[: spun_data.HALF]
    news = [*single, *spun_data.joined(single, 2), *spun_data.joined(single, 4)]
    others = [text for _, text in spun_data.own_texts(nonnative)][::2]
    pages = spun_data.pages(0)
    every = spinners.wordnet(folder / "usr/share/wordnet")
    common = spinners.common_only(every, spun_data.ranks(folder), 12_000)
    genuine = {"news": news, "nonnative": others, "page": pages}
    texts = [(kind, text, ()) for kind, of_kind in genuine.items() for text in of_kind]
    for synonyms in (every, common):
        for share in SHARES:
            for kind, of_kind in genuine.items():
                texts += [(f"spun {kind}", *spinners.swap_words(text, synonyms, share, chance)) for text in of_kind]
    return texts


def write_words(texts: Sequence[tuple[str, str, tuple[tuple[int, int], ...]]]) -> None:
    counts: Counter[tuple[int, int, int, int]] = Counter()
    for kind, text, spans in texts:
        if kind in ("news", "spun news"):
            swapped = {place for start, end in spans for place in range(start, end)}
            places = ngrams.places_of(text)
            for word in spun.judged_words(ngrams.words_of(text)):
                counts[word.left, word.right, word.rarity, int(places[word.place][0] in swapped)] += 1
    write_csv(WORDS, ("left", "right", "rarity", "swapped", "n"), ((*key, n) for key, n in sorted(counts.items())))


def write_documents(texts: Sequence[tuple[str, str, tuple[tuple[int, int], ...]]]) -> None:
    rows = []
    for kind, text, _ in texts:
        reading = spun.read(text)
        if reading.n_judged >= spun.ENOUGH:
            rows.append((kind, reading.n_judged, *(round(value, 4) for value in reading.values)))
    write_csv(DOCUMENTS, ("kind", "n_judged", *FIELDS), rows)


def fitted_words() -> Numbers:
    """Return the word tables: one weight a bin, so that their sum is the logarithm of the odds of a swap."""
    with WORDS.open(encoding="utf-8") as file:
        rows = np.array([[float(value) for value in row] for row in list(csv.reader(file))[1:]])
    sizes = (len(ngrams.PAIR_EDGES) + 2, len(ngrams.PAIR_EDGES) + 2, len(ngrams.RARITY_EDGES) + 1)
    columns = [np.eye(size)[rows[:, place].astype(int)] for place, size in enumerate(sizes)]
    weights = logistic_fit(np.hstack([*columns, np.ones((len(rows), 1))]), rows[:, 3], rows[:, 4], ridge=5.0)
    left, right, rarity = np.split(weights[:-1], np.cumsum(sizes)[:-1])
    tables = {"left": left, "right": right, "rarity": rarity}
    return {
        "intercept": round(float(weights[-1]), 4),
        "share": round(float(rows[:, 4] @ rows[:, 3] / rows[:, 4].sum()), 4),
    } | {name: [round(float(value), 4) for value in table] for name, table in tables.items()}


def fitted_documents() -> Numbers:
    """Return centre, weights, bias and thresholds; a genuine text of another kind counts like a news text."""
    with DOCUMENTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = np.array([[float(row[name]) for name in FIELDS] for row in rows])
    lengths = np.sqrt(np.minimum([int(row["n_judged"]) for row in rows], spun.MOST) / spun.MOST)
    spun_text = np.array([row["kind"].startswith("spun") for row in rows])
    centre = values[~spun_text].mean(axis=0)
    spread = values[~spun_text].std(axis=0)
    features = (values - centre) / spread * lengths[:, None]
    n = np.where(spun_text, (~spun_text).sum() / spun_text.sum(), 1.0)
    weights = logistic_fit(np.hstack([features, np.ones((len(rows), 1))]), spun_text.astype(float), n, ridge=2.0)
    genuine = features[~spun_text] @ weights[:-1]
    light = genuine.mean() + LIGHT * genuine.std()
    heavy = genuine.mean() + HEAVY * genuine.std()
    return {
        "centre": [round(float(value), 4) for value in centre],
        "weights": [round(float(value), 4) for value in weights[:-1] / spread],
        "bias": round(float(-light), 4),
        "light": 0.5,
        "heavy": round(float(1 / (1 + np.exp(light - heavy))), 2),
    }


def logistic_fit(features: np.ndarray, labels: np.ndarray, n: np.ndarray, ridge: float) -> np.ndarray:
    weights = np.zeros(features.shape[1])
    for _step in range(30):
        expected = 1 / (1 + np.exp(-features @ weights))
        curve = features.T @ (features * (n * expected * (1 - expected))[:, None]) + ridge * np.eye(len(weights))
        weights += np.linalg.solve(curve, features.T @ (n * (labels - expected)) - ridge * weights)
    return weights


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_model(numbers: Numbers) -> None:
    head = "# Made by benchmarks/spun_fit.py from the counts in benchmarks/spun_development/; see docs/spun.md.\n"
    MODEL.write_text(head + "".join(f"{name} = {value}\n" for name, value in numbers.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
