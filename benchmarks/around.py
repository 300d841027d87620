"""The command ``ukrcorpus`` with passes that cost next to nothing, so that a run shows what is around them.

    python benchmarks/around.py --project FOLDER normalise --processes 1

Sources are read and proved, records, parts and tables written and copies told as ever; but an article's rows are those
of one of 50 articles that were normalised in earnest, under its own id, and its signature is drawn at random from its
hash; those of every tenth article fall into 20,000 families of copies. It works in one process only, for others would
not know of it.
"""

import random
from functools import cache
from typing import Any

import numpy as np
import synthetic

from ukrcorpus.cli import main
from ukrcorpus.normalise import records
from ukrcorpus.normalise.article import RawArticle, rows_of
from ukrcorpus.normalise.signatures import FIELDS, SIGNATURE_VERSION, SLOTS, layout
from ukrcorpus.schema.model import Repairs

N_MODELS, FAMILY, N_FAMILIES = 50, 10, 20_000
Rows = dict[str, list[dict[str, Any]]]


def made(raw: RawArticle, repairs: Repairs) -> dict[str, Any]:
    number = int(str(raw.provenance["raw_sha256"])[:12], 16)
    model_id, rows = model(number % N_MODELS, repairs)
    own = {table: [renamed(row, model_id, raw.article_id) for row in kept] for table, kept in rows.items()}
    own["articles"][0] |= dict(raw.provenance)
    return {"refused": None, "signature": drawn(number), **own}


@cache
def model(number: int, repairs: Repairs) -> tuple[str, Rows]:
    source = synthetic.article(number)
    entry = synthetic.entry_of(source.encode("utf-8"), f"model-{number}")
    about = {
        "article_id": entry.article_id,
        "raw_file": entry.file,
        "raw_sha256": entry.sha256,
        "raw_encoding": "utf-8",
    }
    return entry.article_id, rows_of(RawArticle(about, source), repairs)


def renamed(row: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {
        name: new + value[len(old) :] if isinstance(value, str) and value.startswith(old) else value
        for name, value in row.items()
    }


def drawn(number: int) -> bytes:
    """Return a signature of which a quarter is the number's own, and for every tenth number the rest its family's."""
    draw = np.random.default_rng(number if number % FAMILY else number // FAMILY % N_FAMILIES)
    row = np.zeros(1, dtype=layout())
    row["version"], row["sizes"] = SIGNATURE_VERSION, 400
    for name, slots in zip(FIELDS, SLOTS, strict=True):
        row[name] = draw.integers(0, 1 << 16, slots)
    own = random.Random(number)
    row["words"][0, own.sample(range(SLOTS[0]), SLOTS[0] // 4)] = own.getrandbits(16)
    row["content"] = own.getrandbits(64), own.getrandbits(64)
    return row.tobytes()


if __name__ == "__main__":
    records._made = made  # noqa: SLF001 - what a worker does to an article
    main()
