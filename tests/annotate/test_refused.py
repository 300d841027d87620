"""Every way in which a task, round, region or answer is refused: ``refused/<case>.json`` holds what is put into a good
export, and the exact findings. The good parts must come through all the same, unless the case says ``lost``."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from refused_exports import CASES, GOOD, TEXT, export_of, whole
from ukrcorpus.annotate.exports.export import read_json, read_tasks, write_json
from ukrcorpus.annotate.spans.anchors import prove_task
from ukrcorpus.annotate.values import SURROGATE, Problems
from ukrcorpus.schema.model import Schema

RENEW = "If the new message is right: PYTHONPATH=tests:tests/annotate python -m test_refused"


def outcome(case: dict[str, Any], schema: Schema) -> tuple[str, list[str]]:
    """Return the findings as printed, and the quotes that came through."""
    article = whole(case.get("article", TEXT))
    problems = Problems("a.json")
    quotes = []
    raw = read_json(write_json(export_of(case, schema)), "a.json")
    for one in read_tasks(raw, schema, problems, coded=True):
        for made in prove_task(one, {"talks": article}, replace(problems, where=one.where)):
            quotes += [article.text[region.span.start : region.span.end] for region in made.regions]
    return "\n".join(finding.as_text() for finding in problems.findings), quotes


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_what_cannot_be_understood_is_a_finding_and_the_rest_goes_on(path: Path, schema: Schema) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    message, quotes = outcome(case, schema)
    assert message == "\n".join(case["message"]), RENEW
    assert (GOOD.words in quotes) is not case.get("lost", False)


def test_a_good_export_has_no_finding(schema: Schema) -> None:
    assert outcome({}, schema) == ("", [GOOD.words])


def renew() -> None:
    """Write the present messages into the cases."""
    from ukrcorpus.schema.read import read_schema

    schema = read_schema(Path(__file__).parents[2] / "schema")
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        case["message"] = outcome(case, schema)[0].splitlines()
        text = json.dumps(case, ensure_ascii=False, indent=1) + "\n"
        path.write_text(SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text), encoding="utf-8")


if __name__ == "__main__":
    renew()
