"""Reading a full JSON export into tables, every span proved, against the SDK's own converter on the same file.

    python benchmarks/exports.py [N_TASKS] [--spans] [--rounds N] [--memory N_TASKS ...]

The tasks are made: about 5 kB of words of the sample articles, one text in four with emoji, 30 results each as the
scheme asks for them (2 claims, 3 mentions and the document, with all required answers), or 30 bare spans with
``--spans``. CPU times in alternating rounds, medians; the schema, and the configuration made from it, are read before.
``--memory`` reads exports of so many tasks, each in a process of its own, and prints its peak of resident memory.
"""

import argparse
import json
import logging
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from timing import peak_mb, seconds

from ukrcorpus.annotate.exports.manifest import ExportEntry
from ukrcorpus.annotate.exports.tabulate import Tabulated, tabulate
from ukrcorpus.derive.label_studio import labelling_config
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema

ROOT = Path(__file__).parents[1]
N_TEXTS = 500  # the tasks take turns with so many texts and results
N_CHARS = 4_400
_WORDS = " ".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "raw" / "articles").glob("*.txt"))
).split()


def main() -> None:
    asked = _arguments()
    if asked.read:
        report = read(asked.read, spans=asked.spans)
        print(f"{report.n_rounds:,} rounds, {report.n_annotations:,} annotations: {peak_mb():.0f} MB")
        return
    with tempfile.TemporaryDirectory() as folder:
        for n_tasks in asked.memory:
            file = Path(folder) / "memory.json"
            write_export(file, n_tasks, spans=asked.spans)
            print(f"{n_tasks:,} tasks, {file.stat().st_size / 1e6:,.0f} MB", end=": ", flush=True)
            words = ["--spans"] if asked.spans else []
            subprocess.run([sys.executable, __file__, "--read", file, *words], check=True)
        if not asked.memory:
            _race(Path(folder) / "export.json", asked.n_tasks, asked.rounds, spans=asked.spans)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("n_tasks", nargs="?", type=int, default=5_000)
    parser.add_argument("--spans", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", nargs="*", type=int, default=[])
    parser.add_argument("--read", type=Path)
    return parser.parse_args()


def _race(file: Path, n_tasks: int, rounds: int, *, spans: bool) -> None:
    write_export(file, n_tasks, spans=spans)
    print(f"{n_tasks:,} tasks, {file.stat().st_size / 1e6:.0f} MB")
    works: dict[str, Callable[[], object]] = {
        "ukrcorpus, two tables": lambda: read(file, spans=spans),
        "SDK, CSV": lambda: convert(file, "CSV"),
        "SDK, CONLL2003": lambda: convert(file, "CONLL2003"),
        "json.load alone": lambda: json.loads(file.read_bytes()),
    }
    configuration()
    times = [{name: seconds(work) for name, work in works.items()} for _ in range(rounds)]
    medians = {name: statistics.median(one[name] for one in times) for name in works}
    base = medians["ukrcorpus, two tables"]
    for name, value in medians.items():
        print(f"{name:24} {value:7.2f} s  {n_tasks / value:7,.0f} tasks/s  {value / base:5.1f} x")


def read(file: Path, *, spans: bool) -> Tabulated:
    entry = ExportEntry(
        file=file.name,
        sha256="",
        server="made",
        annotator_kind="model",
        step="units" if spans else "both",
        blind=True,
        suggestions_shown=False,
        suggestion_version=None,
        scheme_version=None,
        guideline_version=None,
        imported_on=None,
    )
    with tempfile.TemporaryDirectory() as folder:
        report = tabulate(file, entry, schema(), Articles(), Path(folder))
    assert not report.findings, report.findings[0].as_text()
    return report


def convert(file: Path, form: str) -> None:
    from label_studio_sdk.converter import Converter

    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        Converter(config=configuration(), project_dir=None, download_resources=False).convert(
            str(file), folder, form, is_dir=False
        )


@cache
def schema() -> Schema:
    return read_schema(ROOT / "schema")


@cache
def configuration() -> str:
    return labelling_config(schema())


@dataclass(frozen=True)
class Article:
    """An article as the tasks have it."""

    text: str
    text_sha256: str


@cache
def article_of(number: int) -> Article:
    return Article(*text_of(number))


class Articles(Mapping[str, Article]):
    """The articles of all tasks, without holding them."""

    def __getitem__(self, article_id: str) -> Article:
        return article_of(int(article_id.removeprefix("article-")) % N_TEXTS)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@cache
def text_of(number: int) -> tuple[str, str]:
    """Return a text of about 5 kB, lines of words, and its hash."""
    draw = random.Random(number)
    lines, n_chars = [], 0
    while n_chars < N_CHARS:
        lines.append(" ".join(draw.choices(_WORDS, k=40)) + " 😀" * (not number % 4))
        n_chars += len(lines[-1]) + 1
    text = "\n".join(lines)
    return text, sha256(text.encode()).hexdigest()


def task_of(number: int, *, spans: bool) -> dict[str, Any]:
    """Return a task as Label Studio 1.23 exports it: one annotation of 30 results."""
    text, digest = text_of(number % N_TEXTS)
    stamp = "2026-11-22T03:19:36.167725Z"
    items = items_of(number % N_TEXTS, spans=spans)
    made = {
        "id": number,
        "completed_by": "annotator-01",
        "result": items,
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": stamp,
        "updated_at": stamp,
        "draft_created_at": stamp,
        "lead_time": 93.25,
        "prediction": {},
        "result_count": 30,
        "unique_id": str(UUID(int=number)),
        "import_id": None,
        "last_action": None,
        "bulk_created": False,
        "task": number,
        "project": 1,
        "updated_by": "annotator-01",
        "parent_prediction": None,
        "parent_annotation": None,
        "last_created_by": None,
    }
    data = {"text": text, "article_id": f"article-{number:07}", "text_sha256": digest}
    return {
        "id": number,
        "annotations": [made],
        "drafts": [],
        "predictions": [],
        "data": data | {"scheme_version": "0.2.0"},
        "meta": {},
        "created_at": stamp,
        "updated_at": stamp,
        "allow_skip": True,
        "inner_id": number,
        "total_annotations": 1,
        "cancelled_annotations": 0,
        "total_predictions": 0,
        "comment_count": 0,
        "unresolved_comment_count": 0,
        "last_comment_updated_at": None,
        "project": 1,
        "updated_by": "annotator-01",
        "comment_authors": [],
    }


def write_export(path: Path, n_tasks: int, *, spans: bool) -> None:
    """Write an export as the server sends it: one line, non-ASCII as it is."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_tasks):
            file.write("," if number else "[")
            file.write(json.dumps(task_of(number, spans=spans), ensure_ascii=False, separators=(",", ":")))
        file.write("]")


@cache
def items_of(number: int, *, spans: bool) -> list[dict[str, Any]]:
    text, draw = text_of(number)[0], random.Random(-number)
    items = list(_spans(text, draw) if spans else _coded(text, draw))
    assert len(items) == 30
    return items


def _place(text: str, draw: random.Random) -> dict[str, Any]:
    """Return a span of whole words inside a line, and the editor's copy of its text."""
    while True:
        at = draw.randrange(len(text) - 200)
        start = text.index(" ", at) + 1
        end = text.index(" ", start + draw.randrange(10, 100))
        if "\n" not in text[start:end]:
            return {"start": start, "end": end, "text": text[start:end]}


def _item(name: str, place: dict[str, Any], value: dict[str, Any], region_id: str, kind: str) -> dict[str, Any]:
    tail = {"id": region_id, "from_name": name, "to_name": "text", "type": kind, "origin": "manual"}
    return {"value": place | value} | tail


def _region_id(draw: random.Random) -> str:
    return "".join(draw.choices("ABCDEFGHIJabcdefghij0123456789_-", k=10))


def _spans(text: str, draw: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(30):
        label = "claim" if number % 2 else "mention"
        yield _item("label", _place(text, draw), {"labels": [label]}, _region_id(draw), "labels")


_ABOUT_CLAIM = {
    "type": "position",
    "voice": "stated",
    "quotation": "none",
    "source_ids": "per:zelensky",
    "polarity": "2",
}
_ABOUT_MENTION = {"actor_ids": "gov:ua", "form": "name", "use": "actor"}
_ABOUT_ALL = {"genre": "news_report", "text_quality": "clean", "machine_spun": "no", "synthetic_suspected": "no"}


def _coded(text: str, draw: random.Random) -> Iterator[dict[str, Any]]:
    for label, about in (("claim", _ABOUT_CLAIM),) * 2 + (("mention", _ABOUT_MENTION),) * 3:
        place, region_id = _place(text, draw), _region_id(draw)
        yield _item("label", place, {"labels": [label]}, region_id, "labels")
        for name, value in about.items():
            yield _item(name, place, {"choices": [value]}, region_id, "choices")
        if label == "claim":
            yield _item("issue", place, {"choices": ["ceasefire"]}, region_id, "choices")
    for name, value in _ABOUT_ALL.items():
        yield _item(name, {}, {"choices": [value]}, _region_id(draw), "choices")


if __name__ == "__main__":
    main()
