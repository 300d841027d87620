"""Exports with something wrong in them: a good one, and what the cases of ``annotate/refused/`` put into it."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from annotated_exports import annotation, claim, result, task
from ukrcorpus.annotate.values import Article, Sentence
from ukrcorpus.measure.matching import Span
from ukrcorpus.schema.model import Schema

CASES = Path(__file__).parent / "annotate" / "refused"
TEXT = "Kyiv asked for a truce.\nMoscow refused it, and said so."
GOOD = claim("Kyiv asked for a truce", ["gov:ua"])


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
