"""A small valid corpus made from base.toml, and what a case in tests/invalid/ does to it."""

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ukrcorpus.annotate.adjudication.ids import Minted, write_ids
from ukrcorpus.annotate.exports.manifest import ExportEntry, exports_folder, write_entries
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, sha256, table_of, write_table, write_text
from ukrcorpus.derive.arrow import arrow_schema
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.entry import ManifestEntry
from ukrcorpus.sources.manifest import write_manifest
from ukrcorpus.validate.catalogue import RULES
from ukrcorpus.validate.evidence import STAGE
from ukrcorpus.validate.report import Report
from ukrcorpus.validate.rules import Rule
from ukrcorpus.validate.run import run_rules
from validate.valid_rows import FETCHED_AT, tables

Rows = list[dict[str, Any]]
EXPORT: dict[str, Any] = {
    "file": "annotator-1-2025-03-04.json",
    "server": "here",
    "annotator_kind": "model",
    "step": "both",
    "blind": True,
    "suggestions_shown": False,
    "suggestion_version": None,
    "scheme_version": None,
    "guideline_version": None,
    "imported_on": "2025-03-04",
}
SAMPLE_SOURCES = """format = 1

[[articles]]
article_id = "sample-harbour"
sources = [{ url = "https://page.example/ports", supports = "the halt of strikes on ports" }]
quotations = [{ text = "a pause for every ship", url = "https://page.example/ports" }]
"""


@pytest.fixture(scope="session")
def base(new_folder: Path, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The valid corpus; never change it, copy it."""
    project = Project.open(shutil.copytree(new_folder, tmp_path_factory.mktemp("base") / "corpus"))
    given = tomllib.loads((Path(__file__).parent / "base.toml").read_text(encoding="utf-8"))
    write_raw(project, given["articles"])
    made = tables(given)
    for name, rows in made.items():
        put(project, schema, name, rows)
    write_annotations(project, made)
    return project


@pytest.fixture
def corpus(base: Project, tmp_path: Path) -> Project:
    """A copy of the valid corpus, free to be broken."""
    return Project.open(shutil.copytree(base.root, tmp_path / "corpus"))


@pytest.fixture
def broken_by(corpus: Project, schema: Schema) -> Callable[..., Report]:
    """Give the report on the valid corpus after the changes of one case, by all rules or by those given."""

    def report(case: dict[str, Any], rules: tuple[Rule, ...] = RULES) -> Report:
        for change in case.get("tables", ()):
            change_table(corpus, schema, change)
        for change in case.get("files", ()):
            change_file(corpus.root / change["path"], change)
        touched = any(change["path"].startswith("schema/") for change in case.get("files", ()))
        return run_rules(corpus, read_schema(corpus.schema) if touched else schema, rules)

    return report


def change_table(project: Project, schema: Schema, change: dict[str, Any]) -> None:
    """Change the rows that match ``key`` (``set``, ``clear``, ``drop``), ``add`` one, or ``without`` a column."""
    table = schema.table(change["table"])
    rows: Rows = read_table(project.table(STAGE, table.name)).to_pylist()
    hit = [row for row in rows if "key" in change and change["key"].items() <= row.items()]
    assert hit or "key" not in change, f"no row of {table.name} has {change['key']}"
    for row in hit:
        row.update(change.get("set", {}) | dict.fromkeys(change.get("clear", ())))
    rows = [row for row in rows if not (change.get("drop") and row in hit)]
    rows += [hit[0] | change["add"] if hit else change["add"]] if "add" in change else []
    put(project, schema, table.name, rows, change.get("without"))


def change_file(path: Path, change: dict[str, Any]) -> None:
    """Change a file as the case says: each key of the change is a step, in this order."""
    if change.get("remove"):
        path.unlink()
        return
    text = change.get("text") or (path.read_text(encoding="utf-8") if path.is_file() else "")
    assert change.get("find", "") in text, f"{path.name} does not hold {change['find']!r}"
    text = text.replace(change["find"], change["replace"], 1) if "find" in change else text
    text = re.sub(change["pattern"], change["replace"], text, count=1) if "pattern" in change else text
    lines = text.splitlines(keepends=True)
    lines = [line for line in lines if change.get("without_line", "\0") not in line]
    lines += [line for line in lines if change.get("repeat_line", "\0") in line]
    write_text(path, "".join(lines) + change.get("append", ""))


def put(project: Project, schema: Schema, name: str, rows: Rows, without: str | None = None) -> None:
    table = schema.table(name)
    made = table_of(rows, arrow_schema(table), table.key)
    write_table(project.table(STAGE, name), made.drop_columns([without]) if without else made)


def write_raw(project: Project, articles: Rows) -> None:
    for article in articles:
        write_text(project.raw / f"articles/{article['article_id']}.txt", article["source"])
    write_manifest(project, [entry(article) for article in articles])
    write_text(project.raw / "sample-sources.toml", SAMPLE_SOURCES)


def entry(article: dict[str, Any]) -> ManifestEntry:
    given = {key: value for key, value in article.items() if key not in ("source", "blocks", "byline")}
    digest = sha256(article["source"].encode("utf-8"))
    unknown: dict[str, Any] = dict.fromkeys(
        ("supersedes", "extractor", "extractor_version", "url", "published", "published_precision")
    )
    file = f"articles/{article['article_id']}.txt"
    own = {"file": file, "sha256": digest, "source_sha256": digest, "encoding": "utf-8", "fetched_at": FETCHED_AT}
    return ManifestEntry(**(unknown | own | given))


def write_annotations(project: Project, made: dict[str, Rows]) -> None:
    """Write one export with its line, and the ids of the claims and mentions."""
    export = json.dumps(
        [{"id": 1, "data": {"text": "Write to us@news.example."}, "annotations": [{"completed_by": "annotator-1"}]}]
    )
    write_text(exports_folder(project) / EXPORT["file"], export)
    write_entries(project, [ExportEntry(**EXPORT, sha256=sha256(export.encode("utf-8")))])
    hashes = {article["article_id"]: article["text_sha256"] for article in made["articles"]}
    write_ids(
        project.annotations / "ids.jsonl",
        [minted(table, row, hashes) for table in ("claims", "mentions") for row in made[table]],
    )


def minted(table: str, row: dict[str, Any], hashes: dict[str, str]) -> Minted:
    layer = table.removesuffix("s")
    return Minted(
        id=row[f"{layer}_id"],
        layer=layer,
        article_id=row["article_id"],
        text_sha256=hashes[row["article_id"]],
        start=row["start"],
        end=row["end"],
        quote_sha256=sha256(row["quote"].encode("utf-8")),
        occurrence=0,
    )
