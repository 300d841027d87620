"""Every way in which a task, round, region or answer is refused: ``refused/<case>.json`` holds what is put into a good
export, and the exact findings. The good parts must come through all the same, unless the case says ``lost``."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from annotated_exports import annotation, claim, result, task
from ukrcorpus.annotate.anchors import prove_task
from ukrcorpus.annotate.export import read_json, read_tasks, write_json
from ukrcorpus.annotate.values import SURROGATE, Article, Problems, Sentence
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Schema

CASES = Path(__file__).parent / "refused"
TEXT = "Kyiv asked for a truce.\nMoscow refused it, and said so."
GOOD = claim("Kyiv asked for a truce", ["gov:ua"])
RENEW = "If the new message is right: PYTHONPATH=tests:tests/annotate python -m test_refused"


def whole(text: str) -> Article:
    lines = [Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text))]
    sentences = tuple(Sentence(f"s{number}", span) for number, span in enumerate(lines))
    digest = sha256(text.encode()).hexdigest()
    return Article("talks", text, digest, None, None, sentences, tuple(lines))


def export_of(case: dict[str, Any], schema: Schema) -> list[Any]:
    """Return a good export with what a case puts into it."""
    items: Any = result(TEXT, [GOOD], schema) + case.get("result", [])
    for change in case.get("change", []):
        next(item for item in items if item["from_name"] == change["of"])["value"] |= change["value"]
    over = case.get("annotation", {})
    made = task("talks", TEXT, [annotation(1, "annotator-01", items, **over)])
    made["data"] |= case.get("data", {})
    return [made | case.get("task", {}), *case.get("tasks", [])]


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
