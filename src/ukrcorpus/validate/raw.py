"""Rules on raw/: the manifest, the files behind it, and the articles made of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from ukrcorpus.core.problems import Finding, Severity
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import Row
from ukrcorpus.policy.naming import OF_ARTICLES, Naming, cut_address, naming_address
from ukrcorpus.policy.registry import own_names
from ukrcorpus.policy.withdrawals import WITHDRAWN, Withdrawn
from ukrcorpus.sources.manifest import ManifestEntry, check_manifest
from ukrcorpus.sources.proved import Proved
from ukrcorpus.sources.report import count_refusals
from ukrcorpus.sources.withdrawals import read_withdrawals, withdrawals_file
from ukrcorpus.validate.evidence import Evidence, address, rows, show
from ukrcorpus.validate.rules import Alone, Broken, Depth, Rule, files, reads

# Where a column of articles has another name than the manifest's key.
_COLUMNS = {
    **{name: f"raw_{name}" for name in ("file", "sha256", "encoding", "encoding_from")},
    **{name: f"raw_{name}" for name in ("container", "record", "record_id")},
}
# What the text shows comes before what the manifest says of it.
_FROM_TEXT = frozenset({"title", "byline", "language"})
_PAIRS = tuple(
    (field.name, _COLUMNS.get(field.name, field.name))
    for field in fields(ManifestEntry)
    if field.name not in _FROM_TEXT
)


_NONE_REFUSED = (
    "none. The file says why each; the same file ingested again replaces it. Remove it if the records came in under "
    "another path or are to stay out"
)


def proved(_: Project) -> Proved | None:
    """Return what was proved of ``raw/``: nothing, so that every file is read; a build knows what it proved before."""
    return None


def check_raw(evidence: Evidence) -> Iterator[Finding]:
    """Pass on what ``sources`` says of the manifest and of the files behind it."""
    yield from check_manifest(evidence.project, evidence.once(proved))


def check_articles(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``article-manifest`` where an article and its line in the manifest disagree, or one of them is missing."""
    entries = evidence.entries()
    columns = {column for _, column in _PAIRS} & {*evidence.subject.names}
    articles = {row["article_id"]: row for row in rows(evidence.scan("articles", "status", *sorted(columns)))}
    for article_id in sorted(articles.keys() - entries.keys()):
        where = address(evidence.subject, articles[article_id])
        yield Broken(where, "no line in raw/manifest.jsonl", "a line for every article")
    names_one = _withdrawn(evidence)
    for article_id, entry in entries.items():
        if article_id in articles:
            yield from _differences(evidence, articles[article_id], entry, names_one)
        elif not _is_set_aside(evidence, article_id):
            where = f"{evidence.project.address(evidence.project.manifest)}: {article_id}"
            yield Broken(where, "no row in articles", "a row for every line, or a reason in build/quarantine/")


def check_set_aside(evidence: Evidence) -> Iterator[Broken]:
    """Yield ``set-aside`` for each input that a stage put into quarantine, and each file that ``ingest`` refused of."""
    for path in _quarantines(evidence.project):
        for line in path.read_text(encoding="utf-8").splitlines():
            reason = json.loads(line)
            yield Broken(
                reason["where"], f"{reason['what']} [{reason['rule']}]", f"something to use. {reason['remedy']}"
            )
    yield from _refused_at_ingest(evidence)


def _refused_at_ingest(evidence: Evidence) -> Iterator[Broken]:
    """Yield each file of which ``ingest`` refused records, or what was said of it, when it last read it."""
    for path in sorted((evidence.project.quarantine / "ingest").glob("*.jsonl")):
        n_refused = count_refusals(path)
        what = f"{n_refused:,} record{'s' * (n_refused != 1)}" if n_refused else "what was said of a file"
        yield Broken(evidence.project.address(path), f"{what} refused by ingest", _NONE_REFUSED)


def _withdrawn(evidence: Evidence) -> Naming:
    """Return what says whether an address names a person who was withdrawn."""
    persons = Withdrawn.of(evidence.once(read_withdrawals)).persons
    return naming_address(own_names(evidence.schema, persons))


def _differences(evidence: Evidence, row: Row, entry: ManifestEntry, names_one: Naming) -> Iterator[Broken]:
    """Yield the columns that do not say what the manifest says; what it leaves open may come from the text.

    A withdrawn article says no more than it must, and nobody's address names a person who was withdrawn.
    """
    withdrawn = row["status"] == WITHDRAWN
    for name, column in _PAIRS:
        value = getattr(entry, name)
        if column in OF_ARTICLES and value is not None:
            value = cut_address(value, names_one)
        if value is None or column not in row or row[column] == value:
            continue
        if not (withdrawn and row[column] is None):
            where = address(evidence.subject, row, column)
            yield Broken(where, show(row[column]), f"{show(value)}, as in raw/manifest.jsonl")


def _is_set_aside(evidence: Evidence, article_id: str) -> bool:
    """Say whether the quarantine names an article, by its id or its raw file."""
    whole = re.compile(rf"(?<![a-z0-9-]){re.escape(article_id)}(?![a-z0-9-])")
    return any(whole.search(path.read_text(encoding="utf-8")) for path in _quarantines(evidence.project))


def _quarantines(project: Project) -> list[Path]:
    return sorted(project.quarantine.glob("*.jsonl"))


RAW = (
    Rule(
        "raw-manifest",
        Depth.SCHEMA,
        files,
        check_raw,
        "raw/ holds exactly what raw/manifest.jsonl says, unchanged.",
        "Restore raw/ from git; raw/ is added to, never changed.",
        passes_on={
            "manifest-json": "Every line of the manifest is one JSON object.",
            "manifest-keys": "A line has every key of the manifest once, and no other.",
            "manifest-value": "Every value of a line has the form its key asks for, and pairs of keys agree.",
            "manifest-duplicate-id": "An article has one line.",
            "manifest-supersedes": "supersedes names another article of the manifest.",
            "manifest-url-clash": "A url has one article, or one that supersedes the other.",
            "manifest-file-missing": "The raw file of every line is there.",
            "raw-changed": "Every raw file has the bytes that were ingested.",
            "raw-unlisted": "Every file in raw/articles/ and raw/extracted/ has its line.",
            "extracted-missing": "The text of every page is there, as it was taken out at ingest.",
            "extracted-changed": "The text of a page is the one that was taken out at ingest.",
            "source-changed": "The raw bytes, decoded as the line says, give the source text of the ingest.",
        },
    ),
    Rule(
        "article-manifest",
        Depth.CORPUS,
        reads("articles"),
        check_articles,
        "Every article says of its origin what its line in raw/manifest.jsonl says, and every line has its article.",
        "Build again; the manifest is right, unless it was edited by hand.",
        alone=Alone.ARTICLE,
        given=lambda project: [project.manifest, withdrawals_file(project), *_quarantines(project)],
    ),
    Rule(
        "set-aside",
        Depth.CORPUS,
        files,
        check_set_aside,
        "Every input is used: nothing lies in build/quarantine/.",
        "Mend the input as it says and build again, or leave it out with your eyes open.",
        Severity.NOTE,
    ),
)
