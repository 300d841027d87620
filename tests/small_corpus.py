"""Three short invented articles with claims, as the stages would leave them."""

from datetime import date
from pathlib import Path
from typing import Any

from ukrcorpus.annotate.documents import ANSWERS
from ukrcorpus.annotate.tasks import tasks_of
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, table_of, write_json, write_table
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.run import run_normalise
from ukrcorpus.release.assemble import MADE_BY
from ukrcorpus.release.stages import raw_articles
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

Row = dict[str, Any]

TEXTS = {
    "talks": (
        "Talks resume in the capital\n\n"
        "Delegations met on Saturday for a second round. Volodymyr Zelenskyy said that Ukraine would accept a full "
        "ceasefire at once. The Kremlin refused to stop the fighting before a settlement. According to the ministry in "
        "Ankara, Washington would like a truce at sea. Both rounds ended without a paper.\n"
    ),
    "spun": (
        "Parley goes on in the chief city\n\n"
        "The envoys of both lands came again. Turkey asked for a truce of the ships, and the hall was full of folk.\n"
    ),
    "closed": "A note that nobody may pass on\n\nRussia said that it would go on with its operations in the east.\n",
}
# claim: article, words, voice, date, holders, ascribers, {issue: polarity}
CLAIMS: dict[str, tuple[Any, ...]] = {
    "c-accepts": (
        "talks",
        "Volodymyr Zelenskyy said that Ukraine would accept a full ceasefire at once",
        "stated",
        date(2025, 8, 16),
        ["per:zelensky"],
        [],
        {"ceasefire": 2},
    ),
    "c-refuses": (
        "talks",
        "The Kremlin refused to stop the fighting before a settlement",
        "enacted",
        None,
        ["org:ru_presidency"],
        [],
        {"ceasefire": -2, "russian_operations": 1},
    ),
    "c-wishes": (
        "talks",
        "According to the ministry in Ankara, Washington would like a truce at sea",
        "ascribed",
        date(2025, 8, 16),
        ["gov:us"],
        ["gov:tr"],
        {"limited_truce": 1},
    ),
    "c-ended": (
        "talks",
        "Both rounds ended without a paper",
        "author",
        None,
        ["pseudo:author"],
        [],
        {"ceasefire": None},
    ),
    "c-asked": ("spun", "Turkey asked for a truce of the ships", "stated", None, ["gov:tr"], [], {"limited_truce": 2}),
    "c-goes-on": (
        "closed",
        "Russia said that it would go on with its operations in the east",
        "stated",
        None,
        ["gov:ru"],
        [],
        {"russian_operations": 2},
    ),
}


def normalised(project: Project, schema: Schema, folder: Path) -> None:
    """Ingest and normalise the texts."""
    for article_id, text in TEXTS.items():
        file = folder / f"{article_id}.txt"
        file.write_text(text, encoding="utf-8")
        licence = "unknown" if article_id == "closed" else "CC0-1.0"
        ingest(project, [file], IngestOptions(article_id=article_id, licence=licence, published="2025-08-17"))
    run_normalise(project, schema, raw_articles(project))


def stage(project: Project, schema: Schema, folder: Path) -> None:
    """Ingest and normalise the texts, and write what annotating would make of them."""
    normalised(project, schema, folder)
    made = annotated(read_table(project.table("normalise", "articles")).to_pylist(), project)
    for name in MADE_BY["annotate"]:
        table = schema.table(name)
        rows = made.get(name, [])
        write_table(project.table("annotate", name), table_of(rows, arrow_schema(table), table.key))
    spun = {name: "heavy" if name == "spun" else "no" for name in TEXTS}
    answers = {name: {"machine_spun": value, "genre": "news_report"} for name, value in spun.items()}
    write_json(project.build / "annotate" / ANSWERS, answers)


def annotated(articles: list[Row], project: Project) -> dict[str, list[Row]]:
    """Return the rows of the tables that annotating makes; `spun` is heavily spun."""
    texts = {article["article_id"]: article["text"] for article in articles}
    sentences = read_table(project.table("normalise", "sentences")).to_pylist()
    made: dict[str, list[Row]] = {"claims": [], "claim_sources": [], "claim_issues": [], "stances": []}
    for claim_id, (article_id, words, voice, day, holders, ascribers, issues) in CLAIMS.items():
        start = texts[article_id].index(words)
        sentence = next(s for s in sentences if s["article_id"] == article_id and s["start"] <= start < s["end"])
        decided = {"decided_by": "agreement", "n_annotators": 2, "n_agree": 2}
        made["claims"].append(
            {"claim_id": claim_id, "article_id": article_id, "sentence_id": sentence["sentence_id"]}
            | {"start": start, "end": start + len(words), "quote": words, "type": "position", "voice": voice}
            | {"quotation": "none", "tier": {"ascribed": 2, "author": 3}.get(voice, 1)}
            | {"date": day, "date_source": "text" if day else "unknown", "date_precision": "day" if day else None}
            | decided
        )
        for role, actors in (("holder", holders), ("ascriber", ascribers)):
            made["claim_sources"] += [{"claim_id": claim_id, "actor_id": one, "role": role} for one in actors]
        for number, (issue, polarity) in enumerate(issues.items()):
            made["claim_issues"].append({"claim_id": claim_id, "issue": issue, "is_primary": number == 0})
            stances = [
                {"claim_id": claim_id, "actor_id": holder, "issue": issue, "polarity": polarity}
                | {"conditional": False, "condition": None}
                | decided
                for holder in holders
            ]
            made["stances"] += stances if polarity is not None else []
    return made


def export(project: Project, schema: Schema, user: int) -> list[Row]:
    """Return what Label Studio would export of a user who marks every claim as above."""
    tasks = tasks_of(read_table(project.table("normalise", "articles")).to_pylist(), schema)
    return [_task(number, task["data"], user) for number, task in enumerate(tasks, start=1)]


def _task(number: int, data: Row, user: int) -> Row:
    claims = [claim for claim in CLAIMS.values() if claim[0] == data["article_id"]]
    result = [item for place, claim in enumerate(claims) for item in _region(f"r{number}-{place}", data["text"], claim)]
    spun = "heavy" if data["article_id"] == "spun" else "no"
    document = {"genre": "news_report", "text_quality": "clean", "machine_spun": spun, "synthetic_suspected": "no"}
    result += [_item(f"d{name}", name, "choices", {"choices": [value]}) for name, value in document.items()]
    annotation = {
        "id": number,
        "completed_by": user,
        "result": result,
        "was_cancelled": False,
        "unique_id": f"0000000{user}-0000-4000-8000-00000000000{number}",
        "created_at": "2026-11-20T10:00:00.000000Z",
        "updated_at": "2026-11-20T10:00:00.000000Z",
        "lead_time": 60.5,
    }
    return {"id": number, "data": data, "annotations": [annotation], "drafts": [], "predictions": []}


def _region(region_id: str, text: str, claim: tuple[Any, ...]) -> list[Row]:
    _, words, voice, day, holders, ascribers, issues = claim
    start = text.index(words)
    span = {"start": start, "end": start + len(words), "text": words}
    answers: Row = {"type": ["position"], "voice": [voice], "quotation": ["none"], "source_ids": holders}
    answers |= {"ascriber_ids": ascribers} if ascribers else {}
    items = [_item(region_id, "label", "labels", span | {"labels": ["claim"]})]
    for number, (issue, polarity) in enumerate(issues.items()):
        suffix = "" if number == 0 else "2"
        items.append(_item(region_id, f"issue{suffix}", "taxonomy", span | {"taxonomy": [["group", issue]]}))
        answers[f"polarity{suffix}"] = ["none" if polarity is None else str(polarity)]
    items += [_item(region_id, name, "choices", span | {"choices": given}) for name, given in answers.items()]
    items += [_item(region_id, "date", "textarea", span | {"text": [day.isoformat()]})] if day else []
    return items


def _item(region_id: str, name: str, kind: str, value: Row) -> Row:
    return {"id": region_id, "from_name": name, "to_name": "text", "type": kind, "value": value, "origin": "manual"}
