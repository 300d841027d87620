"""What rules may look at, and cells that no Parquet file of ours can hold."""

import polars as pl
import pytest

from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import Evidence, address, show
from ukrcorpus.validate.frames import check_values


def test_a_rule_reads_only_the_tables_it_declared(base: Project, schema: Schema) -> None:
    with pytest.raises(AssertionError, match="claims is not in the rule's scope"):
        Evidence(base, schema, ("stances",)).scan("claims")


def test_a_null_in_a_required_column_is_found_by_its_row(base: Project, schema: Schema) -> None:
    whole = Evidence(base, schema, ("claim_issues",)).scan("claim_issues", "is_primary")
    first = pl.col("issue") == "ceasefire"
    nulled = whole.with_columns(is_primary=pl.when(first).then(None).otherwise("is_primary"))
    found = list(check_values(Evidence(base, schema, ("claim_issues",), {"claim_issues": nulled})))
    assert [(one.where, one.got) for one in found] == [
        ("claim_issues: claim_id=c-accepts, issue=ceasefire: is_primary", "null"),
        ("claim_issues: claim_id=c-rejects, issue=ceasefire: is_primary", "null"),
    ]


def test_a_long_text_is_cut_in_messages() -> None:
    assert show("ї" * 500) == '"' + "ї" * 120 + '…" (500 characters)'


def test_what_a_terminal_would_obey_is_shown_as_escapes(schema: Schema) -> None:
    assert show("a\u202eb\x9b\u00a0\ud800 ї") == '"a\\u202eb\\u009b\\u00a0\\ud800 ї"'
    row = {"claim_id": "c\x1b[31m\n"}
    assert address(schema.table("claims"), row) == "claims: claim_id=c\\u001b[31m\\n"
