"""Rules on annotations/: exports as they were imported, nobody's address, rounds and texts."""

import json
from collections.abc import Iterator

import polars as pl

from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.pseudonyms import find_addresses
from ukrcorpus.core.problems import Severity
from ukrcorpus.core.tables import sha256
from ukrcorpus.validate.evidence import Evidence, address, rows
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, files, reads


def check_exports(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``export-file`` for an export that is missing, changed, or has no line in the manifest."""
    folder = exports_folder(evidence.project)
    entries = {entry.file: entry for entry in read_entries(evidence.project)}
    held = {path.name: path for path in folder.glob("*.json")}
    for name in sorted(entries.keys() | held.keys()):
        where = evidence.project.address(folder / name)
        if name not in entries:
            yield Broken(where, "no line for it", "a line in annotations/exports/manifest.jsonl")
        elif name not in held:
            yield Broken(where, "no such file", "the export of its line in manifest.jsonl")
        elif (got := sha256(held[name].read_bytes())) != entries[name].sha256:
            yield Broken(where, f"SHA-256 {got}", f"{entries[name].sha256}, as in manifest.jsonl")


def check_addresses(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``export-address`` for each e-mail address outside ``data.text``; it is not repeated here."""
    for path in sorted(exports_folder(evidence.project).glob("*.json")):
        where = evidence.project.address(path)
        try:
            export = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError as error:  # also bytes that are no UTF-8
            yield Broken(where, f"no readable JSON ({error})", "an export in which addresses can be looked for")
            continue
        for place in find_addresses(export):
            yield Broken(f"{where}: {place}", "an e-mail address", "a pseudonym")


def check_round_text(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``round-text`` for each round over another text than the article has now."""
    texts = evidence.scan("articles", "text_sha256").rename({"text_sha256": "present"})
    rounds = evidence.scan("annotation_rounds", "article_id", "text_sha256").join(texts, on="article_id")
    for row in rows(rounds.filter(pl.col("text_sha256") != pl.col("present"))):
        where = address(evidence.subject, row, "text_sha256")
        yield Broken(where, row["text_sha256"], f"{row['present']}, the article's text")


ANNOTATIONS = (
    Rule(
        "export-file",
        Depth.SCHEMA,
        files,
        check_exports,
        "annotations/exports/ holds exactly the exports of its manifest.jsonl, unchanged since they were imported.",
        "Restore annotations/exports/ from git, or import the export again: ukrcorpus annotate import FILE.",
    ),
    Rule(
        "export-address",
        Depth.SCHEMA,
        files,
        check_addresses,
        "No export holds an e-mail address outside the text of its articles.",
        "Take the file out of git's history, and import the export: ukrcorpus annotate import FILE.",
    ),
    Rule(
        "round-text",
        Depth.CORPUS,
        reads("annotation_rounds", "articles"),
        check_round_text,
        "An annotator saw the text that the article has now.",
        "Nothing, where few differ: spans were led to the present text, and span-quote proves each of them.",
        Severity.NOTE,
        alone=Alone.ARTICLE,
    ),
)
