"""Every way of refusing something is shown by a test."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
SOURCES = TESTS.parents[1] / "src" / "ukrcorpus" / "annotate"
# What cannot be brought about through the steps before, and is there all the same.
UNSEEN = {"span-outside-sentences", "annotator-unmasked", "push-lost", "studio-stop"}


def test_every_rule_of_the_stage_has_a_test() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    named = set(re.findall(r'(?:Fault|CorpusError)\(\s*"([a-z-]+)"', source))
    tests = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*") if path.suffix in {".py", ".json"})
    assert {rule for rule in named - UNSEEN if not re.search(rf'[\["]{rule}\\?[\]"]', tests)} == set()
