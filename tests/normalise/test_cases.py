import tomllib
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.normalise.blocks import blocks_of
from ukrcorpus.normalise.passes import normalised
from ukrcorpus.schema.model import Schema

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_out_as_written(case: dict[str, Any], schema: Schema) -> None:
    text = normalised(case["source"], schema.repairs)
    expected = case["source"] if case.get("stays") else case["text"]
    assert text.text == expected
    if "kinds" in case:
        assert [block.kind.value for block in blocks_of(text)] == case["kinds"]


@pytest.mark.parametrize("case", CASES)
def test_normalising_a_normalised_text_changes_nothing_more(case: dict[str, Any], schema: Schema) -> None:
    once = normalised(case["source"], schema.repairs).text
    assert normalised(once, schema.repairs).text == once
