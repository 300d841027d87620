"""The normalise stage: raw articles in, six tables and a quarantine out."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import table_of, write_table, write_text
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.normalise.article import RawArticle, Rows, rows_of
from ukrcorpus.normalise.duplicates import clusters
from ukrcorpus.normalise.signatures import signature
from ukrcorpus.schema.model import Schema

STAGE = "normalise"
TABLES = ("articles", "blocks", "sentences", "edits", "flags", "signals")
# Later stages decide these; until then an article is live and in the only split.
_UNDECIDED = {"split": "train", "status": "live"}


@dataclass(frozen=True, slots=True)
class NormaliseReport:
    """What a run did: ids of the articles used, and the problems of those set aside."""

    used: tuple[str, ...]
    set_aside: tuple[CorpusError, ...]


def run_normalise(project: Project, schema: Schema, articles: Iterable[RawArticle | CorpusError]) -> NormaliseReport:
    """Write ``build/normalise/``; an article that cannot be used goes to the quarantine with its reason.

    A ``CorpusError`` among the articles is one whose source could not be read.
    """
    tables: dict[str, Rows] = {name: [] for name in TABLES}
    set_aside: list[CorpusError] = []
    for raw in articles:
        if isinstance(raw, CorpusError):
            set_aside.append(raw)
            continue
        try:
            rows = rows_of(raw, schema.repairs)
        except CorpusError as error:
            set_aside.append(error)
            continue
        for name in TABLES:
            tables[name] += rows[name]
    _mark_duplicates(tables["articles"])
    for name in TABLES:
        table = schema.table(name)
        write_table(project.table(STAGE, name), table_of(tables[name], arrow_schema(table), table.key))
    lines = [json.dumps(_reason(error), ensure_ascii=False, sort_keys=True) + "\n" for error in set_aside]
    write_text(project.quarantine / f"{STAGE}.jsonl", "".join(lines))
    return NormaliseReport(tuple(str(row["article_id"]) for row in tables["articles"]), tuple(set_aside))


def _mark_duplicates(articles: Rows) -> None:
    representative = clusters({str(row["article_id"]): signature(str(row["text"])) for row in articles})
    for row in articles:
        row.update(_UNDECIDED)
        row["duplicate_cluster"] = representative[str(row["article_id"])]
        row["is_representative"] = row["duplicate_cluster"] == row["article_id"]


def _reason(error: CorpusError) -> dict[str, str]:
    return {"rule": error.rule, "where": error.where, "what": error.what, "remedy": error.remedy}
