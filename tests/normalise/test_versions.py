"""A pass that makes something else of the same text must have a higher version: old texts are stale then.

Renew ``pass_outputs.json`` with: python tests/normalise/test_versions.py
"""

import json
import tomllib
from pathlib import Path

import pytest

from ukrcorpus.core.alignment import AlignedText
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.passes import PASSES, Pass
from ukrcorpus.schema.model import Repairs, Slip

HERE = Path(__file__).parent
STORED = HERE / "pass_outputs.json"
RENEW = "python tests/normalise/test_versions.py"
REPAIRS = Repairs(("Ukraine", "Kyiv"), ("Global South",), (Slip("thes", "these", "en"),), "")


def case_sources() -> list[str]:
    """Return the source texts of all cases."""
    files = sorted((HERE / "cases").glob("*.toml"))
    return [case["source"] for path in files for case in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]]


def outputs(step: Pass) -> dict[str, str]:
    """Return hash of source -> hash of what the pass makes of it, for the cases that it changes."""
    made = {source: step.apply(AlignedText.of(source), REPAIRS).text for source in case_sources()}
    return {short(source): short(text) for source, text in made.items() if text != source}


def short(text: str) -> str:
    return sha256(text.encode("utf-8"))[:12]


@pytest.mark.parametrize("step", PASSES, ids=lambda step: step.name)
def test_a_pass_whose_outcome_changed_has_a_higher_version(step: Pass) -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    then, now = stored["passes"].get(step.name), outputs(step)
    assert then is not None, f"{step.name} is new; renew with: {RENEW}"
    assert then["version"] == step.version, f"renew with: {RENEW}"
    changed = [source for source in stored["sources"] if then["outputs"].get(source) != now.get(source)]
    assert changed == [], f"raise the version of {step.name} in PASSES, then renew with: {RENEW}"


def renew() -> None:
    """Store what every pass makes of the cases now."""
    sources = sorted(short(source) for source in case_sources())
    passes = {step.name: {"version": step.version, "outputs": outputs(step)} for step in PASSES}
    stored = {"sources": sources, "passes": passes}
    STORED.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
