"""The example articles where they lie: the repository knows only offsets, counts and hashes of them."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.schema.model import Schema

EXPECTED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "seeds.json").read_text(encoding="utf-8"))


@pytest.fixture(params=EXPECTED, ids=lambda seed: seed["sha256"][:8])
def seed(request: pytest.FixtureRequest, seeds: tuple[Path, ...], schema: Schema) -> tuple[dict[str, Any], AlignedText]:
    for path in seeds:
        data = path.read_bytes()
        if sha256(data) == request.param["sha256"]:
            return request.param, normalised(data.decode("utf-8"), schema.repairs)
    pytest.skip("this example article is not in the folder of seeds")


def test_what_must_go_is_gone_and_what_must_stay_is_there(seed: tuple[dict[str, Any], AlignedText]) -> None:
    expected, text = seed
    for start, end, action, kind in expected["rows"]:
        left = text.text[slice(*text.to_text(start, end))]
        raw = text.source[start:end]
        where = f"{action} {kind} at {start}"
        assert (not left.strip()) == (action == "remove"), where
        assert (left == raw) == (action == "keep"), where


def test_every_line_is_of_its_kind(seed: tuple[dict[str, Any], AlignedText]) -> None:
    expected, text = seed
    runs = [[kind.value, len(list(run))] for kind, run in groupby(block.kind for block in blocks_of(text))]
    assert runs == expected["kinds"]


def test_the_text_is_the_one_that_was_looked_at(seed: tuple[dict[str, Any], AlignedText]) -> None:
    expected, text = seed
    assert (len(text.text), sha256(text.text.encode("utf-8"))) == (expected["n_chars"], expected["text_sha256"])
