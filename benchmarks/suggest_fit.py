"""Fit ``src/ukrcorpus/annotate/suggest/model.toml`` on the development articles of ``benchmarks/suggest.py``.

    python benchmarks/suggest_fit.py [--project .]

They are those of the sample and the first half of ``benchmarks/suggest_development/``, which has no polarities.
Multinomial logistic regressions with a ridge, from the signs of a claim's words to its type and to its polarity, by 600
steps of gradient descent from zero: no chance is in it. Claims are the adjudicated ones of training articles; who
speaks is what the rules say of them, so that the model learns to live with their mistakes. Written are weights of at
least 0.05.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import suggest as evaluation

from ukrcorpus.annotate.suggest import claim_types
from ukrcorpus.annotate.suggest.claim_types import signs_of
from ukrcorpus.annotate.suggest.suggestions import Suggester
from ukrcorpus.schema.read import read_schema

MODEL = Path(claim_types.__file__).with_name(claim_types.MODEL)
RIDGE, STEPS, RATE, LEAST, RARE = 2.0, 600, 0.5, 0.05, 3


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path, default=Path(__file__).parents[1])
    project = parser.parse_args().project
    suggester = Suggester.of(read_schema(project / "schema"))
    examples = list(training(project, suggester))
    counts = Counter(sign for signs, _ in examples for sign in signs)
    signs = sorted(sign for sign, n in counts.items() if n >= RARE)
    lines = ["# Made by benchmarks/suggest_fit.py from the development articles; see docs/suggestions.md."]
    for question in ("type", "polarity"):
        own = [(seen, getattr(claim, question)) for seen, claim in examples if getattr(claim, question)]
        lines += section(question, signs, own)
    MODEL.write_text("\n".join(lines) + "\n", encoding="utf-8")


def section(question: str, signs: list[str], examples: list[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    answers = sorted({answer for _, answer in examples})
    table = np.array([[sign in own for sign in signs] for own, _ in examples], dtype=float)
    wanted = np.array([[answer == one for one in answers] for _, answer in examples], dtype=float)
    weights = fitted(table, wanted)
    right = (table @ weights).argmax(axis=1) == wanted.argmax(axis=1)
    print(f"{question}: {len(examples)} claims, {len(signs)} signs, {right.mean():.3f} right on what it was fitted on")
    for column, answer in enumerate(answers):
        yield from ("", f'[{question}."{answer}"]')
        own = zip(signs, weights[:, column], strict=True)
        yield from (f'"{sign}" = {value:.2f}' for sign, value in own if abs(value) >= LEAST)


def training(project: Path, suggester: Suggester) -> Iterator[tuple[tuple[str, ...], evaluation.Claim]]:
    sample = evaluation.documents(project, lambda rows: evaluation.halves(rows)[0])
    for doc in (*sample, *evaluation.own_documents(evaluation.PARTS[:1])):
        if not doc.row["is_representative"]:
            continue
        text = doc.row["text"]
        claims = suggester.claims(doc.row, suggester.mentions(doc.row))
        pairs = evaluation.match([one.span for one in claims], [one.span for one in doc.truth.claims])
        for pair in pairs:
            mine = claims[pair.left]
            yield signs_of(text[mine.span.start : mine.span.end], mine.spoken), doc.truth.claims[pair.right]


def fitted(table: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    weights = np.zeros((table.shape[1], wanted.shape[1]))
    for _ in range(STEPS):
        scores = table @ weights
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        weights -= RATE * (table.T @ (shares - wanted) + RIDGE * weights) / len(table)
    return weights


if __name__ == "__main__":
    main()
