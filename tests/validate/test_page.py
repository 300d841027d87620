"""docs/rules.md says what the rules are today."""

from pathlib import Path

from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.page import RENEW, rules_page

PAGE = Path(__file__).parents[2] / "docs/rules.md"


def test_the_page_of_rules_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(RULES), f"renew with: {RENEW}"


def test_every_id_a_rule_can_yield_stands_on_the_page() -> None:
    page = rules_page(RULES)
    assert [id_ for rule in RULES for id_ in rule.explanations() if id_ not in page] == []
