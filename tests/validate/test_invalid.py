"""Every rule has a case: tests/invalid/<rule-id>/ breaks the valid corpus in one place and holds the exact message.

``case.toml`` says what is changed, ``also`` names the other rules that notice it; ``message.txt`` holds the findings.
"""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.report import Report

CASES = Path(__file__).parents[1] / "invalid"
RENEW = "UKRCORPUS_RENEW=1 python -m pytest tests/validate/test_invalid.py"
IDS = [id_ for rule in RULES for id_ in rule.explanations()]


@pytest.mark.parametrize("rule", sorted(path.name for path in CASES.iterdir()))
def test_the_finding_of_an_invalid_corpus_is_told_in_these_words(
    rule: str, broken_by: Callable[[dict[str, Any]], Report]
) -> None:
    case = tomllib.loads((CASES / rule / "case.toml").read_text(encoding="utf-8"))
    report = broken_by(case)
    got = "".join(f"{finding.as_text()}\n" for finding in report.findings if finding.rule == rule)
    if os.environ.get("UKRCORPUS_RENEW"):
        (CASES / rule / "message.txt").write_text(got, encoding="utf-8")
    assert got, f"the case breaks no {rule}"
    assert {finding.rule for finding in report.findings} - {rule} == set(case.get("also", ()))
    assert got == (CASES / rule / "message.txt").read_text(encoding="utf-8"), f"renew with: {RENEW}"


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert sorted(path.name for path in CASES.iterdir()) == sorted(IDS)


def test_no_id_stands_for_two_rules() -> None:
    assert len(IDS) == len(set(IDS))
