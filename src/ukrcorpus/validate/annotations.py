"""Rules on annotations/: exports as they were imported, nobody's address, rounds and texts, minted ids."""

import json
from collections.abc import Iterable, Iterator

import polars as pl

from ukrcorpus.annotate.adjudication.ids import NAME, PREFIX, read_ids
from ukrcorpus.annotate.exports.manifest import exports_folder, read_entries
from ukrcorpus.annotate.pseudonyms import find_addresses
from ukrcorpus.core.problems import Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.schema.model import Schema
from ukrcorpus.validate.evidence import Evidence, address
from ukrcorpus.validate.rules import Broken, Depth, Rule, files, reads


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
    texts = evidence.frame("articles").select("article_id", present="text_sha256")
    rounds = evidence.frame("annotation_rounds").join(texts, on="article_id")
    for row in rounds.filter(pl.col("text_sha256") != pl.col("present")).iter_rows(named=True):
        where = address(evidence.subject, row, "text_sha256")
        yield Broken(where, row["text_sha256"], f"{row['present']}, the article's text")


def check_minted(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``minted-id`` for a claim or mention whose id does not stand, stands twice, or means another unit."""
    rows = _with_minted(evidence)
    layer = evidence.subject.name.removesuffix("s")
    another = (pl.col("layer_minted") != layer) | (pl.col("article_id_minted") != pl.col("article_id"))
    for row in rows.filter((pl.col("n_lines") != 1) | another).iter_rows(named=True):
        where = address(evidence.subject, row)
        if row["n_lines"] != 1:
            yield Broken(where, f"{row['n_lines']} lines in annotations/{NAME}", "one line for every id")
        else:
            got = f"the id of a {row['layer_minted']} in {row['article_id_minted']}"
            yield Broken(where, got, f"the id of a {layer} in {row['article_id']}, as in annotations/{NAME}")


def check_minted_span(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``minted-span`` where ids.jsonl has another place for an id in the very same text."""
    texts = evidence.frame("articles").select("article_id", "text_sha256")
    rows = (
        _with_minted(evidence)
        .join(texts, on="article_id")
        .filter(pl.col("text_sha256") == pl.col("text_sha256_minted"))
    )
    moved = (pl.col("start") != pl.col("start_minted")) | (pl.col("end") != pl.col("end_minted"))
    for row in rows.filter(moved).iter_rows(named=True):
        got, minted = f"[{row['start']}:{row['end']}]", f"[{row['start_minted']}:{row['end_minted']}]"
        yield Broken(address(evidence.subject, row), got, f"{minted}, as in annotations/{NAME}")


def units(_: Schema) -> Iterable[tuple[str, ...]]:
    """Give the tables whose ids are minted, with the texts."""
    return ((f"{layer}s", "articles") for layer in PREFIX)


def _with_minted(evidence: Evidence) -> pl.DataFrame:
    """Return claims or mentions with what ids.jsonl says of their ids, and how many of its lines do."""
    rows, key = evidence.frame(evidence.subject.name), evidence.subject.key[0]
    return rows.join(evidence.once(_minted), left_on=key, right_on="id", how="left").with_columns(
        pl.col("n_lines").fill_null(0)
    )


def _minted(project: Project) -> pl.DataFrame:
    """Return the first line of each id in ids.jsonl, and how many lines it has."""
    path = project.annotations / NAME
    texts = dict.fromkeys(("id", "layer_minted", "article_id_minted", "text_sha256_minted"), pl.String)
    schema = texts | dict.fromkeys(("start_minted", "end_minted"), pl.Int64)
    lines = [
        (one.id, one.layer, one.article_id, one.text_sha256, one.start, one.end)
        for one in read_ids(path, project.address(path))
    ]
    counted = pl.DataFrame(lines, schema=schema, orient="row").with_columns(n_lines=pl.len().over("id"))
    return counted.unique("id", keep="first", maintain_order=True)


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
    ),
    Rule(
        "minted-id",
        Depth.CORPUS,
        units,
        check_minted,
        "Every claim and mention has its line in annotations/ids.jsonl, of its layer and article.",
        "Run ukrcorpus annotate adjudicate; restore ids.jsonl from git if lines of it were lost or doubled.",
    ),
    Rule(
        "minted-span",
        Depth.CORPUS,
        units,
        check_minted_span,
        "annotations/ids.jsonl has the present place of every claim and mention.",
        "Run ukrcorpus annotate adjudicate, so that the id is found again when the text or a boundary changes.",
        Severity.NOTE,
    ),
)
